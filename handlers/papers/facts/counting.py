"""Numbers as a paper needs them: exact, each with its measure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.papers.facts.common import Envelope, Person
from handlers.rules.rule import Measure
from handlers.rules.tally import Amount


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """A tally in one measure; who came and cast nothing is what the rest leaves of `present`."""

    measure: Measure
    roll: Amount
    present: Amount
    yes: Amount
    no: Amount
    abstain: Amount


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted poll in sentences and numbers: the rule as quoted, the outcome, every comparison as a sum.

    `handlers.papers.counted.counted` makes it from a verdict.
    """

    counts: tuple[MeasureCount, ...]
    rule: tuple[str, ...]
    outcome: str
    arithmetic: tuple[str, ...]


class Channel(StrEnum):
    """The way ballots came in, counted apart."""

    PAPER = "paper"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Stack:
    """The ballots of one channel in one measure.

    What came back is valid, void or a duplicate; what is valid is for, against or an abstention.
    """

    channel: Channel
    measure: Measure
    issued: Amount
    served: Amount
    returned: Amount
    valid: Amount
    void: Amount
    duplicate: Amount
    yes: Amount
    no: Amount
    abstain: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheetFacts:
    """计票单: enough for a stranger to reach the verdict again.

    `joined` are the lines of the separate count where silence joins the majority (从多), empty where it was not made;
    `void_reasons` are reasons with their number of ballots, `kept` says which of several ballots was counted.
    """

    envelope: Envelope
    question: str
    opened_at: datetime
    closed_at: datetime
    counted: Counted
    stacks: tuple[Stack, ...]
    void_reasons: tuple[tuple[str, int], ...] = ()
    kept: str = ""
    joined: tuple[str, ...] = ()
    counters: tuple[Person, ...]
    overseers: tuple[Person, ...]
    counted_at: datetime
    place: str
    photos: tuple[str, ...] = ()
