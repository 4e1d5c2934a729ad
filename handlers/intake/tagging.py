"""Which characters of a text name a place, as a linear model learned it from examples.

Every character is given a weight for opening a name, for going on with it, and for being the first one after it. They
come from the characters around it, from what sort of characters those are, and from what the rules of places make of
them. The name is the run of characters whose weights sum up highest; where no sum is above zero, there is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from operator import add
from struct import unpack

from handlers.intake.rows import ZERO, read
from handlers.intake.words import read_data

# A position has three lanes of sixteen bits: opening, going on, after. Rows of lanes are added as one number; lanes may
# be below zero until an offset lifts all of them.
_LANE, _TAGS = 16, 3
_BLOCK = _LANE * _TAGS
_HALF = 1 << (_LANE - 1)
# Positions that a row of so many characters speaks of, counted from its first character.
REACH = {1: (-1, 0, 1), 2: (-1, 0, 1, 2), 3: (1,), 5: (2,)}
EDGE = "^"
AROUND = 4
"""Positions beside those of the characters."""
_NUMERALS = "一二三四五六七八九十两"
_POINTS = "，。！？；、：\n…~（）“”\"' ^"
PLAIN = "O"
"""The hint for a character that no rule knows."""
_LIFTED = _HALF.to_bytes(_LANE // 8, "little")


class _Sorts(dict[int, str]):
    """The sort of a character: figure, numeral, letter, point or other."""

    def __missing__(self, code: int) -> str:
        mark = chr(code)
        sort = "0" if mark.isdigit() else "1" if mark in _NUMERALS else "." if mark in _POINTS else "x"
        if sort == "x" and mark.isascii():
            sort = "a" if mark.isalpha() else "."
        self[code] = sort
        return sort


_SORTS = _Sorts()


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights by piece, in whole units: for each position in its reach the three tags one after the other."""

    rows: Mapping[str, int]

    def name(self, text: str, hints: str) -> tuple[int, int] | None:
        """Where the place that a plain text is about begins and ends; None where it names none.

        `hints` has one capital letter for every character, `PLAIN` where the rules of places say nothing.
        """
        get, none = self.rows.get, repeat(0)
        single, double, triple, sorts, marked = _pieces(text, hints)
        wide = map(add, map(get, single, none), chain(map(get, double, none), none))
        told = map(get, marked, none) if hints.strip(PLAIN) else repeat(get(PLAIN * 3, 0))
        narrow = map(add, map(add, map(get, triple, none), map(get, sorts, none)), told)
        total, at = _lift(len(text) + AROUND), 0
        for row in map(add, wide, chain((0, 0), narrow)):
            total += row << at
            at += _BLOCK
        return _best(total, len(text))


def features(text: str, hints: str) -> Iterator[tuple[int, str]]:
    """The pieces of a text, each with the first position it speaks of; the first character is in position two."""
    single, double, *centred = _pieces(text, hints)
    yield from enumerate(single)
    yield from enumerate(double)
    for pieces in centred:
        yield from enumerate(pieces, 2)


def _pieces(text: str, hints: str) -> tuple[Iterable[str], ...]:
    """Characters and pairs from the edge on; and, around each character, three of them, five sorts and three hints."""
    padded, marked = f"{EDGE}{text}{EDGE}", f"{PLAIN}{hints}{PLAIN}"
    sorts = f"{EDGE}{padded}{EDGE}".translate(_SORTS)
    double = list(map(add, padded, padded[1:]))
    return (
        padded,
        double,
        map(add, double, padded[2:]),
        [sorts[at : at + 5] for at in range(len(text))],
        map(add, map(add, marked, marked[1:]), marked[2:]),
    )


def read_tagger(text: str) -> Tagger:
    """A tagger from rows as text; raises ValueError for anything else."""
    return Tagger({piece: _wide(piece, row) for piece, row in read(text)})


@cache
def tagger() -> Tagger:
    """The tagger that comes with the program."""
    return read_tagger(read_data("names.tsv"))


def _wide(piece: str, row: bytes) -> int:
    if len(row) != _TAGS * len(REACH[len(piece)]):
        raise ValueError(f"a row of {len(row)} units for {piece!r}")
    return sum((unit - ZERO) << _LANE * lane for lane, unit in enumerate(row))


def _lift(positions: int) -> int:
    """An offset that lifts all lanes above zero."""
    return int.from_bytes(_LIFTED * (_TAGS * positions), "little")


def _best(total: int, size: int) -> tuple[int, int] | None:
    """The run of characters with the highest sum above zero."""
    count = (size + AROUND) * _TAGS
    lanes = unpack(f"<{count}H", total.to_bytes(count * _LANE // 8, "little"))
    best = begin = 0
    run, found = -_HALF, None
    for at in range(size):
        lane = (at + 2) * _TAGS
        opening, going_on = lanes[lane] - _HALF, run + lanes[lane + 1] - _HALF
        if opening >= going_on:
            run, begin = opening, at
        else:
            run = going_on
        whole = run + lanes[lane + _TAGS + 2] - _HALF
        if whole > best:
            best, found = whole, (begin, at + 1)
    return found
