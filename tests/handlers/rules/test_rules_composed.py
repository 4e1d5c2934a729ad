from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from handlers.refusals import Refusal
from handlers.rules.deemed import Grounds, decide_deemed
from handlers.rules.joint import JointRule, Party, decide_jointly, one_voice
from handlers.rules.rule import Base, Bound, Clause, Either, Grade, Measure, Outcome, Rule
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import Reason, decide
from storage.records import Choice
from tests.handlers.rules.naive import Table
from tests.handlers.rules.people import heads
from tests.handlers.rules.test_rules_cases import own_rule

ADULTS = Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.ROLL)
HOUSEHOLDS = Clause(Measure.HOUSEHOLDS, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL)
MAJORITY = Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.PRESENT)
ASSEMBLY = Rule(
    "村民委员会组织法 26",
    Grade.LAW,
    "villagers18",
    Outcome.INVALID_QUORUM,
    (Either((ADULTS, HOUSEHOLDS)),),
    (MAJORITY,),
)
CONSENSUS = Rule("", Grade.PROPOSAL, "stakeholders", Outcome.INVALID_QUORUM, (), (), most_against=0)
SIDES = ("社区党委", "开发商", "业委会", "物业")
FOUR = JointRule(tuple(Party(name, one_voice(name, "四方联席", Grade.LOCAL)) for name in SIDES))
CAME_YES, CAME_NO, AWAY = heads(1, 1, 1, 0), heads(1, 1, 0, 1), heads(1, 0, 0, 0)
GROUNDS = Grounds("议事规则第12条", "不投票计入多数", 1, Measures(588))
SHANGHAI = heads(1291, 703, 417, 278, 8)


def assembly(adults: int, households: int, yes: int) -> Tally:
    rest = Measures(adults - yes, None, 0)
    here = Measures(adults, None, households)
    return Tally(Measures(400, None, 120), here, Measures(yes, None, households), rest, Measures(0, None, 0))


def test_more_than_half_of_the_adults_make_a_quorum_without_the_households() -> None:
    assert decide(ASSEMBLY, assembly(adults=201, households=20, yes=101)).outcome is Outcome.PASSED


def test_two_thirds_of_the_households_make_a_quorum_without_the_adults() -> None:
    assert decide(ASSEMBLY, assembly(adults=90, households=80, yes=46)).outcome is Outcome.PASSED


def test_neither_half_of_the_adults_nor_fewer_households_make_a_quorum() -> None:
    assert decide(ASSEMBLY, assembly(adults=200, households=79, yes=200)).outcome is Outcome.INVALID_QUORUM


def test_consensus_is_broken_by_one_who_is_against_and_not_by_those_who_abstain() -> None:
    assert decide(CONSENSUS, heads(9, 9, 6, 0, 3)).outcome is Outcome.PASSED
    broken = decide(CONSENSUS, heads(9, 9, 8, 1))
    assert (broken.outcome, broken.reason) == (Outcome.REJECTED, Reason.OPPOSED)


def test_consensus_that_bears_one_dissenter_records_him() -> None:
    verdict = decide(replace(CONSENSUS, most_against=1), heads(9, 9, 8, 1))
    assert (verdict.outcome, verdict.dissent) == (Outcome.PASSED, 1)


def test_consensus_of_people_who_all_abstain_is_no_consent() -> None:
    assert decide(CONSENSUS, heads(9, 9, 0, 0, 9)).outcome is Outcome.REJECTED


def test_an_absolute_minimum_stands_beside_the_shares() -> None:
    rule = replace(own_rule("representatives"), minimum_present=25, minimum_yes=15)
    assert decide(rule, heads(36, 24, 20, 4)).outcome is Outcome.INVALID_QUORUM
    assert decide(rule, heads(36, 25, 14, 11)).outcome is Outcome.REJECTED
    assert decide(rule, heads(36, 25, 15, 10)).outcome is Outcome.PASSED


def test_four_sides_agree_when_each_of_them_does() -> None:
    verdict = decide_jointly(FOUR, dict.fromkeys(SIDES, CAME_YES))
    assert (verdict.outcome, verdict.bound) == (Outcome.PASSED, SIDES)


def test_one_side_that_stays_away_leaves_it_open_and_is_not_bound() -> None:
    verdict = decide_jointly(FOUR, {**dict.fromkeys(SIDES, CAME_YES), "开发商": AWAY})
    assert verdict.outcome is Outcome.INVALID_PARTICIPATION
    assert verdict.bound == ("社区党委", "业委会", "物业")


def test_one_side_that_refuses_is_a_refusal_though_another_is_away() -> None:
    verdict = decide_jointly(FOUR, {**dict.fromkeys(SIDES, CAME_YES), "开发商": AWAY, "物业": CAME_NO})
    assert verdict.outcome is Outcome.REJECTED


def test_a_side_with_members_makes_up_its_mind_by_its_own_rule() -> None:
    committee = Party("业委会", own_rule("committee"))
    joint = JointRule((committee, Party("物业", one_voice("property", "", Grade.LOCAL))))
    assert decide_jointly(joint, {"业委会": heads(7, 4, 4, 0), "物业": CAME_YES}).outcome is Outcome.PASSED
    assert decide_jointly(joint, {"业委会": heads(9, 5, 4, 1), "物业": CAME_YES}).outcome is Outcome.REJECTED


def test_every_side_is_asked() -> None:
    with pytest.raises(ValueError, match="each party"):
        decide_jointly(FOUR, {"物业": CAME_YES})


def test_the_strict_result_stands_beside_the_one_with_the_non_voters() -> None:
    rule = replace(own_rule("representatives"), invalid_as=Outcome.INVALID_PARTICIPATION)
    both = decide_deemed(rule, SHANGHAI, GROUNDS)
    assert both.strict.outcome is Outcome.INVALID_PARTICIPATION
    assert both.deemed.outcome is Outcome.PASSED
    assert (both.joined, both.deemed.tally.yes.heads) == (Choice.FOR, 1005)


def test_only_those_who_were_served_a_ballot_join_the_majority() -> None:
    rule = own_rule("representatives")
    both = decide_deemed(rule, SHANGHAI, replace(GROUNDS, served=Measures(100)))
    assert both.deemed.outcome is Outcome.INVALID_QUORUM
    with pytest.raises(ValueError, match="more non-voters"):
        decide_deemed(rule, SHANGHAI, replace(GROUNDS, served=Measures(589)))


def test_non_voters_join_the_no_where_the_no_is_larger_with_their_area() -> None:
    parts = (("12", 1200), ("8", 800), ("3", 500), ("4", 200), ("1", 100))
    tally = Tally(*(Measures(int(number), Decimal(size)) for number, size in parts))
    grounds = replace(GROUNDS, served=Measures(4, Decimal(400)))
    both = decide_deemed(own_rule("owners_ordinary"), tally, grounds)
    assert both.joined is Choice.AGAINST
    assert both.deemed.tally.no == Measures(8, Decimal(600))


def test_two_equally_large_opinions_draw_nobody() -> None:
    both = decide_deemed(
        own_rule("representatives"), heads(30, 20, 9, 9, 2), replace(GROUNDS, served=Measures(10))
    )
    assert both.joined is None
    assert both.deemed == both.strict


@pytest.mark.parametrize(
    ("missing", "key"),
    [
        ({"clause": " "}, "rules.deemed_without_clause"),
        ({"warning": ""}, "rules.deemed_without_warning"),
        ({"earlier_meetings": 0}, "rules.deemed_at_first_meeting"),
    ],
)
def test_non_voters_are_left_alone_without_grounds_on_file(missing: Table, key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        decide_deemed(own_rule("representatives"), SHANGHAI, replace(GROUNDS, **missing))
    assert refusal.value.key == key
