"""Owners' units: how many heads and square metres they come to, and what becomes of two presses on one unit.

Units of the same owners are one head (建房〔2009〕274号 24, 25); parking is left out (宁波 18(2), a local rule).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from bot.recount.reading import Node, Unreadable

Owners: TypeAlias = frozenset[str]


class Use(StrEnum):
    """What a unit is."""

    FLAT = "flat"
    UNSOLD = "unsold"
    PARKING = "parking"


class Press(StrEnum):
    """What became of a press; where a case has several presses, the first of these that befell one is its outcome."""

    NOT_AN_OWNER = "not_an_owner"
    KEEP_FIRST_WARN = "keep_first_warn"
    FINAL = "final"
    REPEATED = "repeated"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the people it belongs to."""

    owners: Owners
    area: Fraction
    use: Use


@dataclass(frozen=True, slots=True)
class Ballot:
    """A press, with the place of its unit in the list."""

    by: str
    unit: int
    choice: str


@dataclass(frozen=True, slots=True)
class Weight:
    """Heads and m²."""

    heads: int
    area: Fraction


def read_units(node: Node) -> tuple[Unit, ...]:
    """Read `units`; of like units given as one, `area` is already the sum and `count` changes nothing."""
    return tuple(_unit(item) for item in node.items())


def read_ballots(node: Node, units: tuple[Unit, ...]) -> tuple[Ballot, ...]:
    """Read `ballots`, in order of arrival."""
    return tuple(_ballot(item, units) for item in node.items())


def weigh(units: Iterable[Unit]) -> Weight:
    """One head for each set of owners, the areas added; parking is neither."""
    counted = [unit for unit in units if unit.use is not Use.PARKING]
    return Weight(len({unit.owners for unit in counted}), sum((unit.area for unit in counted), Fraction(0)))


def receive(units: tuple[Unit, ...], ballots: Iterable[Ballot]) -> tuple[tuple[Press, ...], Weight]:
    """Take presses in order: what became of each, and the heads and m² whose ballot is in."""
    first: dict[Owners, Ballot] = {}
    became = []
    for ballot in ballots:
        unit = units[ballot.unit]
        became.append(_became(unit, first.get(unit.owners), ballot))
        if became[-1] is Press.KEPT:
            first[unit.owners] = ballot
    return tuple(became), weigh(unit for unit in units if unit.owners in first)


def foremost(became: tuple[Press, ...]) -> Press | None:
    """The one a case is known by; None where nobody pressed."""
    return next((press for press in Press if press in became), None)


def _became(unit: Unit, first: Ballot | None, ballot: Ballot) -> Press:
    if ballot.by not in unit.owners or unit.use is Use.PARKING:
        return Press.NOT_AN_OWNER
    if first is None:
        return Press.KEPT
    if first.by != ballot.by:
        return Press.KEEP_FIRST_WARN
    return Press.REPEATED if first.choice == ballot.choice else Press.FINAL


def _unit(node: Node) -> Unit:
    owners = frozenset(owner.words() for owner in node.field("owners").items())
    if not owners:
        raise Unreadable("no_owner", node.where)
    use = node.field("kind").one_of(Use) if node.has("kind") else Use.FLAT
    return Unit(owners, node.field("area").amount(), use)


def _ballot(node: Node, units: tuple[Unit, ...]) -> Ballot:
    place = node.field("unit").whole()
    if place >= len(units):
        raise Unreadable("no_such_unit", node.field("unit").where)
    return Ballot(node.field("by").words(), place, node.field("choice").words())
