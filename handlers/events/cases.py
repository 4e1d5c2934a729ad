"""What happens to topics and their cases, and what a stage asks of whoever carries it out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handlers.events.base import Event
from storage.records import GroupRole, Secrecy


@dataclass(frozen=True, slots=True)
class TopicRaised(Event):
    """A topic was put forward to run under a procedure of the catalogue."""

    topic_id: int
    procedure: str


@dataclass(frozen=True, slots=True)
class CaseEnded(Event):
    """A case reached an end of its procedure; `sense` is settled, declined, failed or handed_on."""

    case_id: int
    topic_id: int
    end: str
    sense: str


@dataclass(frozen=True, slots=True)
class StageBrief:
    """What a stage asks of whoever carries it out. `rule` is the stage's rule as JSON, "" for none.

    `limit` is the moment counted from the entry by the stage's own period; of a meeting it is the earliest start
    that keeps the notice. `days` is the length of that period for printing, 0 when it has none.
    `choices`: the outcomes a person is offered, each with the word on its button. `changeable`, `private` and
    `advisory` are "yes" or "".
    """

    kind: str
    name: str
    body: str
    group: GroupRole | None
    rule: str
    limit: datetime | None
    days: int
    secrecy: Secrecy
    changeable: str
    basis: str
    doc: str
    private: str
    advisory: str
    wait_until: datetime | None
    remote_basis: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StageEntered(Event):
    """A case entered a stage: the slice of its kind opens what it asks for."""

    unwritten: ClassVar[frozenset[str]] = frozenset({"brief"})

    step_id: int
    topic_id: int
    brief: StageBrief


@dataclass(frozen=True, slots=True)
class StageDecided(Event):
    """Whatever a stage asked for has come to an outcome, in the procedure's word."""

    step_id: int
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StageLeft(Event):
    """A stage is over without having been decided where it was asked: what is open for it lapses."""

    step_id: int
