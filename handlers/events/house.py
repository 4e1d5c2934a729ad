"""What happens to the house itself: groups, roll, accounts, what was set aside."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class GroupBound(Event):
    """A chat was given a role in a unit."""

    group_id: int
    role: str


@dataclass(frozen=True, slots=True)
class GroupLost(Event):
    """We were put out of a chat."""

    group_id: int


@dataclass(frozen=True, slots=True)
class GroupMoved(Event):
    """The platform gave the chat another id."""

    group_id: int


@dataclass(frozen=True, slots=True)
class RollImported(Event):
    """Members came onto the roll of a community."""

    community_id: int
    rows: int


@dataclass(frozen=True, slots=True)
class AccountBound(Event):
    """An account was recognised as a member's by its personal code, or its owner asked to be written to there."""

    member_id: int
    platform: str
    account: str


@dataclass(frozen=True, slots=True)
class AccountsReleased(Event):
    """Somebody of the office has loosed a member from all accounts; so many there were."""

    member_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ParkedSettled(Event):
    """The operator has retried or dropped an event that was set aside; `event_id` is "platform:id"."""

    event_id: str
    what: str


@dataclass(frozen=True, slots=True)
class LetterSettled(Event):
    """The operator has retried or dropped a letter that was not told."""

    letter_id: int
    what: str


@dataclass(frozen=True, slots=True)
class PropertySold(Event):
    """过户: a property has other owners from now on; of whom the journal keeps the numbers and no names."""

    unwritten: ClassVar[frozenset[str]] = frozenset({"sellers", "buyers"})

    property_id: int
    door: str
    sellers: tuple[int, ...]
    buyers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeadsSettled(Event):
    """并户 or 分户: how two properties that share an owner count, for a reason that is kept."""

    property_id: int
    other_id: int
    heads: str
    reason: str
