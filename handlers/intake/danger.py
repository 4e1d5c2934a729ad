"""Is somebody in danger now? When in doubt yes, but not for tales, drills, memories, worries and cats."""

from dataclasses import dataclass

from handlers.intake.evidence import Evidence
from handlers.intake.plain import clauses
from handlers.intake.roles import Role

# What a danger must be likely to be: less where the lexicon knows its words, least where they leave no doubt and the
# text is a cry of few words, of which the letters tell little.
_ALARM, _CRIED, _CERTAINLY, _NAMED, _UNNAMED = 13, 0.03, 0.2, 0.3, 0.45
_CRY = 14
_CERTAIN, _LIKELY = 20, 11
_HASTE, _PERSON, _SHOUT, _HOMELY, _PRIVATE = 6, 4, 4, 3, 8
_MILDER = {Role.HYPOTHETICAL: 14, Role.PAST: 12, Role.PET: 14}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger found: its key in the data and the word that told of it."""

    danger: str
    word: str


def alarm(found: Evidence, share: float) -> Alarm | None:
    """The likeliest danger to people the text speaks of as present, if any; `share` is the probability of danger."""
    best, first = _best(found)
    if share <= _needed(found, best):
        return None
    if not found.dangers:
        return Alarm("", "")
    _, danger, hit = found.dangers[first]
    return Alarm(danger, hit.text)


def _needed(found: Evidence, best: int) -> float:
    if best >= _CERTAIN:
        return _CRIED if len(found.text) <= _CRY else _CERTAINLY
    return _NAMED if best >= _ALARM else _UNNAMED


def _best(found: Evidence) -> tuple[int, int]:
    """The highest score of a danger named, and which one it is."""
    scores = [(_score(found, at), -at) for at in range(len(found.dangers))]
    best, first = max(scores, default=(0, 0))
    return best, -first


def _score(found: Evidence, at: int) -> int:
    role, danger, hit = found.dangers[at]
    start, end = next(
        ((start, end) for start, end in clauses(found.text) if start < hit.start + len(hit.text) <= end),
        (0, len(found.text)),
    )
    around = {sense.role for other in found.hits if start <= other.start < end for sense in other.word.senses}
    score = _CERTAIN if role is Role.CERTAIN else _LIKELY
    for milder, less in _MILDER.items():
        if milder in around and not (milder is Role.PET and (danger == "bitten" or found.has(Role.PERSON))):
            score -= less
    score += (
        _HASTE * found.has(Role.HURRY) + _PERSON * found.has(Role.PERSON) + _SHOUT * ("！！" in found.text)
    )
    private = found.has(Role.TALK, Role.TABLE) and not found.has(Role.HURRY)
    homely = _HOMELY if role is Role.CERTAIN else _PRIVATE
    score -= (
        8 * found.has(Role.DENIED) + homely * private + 8 * found.has(Role.THANKS) + 10 * (found.void > 0)
    )
    return score
