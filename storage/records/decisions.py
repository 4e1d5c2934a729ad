"""What a body decides: topics, cases, polls."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class TopicState(StrEnum):
    """Whether a topic is being worked on."""

    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Topic:
    """议题: what issues become when people are to decide."""

    id: int
    community_id: int
    year: int
    number: int
    title: str
    text: str
    state: TopicState
    raised_by: int | None
    raised_at: datetime


class CaseState(StrEnum):
    """A case runs, waits for a person's word, or has ended."""

    RUNNING = "running"
    ASKING = "asking"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Case:
    """办件: one topic's way through one version of one procedure. `ended_as` is one of the procedure's ends."""

    id: int
    topic_id: int
    digest: str
    state: CaseState
    stage: str
    step_id: int | None
    due_at: datetime | None
    ended_as: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """A stage entered, and how it was left."""

    id: int
    case_id: int
    stage: str
    entered_at: datetime
    left_at: datetime | None
    outcome: str
    note: str


class PollState(StrEnum):
    """A poll is open, closed with a verdict, or cancelled without one."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Secrecy(StrEnum):
    """记名 or 无记名."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 - a kind of ballot


class Choice(StrEnum):
    """What a ballot says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Poll:
    """表决. `roll` heads (and m² where area counts) are entitled. `rule` and `verdict` are JSON as written by `handlers.polls`; `step_id` is the stage it decides.

    `receipt_key` (hex) makes the receipts of an open poll and is never shown; `seal` closes the chain of its ballots.
    `ask` is the kind with its options (JSON of `handlers.choices`), "" for 赞成·反对·弃权. `matter`: JSON of what
    the law says of it, "" where no matter was named. `early` cites what lets it close before its deadline, `deemed`
    (JSON) what lets non-voters be counted; "" is no. `void` says why a result no longer holds.
    `open_at` is set while an announced poll has not begun, `final_at` while a result is open to challenge.
    """

    id: int
    community_id: int
    year: int
    number: int
    topic_id: int | None
    step_id: int | None
    question: str
    body: str
    roll: int
    roll_area: Decimal | None
    rule: str
    secrecy: Secrecy
    group_id: int | None
    opened_by: int | None
    opens_at: datetime
    closes_at: datetime
    remind_at: datetime | None
    state: PollState
    outcome: str
    verdict: str
    receipt_key: str = ""
    seal: str = ""
    ask: str = ""
    matter: str = ""
    early: str = ""
    deemed: str = ""
    void: str = ""
    open_at: datetime | None = None
    final_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Elector:
    """A person of a frozen electorate and why they stand in it.

    `entry_id` is the member under whom the entry is counted: oneself, or the first of several who share one head
    (co-owners, a household); `area` stands with that one alone. `barred` says why this person may not cast.
    """

    poll_id: int
    member_id: int
    reason: str
    area: Decimal | None
    entry_id: int
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The ballot of one entry of an open poll. One given on paper or by word has a `witness`.

    `choice` is a `Choice`, or in another kind of poll a JSON object of `handlers.choices`. `cast_by` is who handed
    it in where that was not the member themselves: a holder of their proxy, or somebody who shares the entry.
    """

    poll_id: int
    member_id: int
    choice: str
    cast_at: datetime
    witness: str = ""
    cast_by: int | None = None
