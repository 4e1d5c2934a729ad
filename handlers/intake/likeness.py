"""Are two messages about the same matter? Same subject at the same place, however worded; next door is another."""

import math
from dataclasses import dataclass

from handlers.intake.places import Place
from handlers.intake.reading import Reading
from handlers.texts import term
from storage.records import Category, Kind

SAME = 0.6

# For what stands at known places: the place, its subject, its wording.
_HERE, _SUBJECT, _WORDS = 0.3, 0.45, 0.45
# For what has no place in the tree: names, all pieces, the subject; another subject, other numbers, a communal matter.
_NAMES, _PIECES, _TOPIC, _OTHER, _ELSEWHERE, _COMMUNAL = 0.6, 1.0, 0.4, 0.3, 1.2, 0.9
# Taken off where both name something and none of it agrees.
_STRANGERS = 0.3
# The sum where two texts are as likely one matter as two, and how sharply that turns.
_HALF, _SLOPE = 0.95, 4.0
_UNKNOWN_TOPIC = 0.4
_FEW = 1.5
_PROPOSED = frozenset({Kind.SUGGESTION, Kind.WISH, Kind.QUESTION})
_OTHER_INTENT = 0.55
_SIDES = (("东侧", "西侧"), ("南侧", "北侧"), ("前面", "后面"))
_OTHER_SIDE = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0..1, the same matter from `SAME` on; `why` names what agrees, in words of the two messages."""

    score: float
    why: str


def same_matter(one: Reading, other: Reading) -> Likeness:
    """Compare two readings; the order does not matter."""
    near = None if one.formal or other.formal else where(one.place, other.place)
    score = _placeless(one, other) if near is None else min(_placed(one, other, near), 1.0)
    if near is not None and _intent(one.kind) != _intent(other.kind):
        score *= _OTHER_INTENT
    return Likeness(round(max(0.0, min(score, 1.0)), 3), " + ".join(_agreed(one, other, near)))


def _agreed(one: Reading, other: Reading, near: float | None) -> list[str]:
    """Place and category, where the two have them in common, as grid workers call them."""
    place = [one.place.name] if near else []
    kin = one.category is other.category and one.category is not Category.NONE
    return [*place, term("category", one.category)] if kin else place


def _intent(kind: Kind) -> int:
    return 1 if kind in _PROPOSED else 2 if kind is Kind.DISPUTE else 0


def _placed(one: Reading, other: Reading, near: float) -> float:
    words = _cosine(one.wording.pieces, other.wording.pieces)
    if near == 0:
        return 0.2 * words
    subject = _subject(one, other)
    return near * (_HERE + _SUBJECT * subject + _WORDS * words) if subject else near * 0.9 * words


def _subject(one: Reading, other: Reading) -> float:
    if not one.topics or not other.topics:
        return 0.55 if one.category is other.category else 0.2
    if one.topics[0] == other.topics[0]:
        return 1.0
    return 0.55 if one.topics[0] in other.topics or other.topics[0] in one.topics else 0.0


def _placeless(one: Reading, other: Reading) -> float:
    names = _shared(one.wording.names, other.wording.names)
    pieces = _cosine(one.wording.pieces, other.wording.pieces)
    score = _NAMES * names + _PIECES * pieces + _TOPIC * _agreement(one, other)
    if not names and min(one.wording.names.count(" "), other.wording.names.count(" ")) > 0:
        score -= _STRANGERS
    score -= _ELSEWHERE * _conflicts(one.wording.marks, other.wording.marks)
    if (
        one.communal
        and other.communal
        and _intent(one.kind) == _intent(other.kind)
        and one.topics[:1] == other.topics[:1]
    ):
        score += _COMMUNAL
    return 1 / (1 + math.exp(_SLOPE * (_HALF - score)))


def _agreement(one: Reading, other: Reading) -> float:
    mine, theirs = set(one.topics), set(other.topics)
    if not mine or not theirs:
        return _UNKNOWN_TOPIC
    both = len(mine & theirs)
    return both / min(len(mine), len(theirs)) if both else -_OTHER / _TOPIC


def _conflicts(mine: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """How many kinds of numbered things both name without naming the same one."""
    found = 0
    for unit in {mark.rstrip("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ") for mark in mine}:
        ours = {mark for mark in mine if mark.startswith(unit)}
        others = {mark for mark in theirs if mark.startswith(unit)}
        found += bool(ours and others and not ours & others)
    return found


def _shared(mine: str, theirs: str) -> float:
    ours, others = mine.split(), theirs.split()
    fewer = min(len(ours), len(others))
    return sum(piece in theirs for piece in ours) / (fewer + _FEW) if fewer else 0.0


def _cosine(mine: str, theirs: str) -> float:
    ours, others = mine.split(), theirs.count(" ") + 1
    return sum(piece in theirs for piece in ours) / (len(ours) * others) ** 0.5 if ours and theirs else 0.0


def where(one: Place, other: Place) -> float | None:
    """1 for the same place, less when one is only part of what is known, 0 for another, None when one is unknown."""
    if not one.name or not other.name:
        return None
    if one.building or other.building:
        return _buildings(one, other)
    mine, theirs = one.spots[:1] or (one.name,), other.spots[:1] or (other.name,)
    if mine == theirs:
        return 0.9 if len(one.spots) > 1 and len(other.spots) > 1 and one.spots != other.spots else 1.0
    if mine[0].startswith(theirs[0]) or theirs[0].startswith(mine[0]):
        return 0.8
    return 0.7 if mine[0] in other.spots or theirs[0] in one.spots else 0.0


def _buildings(one: Place, other: Place) -> float:
    if one.building != other.building:
        return 0.0
    for mine, theirs in ((one.unit, other.unit), (one.room, other.room)):
        if mine and theirs and mine != theirs:
            return 0.0
    if any({*one.spots, *other.spots} >= set(side) for side in _SIDES):
        return _OTHER_SIDE
    return 1.0 if one.unit == other.unit else 0.8
