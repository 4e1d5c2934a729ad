"""Meetings, their agendas and invitations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.people import GroupRole


class MeetingState(StrEnum):
    """Called, held (all items entered), or cancelled."""

    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """会议 of a body at a time and place.

    `short_notice` is why it comes sooner than the notice it should have, `reason` why it was cancelled.
    """

    id: int
    community_id: int
    year: int
    number: int
    body: str
    name: str
    group_id: int | None
    place: str
    starts_at: datetime
    state: MeetingState
    called_by: int | None
    short_notice: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One topic of a meeting and, afterwards, its outcome in a procedure's word.

    A topic that was only talked about has a note and no outcome.
    """

    meeting_id: int
    position: int
    topic_id: int
    outcome: str
    note: str


class Reply(StrEnum):
    """An answer to an invitation."""

    NONE = "none"
    COMING = "coming"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A member called to a meeting."""

    meeting_id: int
    member_id: int
    reply: Reply
    reason: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder `minutes` before a meeting; `at` follows the meeting and is None once told or dropped."""

    id: int
    meeting_id: int
    minutes: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Wait:
    """A stage that waits for `body` to meet, as its procedure asks; `over_at` once it was decided or left.

    `limit_at` is the earliest start counted from `since`, `days` that period in days (0: in hours, or none);
    `private` is "yes" or "".
    """

    step_id: int
    topic_id: int
    body: str
    name: str
    group_role: GroupRole | None
    rule: str
    limit_at: datetime | None
    days: int
    basis: str
    private: str
    since: datetime
    over_at: datetime | None
