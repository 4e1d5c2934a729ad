"""Messages heard one after another: which speak of a matter said before, go on about it, or say that it is solved."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from handlers import moments
from handlers.intake import ending
from handlers.intake.aliases import NONE, Aliases
from handlers.intake.joining import continues
from handlers.intake.matters import Known, Match, Matters
from handlers.intake.places import Place
from handlers.intake.reading import ACTIONABLE, Reading, Second, Understanding, understand
from handlers.texts import text
from storage.records import Category, Kind

TOGETHER = timedelta(minutes=2)
MEMORY = timedelta(days=30)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 300


@dataclass(frozen=True, slots=True)
class Heard:
    """A message: its number in the order of all, who said it where and when ("" and None: not told)."""

    number: int
    text: str
    sender: str = ""
    at: datetime | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """What a message means among those before it.

    `duplicate_of` is the number of the first message about the same matter, `resolves` of the one it says is over.
    `place` and `also` are those of the matter, which words that go on about it need not repeat.
    """

    kind: Kind
    category: Category
    place: Place
    also: Second | None
    understood: Understanding
    duplicate_of: int | None
    resolves: int | None
    why: str


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The matter somebody spoke of last, and when."""

    at: datetime
    number: int
    understood: Understanding


@dataclass(slots=True)
class Follower:
    """Hears messages of one community in order. A matter is remembered for a month, where the messages tell the time."""

    aliases: Aliases = NONE
    _matters: Matters = field(default_factory=Matters)
    _spoken: dict[tuple[str, str], _Spoken] = field(default_factory=dict)
    _told: deque[Known] = field(default_factory=lambda: deque(maxlen=_LATEST))
    _now: datetime = _BEGINNING

    def hear(self, heard: Heard) -> Followed:
        """Take one more message."""
        self._now = heard.at or self._now
        if last := self._going_on(heard):
            return self._goes_on(heard, last)
        meant = understand(heard.text, aliases=self.aliases)
        if meant.resolves:
            over = self._solved(meant.reading)
            told = [] if over is None else [text("understanding.why_resolves", number=over)]
            return _followed(meant, None, over, *told)
        if meant.kind not in ACTIONABLE:
            return _followed(meant, None, None)
        return self._matter(heard, meant)

    def _matter(self, heard: Heard, meant: Understanding) -> Followed:
        like = self._matters.like(meant.reading, since=self._since(), most=1)
        first = like[0].known.id if like else heard.number
        if not like:
            self._matters.add(Known(heard.number, meant.reading, self._now))
        self._told.append(Known(first, meant.reading, self._now))
        if heard.at and heard.sender:
            self._spoken[heard.group, heard.sender] = _Spoken(heard.at, first, meant)
        return _followed(meant, first if like else None, None, *(self._alike(match) for match in like))

    def _since(self) -> datetime:
        return max(self._now - MEMORY, _BEGINNING) if self._now > _BEGINNING else _BEGINNING

    def _going_on(self, heard: Heard) -> _Spoken | None:
        """The matter that the same person spoke of within two minutes, when these words go on about it."""
        last = self._spoken.get((heard.group, heard.sender))
        if last is None or heard.at is None or not timedelta() <= heard.at - last.at <= TOGETHER:
            return None
        before = last.understood.reading
        if not continues(before, heard.text, aliases=self.aliases):
            return None
        return None if _is_another(before, understand(heard.text, aliases=self.aliases).reading) else last

    def _goes_on(self, heard: Heard, last: _Spoken) -> Followed:
        own = understand(heard.text, aliases=self.aliases)
        self._spoken[heard.group, heard.sender] = replace(last, at=heard.at or last.at)
        told = text("understanding.why_goes_on", number=last.number)
        matter, itself = last.understood, own.kind in ACTIONABLE
        return Followed(
            own.kind if itself else matter.kind,
            own.category if itself and own.reading.topics else matter.category,
            own.place if itself and own.place.name else matter.place,
            own.second if itself else None,
            own,
            last.number,
            None,
            _joined(own.why, told),
        )

    def _alike(self, match: Match) -> str:
        """Why two messages are about one matter: what they have in common, and how long ago the first was said."""
        key = "why_alike" if match.likeness.why else "why_worded_alike"
        told = text(f"understanding.{key}", number=match.known.id, common=match.likeness.why)
        if match.known.at in (_BEGINNING, self._now):
            return told
        return text("understanding.ago", said=told, span=moments.span(self._now - match.known.at))

    def _solved(self, said: Reading) -> int | None:
        """The number of the matter it speaks of; None where none is plainly meant."""
        since = self._since()
        recent = ((known.id, known.reading) for known in self._told if known.at >= since)
        return ending.meant(ending.weights(said, recent))


def _is_another(before: Reading, now: Reading) -> bool:
    """Another subject at a place of its own is another matter, however soon it was said."""
    placed = now.kind in ACTIONABLE and now.place.name and now.place != before.place
    return bool(placed and not set(now.topics) & set(before.topics))


def _followed(meant: Understanding, duplicate_of: int | None, resolves: int | None, *told: str) -> Followed:
    why = _joined(meant.why, *told)
    return Followed(meant.kind, meant.category, meant.place, meant.second, meant, duplicate_of, resolves, why)


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)
