"""Are two messages about the same matter? Same subject at the same place, however worded; next door is another."""

import math
from dataclasses import dataclass
from operator import mul

from handlers.intake.places import Place
from handlers.intake.reading import Reading
from handlers.intake.wording import Wording
from handlers.texts import term
from storage.records import Category, Kind

SAME = 0.5

# A piece is rare from this squared rarity on; more than so many rare pieces prove no more.
_RARE, _MOST = 50, 5
_CERTAIN, _LEAST = 255 * 255, 0.01
# What stands at one place: logarithms of odds, fitted to 3,986 pairs of messages; that of a proposal by hand.
# One unit, one building, an exact spot, any spot: to begin with, times the subject, times the category.
_SETTINGS = ((-0.98, 1.06, 1.63), (-3.73, 3.2, 1.42), (-3.49, 2.5, 0.96), (-4.83, 2.5, 0.96))
# The same place and not a part of it; rare pieces, pieces, letters; only one a proposal, a quarrel, an alarm;
# other numbers.
_NEAR, _SIGNS = 3.68, (0.39, 2.31, 7.84, -7.0, -2.0, -1.74, -4.02)
# What is less likely than this has nothing in common.
_NOTHING = 0.1
# Below these odds no wording helps, and it is not looked at.
_HOPELESS = -6.0
_SHORT_NAME = 3
# For what has no place in the tree: names, all pieces, subjects, the main one; other subjects, other numbers, a
# communal matter.
_NAMES, _PIECES, _TOPIC, _MAIN, _OTHER, _ELSEWHERE, _COMMUNAL = 0.6, 1.0, 0.2, 0.25, 0.5, 1.5, 0.9
# Taken off where both name something and none of it agrees.
_STRANGERS = 0.3
# The sum where two texts are as likely one matter as two, and how sharply that turns.
_HALF, _SLOPE = 0.95, 4.0
_UNKNOWN_TOPIC = 0.4
_FEW = 1.5
_OVERLAP, _BESIDES, _KIN = 0.68, 0.62, 0.6
_PROPOSED = frozenset({Kind.SUGGESTION, Kind.WISH, Kind.QUESTION})
_SIDES = (("东侧", "西侧"), ("南侧", "北侧"), ("前面", "后面"))
_OTHER_SIDE = 0.5
# Where one names a part of what the other names.
_WHOLE = 0.8


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0..1, the same matter from `SAME` on; `why` names what agrees, in words of the two messages."""

    score: float
    why: str


def same_matter(one: Reading, other: Reading) -> Likeness:
    """Compare two readings; the order does not matter."""
    near = None if one.formal or other.formal else where(one.place, other.place)
    if near == 0:
        return Likeness(0.0, "")
    score = _placeless(one, other) if near is None else _placed(one, other, near)
    return Likeness(round(score, 3), " + ".join(_agreed(one, other, near)))


def _agreed(one: Reading, other: Reading, near: float | None) -> list[str]:
    """Place and category, where the two have them in common, as grid workers call them."""
    place = [one.place.name] if near else []
    kin = one.category is other.category and one.category is not Category.NONE
    return [*place, term("category", one.category)] if kin else place


def _intent(kind: Kind) -> int:
    return 1 if kind in _PROPOSED else 2 if kind is Kind.DISPUTE else 0


def _placed(one: Reading, other: Reading, near: float) -> float:
    first, subject, kin = _SETTINGS[_setting(one.place, other.place)]
    odds = first + subject * _subject(one, other) + kin * _kin(one, other) + _NEAR * near
    if odds < _HOPELESS:
        return 0.0
    likely = 1 / (1 + math.exp(-odds - sum(map(mul, _SIGNS, _signs(one, other)))))
    return likely if likely >= _NOTHING else 0.0


def _setting(one: Place, other: Place) -> int:
    """How narrow a place is: one unit, one building, a spot told exactly, or no more than a spot."""
    if one.building and other.building:
        return 0 if one.unit and one.unit == other.unit else 1
    exact = one.name == other.name and len(one.name) > _SHORT_NAME
    return 2 if exact or (one.spots == other.spots and len(one.spots) > 1) else 3


def _subject(one: Reading, other: Reading) -> float:
    if not one.topics or not other.topics:
        return _KIN if one.category is other.category else 0.2
    if one.topics[0] == other.topics[0]:
        return 1.0
    if one.topics[0] not in other.topics and other.topics[0] not in one.topics:
        return 0.0
    return _OVERLAP if one.category is other.category else _BESIDES


def _signs(one: Reading, other: Reading) -> tuple[float, ...]:
    """What agrees and what does not, in the order of `_SIGNS`."""
    mine, theirs = sorted((one.wording, other.wording), key=_spelling)
    words, count = mine.pieces.split(), len(theirs.rarity) - len(theirs.letters)
    pieces = [rare for piece, rare in zip(words, mine.rarity, strict=False) if piece in theirs.pieces]
    letters = [
        rare
        for letter, rare in zip(mine.letters, mine.rarity[len(words) :], strict=True)
        if letter in theirs.letters
    ]
    length, other_length = sum(mine.rarity[: len(words)]), sum(theirs.rarity[:count])
    written, other_written = sum(mine.rarity) - length, sum(theirs.rarity) - other_length
    return (
        min(sum(rare >= _RARE for rare in pieces), _MOST) / _MOST,
        sum(pieces) / math.sqrt(length * other_length or 1),
        sum(letters) / math.sqrt(written * other_written or 1),
        (one.kind in _PROPOSED) != (other.kind in _PROPOSED),
        (one.kind is Kind.DISPUTE) != (other.kind is Kind.DISPUTE),
        (one.kind is Kind.URGENT) != (other.kind is Kind.URGENT),
        _conflicts(one.wording.marks, other.wording.marks),
    )


def _spelling(wording: Wording) -> tuple[str, str]:
    return wording.pieces, wording.letters


def _kin(one: Reading, other: Reading) -> float:
    """Logarithm of the probability that both are of one category."""
    return math.log(sum(map(mul, one.leaning, other.leaning)) / _CERTAIN + _LEAST)


def _placeless(one: Reading, other: Reading) -> float:
    """By names, pieces and subject: what names no place, and letters, whose places are those of a whole town."""
    names = _shared(one.wording.names, other.wording.names)
    pieces = _cosine(one.wording.pieces, other.wording.pieces)
    score = _NAMES * names + _PIECES * pieces + _TOPIC * _agreement(one, other)
    if not names and min(one.wording.names.count(" "), other.wording.names.count(" ")) > 0:
        score -= _STRANGERS
    if one.topics[:1] == other.topics[:1] != ():
        score += _MAIN
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
    if one.area and other.area and one.area != other.area:
        return 0.0
    if one.building or other.building or one.unit or other.unit:
        return _buildings(one, other)
    return _spots(one, other)


def _spots(one: Place, other: Place) -> float:
    if not one.spots or not other.spots:
        return _WHOLE if one.area and one.area == other.area else 0.0
    mine, theirs = one.spots, other.spots
    if mine[0] == theirs[0]:
        return 0.9 if len(mine) > 1 and len(theirs) > 1 and mine != theirs else 1.0
    if mine[0].startswith(theirs[0]) or theirs[0].startswith(mine[0]):
        return 0.8
    return _WHOLE if mine[0] in theirs or theirs[0] in mine else 0.0


def _buildings(one: Place, other: Place) -> float:
    if not one.building or not other.building:
        return _WHOLE if one.unit and one.unit == other.unit else 0.0
    if one.building != other.building:
        return 0.0
    for mine, theirs in ((one.unit, other.unit), (one.room, other.room)):
        if mine and theirs and mine != theirs:
            return 0.0
    if any({*one.spots, *other.spots} >= set(side) for side in _SIDES):
        return _OTHER_SIDE
    return 1.0 if one.unit == other.unit else _WHOLE
