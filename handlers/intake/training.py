"""Learning the weights from labelled examples: a softmax over pieces and marks, by stochastic gradient descent.

Rare classes count for more than their number, so that danger is not drowned in what is ordinary.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from pydantic import TypeAdapter

from handlers.intake.evidence import TOPIC, Evidence, gather, marks_of, pieces
from handlers.intake.plain import plain
from handlers.intake.sounds import slips
from handlers.intake.weights import CATEGORIES, CLASSES, KINDS, OVER, Table, Weights, table
from handlers.intake.words import Lexicon, shipped
from storage.records import Category, Kind

_FILES = (
    "messages.jsonl",
    "towns.jsonl",
    "districts.jsonl",
    "estates.jsonl",
    "courtyards.jsonl",
    "blocks.jsonl",
    "towers.jsonl",
    "hamlets.jsonl",
    "lanes.jsonl",
    "hostels.jsonl",
    "counties.jsonl",
    "coasts.jsonl",
    "perils.jsonl",
    "hurried.jsonl",
    "ridges.jsonl",
    "harbours.jsonl",
    "pastures.jsonl",
    "railways.jsonl",
    "hillsides.jsonl",
    "ports.jsonl",
    "gardens.jsonl",
    "resorts.jsonl",
    "plains.jsonl",
    "karst.jsonl",
    "mines.jsonl",
    "campuses.jsonl",
    "borders.jsonl",
    "canals.jsonl",
    "highlands.jsonl",
    "bays.jsonl",
    "roundhouses.jsonl",
    "forests.jsonl",
    "lilongs.jsonl",
    "junctions.jsonl",
    "afterthoughts.jsonl",
    "endings.jsonl",
    "wards.jsonl",
    "creeks.jsonl",
    "yards.jsonl",
    "everyday.jsonl",
    "letters.jsonl",
    "chatter.jsonl",
    "mutters.jsonl",
)
_ROUNDS = 12
_RATE, _SLOWING, _BIAS, _COST = 4.0, 4.0, 0.05, 8.0
# How much one mark counts beside a whole text of pieces; the lexicon has seen the examples, so not too much.
_FAINT, _PLAIN = 0.05, 0.1
_BALANCE = 0.7
# From some five thousand examples on a piece that only one has is as rare as this.
_MANY = 9.0


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what it is; the category may be `NONE`.

    `place` is what it calls the place it is about, "" where it names none, None where nobody has looked. Examples that
    are the `same` (not "") are different people's words about one matter; one that is `over` tells that some matter is.
    """

    text: str
    kind: Kind
    category: Category
    place: str | None = None
    same: str = ""
    over: bool = False


_EXAMPLES = TypeAdapter(Example)


def examples() -> list[Example]:
    """The examples that come with the program, written for it; all that ships is fitted to exactly these."""
    return [one for part in example_files().values() for one in part]


def example_files() -> dict[str, list[Example]]:
    """The same by the file they stand in: each is of communities of its own."""
    folder = files("handlers.intake").joinpath("examples")
    return {name: read_examples(folder.joinpath(name).read_text(encoding="utf-8")) for name in _FILES}


def read_examples(jsonl: str) -> list[Example]:
    """Examples from JSON lines with the fields of `Example`; raises ValueError for anything else."""
    return [_EXAMPLES.validate_json(line) for line in jsonl.split("\n") if line.strip()]


def fit(examples: Sequence[Example], lexicon: Lexicon | None = None) -> Weights:
    """Weights that explain the examples; the same examples give the same weights. A minute for 25,000."""
    known = lexicon or shipped()
    read = [(gather(slips().mended(plain(one.text)), known), one) for one in examples]
    kinds = [
        _sample(found, OVER if one.over else KINDS.index(one.kind), one.text, "<") for found, one in read
    ]
    categories = [
        _sample(found, CATEGORIES.index(one.category), one.text, TOPIC)
        for found, one in read
        if one.category is not Category.NONE
    ]
    return Weights(_table(CLASSES, kinds, _FAINT), _table(len(CATEGORIES), categories, _PLAIN))


@dataclass(frozen=True, slots=True)
class _Sample:
    """One example made ready: its pieces, its marks, the number of its class, and a number to shuffle by."""

    pieces: tuple[str, ...]
    marks: tuple[str, ...]
    answer: int
    order: int


def _sample(found: Evidence, answer: int, text: str, begin: str) -> _Sample:
    """An example with those of its marks that begin so."""
    marks = sorted(mark for mark in marks_of(found) if mark.startswith(begin))
    return _Sample(tuple(sorted(pieces(found.text))), tuple(marks), answer, zlib.crc32(text.encode()))


@dataclass(slots=True)
class _Learner:
    """Weights being learned. All of them are `shrink` times what is written in their rows."""

    classes: int
    rows: dict[str, list[float]]
    bias: list[float]
    shrink: float = 1.0

    def step(self, features: Sequence[tuple[str, float]], answer: int, rate: float, decay: float) -> None:
        """Move towards the answer, and all weights a little towards nothing."""
        rows = [(self.rows[name], value) for name, value in features]
        miss = self._missed(rows, answer)
        self.shrink *= 1 - decay
        for row, value in rows:
            by = rate * value / self.shrink
            for at, one in enumerate(miss):
                row[at] += one * by
        for at, one in enumerate(miss):
            self.bias[at] += one * rate * _BIAS

    def _missed(self, rows: Sequence[tuple[list[float], float]], answer: int) -> list[float]:
        sums = self.bias[:]
        for row, value in rows:
            by = value * self.shrink
            for at, one in enumerate(row):
                sums[at] += one * by
        most = max(sums)
        odds = [math.exp(one - most) for one in sums]
        total = sum(odds)
        miss = [-one / total for one in odds]
        miss[answer] += 1
        return miss


def _table(classes: int, samples: Sequence[_Sample], mark: float) -> Table:
    """Learn one table, in which a mark counts so much."""
    rarity = _rarities(samples)
    features = [(_features(one, rarity, mark), one) for one in samples]
    heavy = _counterweights(classes, samples)
    every = {name for found, _ in features for name, _ in found}
    learner = _Learner(classes, {name: [0.0] * classes for name in sorted(every)}, [0.0] * classes)
    decay, done = 1 / (_COST * max(len(samples), 1)), 0
    for turn in range(_ROUNDS):
        for found, one in sorted(features, key=lambda pair: (pair[1].order * (2 * turn + 1)) & 0xFFFFFFFF):
            rate = _RATE / (1 + _RATE * decay * _SLOWING * done)
            learner.step(found, one.answer, rate * heavy[one.answer], rate * decay)
            done += 1
    return table(learner.bias, dict(_finished(learner, rarity, mark)))


def _finished(
    learner: _Learner, rarity: dict[str, float], mark: float
) -> Iterable[tuple[str, tuple[float, list[float]]]]:
    """The rows worth keeping: of many examples, what one alone has says little of any other."""
    rarest = max(rarity.values(), default=0.0)
    for name, row in learner.rows.items():
        rare = rarity.get(name, 0.0)
        if rare < rarest or rarest < _MANY:
            yield name, (rare, [one * learner.shrink * (rare or mark) for one in row])


def _rarities(samples: Sequence[_Sample]) -> dict[str, float]:
    """How rare each piece is among the examples, as one more than the logarithm of its inverse frequency."""
    counts = Counter(piece for one in samples for piece in one.pieces)
    return {piece: 1 + math.log((1 + len(samples)) / (1 + count)) for piece, count in counts.items()}


def _features(one: _Sample, rarity: dict[str, float], mark: float) -> list[tuple[str, float]]:
    length = math.sqrt(sum(round(rarity[piece] ** 2) for piece in one.pieces)) or 1.0
    return [
        *((piece, rarity[piece] / length) for piece in one.pieces),
        *((name, mark) for name in one.marks),
    ]


def _counterweights(classes: int, samples: Sequence[_Sample]) -> list[float]:
    """What each class is multiplied by, so that the rare ones weigh more than they number."""
    counts = Counter(one.answer for one in samples)
    return [
        (len(samples) / (classes * counts[at])) ** _BALANCE if counts[at] else 0.0 for at in range(classes)
    ]
