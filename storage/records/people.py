"""Who there is: the tree of units, the roll, accounts, groups."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class UnitKind(StrEnum):
    """The four levels of the tree, from the top."""

    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    STAIRWELL = "stairwell"


class Role(StrEnum):
    """What somebody is in a unit. One person may be several; rights are never added up across bodies."""

    RESIDENT = "resident"
    HOUSEHOLD = "household"
    VILLAGER_REP = "villager_rep"
    RESIDENT_REP = "resident_rep"
    PARTY_MEMBER = "party_member"
    PARTY_PROBATIONARY = "party_probationary"
    PARTY_SECRETARY = "party_secretary"
    PARTY_COMMITTEE = "party_committee"
    COMMITTEE = "committee"
    GRID_WORKER = "grid_worker"
    GRID_LEAD = "grid_lead"
    STAIRWELL_HEAD = "stairwell_head"
    SUPERVISOR = "supervisor"
    OWNER = "owner"
    OWNERS_COMMITTEE = "owners_committee"
    MEDIATOR = "mediator"
    PROPERTY = "property"
    RESPONDER = "responder"
    CONVENER = "convener"
    STREET = "street"
    SECRETARY = "secretary"
    OPERATOR = "operator"


class GroupRole(StrEnum):
    """What a chat group is for; it says who is in it and what may be said there."""

    RESIDENTS = "residents"
    GRID = "grid"
    PARTY_REVIEW = "party_review"
    REP_DECISION = "rep_decision"
    HOUSEHOLD_NOTICE = "household_notice"
    CASE_ROOM = "case_room"
    COMMITTEE = "committee"
    RESPONDERS = "responders"
    STREET = "street"


PUBLIC = frozenset({GroupRole.RESIDENTS, GroupRole.HOUSEHOLD_NOTICE})
"""Groups in which every resident may be: nothing is said there that only staff need."""


class GroupState(StrEnum):
    """Whether we may still speak there."""

    ACTIVE = "active"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the tree; `path` is the ids from the top, each followed by a slash."""

    id: int
    parent_id: int | None
    kind: UnitKind
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person of one community, on its roll or met in a chat. `door` is 楼-单元-房, `area` m².

    `adult_at` is known of minors alone: when they come of age (民法典 17). A birthday is kept of nobody else.
    """

    id: int
    community_id: int
    name: str
    unit_id: int
    door: str
    area: Decimal | None
    phone: str
    code: str
    joined_at: datetime
    adult_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A role held in a unit, good for that unit and all below it."""

    member_id: int
    role: Role
    unit_id: int


@dataclass(frozen=True, slots=True)
class Identity:
    """An account of a person; `private_chat` is where they can be written to alone, empty if they cannot."""

    platform: str
    account: str
    member_id: int
    name: str
    private_chat: str


@dataclass(frozen=True, slots=True)
class Group:
    """A chat group bound to a unit with a role."""

    id: int
    platform: str
    chat: str
    thread: str
    role: GroupRole
    unit_id: int
    state: GroupState
