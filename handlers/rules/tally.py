"""Counting: heads as whole numbers, square metres as exact decimals."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import reduce
from itertools import pairwise
from typing import TypeAlias, TypeVar

from handlers.refusals import Refusal
from handlers.rules.rule import Measure, Rule, measures
from handlers.texts import text
from storage.records import Ballot, Choice, Elector

K = TypeVar("K", bound=Hashable)
T = TypeVar("T", int, Decimal)
Amount: TypeAlias = int | Decimal

_EXACT = Context(prec=400, traps=[Inexact, InvalidOperation])
"""Wide enough for any sum of areas, and an error rather than a rounding beyond that."""


def plus(first: Amount, second: Amount) -> Amount:
    """Return the exact sum."""
    if isinstance(first, int) and isinstance(second, int):
        return first + second
    return _EXACT.add(Decimal(first), Decimal(second))


def minus(first: Amount, second: Amount) -> Amount:
    """Return the exact difference."""
    return plus(first, times(second, -1))


def times(amount: Amount, number: int) -> Amount:
    """Return the exact product."""
    if isinstance(amount, int):
        return amount * number
    return _EXACT.multiply(amount, Decimal(number))


@dataclass(frozen=True, slots=True)
class Measures:
    """One quantity in every measure: persons, m² and households; None where a measure is not kept."""

    heads: int
    area: Decimal | None = None
    households: int | None = None

    def __post_init__(self) -> None:
        whole = (self.heads, self.households or 0)
        area = self.area or Decimal(0)
        if min(whole) < 0 or not area.is_finite() or area < 0:
            raise ValueError(f"not a quantity: {self}")

    def kept(self) -> dict[Measure, Amount]:
        """The measures that are kept, with their amounts."""
        found = ((measure, self.of(measure)) for measure in Measure)
        return {measure: amount for measure, amount in found if amount is not None}

    def of(self, measure: Measure) -> Amount | None:
        """The amount in one measure, None where it is not kept."""
        if measure is Measure.HEADS:
            return self.heads
        return self.area if measure is Measure.AREA else self.households

    def __add__(self, other: "Measures") -> "Measures":
        """Add in every measure; both sides must keep the same ones."""
        area, households = _both(self.area, other.area), _both(self.households, other.households)
        return Measures(
            self.heads + other.heads,
            None if area is None else _EXACT.add(*area),
            None if households is None else int(households[0] + households[1]),
        )

    def __sub__(self, other: "Measures") -> "Measures":
        """Take away in every measure; raises ValueError where more is taken than there is."""
        area, households = _both(self.area, other.area), _both(self.households, other.households)
        return Measures(
            self.heads - other.heads,
            None if area is None else _EXACT.subtract(*area),
            None if households is None else int(households[0] - households[1]),
        )

    def within(self, whole: "Measures") -> bool:
        """Whether this fits into `whole` in every measure, both keeping the same ones."""
        mine, theirs = self.kept(), whole.kept()
        return mine.keys() == theirs.keys() and all(mine[measure] <= theirs[measure] for measure in mine)

    def none(self) -> "Measures":
        """Nothing, in the same measures."""
        return Measures(0, None if self.area is None else Decimal(0), None if self.households is None else 0)

    def up_to(self, limit: "Measures") -> "Measures":
        """The smaller of both, measure by measure."""
        area, households = _both(self.area, limit.area), _both(self.households, limit.households)
        return Measures(
            min(self.heads, limit.heads),
            None if area is None else min(area),
            None if households is None else int(min(households)),
        )


def _both(first: T | None, second: T | None) -> tuple[T, T] | None:
    if first is None and second is None:
        return None
    if first is None or second is None:
        raise ValueError("a measure is kept on one side only")
    return first, second


def total(parts: Iterable[Measures], like: Measures) -> Measures:
    """Sum of `parts`, in the measures that `like` keeps."""
    listed = list(parts)
    areas = [part.area for part in listed if part.area is not None]
    households = [part.households for part in listed if part.households is not None]
    expected = (like.area is not None) * len(listed), (like.households is not None) * len(listed)
    if (len(areas), len(households)) != expected:
        raise ValueError("a measure is kept on one side only")
    return Measures(
        sum(part.heads for part in listed),
        None if like.area is None else reduce(_EXACT.add, areas, Decimal(0)),
        None if like.households is None else sum(households),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """计票. `participation` is whoever takes part: present at a meeting, or ballot handed in.

    What lies between it and yes + no + abstain was present and cast nothing, or handed in a spoiled ballot.
    `returned` is given where attendance and ballots are two different numbers: the ballots that came in; else
    participation stands for both.
    """

    roll: Measures
    participation: Measures
    yes: Measures
    no: Measures
    abstain: Measures
    returned: Measures | None = None

    def __post_init__(self) -> None:
        came_in = self.participation if self.returned is None else self.returned
        steps = (self.cast, came_in, self.participation, self.roll)
        if not all(part.within(whole) for part, whole in pairwise(steps)):
            raise ValueError(f"more was counted than there is: {self}")

    @property
    def cast(self) -> Measures:
        """Those whose ballot says something: yes, no, abstain."""
        return self.yes + self.no + self.abstain

    @property
    def silent(self) -> Measures:
        """Those of the roll who do not take part."""
        return self.roll - self.participation


def take_tally(roll: Mapping[K, Measures], choices: Mapping[K, Choice], present: Collection[K] = ()) -> Tally:
    """Count ballots by elector; whoever casts one takes part, and so do those `present`.

    Raises ValueError for an elector who is not on the roll, and Refusal for an empty roll.
    """
    if not roll:
        raise Refusal("poll.empty_roll")
    if strangers := (set(choices) | set(present)) - set(roll):
        raise ValueError(f"not on the roll: {strangers}")
    like = next(iter(roll.values()))
    cast = {
        choice: total((roll[elector] for elector, made in choices.items() if made is choice), like)
        for choice in Choice
    }
    returned = total(cast.values(), like)
    idle = total((roll[elector] for elector in set(present) - set(choices)), like)
    return Tally(
        roll=total(roll.values(), like),
        participation=returned + idle,
        yes=cast[Choice.FOR],
        no=cast[Choice.AGAINST],
        abstain=cast[Choice.ABSTAIN],
        returned=returned,
    )


def weigh(rule: Rule, electors: Iterable[Elector]) -> dict[int, Measures]:
    """Frozen roll entries by member: one head each, and the floor area where the rule counts it.

    Raises Refusal where the rule counts an area or households that the roll does not hold.
    """
    kept = measures(rule)
    if Measure.HOUSEHOLDS in kept:
        raise Refusal("rules.not_on_roll", measure=text("rules.measure_households"))
    if Measure.AREA not in kept:
        return {elector.member_id: Measures(1) for elector in electors}
    listed = list(electors)
    if any(elector.area is None for elector in listed):
        raise Refusal("rules.not_on_roll", measure=text("rules.measure_area"))
    return {elector.member_id: Measures(1, elector.area) for elector in listed}


def count(
    rule: Rule, electors: Iterable[Elector], ballots: Iterable[Ballot], present: Collection[int] = ()
) -> Tally:
    """Count an open poll from its rows: the frozen roll, one ballot per member, those present at the meeting."""
    choices = {ballot.member_id: Choice(ballot.choice) for ballot in ballots}
    return take_tally(weigh(rule, electors), choices, present)
