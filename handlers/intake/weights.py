"""What was learned from examples, to tip the scales where the lexicon alone is undecided: weights of short pieces."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from handlers.intake.evidence import Evidence, parts_of
from handlers.intake.words import read_data
from storage.records import Category

UNIT = 1000
CATEGORIES = tuple(Category)
_NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds in thousandths for each piece.

    `kind` holds those of being a matter and of danger, `category` those of categories by number in `CATEGORIES`.
    """

    kind: Mapping[str, tuple[int, int]]
    category: Mapping[str, tuple[tuple[int, int], ...]]

    def of_kind(self, found: Evidence) -> tuple[float, float]:
        """How much the pieces of a text speak for a matter, and for danger, in log-odds."""
        parts, get = parts_of(found), self.kind.get
        matter, danger = get("", _NOTHING)
        for_matter = for_danger = 0
        for piece in parts:
            pair = get(piece)
            if pair:
                for_matter += pair[0]
                for_danger += pair[1]
        scale = math.sqrt(len(parts))
        return (matter + for_matter / scale) / UNIT, (danger + for_danger / scale) / UNIT

    def of_categories(self, found: Evidence) -> list[float]:
        """How much they speak for each of `CATEGORIES`; the last, `NONE`, is none of them."""
        sums, get = [0] * len(CATEGORIES), self.category.get
        parts = parts_of(found)
        for piece in parts:
            for at, weight in get(piece, ()):
                sums[at] += weight
        scale, bias = math.sqrt(len(parts)), dict(get("", ()))
        return [(bias.get(at, 0) + total / scale) / UNIT for at, total in enumerate(sums)]

    def written(self) -> str:
        """The weights as text, one piece a line: piece, matter, danger, categories, separated by tabs."""
        keys = sorted({*self.kind, *self.category})
        return "".join(f"{key}\t{self._numbers(key)}\n" for key in keys)

    def _numbers(self, key: str) -> str:
        matter, danger = self.kind.get(key, _NOTHING)
        return f"{matter}\t{danger}\t" + ",".join(
            f"{CATEGORIES[at]}:{weight}" for at, weight in self.category.get(key, ())
        )


def read_weights(text: str) -> Weights:
    """Weights from text as `written` gives it; raises ValueError for anything else."""
    rows = [_row(line) for line in text.split("\n") if line]
    return Weights(
        {piece: (matter, danger) for piece, matter, danger, _ in rows if matter or danger},
        {piece: categories for piece, _, _, categories in rows if categories},
    )


def _row(line: str) -> tuple[str, int, int, tuple[tuple[int, int], ...]]:
    piece, matter, danger, categories = line.split("\t")
    return piece, int(matter), int(danger), tuple(_categories(categories.split(",") if categories else ()))


def _categories(pairs: Iterable[str]) -> Iterable[tuple[int, int]]:
    for pair in pairs:
        name, weight = pair.split(":")
        yield CATEGORIES.index(Category(name)), int(weight)


@cache
def learned() -> Weights:
    """The weights that come with the program."""
    return read_weights(read_data("learned.tsv"))
