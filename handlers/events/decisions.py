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
class PollAnnounced(Event):
    """The electorate is frozen; ballots will be taken from the moment that was told."""

    poll_id: int


@dataclass(frozen=True, slots=True)
class PollInterim(Event):
    """Ballots are no longer taken; the result can be challenged before it is final (then PollClosed)."""

    poll_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class ChallengeMade(Event):
    """Somebody entitled says a result is not right; who and what stands with the challenge alone."""

    poll_id: int
    number: int


@dataclass(frozen=True, slots=True)
class ChallengeAnswered(Event):
    """A challenge has its answer; `outcome` is upheld or dismissed."""

    poll_id: int
    number: int
    outcome: str


@dataclass(frozen=True, slots=True)
class PollChanged(Event):
    """A poll was changed for a reason that is shown: extended, cancelled, ended, options, void, repeated."""

    poll_id: int
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProxyGiven(Event):
    """Somebody may cast the ballot of another, whose paper was seen."""

    poll_id: int
    member_id: int
    holder_id: int


@dataclass(frozen=True, slots=True)
class ProxyEnded(Event):
    """A proxy that was not used was withdrawn, or fell with a recusal."""

    poll_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class Recused(Event):
    """Somebody takes no part in deciding a topic; the reason stands with the recusal alone."""

    topic_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class RecusalLifted(Event):
    """Somebody may take part in deciding a topic again."""

    topic_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class BallotServed(Event):
    """The ballot of an entry demonstrably reached it."""

    poll_id: int
    member_id: int
    how: str


@dataclass(frozen=True, slots=True)
class DeemedAllowed(Event):
    """Served non-voters will be counted with the largest opinion beside the strict result, under this clause."""

    poll_id: int
    clause: str


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


@dataclass(frozen=True, slots=True)
class MeetingBegun(Event):
    """The chair opened a meeting: people check in."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class MeetingEnded(Event):
    """散会: nobody checks in any more."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class PresenceChanged(Event):
    """Some have come to a meeting (`here` is "yes") or left it ("")."""

    unwritten: ClassVar[frozenset[str]] = frozenset({"members"})

    meeting_id: int
    here: str
    count: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CodeMissed(Event):
    """Somebody gave a code of the check-in that is none."""

    member_id: int


@dataclass(frozen=True, slots=True)
class ItemReached(Event):
    """A meeting turned to an item of its agenda."""

    meeting_id: int
    position: int


@dataclass(frozen=True, slots=True)
class RoomVoteAsked(Event):
    """The chair puts an item to the vote of those present, for so many minutes; `secrecy` "" is the stage's own."""

    meeting_id: int
    topic_id: int
    step_id: int
    minutes: int
    secrecy: str


@dataclass(frozen=True, slots=True)
class RoomVoteStopped(Event):
    """The chair ends the vote on an item before its time."""

    meeting_id: int
    topic_id: int


@dataclass(frozen=True, slots=True)
class AgendaExtended(Event):
    """An item came onto an agenda after its notice was out, under the rule `basis` that allows it."""

    meeting_id: int
    position: int
    basis: str
