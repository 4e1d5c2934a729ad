"""Meetings that recur, times that are looked for, what happens in the room, minutes and papers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SeriesState(StrEnum):
    """Whether meetings still come of it."""

    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Series:
    """定期会议. `rule` is the recurrence (JSON of `handlers.recurring`), `topics_most` the themes at most (0: any number).

    `next_at` is when the next meeting is prepared.
    """

    id: int
    community_id: int
    body: str
    name: str
    place: str
    rule: str
    topics_most: int
    called_by: int | None
    state: SeriesState
    reason: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Watch:
    """How long a body has not met: `at` is when the office is told that a meeting is owed."""

    id: int
    community_id: int
    body: str
    last_at: datetime | None
    at: datetime | None


class SearchState(StrEnum):
    """A time is being looked for, was found, or is no longer wanted."""

    OPEN = "open"
    SETTLED = "settled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Search:
    """找时间: people of a body say which of several times they can come."""

    id: int
    community_id: int
    number: int
    body: str
    name: str
    place: str
    called_by: int | None
    state: SearchState
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the times of a search."""

    search_id: int
    position: int
    starts_at: datetime


class SlotAnswer(StrEnum):
    """Whether somebody can come then."""

    CAN = "can"
    HARDLY = "hardly"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class SlotReply:
    """What one person says of one time."""

    search_id: int
    position: int
    member_id: int
    answer: SlotAnswer


class Capacity(StrEnum):
    """正式 counts for the quorum, 列席 does not."""

    VOTER = "voter"
    OBSERVER = "observer"


class AttendedBy(StrEnum):
    """How somebody was checked in."""

    CODE = "code"
    LIST = "list"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Attendance:
    """签到: somebody came, and perhaps left before the end."""

    meeting_id: int
    member_id: int
    capacity: Capacity
    way: AttendedBy
    came_at: datetime
    left_at: datetime | None


class SpeechKind(StrEnum):
    """What was said, as the record sorts it."""

    REMARK = "remark"
    MOTION = "motion"
    AMENDMENT = "amendment"
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True)
class Speech:
    """发言 as the recorder noted it; `position` is the item, 0 for none. `member_id` where the name is on the roll once."""

    id: int
    meeting_id: int
    position: int
    kind: SpeechKind
    speaker: str
    member_id: int | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hand:
    """举手: somebody wants to speak, speaks until `ends_at`, has spoken."""

    id: int
    meeting_id: int
    member_id: int
    raised_at: datetime
    called_at: datetime | None
    ends_at: datetime | None
    over_at: datetime | None


class MinutesState(StrEnum):
    """Drafted, read back to those who promised something, approved by the chair, published."""

    DRAFT = "draft"
    READ_BACK = "read_back"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Minutes:
    """会议纪要, one version; `body` is what the recorder changed in what the facts give (JSON of `handlers.meetings`)."""

    id: int
    meeting_id: int
    version: int
    state: MinutesState
    body: str
    made_by: int | None
    made_at: datetime
    approved_by: int | None
    approved_at: datetime | None


class CorrectionState(StrEnum):
    """An objection to the minutes waits, was taken over, or was not."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Correction:
    """An attendant says that the minutes are not right."""

    id: int
    meeting_id: int
    number: int
    member_id: int
    text: str
    at: datetime
    state: CorrectionState
    answer: str


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """文书: what was made, word for word (`body` is JSON of `handlers.papers`); `code` finds it by its QR code."""

    id: int
    community_id: int
    year: int
    number: int
    version: int
    kind: str
    subject: str
    title: str
    body: str
    code: str
    made_by: int | None
    made_at: datetime
    approved_by: int | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar of a body that phones subscribe to by its token."""

    token: str
    community_id: int
    body: str
    made_at: datetime
