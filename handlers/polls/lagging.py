"""Which buildings lag in a running poll: how many take part, slowest first; never who, never how."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from handlers.bodies.catalogue import Counts, body
from handlers.bodies.doors import building_of, doors_in
from handlers.rules.rule import Measure, measures
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures, total
from handlers.texts import text
from handlers.work import Work
from storage import polls
from storage.records import Elector, Poll

SMALLEST_BUILDING = 5
"""A building of fewer entries is told together with others: its numbers would tell of persons."""


@dataclass(frozen=True, slots=True)
class Building:
    """What may cast in a building and what has; "" is everything that is told together."""

    name: str
    whole: Measures
    cast: Measures

    @property
    def share(self) -> Fraction:
        """The part of its entries that has cast."""
        return Fraction(self.cast.heads, self.whole.heads)

    def with_other(self, other: "Building") -> "Building":
        """Both told together."""
        return Building("", self.whole + other.whole, self.cast + other.cast)


async def lagging_lines(work: Work, poll: Poll) -> tuple[str, ...]:
    """A line for each building of a poll of owners or households; none where entries have no doors."""
    if body(poll.body).counts is Counts.PERSON:
        return ()
    electorate = await polls.electorate(work.tx, poll.id)
    cast = await polls.cast_entries(work.tx, poll.id)
    by_area = Measure.AREA in measures(parse_rule(poll.rule))
    found = told_together(_buildings(electorate, cast, _weight if by_area else _head))
    if len(found) < 2:  # noqa: PLR2004 - a single line would only say the whole again
        return ()
    return (text("electorate.lagging"), *(_line(building) for building in found))


def told_together(buildings: Iterable[Building]) -> list[Building]:
    """Slowest first; the small ones told as one, with the next larger ones until nobody can be made out."""
    rest: Building | None = None
    own: list[Building] = []
    for building in sorted(buildings, key=lambda one: (bool(one.name), one.whole.heads, one.name)):
        small = building.whole.heads < SMALLEST_BUILDING or not building.name
        if small or (rest and rest.whole.heads < SMALLEST_BUILDING):
            rest = rest.with_other(building) if rest else building.with_other(_nothing(building))
        else:
            own.append(building)
    return sorted((*own, *([rest] if rest else ())), key=lambda one: (one.share, one.name))


def _nothing(like: Building) -> Building:
    return Building("", like.whole.none(), like.whole.none())


def _weight(elector: Elector) -> Measures:
    return Measures(1, elector.area or Decimal(0))


def _head(elector: Elector) -> Measures:
    del elector
    return Measures(1)


def _buildings(
    electorate: Iterable[Elector], cast: frozenset[int], weigh: Callable[[Elector], Measures]
) -> list[Building]:
    standing: defaultdict[str, list[Elector]] = defaultdict(list)
    for elector in electorate:
        doors = doors_in(elector.reason)
        standing[building_of(doors[0]) if doors else ""].append(elector)
    return [
        Building(
            name,
            total((weigh(one) for one in some), weigh(some[0])),
            total((weigh(one) for one in some if one.entry_id in cast), weigh(some[0])),
        )
        for name, some in standing.items()
    ]


def _line(building: Building) -> str:
    name = text("electorate.building", name=building.name) if building.name else text("electorate.others")
    heads = {"cast": building.cast.heads, "whole": building.whole.heads}
    if building.whole.area is None:
        return text("electorate.lag", building=name, **heads)
    areas = {"cast_area": f"{building.cast.area:f}", "whole_area": f"{building.whole.area:f}"}
    return text("electorate.lag_area", building=name, **heads, **areas)
