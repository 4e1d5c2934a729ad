"""Are two messages about the same matter? Same subject at the same place, however worded; next door is another.

What speaks for and against it is weighed by a small network that was fitted to pairs of messages of strangers
(`alike.json`). Letters to the authorities, whose places are those of a whole town, go by their words.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from struct import unpack

from handlers.intake.nearness import next_door, where
from handlers.intake.reading import Reading
from handlers.intake.senses import agreement
from handlers.intake.signs import STEP, conflicts, signs
from handlers.intake.wording import Letter, letter_of, numbers, other_lift
from handlers.intake.words import read_data
from handlers.texts import term
from storage.records import Category, Kind

SAME = 0.35
"""From this probability on two messages are said to be one matter; a person confirms it."""

# What is left of it where one proposes and the other complains.
_PROPOSED = 0.4
_FAULTS = frozenset({Kind.ISSUE, Kind.URGENT})
# What agrees so little in sense, and stands at no place in common, has nothing to do with the other.
_STRANGE, _THERE = 0.15, 0.7
# For letters: names, all pieces, subjects, the main one; other subjects, other numbers.
_NAMES, _PIECES, _TOPIC, _MAIN, _OTHER, _ELSEWHERE = 0.6, 1.0, 0.2, 0.25, 0.5, 1.5
# Taken off where both name something and none of it agrees.
_STRANGERS = 0.3
# The sum where two letters are as likely one matter as two, and how sharply that turns.
_HALF, _SLOPE = 0.95, 4.0
_UNKNOWN_TOPIC = 0.4
_FEW = 1.5
_LANE, _UNIT = 32, 1024


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` 0..1, the same matter from `SAME` on; `why` names what agrees, in words of the two messages."""

    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of rectified sums, and a logistic one.

    A sign's row holds its weight for every hidden sum, in lanes of 32 bits that are added as one number; they may be
    below zero until an offset lifts all of them. Weights are in 1024ths, signs in `STEP`ths.
    """

    rows: tuple[int, ...]
    bias: int
    out: tuple[float, ...]
    last: float

    def likely(self, found: list[int]) -> float:
        """The probability that these are the signs of one matter."""
        total = self.bias + sum(row * sign for row, sign in zip(self.rows, found, strict=True) if sign)
        lanes = unpack(f"<{len(self.out)}I", total.to_bytes(len(self.out) * _LANE // 8, "little"))
        middle = 1 << (_LANE - 1)
        odds = sum(
            weight * (lane - middle) for weight, lane in zip(self.out, lanes, strict=True) if lane > middle
        )
        return 1 / (1 + math.exp(-max(-50.0, min(odds / (_UNIT * STEP) + self.last, 50.0))))


def read_network(text: str) -> Network:
    """A network from JSON: `rows` of whole numbers by sign, `bias`, `out` and `last`."""
    data = json.loads(text)
    middle = 1 << (_LANE - 1)
    return Network(
        tuple(map(_wide, data["rows"])),
        _wide([one + middle for one in data["bias"]]),
        tuple(data["out"]),
        data["last"],
    )


def _wide(lanes: list[int]) -> int:
    return sum(one << _LANE * at for at, one in enumerate(lanes))


@cache
def network() -> Network:
    """The network that comes with the program."""
    return read_network(read_data("alike.json"))


def same_matter(one: Reading, other: Reading) -> Likeness:
    """Compare two readings; the order does not matter."""
    if one.letter or other.letter:
        mine, theirs = one.letter or letter_of(one.text), other.letter or letter_of(other.text)
        return _told(_letters(one, other, mine, theirs), one, other, None)
    near = where(one.place, other.place)
    if hopeless(one, other, near) or other_lift(one.text, other.text):
        return Likeness(0.0, "")
    if one.text == other.text:
        return _told(1.0, one, other, near)
    score = network().likely(signs(one, other, near))
    return _told(score * _PROPOSED if _proposes_one(one.kind, other.kind) else score, one, other, near)


def _proposes_one(one: Kind, other: Kind) -> bool:
    """Whether one proposes something where the other tells of a fault."""
    return (one is Kind.SUGGESTION and other in _FAULTS) or (other is Kind.SUGGESTION and one in _FAULTS)


def hopeless(one: Reading, other: Reading, near: float | None) -> bool:
    """Whether two can be told apart at a glance: next door, or neither at one place nor about one thing."""
    if next_door(one.place, other.place):
        return True
    return (near or 0.0) < _THERE and agreement(one.sense, other.sense) < _STRANGE


def _told(score: float, one: Reading, other: Reading, near: float | None) -> Likeness:
    """The score with place and category, where the two have them in common, as grid workers call them."""
    place = [one.place.name] if near else []
    kin = one.category is other.category and one.category is not Category.NONE
    common = [*place, term("category", one.category)] if kin else place
    return Likeness(round(score, 3), " + ".join(common))


def _letters(one: Reading, other: Reading, mine: Letter, theirs: Letter) -> float:
    """By names, pieces and subject."""
    names = _shared(mine.names, theirs.names)
    score = _NAMES * names + _PIECES * _cosine(mine.pieces, theirs.pieces)
    score += _TOPIC * _agreement(one, other)
    if not names and min(mine.names.count(" "), theirs.names.count(" ")) > 0:
        score -= _STRANGERS
    if one.topics[:1] == other.topics[:1] != ():
        score += _MAIN
    score -= _ELSEWHERE * conflicts(numbers(one.text), numbers(other.text))
    return 1 / (1 + math.exp(_SLOPE * (_HALF - score)))


def _agreement(one: Reading, other: Reading) -> float:
    mine, theirs = set(one.topics), set(other.topics)
    if not mine or not theirs:
        return _UNKNOWN_TOPIC
    both = len(mine & theirs)
    return both / min(len(mine), len(theirs)) if both else -_OTHER / _TOPIC


def _shared(mine: str, theirs: str) -> float:
    ours, others = mine.split(), theirs.split()
    fewer = min(len(ours), len(others))
    return sum(piece in theirs for piece in ours) / (fewer + _FEW) if fewer else 0.0


def _cosine(mine: str, theirs: str) -> float:
    ours, others = mine.split(), theirs.count(" ") + 1
    return sum(piece in theirs for piece in ours) / (len(ours) * others) ** 0.5 if ours and theirs else 0.0
