"""What was learned from examples: how much each piece of a text speaks for each kind and for each category.

A text's pieces are its characters and pairs of them, the rarer the heavier, scaled to one length whatever the length
of the text; its marks are what the lexicon found in it. Both weigh for every class, and the shares follow (softmax).
"""

import math
from array import array
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from sys import byteorder

from handlers.intake.evidence import Evidence, marks_of, parts_of
from handlers.intake.words import read_data
from storage.records import Category, Kind

KINDS = tuple(Kind)
CATEGORIES = tuple(one for one in Category if one is not Category.NONE)
_ZERO, _MOST = 128, 127
# Weights below so many units are not worth their place.
_LEAST = 5
_FINER = 16
_LANE = 2
# A piece that no row knows says nothing, but counts for the length of the text like one as rare as this.
_STRANGE = 80
# So many rows of bytes cannot overflow a lane.
_TOGETHER = 250


@dataclass(frozen=True, slots=True)
class Table:
    """Weights for some classes.

    A row is one number of lanes of sixteen bits, so that adding rows adds all lanes at once. The first lane holds the
    square of its piece's rarity (0 for marks), the others one class each: the weight, already multiplied by the rarity,
    in units of `step` (marks: of a sixteenth of it), with 128 for nothing.
    """

    step: float
    bias: tuple[float, ...]
    rows: Mapping[str, int]

    def shares(self, found: Evidence) -> list[float]:
        """The probability of each class, in the order of the classes."""
        return shares(self.marked(self.spoken(parts_of(found)), found))

    def marked(self, spoken: Sequence[float], found: Evidence) -> list[float]:
        """What the pieces say, and what the lexicon makes of the text besides."""
        rows = [row for mark in marks_of(found) if (row := self.rows.get(mark))]
        _, lanes = self._added(rows)
        nothing, step = _ZERO * len(rows), self.step / _FINER
        return [one + (lane - nothing) * step for one, lane in zip(spoken, lanes, strict=True)]

    def spoken(self, pieces: Collection[str]) -> list[float]:
        """What the pieces of a text say of each class, as logarithms of odds; what the lexicon makes of it is left out."""
        get = self.rows.get
        rows = [row for piece in pieces if (row := get(piece))]
        rarity, lanes = self._added(rows)
        strange = _STRANGE * (len(pieces) - len(rows))
        nothing, scale = _ZERO * len(rows), self.step / math.sqrt(rarity + strange or 1)
        return [one + (lane - nothing) * scale for one, lane in zip(self.bias, lanes, strict=True)]

    def _added(self, rows: Sequence[int]) -> tuple[int, Sequence[int]]:
        """The sums of the lanes: of the first, and of each class."""
        if len(rows) > _TOGETHER:
            first, lanes = self._added(rows[:_TOGETHER])
            more, others = self._added(rows[_TOGETHER:])
            return first + more, [one + other for one, other in zip(lanes, others, strict=True)]
        wide = sum(rows).to_bytes(_LANE * (len(self.bias) + 1), byteorder)
        lanes = memoryview(wide).cast("H")
        return lanes[0], lanes[1:]


def shares(sums: Sequence[float]) -> list[float]:
    """Probabilities from logarithms of odds."""
    most = max(sums)
    odds = [math.exp(one - most) for one in sums]
    total = sum(odds)
    return [one / total for one in odds]


@dataclass(frozen=True, slots=True)
class Weights:
    """One table for `KINDS` and one for `CATEGORIES`."""

    kind: Table
    category: Table

    def written(self) -> str:
        """The weights as text: the two tables one after the other, a head and then a piece a line."""
        return "".join(line for table in (self.kind, self.category) for line in _lines(table))


def table(bias: Sequence[float], weights: Mapping[str, tuple[float, Sequence[float]]]) -> Table:
    """A table from each piece's rarity (0 for marks) and its weights; those that weigh next to nothing are left out."""
    most = max((abs(one) for _, row in weights.values() for one in row), default=1.0) or 1.0
    step = most / _MOST
    rows = {
        piece: _wide(
            bytes([min(round(rarity * rarity), 255), *_units(row, step if rarity else step / _FINER)])
        )
        for piece, (rarity, row) in sorted(weights.items())
        if piece.isprintable() and (not rarity or max(map(abs, row)) >= _LEAST * step)
    }
    return Table(step, tuple(bias), rows)


def _units(row: Sequence[float], unit: float) -> list[int]:
    return [_ZERO + max(-_MOST, min(round(one / unit), _MOST)) for one in row]


def read_weights(text: str) -> Weights:
    """Weights from text as `written` gives it; raises ValueError for anything else."""
    lines = iter(text.split("\n"))
    return Weights(_read(lines, len(KINDS)), _read(lines, len(CATEGORIES)))


def _lines(written: Table) -> Iterator[str]:
    yield f"{len(written.rows)}\t{written.step!r}\t{','.join(repr(one) for one in written.bias)}\n"
    size = _LANE * (len(written.bias) + 1)
    for piece, row in written.rows.items():
        yield f"{piece}\t{b64encode(bytes(memoryview(row.to_bytes(size, byteorder)).cast('H').tolist())).decode()}\n"


def _read(lines: Iterator[str], classes: int) -> Table:
    count, step, bias = next(lines, "").split("\t")
    found = tuple(float(one) for one in bias.split(","))
    if len(found) != classes:
        raise ValueError(f"{classes} classes were expected, {len(found)} found")
    return Table(float(step), found, dict(_row(next(lines, ""), classes) for _ in range(int(count))))


def _row(line: str, classes: int) -> tuple[str, int]:
    piece, written = line.split("\t")
    row = b64decode(written)
    if len(row) != classes + 1:
        raise ValueError(f"a row of {len(row)} bytes")
    return piece, _wide(row)


def _wide(row: bytes) -> int:
    """A row of bytes in lanes, as this machine reads them."""
    return int.from_bytes(array("H", list(row)).tobytes(), byteorder)


@cache
def learned() -> Weights:
    """The weights that come with the program."""
    return read_weights(read_data("learned.tsv"))


def likeliest(shares: Iterable[float], among: Sequence[int]) -> int:
    """The number of the class with the greatest share among those."""
    every = list(shares)
    return max(among, key=every.__getitem__)
