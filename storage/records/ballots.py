"""What stands beside the ballots: property, proxies, recusals, service, challenges."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class UnitUse(StrEnum):
    """What a unit is to the owners' roll."""

    FLAT = "flat"
    UNSOLD = "unsold"
    PARKING = "parking"


class Heads(StrEnum):
    """What was settled of two units that share an owner and not all owners: one head, or each its own."""

    ONE = "one"
    APART = "apart"


class ChallengeState(StrEnum):
    """A challenge waits for an answer, was upheld, or was dismissed."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Property:
    """业主的房屋: a unit, or `count` like units with their total `area` in m²."""

    id: int
    community_id: int
    door: str
    use: UnitUse
    area: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Ownership:
    """That somebody owns a property, alone or with the others who do."""

    property_id: int
    member_id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Joining:
    """并户 or 分户: how two units that share an owner count, as the organiser settled it, and why.

    `property_id` is the smaller of both ids.
    """

    property_id: int
    other_id: int
    heads: Heads
    reason: str
    decided_by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Proxy:
    """委托: `holder_id` may cast the ballot of `member_id`; `paper` says what was signed."""

    poll_id: int
    member_id: int
    holder_id: int
    paper: str
    recorded_by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Recusal:
    """回避: somebody takes no part in deciding a topic, and why."""

    topic_id: int
    member_id: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Service:
    """送达: a ballot reached a person, and how that is known."""

    poll_id: int
    member_id: int
    how: str
    recorded_by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Challenge:
    """质疑: somebody entitled says a result is not right."""

    id: int
    poll_id: int
    number: int
    member_id: int
    text: str
    at: datetime
    state: ChallengeState
    answer: str
