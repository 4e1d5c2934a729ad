"""What residents raise: issues and what belongs to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a message is."""

    URGENT = "urgent"
    DISPUTE = "dispute"
    ISSUE = "issue"
    WISH = "wish"
    SUGGESTION = "suggestion"
    QUESTION = "question"
    THANKS = "thanks"
    AD = "ad"
    CHATTER = "chatter"


class Category(StrEnum):
    """What a matter is about, in residents' terms (fifteen, and none)."""

    SANITATION = "sanitation"
    PUBLIC_WORKS = "public_works"
    BUILDING = "building"
    UTILITIES = "utilities"
    TRAFFIC = "traffic"
    NOISE = "noise"
    FIRE_SAFETY = "fire_safety"
    SECURITY = "security"
    ILLEGAL_BUILDING = "illegal_building"
    PROPERTY = "property"
    NEIGHBOURS = "neighbours"
    WELFARE = "welfare"
    GREENERY = "greenery"
    ANIMALS = "animals"
    VILLAGE = "village"
    NONE = "none"


class Level(StrEnum):
    """How urgent a matter is: U0 danger to people now, U1 no water, power, lift …, U2 ordinary, U3 many parties."""

    U0 = "u0"
    U1 = "u1"
    U2 = "u2"
    U3 = "u3"


class IssueState(StrEnum):
    """Where an issue stands (after GB/T 30428's case flow)."""

    CANDIDATE = "candidate"
    REPORTED = "reported"
    FILED = "filed"
    DISPATCHED = "dispatched"
    PROCESSING = "processing"
    FED_BACK = "fed_back"
    ESCALATED = "escalated"
    CONSULT = "consult"
    MEDIATE = "mediate"
    MERGED = "merged"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Issue:
    """诉求. `number` counts per community and year; `alert_at` is the next ring while danger is unacknowledged."""

    id: int
    community_id: int
    year: int
    number: int
    state: IssueState
    kind: Kind
    category: Category
    level: Level
    place: str
    text: str
    reason: str
    reporter_id: int | None
    group_id: int | None
    message_id: str
    filed_at: datetime
    unit_id: int
    handler_id: int | None
    party: str
    due_at: datetime | None
    alert_at: datetime | None
    merged_into: int | None
    result: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or place that belongs to an issue or a task report; the file stays on its platform."""

    id: int
    subject: str
    platform: str
    kind: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Remark:
    """补充: words added to an issue, for whoever works on it."""

    id: int
    issue_id: int
    member_id: int | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """派单: to whom an issue is given (`party` is "" for the grid itself). One extension; one reminder when overdue."""

    issue_id: int
    party: str
    given_by: int | None
    given_at: datetime
    extended_at: datetime | None
    overdue_at: datetime | None
