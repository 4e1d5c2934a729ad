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
    `length` is the minutes planned (0: not said), `link` where people elsewhere attend, `remote_basis` the rule under
    which they count ("": they do not). `code_key` (hex) makes the codes of the check-in. Until `notice_at`, when it is
    set, the agenda is open and nobody has been called.
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
    series_id: int | None = None
    length: int = 0
    link: str = ""
    remote_basis: str = ""
    chair_id: int | None = None
    recorder_id: int | None = None
    code_key: str = ""
    notice_at: datetime | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One topic of a meeting, or something else to talk of under a `title`; afterwards its outcome in a procedure's word.

    A topic that was only talked about has a note and no outcome. `minutes` planned, 0: not said; `internal` is "yes"
    for what is not told outside the body, or "".
    """

    meeting_id: int
    position: int
    topic_id: int | None
    title: str
    minutes: int
    internal: str
    outcome: str
    note: str


class Reply(StrEnum):
    """An answer to an invitation."""

    NONE = "none"
    COMING = "coming"
    ONLINE = "online"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A member called to a meeting; every reminder of it up to `told_until` has been told, perhaps with another's."""

    meeting_id: int
    member_id: int
    reply: Reply
    reason: str
    told_until: datetime | None = None


class ReminderKind(StrEnum):
    """Whom a reminder is for.

    Everybody called who wishes nothing else; those who wish just this one; whoever called the meeting: that too few
    will come, that it did not begin, that its outcomes are wanted.
    """

    MEETING = "meeting"
    WISH = "wish"
    QUORUM = "quorum"
    BEGIN = "begin"
    OUTCOMES = "outcomes"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder `minutes` before a meeting; `at` follows the meeting and is None once told or dropped."""

    id: int
    meeting_id: int
    kind: ReminderKind
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
