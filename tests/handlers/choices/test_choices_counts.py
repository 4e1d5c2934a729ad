from decimal import Decimal
from fractions import Fraction

import pytest

from handlers.choices.ask import NONE, Ask, Kind, ScoredBy
from handlers.choices.cast import REJECTS_ALL, Abstention, Cast, Consent, Scores, Stance
from handlers.choices.count import count
from handlers.choices.support import Returned
from handlers.refusals import Refusal
from handlers.rules.rule import Bound, Outcome
from handlers.rules.tally import Measures
from tests.handlers.choices.ballots import (
    ask,
    counted,
    heads,
    majority,
    many,
    owners,
    owners_rule,
    picks,
    ranks,
)

SINGLE = ask(Kind.SINGLE, none_offered=True)


def test_without_a_majority_asked_for_the_most_wins() -> None:
    result = counted(SINGLE, many({picks(1): 3, picks(2): 2, picks(3): 2}))
    assert (result.outcome, result.winners, result.tied) == (Outcome.PASSED, (1,), ())
    assert [(one.option, one.place, one.support.heads) for one in result.standings] == [
        (1, 1, 3),
        (2, 2, 2),
        (3, 2, 2),
        (NONE, 4, 0),
    ]


def test_a_majority_is_asked_of_the_option_and_an_abstention_weighs_against_it() -> None:
    ballots = many({picks(1): 5, picks(2): 3, Abstention(): 2})
    result = counted(SINGLE, ballots, majority())
    assert (result.outcome, result.winners) == (Outcome.REJECTED, ())
    carried = counted(SINGLE, many({picks(1): 6, picks(2): 3, Abstention(): 2}), majority())
    assert (carried.outcome, carried.winners) == (Outcome.PASSED, (1,))
    verdict = carried.standings[0].verdict
    assert verdict is not None
    assert verdict.tally.no == Measures(3)


def test_two_leaders_are_reported_as_a_tie_and_nobody_wins() -> None:
    result = counted(SINGLE, many({picks(1): 3, picks(2): 3, picks(3): 1}))
    assert (result.outcome, result.winners, result.tied) == (Outcome.TIE, (), (1, 2))


def test_two_halves_under_a_rule_of_half_or_more_are_a_tie() -> None:
    ballots = many({picks(1): 3, picks(2): 3})
    result = counted(SINGLE, ballots, majority(bound=Bound.AT_LEAST))
    assert (result.outcome, result.tied) == (Outcome.TIE, (1, 2))


def test_where_most_want_none_of_these_nothing_is_chosen() -> None:
    result = counted(SINGLE, many({REJECTS_ALL: 3, picks(1): 2}))
    assert (result.outcome, result.winners) == (Outcome.REJECTED, ())
    even = counted(SINGLE, many({REJECTS_ALL: 2, picks(1): 2}))
    assert (even.outcome, even.tied) == (Outcome.TIE, (1, NONE))


def test_a_failed_quorum_is_invalid_and_chooses_nobody() -> None:
    result = counted(SINGLE, many({picks(1): 6}), majority(), roll=10)
    assert (result.outcome, result.winners) == (Outcome.INVALID_PARTICIPATION, ())
    assert counted(SINGLE, many({picks(1): 7}), majority(), roll=10).winners == (1,)


def test_owners_choose_by_heads_and_by_area_and_both_must_hold() -> None:
    entries = [("100", picks(1)), ("100", picks(1)), ("250", picks(2))]
    roll, ballots = owners(*entries)
    result = count(Returned(SINGLE, roll, ballots), owners_rule())
    assert result.outcome is Outcome.REJECTED
    roll, ballots = owners(*entries, ("60", picks(1)))
    result = count(Returned(SINGLE, roll, ballots), owners_rule())
    assert (result.outcome, result.winners) == (Outcome.PASSED, (1,))
    assert result.standings[0].support == Measures(3, Decimal(260))


def test_more_heads_but_less_area_is_no_order() -> None:
    roll, ballots = owners(("100", picks(1)), ("100", picks(1)), ("250", picks(2)))
    result = count(Returned(SINGLE, roll, ballots), owners_rule())
    assert [(one.option, one.place) for one in result.standings][:2] == [(1, 1), (2, 1)]


def test_of_several_choices_everything_with_a_majority_is_carried() -> None:
    several = ask(Kind.SEVERAL, places=3, none_offered=True)
    ballots = many({picks(1, 2): 4, picks(2): 2, picks(3): 1, REJECTS_ALL: 1})
    result = counted(several, ballots, majority("1/3"))
    assert (result.outcome, result.winners) == (Outcome.PASSED, (2, 1))
    assert [one.support.heads for one in result.standings] == [6, 4, 1, 1]


def test_of_several_choices_for_one_place_the_last_place_may_be_tied() -> None:
    two = ask(Kind.SEVERAL, options=4, places=2)
    result = counted(two, many({picks(1, 2): 2, picks(1, 3): 2, picks(4): 1}))
    assert (result.outcome, result.winners, result.tied) == (Outcome.TIE, (1,), (2, 3))


def test_an_option_behind_none_of_these_is_not_chosen_though_places_are_left() -> None:
    several = ask(Kind.SEVERAL, places=3, none_offered=True)
    result = counted(several, many({picks(1): 3, REJECTS_ALL: 2, picks(2): 1}))
    assert result.winners == (1,)


def test_marks_are_summed_and_halved_exactly() -> None:
    ballots = [Scores((5, 1, 3)), Scores((4, 2, 3)), Scores((4, 5, 3))]
    result = counted(ask(Kind.SCORE), ballots)
    assert result.winners == (1,)
    marks = {one.option: one.marks for one in result.standings}
    assert marks[1] is not None
    assert (marks[1].sum, marks[1].mean, marks[1].median) == (13, Fraction(13, 3), Fraction(4))
    assert result.standings[-1].option == 2


def test_sum_and_median_may_choose_differently_and_the_ask_says_which() -> None:
    ballots = [Scores((5, 3)), Scores((5, 4)), Scores((1, 4)), Scores((1, 4)), Scores((5, 4))]
    assert counted(ask(Kind.SCORE, 2), ballots).winners == (2,)
    assert counted(ask(Kind.SCORE, 2, scored_by=ScoredBy.MEDIAN), ballots).winners == (1,)


def test_the_median_of_an_even_number_of_marks_is_half_way_and_exact() -> None:
    result = counted(ask(Kind.SCORE, 2), [Scores((1, 2)), Scores((2, 2))])
    assert [one.marks.median for one in result.standings if one.marks] == [Fraction(2), Fraction(3, 2)]


@pytest.mark.parametrize(
    ("refusing", "outcome", "tied"),
    [(1, Outcome.PASSED, ()), (2, Outcome.TIE, (1, NONE)), (3, Outcome.REJECTED, ())],
)
def test_marks_choose_only_where_fewer_reject_all_than_give_marks(
    refusing: int, outcome: Outcome, tied: tuple[int, ...]
) -> None:
    asked = ask(Kind.SCORE, 2, none_offered=True)
    result = counted(asked, many({Scores((5, 1)): 1, Scores((4, 2)): 1, REJECTS_ALL: refusing}))
    assert (result.outcome, result.tied) == (outcome, tied)


def test_consent_is_given_where_nobody_objects() -> None:
    consent = Ask(Kind.CONSENT)
    ballots: list[Cast] = [Consent(Stance.AGREE), Consent(Stance.RESERVED, "晚上十点关灯"), Abstention()]
    result = counted(consent, ballots, roll=9)
    assert (result.outcome, result.worries) == (Outcome.PASSED, ("晚上十点关灯",))
    assert dict(result.stances) == {Stance.AGREE: 1, Stance.RESERVED: 1, Stance.OBJECT: 0}


def test_one_objection_is_enough_and_its_reason_is_kept() -> None:
    ballots = [Consent(Stance.AGREE), Consent(Stance.AGREE), Consent(Stance.OBJECT, "挡住消防通道")]
    result = counted(Ask(Kind.CONSENT), ballots)
    assert (result.outcome, result.reasons) == (Outcome.REJECTED, ("挡住消防通道",))


def test_silence_is_no_consent() -> None:
    assert counted(Ask(Kind.CONSENT), [Abstention()], roll=5).outcome is Outcome.REJECTED
    assert counted(Ask(Kind.CONSENT), [], roll=5).outcome is Outcome.REJECTED
    short = counted(Ask(Kind.CONSENT), [Consent(Stance.AGREE)], majority(), roll=5)
    assert short.outcome is Outcome.INVALID_PARTICIPATION


def test_reasons_do_not_come_in_the_order_of_the_ballots() -> None:
    said = [Consent(Stance.OBJECT, reason) for reason in ("丙", "乙", "甲")]
    assert counted(Ask(Kind.CONSENT), said).reasons == counted(Ask(Kind.CONSENT), said[::-1]).reasons


def test_a_sense_check_decides_nothing_whatever_it_finds() -> None:
    result = counted(ask(Kind.SENSE), many({picks(1): 9, picks(2): 1}), majority())
    assert (result.outcome, result.winners, result.tied) == (None, (), ())
    assert result.standings[0].support.heads == 9


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.SENSE])
def test_no_ballots_choose_nobody(kind: Kind) -> None:
    asked = Ask(kind) if kind is Kind.CONSENT else ask(kind)
    result = counted(asked, [], roll=5)
    assert (result.outcome, result.winners, result.tied) == (Outcome.REJECTED, (), ())


def test_whoever_is_not_on_the_roll_stops_the_count() -> None:
    with pytest.raises(ValueError, match="not on the roll"):
        Returned(SINGLE, heads(2), {7: picks(1)})
    with pytest.raises(Refusal):
        Returned(SINGLE, {}, {})


def test_whoever_ranks_an_option_below_none_of_these_does_not_support_it() -> None:
    ballots: list[Cast] = [ranks(1, 2), ranks(2, 0, 1), ranks(2, 1, 0), ranks(3), REJECTS_ALL]
    result = counted(ask(Kind.SCHULZE, none_offered=True), ballots)
    assert {one.option: one.support.heads for one in result.standings} == {1: 2, 2: 3, 3: 1, NONE: 1}
