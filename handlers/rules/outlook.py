"""Before the close: what is still missing, and whether the rest can change anything."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from handlers.rules.rule import Bound, Clause, Measure, Outcome, Rule, options
from handlers.rules.tally import Amount, Measures, Tally, minus
from handlers.rules.verdict import Comparison, check_roll, decide, whole

REGISTERED_DECIMALS = 2
"""Areas stand in the registers to 0.01 m²; a roll that is finer is counted in its own steps."""


class Ballots(StrEnum):
    """Whether a ballot once cast stands, or may be changed (not withdrawn) until the close."""

    FINAL = "final"
    CHANGEABLE = "changeable"


@dataclass(frozen=True, slots=True)
class Need:
    """What one clause asks for: at least `least` in all, `missing` more of the `left` that can still come."""

    measure: Measure
    least: Amount
    missing: Amount
    left: Amount

    @property
    def reachable(self) -> bool:
        """Whether those who are left suffice."""
        return self.missing <= self.left


def least(clause: Clause, base: Amount, in_steps: Fraction) -> Amount:
    """Return the smallest multiple of `in_steps` that meets `clause` over `base`; at least one step.

    Whole numbers for heads and households, decimals for areas.
    """
    steps = clause.share * Fraction(base) / in_steps
    enough = floor(steps) + 1 if clause.bound is Bound.OVER else ceil(steps)
    return _in_steps(max(enough, 1), clause.measure, in_steps)


def step(measure: Measure, *amounts: Amount) -> Fraction:
    """Return the steps in which a measure comes: whole heads, 0.01 m² or finer where one of `amounts` is."""
    if measure is not Measure.AREA:
        return Fraction(1)
    exponents = (int(amount.as_tuple().exponent) for amount in amounts if isinstance(amount, Decimal))
    return Fraction(1, 10 ** max(REGISTERED_DECIMALS, *(-exponent for exponent in exponents)))


def least_of(comparison: Comparison) -> Amount:
    """Return the smallest amount with which a comparison holds, as printed beside what was counted."""
    clause, steps = comparison.clause, step(comparison.clause.measure, comparison.counted, comparison.whole)
    return least(clause, comparison.whole, steps)


def still_needed(rule: Rule, tally: Tally) -> tuple[tuple[Need, ...], ...]:
    """Return who is missing from the quorum now; nothing where it is met.

    Every entry must be met, and an entry is met by any one of its needs. Of plain needs there is one per measure,
    the greatest.
    """
    check_roll(rule, tally.roll)
    asked = [tuple(_need(clause, tally) for clause in options(requirement)) for requirement in rule.quorum]
    if rule.minimum_present:
        asked.append((_seats(rule.minimum_present, tally),))
    return _unmet(asked)


def outstanding(tally: Tally) -> Measures:
    """Everybody on the roll whose ballot has not come in."""
    return tally.roll - _returned(tally)


def settled(
    rule: Rule, tally: Tally, outstanding: Measures, ballots: Ballots = Ballots.FINAL
) -> Outcome | None:
    """Return the outcome if nothing that `outstanding` can do will change it, else None.

    Every requirement only gains by a yes and by taking part, and loses most by a no; so three endings bound all
    others: the rest stay away, all say yes, all say no. Raises ValueError where more is outstanding than ballots
    have not come in.
    """
    if not outstanding.within(tally.roll - _returned(tally)):
        raise ValueError("more is outstanding than the roll has left")
    endings = {
        decide(rule, ending).outcome
        for ending in (tally, _all_yes(tally, outstanding, ballots), _all_no(tally, outstanding, ballots))
    }
    return endings.pop() if len(endings) == 1 else None


def _all_yes(tally: Tally, rest: Measures, ballots: Ballots) -> Tally:
    seated = rest.up_to(tally.participation - _returned(tally))
    grown = _grown(tally, rest, rest - seated)
    if ballots is Ballots.FINAL:
        return replace(grown, yes=tally.yes + rest)
    nothing = tally.no.none()
    return replace(grown, yes=tally.cast + rest, no=nothing, abstain=nothing)


def _all_no(tally: Tally, rest: Measures, ballots: Ballots) -> Tally:
    grown = _grown(tally, rest, rest.up_to(tally.silent))
    if ballots is Ballots.FINAL:
        return replace(grown, no=tally.no + rest)
    nothing = tally.yes.none()
    return replace(grown, yes=nothing, abstain=nothing, no=tally.cast + rest)


def _grown(tally: Tally, rest: Measures, arrived: Measures) -> Tally:
    returned = None if tally.returned is None else tally.returned + rest
    return replace(tally, participation=tally.participation + arrived, returned=returned)


def _returned(tally: Tally) -> Measures:
    return tally.cast if tally.returned is None else tally.returned


def _need(clause: Clause, tally: Tally) -> Need:
    measure = clause.measure
    enough = least(clause, _in(measure, whole(clause.base, tally)), _step(measure, tally))
    missing = max(minus(enough, _in(measure, tally.participation)), _nothing(measure))
    return Need(measure, enough, missing, _in(measure, tally.silent))


def _seats(minimum: int, tally: Tally) -> Need:
    missing = max(minimum - tally.participation.heads, 0)
    return Need(Measure.HEADS, minimum, missing, tally.silent.heads)


def _unmet(entries: list[tuple[Need, ...]]) -> tuple[tuple[Need, ...], ...]:
    """Leave out what is met, and of several plain needs in one measure all but the greatest."""
    lacking = [needs for needs in entries if all(need.missing for need in needs)]
    greatest: dict[Measure, Need] = {}
    for need in (needs[0] for needs in lacking if len(needs) == 1):
        before = greatest.setdefault(need.measure, need)
        if need.missing > before.missing:
            greatest[need.measure] = need
    return (*((need,) for need in greatest.values()), *(needs for needs in lacking if len(needs) > 1))


def _in(measure: Measure, amounts: Measures) -> Amount:
    found = amounts.of(measure)
    assert found is not None
    return found


def _nothing(measure: Measure) -> Amount:
    return Decimal(0) if measure is Measure.AREA else 0


def _step(measure: Measure, tally: Tally) -> Fraction:
    parts = (tally.roll, tally.participation, tally.yes, tally.no, tally.abstain)
    return step(measure, *(_in(measure, part) for part in parts))


def _in_steps(steps: int, measure: Measure, in_steps: Fraction) -> Amount:
    if measure is Measure.AREA:
        return Decimal(f"{steps}e-{len(str(in_steps.denominator)) - 1}")
    return steps
