"""Facts of a decision: the resolution and the ballot."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from handlers.papers.facts.common import Envelope, Person, Promise
from handlers.papers.facts.counting import Counted


@dataclass(frozen=True, slots=True)
class Step:
    """A step the matter went through before (四议两公开 登记): when, in which form, how many, with what result."""

    name: str
    day: date
    form: str
    expected: int
    present: int
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionFacts:
    """决议书. `remedy` says where to turn (村民委员会组织法 36, 居民委员会组织法 35), `signers` the labels of the lines."""

    envelope: Envelope
    matter: str
    content: str
    meeting: str
    held_on: date
    counted: Counted
    conditions: tuple[Promise, ...] = ()
    executors: tuple[Promise, ...]
    funding: str
    overseer: Person
    effective: date
    remedy: str
    steps: tuple[Step, ...] = ()
    publicity: str = ""
    overseers_opinion: str = ""
    signers: tuple[str, ...]


class Asking(StrEnum):
    """YES_NO asks for, against or abstain; CHOOSING among firms or persons, and then 均不同意 is always printed."""

    YES_NO = "yes_no"
    CHOOSING = "choosing"


@dataclass(frozen=True, slots=True)
class Voter:
    """Whose ballot it is: an owner by door and area (m²), a representative by name; `weight` in words."""

    name: str
    door: str = ""
    area: Decimal | None = None
    weight: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotFacts:
    """表决票: one question. `rule` are base, threshold and effect of abstaining; `proxy` names the 委托书, if any.

    `code` lets the voter see that the ballot is in the count and tells others nothing.
    """

    envelope: Envelope
    meeting: str
    question: str
    asking: Asking = Asking.YES_NO
    options: tuple[str, ...] = ()
    rule: tuple[str, ...]
    voter: Voter
    opens_at: datetime
    closes_at: datetime
    return_way: str
    proxy: str = ""
    code: str = ""
