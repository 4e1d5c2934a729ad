"""What is known of a meeting when its minutes are put together: nothing but records, and people as papers name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.papers.facts import Counted, Person, Promise
from storage.records import Correction, Meeting, SpeechKind


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody said, as it was noted."""

    speaker: Person
    kind: SpeechKind
    words: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A task that the meeting laid upon somebody; `purpose` as in PromisesMade: condition, refine or carry."""

    task_id: int
    owner_id: int | None
    promise: Promise
    purpose: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """A poll about an item; `counted` is None where its numbers are none of 赞成·反对·弃权, or may not be told."""

    way: str
    counted: Counted | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda as it went; `result` in lines, none while it is not entered. `internal` is "yes" or ""."""

    position: int
    title: str
    internal: str
    result: tuple[str, ...]
    ballot: Ballot | None
    spoken: tuple[Spoken, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was there. `present` is None where nobody was checked in; `listed` is "yes" where somebody was."""

    expected: int
    present: int | None
    channels: tuple[tuple[str, int], ...]
    leave: tuple[tuple[Person, str], ...]
    observers: tuple[Person, ...]
    listed: str


@dataclass(frozen=True, slots=True)
class Named:
    """`known`: people whom free words name; `raised` the names of those who raised a matter, `acting` of those who took part."""

    known: tuple[Person, ...]
    raised: tuple[str, ...]
    acting: frozenset[str]
    offices: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A meeting with everything the house recorded of it. `private` is "yes" where nothing may be published, or ""."""

    meeting: Meeting
    label: str
    issuer: str
    zone: ZoneInfo
    sort: str
    ordinal: int
    convener: Person
    chair: Person
    recorder: Person
    presence: Presence
    quorum: tuple[tuple[str, int], ...]
    items: tuple[Item, ...]
    next_meeting: str
    corrections: tuple[tuple[Correction, Person], ...]
    named: Named
    last_at: datetime
    private: str

    @property
    def starts_at(self) -> datetime:
        """When it was opened; until somebody did, when it was called for."""
        return self.meeting.begun_at or self.meeting.starts_at

    @property
    def duties(self) -> Sequence[Duty]:
        """All promises, item by item."""
        return [duty for item in self.items for duty in item.duties]
