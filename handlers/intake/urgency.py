"""How urgent a matter is, and the word that says so (levels: domain rule U0 danger, U1 supply, U2 ordinary, U3 many)."""

from dataclasses import dataclass

from handlers.intake.evidence import Evidence
from handlers.intake.kinds import Judgement
from handlers.intake.roles import Role
from handlers.intake.subjects import Subject
from storage.records import Kind, Level

_PATIENT = frozenset({Kind.WISH, Kind.SUGGESTION, Kind.QUESTION, Kind.THANKS, Kind.AD, Kind.CHATTER})


@dataclass(frozen=True, slots=True)
class Urgency:
    """A level with its reason, a word of the message or the topic's name ("" for the ordinary level)."""

    level: Level
    reason: str


ORDINARY = Urgency(Level.U2, "")


def urgency(judgement: Judgement, about: Subject, found: Evidence) -> Urgency:
    """The level of a judged text."""
    if judgement.alarm:
        return Urgency(Level.U0, judgement.alarm.word)
    if judgement.kind in _PATIENT:
        return ORDINARY
    if judgement.kind is Kind.DISPUTE:
        return Urgency(Level.U3, found.words.get(Role.QUARREL, about.name))
    return Urgency(about.level, "" if about.level is Level.U2 else about.name)
