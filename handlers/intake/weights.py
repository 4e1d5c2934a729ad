"""What was learned from examples: how much each piece of a text speaks for each kind and for each category, and its sense.

A text's pieces are its characters and pairs of them, the rarer the heavier, scaled to one length whatever the length
of the text; its marks are what the lexicon found in it. Both weigh for every class, and the shares follow (softmax).
"""

import math
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from operator import add
from sys import byteorder

from handlers.intake.evidence import Evidence, marks_of
from handlers.intake.rows import ZERO
from handlers.intake.senses import SIZE, direction, senses
from handlers.intake.tagging import Tagger, tagger
from handlers.intake.words import read_data
from storage.records import Category, Kind

KINDS = tuple(Kind)
OVER = len(KINDS)
"""The class of words that tell of a matter being over, beside those of `KINDS`."""
CLASSES = OVER + 1
CATEGORIES = tuple(one for one in Category if one is not Category.NONE)
_ZERO, _MOST = 128, 127
# Weights below so many units are not worth their place.
_LEAST = 5
_FINER = 16
_LANE = 2
_LOW = 0 if byteorder == "little" else 1
# A piece that no row knows says nothing, but counts for the length of the text like one as rare as this.
_STRANGE = 80
# So many rows of bytes cannot overflow a lane.
_TOGETHER = 250
# Where the lanes of kinds end, those of categories, and all.
_KINDS = CLASSES + 2
_SENSE = _KINDS + len(CATEGORIES) + 2
_LANES = _SENSE + 1 + SIZE


@dataclass(frozen=True, slots=True)
class Table:
    """Weights for some classes.

    A row is the square of its piece's rarity (0 for marks) and one byte a class: the weight, already multiplied by the
    rarity, in units of `step` (marks: of a sixteenth of it), with 128 for nothing.
    """

    step: float
    bias: tuple[float, ...]
    rows: Mapping[str, bytes]

    def said(self, lanes: Sequence[int], pieces: int) -> list[float]:
        """What the summed rows of so many pieces say of each class, as logarithms of odds."""
        known, rarity, *sums = lanes
        nothing = _ZERO * known
        scale = self.step / math.sqrt(rarity + _STRANGE * (pieces - known) or 1)
        return [one + (lane - nothing) * scale for one, lane in zip(self.bias, sums, strict=True)]

    def marked(self, said: Sequence[float], lanes: Sequence[int]) -> list[float]:
        """The same with what the summed rows of its marks say besides."""
        known, _, *sums = lanes
        nothing, scale = _ZERO * known, self.step / _FINER
        return [one + (lane - nothing) * scale for one, lane in zip(said, sums, strict=True)]


@dataclass(frozen=True, slots=True)
class Said:
    """What the pieces of a text say of each kind, as logarithms of odds; the sums of their rows, and their number."""

    kinds: list[float]
    lanes: list[int]
    pieces: int


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text is about: the probability of each category, and the direction of its sense."""

    categories: list[float]
    sense: bytes


NOTHING = Meant([], b"")


@dataclass(frozen=True, slots=True)
class Weights:
    """One table for `KINDS` with `OVER` and one for `CATEGORIES`; the `sense` of each piece, and the tagger of `names` of places.

    The rows of the first three lie side by side, as one number of lanes of sixteen bits a piece, so that one look and
    one addition serve all of them. Each part begins with a one, to count the rows that have that part; in tables the
    rarity follows.
    """

    kind: Table
    category: Table
    sense: Mapping[str, bytes] = field(default_factory=senses, repr=False, compare=False)
    names: Tagger = field(default_factory=tagger, repr=False, compare=False)
    _rows: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the rows side by side."""
        tables = (self.kind.rows, CLASSES + 2), (self.category.rows, len(CATEGORIES) + 2)
        object.__setattr__(self, "_rows", _side_by_side(*tables, (self.sense, SIZE + 1)))

    def said(self, found: Collection[str]) -> Said:
        """What the pieces of a plain text say, before the lexicon is asked."""
        lanes = _added(self._rows, found)
        return Said(self.kind.said(lanes[:_KINDS], len(found)), lanes, len(found))

    def marks(self, found: Evidence) -> list[int]:
        """The sums of the rows of what the lexicon found."""
        return _added(self._rows, marks_of(found))

    def kinds(self, said: Said, marks: Sequence[int]) -> list[float]:
        """The probability of each kind, and last of a matter being over."""
        return shares(self.kind.marked(said.kinds, marks[:_KINDS]))

    def meant(self, said: Said, marks: Sequence[int]) -> Meant:
        """What the text is about."""
        likely = self.category.said(said.lanes[_KINDS:_SENSE], said.pieces)
        nothing = ZERO * (said.lanes[_SENSE] + marks[_SENSE])
        sums = map(add, said.lanes[_SENSE + 1 :], marks[_SENSE + 1 :])
        return Meant(
            shares(self.category.marked(likely, marks[_KINDS:_SENSE])),
            direction(list(sums), nothing),
        )

    def written(self) -> str:
        """The weights as text: the two tables one after the other, a head and then a piece a line."""
        return "".join(line for table in (self.kind, self.category) for line in _lines(table))


def _side_by_side(*parts: tuple[Mapping[str, bytes], int]) -> dict[str, int]:
    """Rows of all parts by piece; a part has so many bytes."""
    each = [(part.get, bytes(size)) for part, size in parts]
    return {
        piece: _wide(b"".join([b"\x01" + row if (row := get(piece)) else none for get, none in each]))
        for piece in {piece for part, _ in parts for piece in part}
    }


def _added(rows: Mapping[str, int], pieces: Collection[str]) -> list[int]:
    """The sums of the lanes."""
    if len(pieces) > _TOGETHER:
        some = list(pieces)
        return list(map(add, _added(rows, some[:_TOGETHER]), _added(rows, some[_TOGETHER:])))
    total = sum(map(rows.get, pieces, repeat(0)))
    return memoryview(total.to_bytes(_LANE * _LANES, byteorder)).cast("H").tolist()


def shares(sums: Sequence[float]) -> list[float]:
    """Probabilities from logarithms of odds."""
    most = max(sums)
    odds = [math.exp(one - most) for one in sums]
    total = sum(odds)
    return [one / total for one in odds]


def table(bias: Sequence[float], weights: Mapping[str, tuple[float, Sequence[float]]]) -> Table:
    """A table from each piece's rarity (0 for marks) and its weights; those that weigh next to nothing are left out."""
    most = max((abs(one) for _, row in weights.values() for one in row), default=1.0) or 1.0
    step = most / _MOST
    rows = {
        piece: bytes([min(round(rarity * rarity), 255), *_units(row, step if rarity else step / _FINER)])
        for piece, (rarity, row) in sorted(weights.items())
        if piece.isprintable() and (not rarity or max(map(abs, row)) >= _LEAST * step)
    }
    return Table(step, tuple(bias), rows)


def _units(row: Sequence[float], unit: float) -> list[int]:
    return [_ZERO + max(-_MOST, min(round(one / unit), _MOST)) for one in row]


def read_weights(text: str) -> Weights:
    """Weights from text as `written` gives it; raises ValueError for anything else."""
    lines = iter(text.split("\n"))
    return Weights(_read(lines, CLASSES), _read(lines, len(CATEGORIES)))


def _lines(written: Table) -> Iterator[str]:
    yield f"{len(written.rows)}\t{written.step!r}\t{','.join(repr(one) for one in written.bias)}\n"
    for piece, row in written.rows.items():
        yield f"{piece}\t{b64encode(row).decode()}\n"


def _read(lines: Iterator[str], classes: int) -> Table:
    count, step, bias = next(lines, "").split("\t")
    found = tuple(float(one) for one in bias.split(","))
    if len(found) != classes:
        raise ValueError(f"{classes} classes were expected, {len(found)} found")
    return Table(float(step), found, dict(_row(next(lines, ""), classes) for _ in range(int(count))))


def _row(line: str, classes: int) -> tuple[str, bytes]:
    piece, written = line.split("\t")
    row = b64decode(written)
    if len(row) != classes + 1:
        raise ValueError(f"a row of {len(row)} bytes")
    return piece, row


def _wide(row: bytes) -> int:
    """Bytes in lanes, as this machine reads them."""
    lanes = bytearray(_LANE * len(row))
    lanes[_LOW::_LANE] = row
    return int.from_bytes(lanes, byteorder)


@cache
def learned() -> Weights:
    """The weights that come with the program."""
    return read_weights(read_data("learned.tsv"))


def likeliest(shares: Iterable[float], among: Sequence[int]) -> int:
    """The number of the class with the greatest share among those."""
    every = list(shares)
    return max(among, key=every.__getitem__)
