from decimal import Decimal
from fractions import Fraction

import pytest

from handlers.refusals import Refusal
from handlers.rules.rule import Base, Bound, Clause, Either, Grade, Measure, Outcome, Rule, clauses
from handlers.rules.stored import (
    dump_rule,
    dump_tally,
    dump_verdict,
    parse_rule,
    parse_tally,
    parse_verdict,
    rule_from_stage,
)
from handlers.rules.tally import Measures, Tally, count, minus, plus, take_tally, times, total
from handlers.rules.verdict import decide
from storage.records import Choice, Elector
from tests.handlers.rules.naive import Table
from tests.handlers.rules.people import heads

TWO_THIRDS = Clause(Measure.HEADS, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL)
MAJORITY = Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.PRESENT)
REPRESENTATIVES = Rule(
    "村民委员会组织法 30", Grade.LAW, "village_reps", Outcome.INVALID_QUORUM, (TWO_THIRDS,), (MAJORITY,)
)
HOUSEHOLDS = Clause(Measure.HOUSEHOLDS, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL)
ADULTS = Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.ROLL)


def stage(**fields: object) -> Rule:
    return rule_from_stage(
        fields, electorate="village_reps", basis="村民委员会组织法 30", invalid_as=Outcome.INVALID_QUORUM
    )


def test_a_stage_of_a_procedure_becomes_the_rule_it_describes() -> None:
    fields = {"quorum": "2/3", "quorum_op": ">=", "quorum_base": "roll", "grade": "law"}
    assert stage(**fields, **{"pass": "1/2"}, pass_op=">", pass_base="present") == REPRESENTATIVES


def test_a_stage_may_hand_over_its_fractions_as_numbers_and_leave_fields_out() -> None:
    assert (
        stage(quorum=Fraction(2, 3), grade="law", most_against=None, **{"pass": Fraction(1, 2)})
        == REPRESENTATIVES
    )


def test_a_dual_measure_asks_each_clause_of_heads_and_of_area() -> None:
    rule = stage(quorum="2/3", pass_base="participants", measures=["heads", "area"], **{"pass": "1/2"})
    assert [clause.measure for clause in clauses(rule.quorum)] == [Measure.HEADS, Measure.AREA]
    assert [clause.measure for clause in clauses(rule.passing)] == [Measure.HEADS, Measure.AREA]


def test_a_base_of_households_means_their_share_of_the_roll() -> None:
    assert stage(quorum="2/3", quorum_base="households", **{"pass": "1/2"}).quorum == (HOUSEHOLDS,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quorum": "0.66", "pass": "1/2"},
        {"quorum": 0.66, "pass": "1/2"},
        {"quorum": "1/0", "pass": "1/2"},
        {"quorum": "4/3", "pass": "1/2"},
        {"pass": "1", "pass_op": ">"},
        {"pass": "1/2", "pass_op": "="},
        {"pass": "1/2", "pass_base": "everyone"},
        {"quorum": "1/2", "quorum_base": "present", "pass": "1/2"},
        {"pass": "1/2", "measures": ["voices"]},
        {"pass": "1/2", "quorom": "2/3"},
        {"pass": "1/2", "minimum_yes": 0},
        {"quorum": "2/3"},
    ],
)
def test_a_stage_that_says_nothing_sound_is_no_rule(wrong: Table) -> None:
    with pytest.raises(ValueError, match=r"."):
        stage(**wrong)


def test_all_wrong_fields_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"(?s)pass_op.*measures.*quorom"):
        stage(pass_op="=", measures=["voices"], quorom="2/3")


def test_alternatives_survive_the_store() -> None:
    rule = Rule(
        "26", Grade.LAW, "villagers18", Outcome.INVALID_QUORUM, (Either((ADULTS, HOUSEHOLDS)),), (MAJORITY,)
    )
    assert parse_rule(dump_rule(rule)) == rule


def test_a_rule_of_a_quorum_over_those_present_is_refused() -> None:
    with pytest.raises(ValueError, match="share of the roll"):
        Rule("", Grade.LOCAL, "", Outcome.INVALID_QUORUM, (MAJORITY,), (MAJORITY,))


def test_a_failed_quorum_is_never_called_a_rejection() -> None:
    with pytest.raises(ValueError, match="invalid"):
        Rule("", Grade.LOCAL, "", Outcome.REJECTED, (TWO_THIRDS,), (MAJORITY,))


def test_a_tally_survives_the_store() -> None:
    tally = parse_tally(
        '{"roll": {"heads": 3, "area": "100.10"}, "participation": {"heads": 2, "area": "66.74"},'
        ' "yes": {"heads": 2, "area": "66.74"}, "no": {"heads": 0, "area": "0"},'
        ' "abstain": {"heads": 0, "area": "0"}, "returned": {"heads": 2, "area": "66.74"}}'
    )
    assert tally.roll.area is not None
    assert parse_tally(dump_tally(tally)) == tally


@pytest.mark.parametrize("area", ["NaN", "1e3", "-1", "12,5", "十"])
def test_an_area_is_plain_digits(area: str) -> None:
    part = {"heads": 1, "area": area}
    with pytest.raises(ValueError, match="area"):
        parse_tally(dict.fromkeys(("roll", "participation", "yes", "no", "abstain"), part))


def test_more_ballots_than_people_are_no_tally() -> None:
    with pytest.raises(ValueError, match="more was counted"):
        heads(10, 5, 4, 2)
    with pytest.raises(ValueError, match="more was counted"):
        heads(10, 11, 4, 2)


def test_a_kept_verdict_is_judged_again_when_it_is_read() -> None:
    verdict = decide(REPRESENTATIVES, heads(35, 24, 13, 11))
    assert parse_verdict(REPRESENTATIVES, dump_verdict(verdict)) == verdict


def test_a_kept_verdict_that_somebody_changed_is_noticed() -> None:
    kept = dump_verdict(decide(REPRESENTATIVES, heads(35, 24, 12, 12)))
    with pytest.raises(ValueError, match="counts as"):
        parse_verdict(REPRESENTATIVES, kept.replace('"rejected"', '"passed"'))


def test_an_empty_roll_is_refused_although_nothing_is_two_thirds_of_nothing() -> None:
    with pytest.raises(Refusal) as refusal:
        decide(REPRESENTATIVES, heads(0, 0, 0, 0))
    assert refusal.value.key == "poll.empty_roll"
    with pytest.raises(Refusal) as refusal:
        take_tally({}, {})
    assert refusal.value.key == "poll.empty_roll"


def test_nobody_at_all_passes_nothing_where_no_quorum_is_asked() -> None:
    three_quarters = Clause(Measure.HEADS, Fraction(3, 4), Bound.AT_LEAST, Base.PARTICIPANTS)
    rule = Rule("", Grade.PROPOSAL, "stakeholders", Outcome.INVALID_PARTICIPATION, (), (three_quarters,))
    assert decide(rule, heads(10, 0, 0, 0)).outcome is Outcome.REJECTED


def test_a_rule_over_areas_refuses_a_roll_without_them() -> None:
    rule = stage(measures=["heads", "area"], **{"pass": "1/2"})
    electors = [Elector(poll_id=1, member_id=7, reason="业主", area=None, entry_id=7)]
    with pytest.raises(Refusal) as refusal:
        count(rule, electors, [])
    assert refusal.value.key == "rules.not_on_roll"
    with pytest.raises(Refusal):
        decide(rule, heads(3, 3, 3, 0))


def test_present_counts_the_room_and_participants_count_the_ballots() -> None:
    roll = {number: Measures(1) for number in range(1, 11)}
    choices = dict.fromkeys((1, 2, 3), Choice.FOR) | dict.fromkeys((4, 5), Choice.AGAINST)
    tally = take_tally(roll, choices, present=[1, 6, 7])
    assert tally == Tally(Measures(10), Measures(7), Measures(3), Measures(2), Measures(0), Measures(5))
    assert decide(stage(**{"pass": "1/2"}), tally).outcome is Outcome.REJECTED
    assert decide(stage(pass_base="participants", **{"pass": "1/2"}), tally).outcome is Outcome.PASSED


def test_areas_are_added_and_multiplied_without_any_rounding() -> None:
    long = Decimal("123456789012345678901234567890.123456789")
    assert str(total([Measures(1, long), Measures(1, Decimal("0.000000001"))], Measures(0, long)).area) == (
        "123456789012345678901234567890.123456790"
    )
    assert str(times(long, 3)) == "370370367037037036703703703670.370370367"
    assert minus(plus(long, Decimal("0.1")), long) == Decimal("0.1")


def test_people_who_own_no_floor_carry_no_share_of_it() -> None:
    rule = stage(pass_op=">=", pass_base="participants", measures=["area"], **{"pass": "3/4"})
    parts = ((3, "100"), (1, "0"), (1, "0"), (0, "0"), (0, "0"))
    tally = Tally(*(Measures(number, Decimal(size)) for number, size in parts))
    assert decide(rule, tally).outcome is Outcome.REJECTED
