"""From the messages of an exported chat to proposed topics, duplicates grouped. The same file gives the same answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chatfile import ChatFault, ChatLine, read_chat
from handlers.intake.aliases import NONE, Aliases
from handlers.intake.door import concerns
from handlers.intake.joining import continues
from handlers.intake.masking import mask
from handlers.intake.matters import Known, Matters
from handlers.intake.reading import ACTIONABLE, Reading, Understanding, understand
from storage.records import Category, Kind, Level

_TOGETHER = timedelta(minutes=2)
_SAME_MATTER = timedelta(days=30)
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
_LEVELS = (Level.U0, Level.U1, Level.U3, Level.U2)
_SAMPLE = 60


@dataclass(slots=True)
class Proposed:
    """A topic the chat suggests: where its messages begin in the file, who raised it, and how it was first put."""

    kind: Kind
    category: Category
    level: Level
    place: str
    sample: str
    first_at: datetime | None
    lines: list[int] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    last_at: datetime | None = None

    def row(self) -> dict[str, object]:
        """The topic as JSON has it; who raised it is only counted."""
        return {
            "kind": self.kind,
            "category": self.category,
            "level": self.level,
            "place": self.place,
            "text": self.sample,
            "messages": len(self.lines),
            "senders": len(self.senders),
            "groups": sorted(self.groups),
            "lines": self.lines,
            "first_at": self.first_at.isoformat() if self.first_at else None,
            "last_at": self.last_at.isoformat() if self.last_at else None,
        }


@dataclass(slots=True)
class Heard:
    """What was found in a file: the topics, most urgent and most often raised first, and what could not be read."""

    proposed: list[Proposed]
    faults: list[ChatFault]
    messages: int


@dataclass(frozen=True, slots=True)
class _Last:
    """The matter somebody raised last in a group: what they say within two minutes may belong to it."""

    at: datetime
    reading: Reading
    topic: int


def listen(file: Path, zone: ZoneInfo, moved: Callable[[int], None], aliases: Aliases = NONE) -> Heard:
    """Read a whole chat; `moved` is told the bytes read so far. Faults are gathered, never raised."""
    ear = _Ear(aliases)
    for found in read_chat(file, zone, moved):
        if isinstance(found, ChatFault):
            ear.faults.append(found)
        else:
            ear.hear(found)
    ordered = sorted(
        ear.proposed,
        key=lambda one: (_LEVELS.index(one.level), -len(one.senders), -len(one.lines), one.lines[0]),
    )
    return Heard(ordered, ear.faults, ear.messages)


@dataclass(slots=True)
class _Ear:
    aliases: Aliases
    proposed: list[Proposed] = field(default_factory=list)
    faults: list[ChatFault] = field(default_factory=list)
    messages: int = 0
    _matters: Matters = field(default_factory=Matters)
    _last: dict[tuple[str, str], _Last] = field(default_factory=dict)

    def hear(self, line: ChatLine) -> None:
        """Take one message."""
        self.messages += 1
        who = (line.group, line.sender)
        last = self._last.get(who)
        soon = last and line.at and line.sender and timedelta() <= line.at - last.at <= _TOGETHER
        if last and soon and continues(last.reading, line.text, aliases=self.aliases):
            self._add(self.proposed[last.topic], line)
        elif concerns(line.text, aliases=self.aliases):
            self._weigh(line, who)

    def _weigh(self, line: ChatLine, who: tuple[str, str]) -> None:
        meant = understand(line.text, aliases=self.aliases)
        if meant.kind not in ACTIONABLE:
            return
        at = line.at or _UNDATED
        since = at - _SAME_MATTER if line.at else _UNDATED
        like = self._matters.like(meant.reading, since=since, most=1)
        key = like[0].known.id if like else self._propose(line, meant, at)
        self._add(self.proposed[key], line)
        if line.at:
            self._last[who] = _Last(line.at, meant.reading, key)

    def _propose(self, line: ChatLine, meant: Understanding, at: datetime) -> int:
        key = len(self.proposed)
        self._matters.add(Known(key, meant.reading, at))
        sample = mask(" ".join(line.text.split()))
        shown = sample if len(sample) <= _SAMPLE else sample[:_SAMPLE] + "…"
        place = mask(meant.place.name)
        level = meant.urgency.level
        self.proposed.append(Proposed(meant.kind, meant.category, level, place, shown, line.at))
        return key

    def _add(self, topic: Proposed, line: ChatLine) -> None:
        topic.lines.append(line.line)
        topic.senders.add(line.sender)
        topic.groups.add(line.group)
        topic.last_at = line.at or topic.last_at
