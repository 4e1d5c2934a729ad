"""What bodies do: polls and meetings, and the promises made in them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody is to do by when; `owner` is a name or a party as it was written."""

    title: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PromisesMade(Event):
    """A decision laid something upon people: each promise becomes a task.

    `purpose`: condition (of a conditional yes), refine (sent back to be worked out), or carry (agreed).
    """

    unwritten: ClassVar[frozenset[str]] = frozenset({"promises"})

    topic_id: int
    step_id: int | None
    purpose: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class PollOpened(Event):
    """The electorate is frozen and ballots are taken."""

    poll_id: int


@dataclass(frozen=True, slots=True)
class BallotRecorded(Event):
    """A ballot given on paper or by word was written down for somebody; what it says is not told here."""

    poll_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class PollClosed(Event):
    """Ballots are no longer taken; the verdict is written."""

    poll_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class PollChanged(Event):
    """A poll was extended or cancelled, for a reason that is shown."""

    poll_id: int
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingCalled(Event):
    """A meeting has a time, a place and an agenda."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class MeetingChanged(Event):
    """A meeting was moved or cancelled."""

    meeting_id: int
    what: str


@dataclass(frozen=True, slots=True)
class ItemDecided(Event):
    """An item of the agenda has its outcome."""

    meeting_id: int
    topic_id: int
    outcome: str
