"""Facts of what is put on the board, and of the letter that asks for an opinion."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.papers.facts.common import Contact, Envelope, Person
from handlers.papers.facts.counting import Counted


class NoticeSort(StrEnum):
    """What a 公示 is about."""

    TOPICS = "topics"
    ROLL = "roll"
    MEETING = "meeting"
    INTERIM = "interim"
    DECISION = "decision"
    DONE = "done"
    MONEY = "money"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class PastStage:
    """A stage the matter went through, and when."""

    name: str
    day: date
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """公示. Its days are `first` to `last`, the first not counted (民法典 201).

    `open_points` are what is not yet settled, `consequence` what happens when nobody objects, `oversight` the phones
    of 村监会 or 居监会, `noted` a person's own words.
    """

    envelope: Envelope
    title: str
    concerns: str
    sort: NoticeSort
    basis: tuple[str, ...]
    content: tuple[str, ...]
    stages: tuple[PastStage, ...]
    counted: Counted | None = None
    open_points: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    first: date
    last: date
    objections: Contact
    objection_way: str
    consequence: str
    attachments: tuple[str, ...] = ()
    posted_at: tuple[str, ...]
    oversight: Contact
    noted: str = ""
    noted_by: Person | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """A promised item as it was carried out."""

    content: str
    owner: Person
    due: date | None
    done_on: date | None
    outcome: str
    money: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultNoticeFacts:
    """实施结果公示: a 公示 with what was promised beside what was done; `verified_by` is who checked it on the spot."""

    notice: NoticeFacts
    deeds: tuple[Deed, ...]
    verified_by: tuple[Person, ...]
    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """征求意见函. Silence is recorded as silence, never as consent; there is no field for a score."""

    envelope: Envelope
    to: str
    about: str
    reason: str
    questions: tuple[str, ...]
    sent_on: date
    answer_by: date
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    noted: str = ""
    noted_by: Person | None = None
