"""Is somebody in danger now? When in doubt yes, but not for tales, drills, memories, worries and cats."""

from dataclasses import dataclass

from handlers.intake.evidence import Evidence
from handlers.intake.plain import clauses
from handlers.intake.roles import Role

_ALARM, _STEP, _SURE, _UNSAID = 13, 4, 3.0, 1.5
_CERTAIN, _LIKELY = 20, 11
_HASTE, _PERSON, _SHOUT = 6, 4, 4
_MILDER = {Role.HYPOTHETICAL: 14, Role.PAST: 12, Role.PET: 14}
_TALES = (Role.UNREAL, Role.RUMOUR, Role.METAPHOR)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger found: its key in the data and the word that told of it."""

    danger: str
    word: str


def alarm(found: Evidence, learned: float) -> Alarm | None:
    """The likeliest danger to people the text speaks of as present, if any; `learned` are log-odds of the weights."""
    if urging(found) + learned <= 0:
        return None
    if not found.dangers:
        return Alarm("", "")
    _, first = _best(found)
    _, danger, hit = found.dangers[first]
    return Alarm(danger, hit.text)


def urging(found: Evidence) -> float:
    """What the lexicon says of danger, as log-odds; a danger not named is not yet ruled out."""
    if found.has(*_TALES):
        return -_SURE
    best, _ = _best(found)
    return max(-_UNSAID, min(_SURE, (best - _ALARM) / _STEP))


def _best(found: Evidence) -> tuple[int, int]:
    """The highest score of a danger named, and which one it is."""
    scores = [(_score(found, at), -at) for at in range(len(found.dangers))]
    best, first = max(scores, default=(0, 0))
    return best, -first


def _score(found: Evidence, at: int) -> int:
    role, danger, hit = found.dangers[at]
    start, end = next(
        ((start, end) for start, end in clauses(found.text) if start <= hit.start < end), (0, len(found.text))
    )
    around = {sense.role for other in found.hits if start <= other.start < end for sense in other.word.senses}
    score = _CERTAIN if role is Role.CERTAIN else _LIKELY
    for milder, less in _MILDER.items():
        if milder in around and not (milder is Role.PET and (danger == "bitten" or found.has(Role.PERSON))):
            score -= less
    score += (
        _HASTE * found.has(Role.HURRY) + _PERSON * found.has(Role.PERSON) + _SHOUT * ("！！" in found.text)
    )
    score -= 8 * found.has(Role.DENIED) + 8 * found.has(Role.TALK, Role.TABLE) + 10 * (found.void > 0)
    return score
