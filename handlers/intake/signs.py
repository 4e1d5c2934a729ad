"""What speaks for and against two messages being about one matter, as numbers; `STEP` is one whole.

Signs of the places, of what the two are about, of what they are, and of their words. The whole text counts only where
the places do not tell: what two name in the same words may be a place that nobody knows.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.intake.places import Place
from handlers.intake.reading import Reading
from handlers.intake.senses import agreement
from handlers.intake.wording import Wording, wording
from storage.records import Kind

STEP = 64
_CERTAIN, _LEAST, _LOWEST = 255 * 255, 0.01, -4.0
# A piece is rare from this squared rarity on; more than so many rare pieces prove no more.
_RARE, _RARER, _MOST = 50, 100, 5
_LONG, _RUN, _HEAD = 8, 8, 6
_SIDE, _PART, _SAME = 0.1, 0.75, 0.95
_PROPOSED = frozenset({Kind.SUGGESTION, Kind.WISH, Kind.QUESTION})
_IDLE = frozenset({Kind.CHATTER, Kind.AD, Kind.THANKS})
_NO_WORDS = (0.0,) * 8
AGREEING = [16, 17, 18, 19, 21, 22, 23, 24, *range(31, 42)]
"""The signs of which more never speaks against one matter: what agrees in names, subjects, sense and words."""


def signs(one: Reading, other: Reading, near: float | None) -> list[int]:
    """The signs in `STEP`ths, always the same number of them in the same order; which text comes first is all one.

    `near` is how near the places are (`where`).
    """
    if other.text < one.text:
        one, other = other, one
    mine, theirs = wording(one.text, one.place.name), wording(other.text, other.place.name)
    told = _texts(mine, theirs) if not near else _NO_WORDS
    found = (
        *_places(one.place, other.place, near),
        *_names(mine.place, theirs.place),
        *_subjects(one, other),
        *_kinds(one.kind, other.kind),
        *_words(mine, theirs),
        *told,
        one.communal and other.communal,
        conflicts(mine.marks, theirs.marks),
    )
    return [round(STEP * one) for one in found]


def conflicts(mine: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """How many kinds of numbered things both name without naming the same one."""
    found = 0
    for unit in {mark.rstrip("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ") for mark in mine}:
        ours = {mark for mark in mine if mark.startswith(unit)}
        others = {mark for mark in theirs if mark.startswith(unit)}
        found += bool(ours and others and not ours & others)
    return found


def _places(one: Place, other: Place, near: float | None) -> tuple[float, ...]:
    known = near or 0.0
    both = bool(one.building and other.building)
    return (
        near is None,
        near == 0,
        _SIDE < known < _PART,
        _PART <= known < _SAME,
        known >= _SAME,
        both,
        both and known > 0,
        bool(one.unit) and one.unit == other.unit,
        bool(one.building) != bool(other.building),
        not one.name and not other.name,
        bool(one.name) != bool(other.name),
        bool(one.name) and one.name == other.name,
        min(len(one.name), len(other.name), _LONG) / _LONG,
        not set(one.spots).isdisjoint(other.spots),
        bool(one.area) and one.area == other.area,
        bool(one.area and other.area and one.area != other.area),
    )


def _names(mine: frozenset[str], theirs: frozenset[str]) -> tuple[float, ...]:
    shared = len(mine & theirs)
    return shared / (min(len(mine), len(theirs)) or 1), shared / (max(len(mine), len(theirs)) or 1)


def _subjects(one: Reading, other: Reading) -> tuple[float, ...]:
    mine, theirs = set(one.topics), set(other.topics)
    sense = agreement(one.sense, other.sense)
    return (
        one.topics[:1] == other.topics[:1] != (),
        len(mine & theirs) / (min(len(mine), len(theirs)) or 1),
        not mine or not theirs,
        max(_LOWEST, _kin(one.leaning, other.leaning)),
        one.category is other.category,
        sense,
        sense * sense if sense > 0 else 0.0,
    )


def _kin(mine: bytes, theirs: bytes) -> float:
    """Logarithm of the probability that both are of one category."""
    return math.log(sum(a * b for a, b in zip(mine, theirs, strict=False)) / _CERTAIN + _LEAST)


def _kinds(one: Kind, other: Kind) -> tuple[float, ...]:
    return (
        (one in _PROPOSED) != (other in _PROPOSED),
        (one is Kind.DISPUTE) != (other is Kind.DISPUTE),
        (one is Kind.URGENT) != (other is Kind.URGENT),
        (one is Kind.QUESTION) != (other is Kind.QUESTION),
        one is other,
        one in _IDLE or other in _IDLE,
    )


@dataclass(frozen=True, slots=True)
class Common:
    """What two texts have in common, each 0..1: rare pieces, letters besides the place, all of it, the longest run."""

    rare: float
    letters: float
    text: float
    run: float


def in_common(one: Reading, other: Reading) -> Common:
    """The words that two readings share."""
    mine, theirs = wording(one.text, one.place.name), wording(other.text, other.place.name)
    rare, _, letters = _words(mine, theirs)
    shared = _shared(mine.pairs, theirs.pairs)
    return Common(
        rare, letters, _share(shared, mine.pairs, theirs.pairs), _run(mine.text, theirs.text) / _RUN
    )


def _words(mine: Wording, theirs: Wording) -> tuple[float, ...]:
    """What agrees besides the place: rare pieces, pieces, letters."""
    shared = [mine.telling[pair] for pair in mine.telling.keys() & theirs.telling.keys()]
    return (
        min(sum(rare >= _RARE for rare in shared), _MOST) / _MOST,
        _share(sum(shared), mine.telling, theirs.telling),
        _share(_shared(mine.letters, theirs.letters), mine.letters, theirs.letters),
    )


def _texts(mine: Wording, theirs: Wording) -> tuple[float, ...]:
    """What agrees in all that is said, and whether one says what the other names as its place."""
    shared = [mine.pairs[pair] for pair in mine.pairs.keys() & theirs.pairs.keys()]
    said = sorted((_said(mine.place, theirs.text), _said(theirs.place, mine.text)))
    begun = mine.head & theirs.head
    return (
        _share(sum(shared), mine.pairs, theirs.pairs),
        max(shared, default=0) / _RARER,
        min(sum(rare >= _RARER for rare in shared), _MOST) / _MOST,
        _run(mine.text, theirs.text) / _RUN,
        *said,
        len(begun) / _HEAD,
        sum(mine.pairs.get(pair, 0) for pair in begun) / (_HEAD * _RARER),
    )


def _shared(mine: Mapping[str, int], theirs: Mapping[str, int]) -> int:
    return sum(mine[piece] for piece in mine.keys() & theirs.keys())


def _share(shared: int, mine: Mapping[str, int], theirs: Mapping[str, int]) -> float:
    return shared / math.sqrt(sum(mine.values()) * sum(theirs.values()) or 1)


def _said(place: frozenset[str], text: str) -> float:
    return sum(pair in text for pair in place) / (len(place) or 1)


def _run(mine: str, theirs: str) -> int:
    """The length of the longest run of characters that both have, up to `_RUN`."""
    best = 0
    for at in range(len(mine)):
        while best < _RUN and at + best < len(mine) and mine[at : at + best + 1] in theirs:
            best += 1
    return best
