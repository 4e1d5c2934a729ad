"""The numbers a verdict rests on, each in every measure that is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from bot.recount.numbers import digits
from bot.recount.reading import Node, Unreadable
from bot.recount.rules import Base, Measure

Quantity: TypeAlias = Mapping[Measure, Fraction]
"""One amount for each measure; every quantity of a count has the same measures."""


class Opinion(StrEnum):
    """Where a ballot is counted."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Count:
    """`present` took part; `returned` handed in a ballot. They differ where somebody attends and casts nothing."""

    roll: Quantity
    present: Quantity
    returned: Quantity
    cast: Mapping[Opinion, Quantity]

    def base(self, base: Base) -> Quantity:
        """The quantity that a share is taken of."""
        return {Base.ROLL: self.roll, Base.PRESENT: self.present, Base.PARTICIPANTS: self.returned}[base]


def total(parts: Iterable[Quantity], measures: Iterable[Measure]) -> Quantity:
    """The sum, measure by measure."""
    listed = list(parts)
    return {measure: sum((part[measure] for part in listed), Fraction(0)) for measure in measures}


def minus(whole: Quantity, part: Quantity) -> Quantity:
    """What is left, measure by measure."""
    return {measure: amount - part[measure] for measure, amount in whole.items()}


def read_count(node: Node, measures: tuple[Measure, ...]) -> Count:
    """Read `roll, participation, yes, no, abstain` (and `returned`). Unreadable where a part exceeds its whole."""
    present = read_quantity(node.field("participation"), measures)
    returned = node.field("returned")
    count = Count(
        roll=read_quantity(node.field("roll"), measures),
        present=present,
        returned=present if returned.absent else read_quantity(returned, measures),
        cast={opinion: read_quantity(node.field(opinion), measures) for opinion in Opinion},
    )
    _check_nesting(count, measures, node.where)
    return count


def read_quantity(node: Node, measures: tuple[Measure, ...]) -> Quantity:
    """Read `{heads, area}`. Unreadable where a measure that is counted is not there."""
    found = {}
    for measure in measures:
        field = node.field(measure)
        if field.absent:
            raise Unreadable("not_there", field.where)
        found[measure] = field.amount() if measure is Measure.AREA else Fraction(field.whole())
    return found


def written(quantity: Quantity) -> dict[str, object]:
    """A quantity as JSON has it: heads and households as numbers, m² as a string."""
    return {
        measure.value: digits(amount) if measure is Measure.AREA else int(amount)
        for measure, amount in quantity.items()
    }


def _check_nesting(count: Count, measures: tuple[Measure, ...], where: str) -> None:
    steps = (total(count.cast.values(), measures), count.returned, count.present, count.roll)
    for measure in measures:
        amounts = [step[measure] for step in steps]
        if amounts != sorted(amounts):
            raise Unreadable("more_than_there_is", where)
