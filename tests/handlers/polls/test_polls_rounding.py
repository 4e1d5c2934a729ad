"""A verdict at the very edge: one head or a hundredth of a square centimetre decides, and nothing is rounded."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from handlers.rules.rule import Base, Bound, Clause, Grade, Measure, Outcome, Rule
from handlers.rules.tally import count
from handlers.rules.verdict import decide
from storage.records import Ballot, Choice, Elector

NOW = datetime(2026, 11, 2, tzinfo=UTC)
PLACES = 6
shares = st.fractions(min_value=Fraction(1, 12), max_value=Fraction(11, 12), max_denominator=12)
bounds = st.sampled_from(list(Bound))
parts = st.lists(st.integers(1, 10**24), min_size=2, max_size=6)
BOUNDED = settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])


def rule_of(share: Fraction, bound: Bound, base: Base) -> Rule:
    clause = Clause(Measure.AREA, share, bound, base)
    return Rule("规约", Grade.LOCAL, "owners", Outcome.INVALID_PARTICIPATION, (), (clause,))


def passed(rule: Rule, yes: list[int], no: list[int], away: list[int]) -> bool:
    """Whether the poll of these areas, in millionths of a square metre, passes."""
    listed = [
        (area, choice) for areas, choice in ((yes, "for"), (no, "against"), (away, "")) for area in areas
    ]
    electors = [
        Elector(1, number, "owners", Decimal(area).scaleb(-PLACES), number)
        for number, (area, _) in enumerate(listed)
    ]
    ballots = [Ballot(1, number, Choice(said), NOW) for number, (_, said) in enumerate(listed) if said]
    return decide(rule, count(rule, electors, ballots)).outcome is Outcome.PASSED


def by_hand(share: Fraction, bound: Bound, yes: int, whole: int) -> bool:
    """Whole numbers alone: yes / whole against numerator / denominator, multiplied crosswise."""
    left, right = yes * share.denominator, whole * share.numerator
    return left > right or (bound is Bound.AT_LEAST and left == right)


@given(shares, bounds, st.sampled_from((Base.ROLL, Base.PARTICIPANTS)), st.tuples(parts, parts, parts))
@BOUNDED
def test_areas_of_any_size_are_judged_as_whole_numbers_judge_them(
    share: Fraction, bound: Bound, base: Base, areas: tuple[list[int], list[int], list[int]]
) -> None:
    yes, no, away = areas
    whole = sum(yes) + sum(no) + (sum(away) if base is Base.ROLL else 0)
    assert passed(rule_of(share, bound, base), yes, no, away) == by_hand(share, bound, sum(yes), whole)


@given(shares, st.integers(1, 10**24), st.integers(-1, 1), st.integers(1, 7))
@BOUNDED
def test_one_millionth_of_a_square_metre_beside_the_edge_decides_and_the_edge_itself_is_the_bounds(
    share: Fraction, size: int, beside: int, splits: int
) -> None:
    edge, whole = share.numerator * size, share.denominator * size
    yes, no = edge + beside, whole - edge - beside
    assume(yes > splits)
    assume(no > 0)
    pieces = [1] * (splits - 1) + [yes - splits + 1]
    over, reached = (rule_of(share, bound, Base.PARTICIPANTS) for bound in (Bound.OVER, Bound.AT_LEAST))
    assert passed(over, pieces, [no], []) is (beside > 0)
    assert passed(reached, pieces, [no], []) is (beside >= 0)


@given(shares, bounds, st.permutations(range(6)), st.lists(st.integers(1, 10**24), min_size=6, max_size=6))
@BOUNDED
def test_the_order_of_the_areas_makes_no_sum_another(
    share: Fraction, bound: Bound, order: list[int], areas: list[int]
) -> None:
    rule = rule_of(share, bound, Base.PARTICIPANTS)
    mixed = [areas[place] for place in order]
    left, right = (
        [area for area in mixed if area in areas[:3]],
        [area for area in mixed if area not in areas[:3]],
    )
    assume(len(left) == len(right))
    assert passed(rule, left, right, []) == passed(rule, areas[:3], areas[3:], [])
