"""What a file says of itself at a place, held against what comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.recount.chain import canonical
from bot.recount.counts import Quantity, read_quantity, written
from bot.recount.numbers import digits
from bot.recount.reading import Node
from bot.recount.rules import Measure


@dataclass(frozen=True, slots=True)
class Difference:
    """What the file says of itself at a place, and what comes out."""

    where: str
    stated: str
    found: str


def unequal(stated: Node, found: str) -> Iterator[Difference]:
    """Words against words."""
    if stated.words() != found:
        yield Difference(stated.where, stated.words(), found)


def unequal_amounts(stated: Node, found: Quantity) -> Iterator[Difference]:
    """An amount in every measure that is counted; in one that is not, nothing may be stated."""
    said = read_quantity(stated.only(*Measure), tuple(found))
    for measure in found:
        if said[measure] != found[measure]:
            field = stated.field(measure)
            yield Difference(field.where, str(field.value), str(written(found)[measure]))
    for measure in Measure:
        if measure not in found and stated.has(measure):
            yield Difference(stated.field(measure).where, str(stated.field(measure).value), "-")


def unlike(stated: Node, found: object) -> Iterator[Difference]:
    """Anything JSON can say, place by place; a Fraction stands for square metres, with idle zeros or without."""
    if isinstance(found, dict):
        stated.only(*found)
        for name, part in found.items():
            yield from unlike(stated.field(name), part)
    elif isinstance(found, list) and len(items := stated.items()) == len(found):
        for item, part in zip(items, found, strict=True):
            yield from unlike(item, part)
    elif isinstance(found, Fraction):
        if stated.amount() != found:
            yield Difference(stated.where, str(stated.value), digits(found))
    elif canonical(stated.value) != canonical(found):
        yield Difference(stated.where, _shown(stated.value), _shown(found))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else canonical(value).decode()
