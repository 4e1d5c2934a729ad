"""What a person wrote into minutes, field by field: the last word that stands instead, and what was added since. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.clocks import find_clock
from handlers.papers.kept_minutes import Change, Mode
from handlers.texts import text
from handlers.words import narrow

_LINES = re.compile(r"\n+")
_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Words:
    """The changes of a version, in the order in which they were made."""

    changes: Sequence[Change]

    def sets(self, field: str, item: int = 0) -> bool:
        """Whether something stands instead of what was recorded."""
        return any(one.mode is Mode.SET for one in self._of(field, item))

    def lines(self, field: str, item: int = 0) -> tuple[str, ...]:
        """The words that stand, each line marked with who wrote it; none where they were set to nothing."""
        return tuple(
            text("papers.note", words=line.strip(), by=one.by)
            for one in self._standing(field, item)
            for line in _LINES.split(one.words)
            if line.strip() and line.strip() != text("papers.none")
        )

    def said(self, field: str) -> str:
        """The bare words written last into a field of the whole meeting."""
        standing = self._standing(field, 0)
        return standing[-1].words.strip() if standing else ""

    def over(self, field: str, recorded: str) -> str:
        """What stands in a field: a person's words marked as such, else what was recorded; both where words were added."""
        written = text("papers.comma").join(self.lines(field))
        if not written or self.sets(field) or not recorded:
            return written or recorded
        return text("papers.comma").join((recorded, written))

    def _of(self, field: str, item: int) -> list[Change]:
        return [one for one in self.changes if (one.field, one.item) == (field, item)]

    def _standing(self, field: str, item: int) -> list[Change]:
        mine = self._of(field, item)
        last = max((index for index, one in enumerate(mine) if one.mode is Mode.SET), default=0)
        return mine[last:]


def number_of(words: str) -> int | None:
    """The number in 实到 34 人; None for none."""
    match = re.search(r"\d{1,6}", narrow(words))
    return int(match[0]) if match else None


def time_of(words: str, starts_at: datetime, zone: ZoneInfo) -> datetime | None:
    """The first such clock time after the start. Refusal for a time that no day has; None for none."""
    plain = narrow(words)
    clock = find_clock(plain, 0, len(plain), "") if plain else None
    if clock is None:
        return None
    began = starts_at.astimezone(zone)
    days, hour = divmod(clock.hour, _A_DAY)
    ended = datetime.combine(began.date() + timedelta(days=days), time(hour, clock.minute), zone)
    ended = ended if ended >= began else ended + timedelta(days=1)
    return ended.astimezone(UTC)
