from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.procedures.model import Share
from handlers.procedures.terms import Base, Bound
from handlers.surveys.rules import Tally, decided_early, outcome, read_answer, tally
from storage.records import Answer

HALF = Fraction(1, 2)
COUNTS = st.tuples(*[st.integers(0, 40)] * 4)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("好了", Answer.YES),
        ("好了一部分", Answer.PARTLY),
        ("好了一部分，门还响", Answer.PARTLY),
        ("还没好。", Answer.NO),
        (" 还没好 还在漏", Answer.NO),
        ("已经好了！", Answer.YES),
        ("好了伤疤忘了疼", None),
        ("没有好好修", None),
        ("电梯好了", None),
        ("", None),
    ],
)
def test_an_answer_stands_at_the_beginning_and_by_itself(said: str, answer: Answer | None) -> None:
    assert read_answer(said) is answer


def test_whoever_said_nothing_was_asked_all_the_same() -> None:
    counted = {Answer.NONE: 3, Answer.NO: 1, Answer.PARTLY: 2}
    assert tally(counted) == Tally(asked=6, yes=0, partly=2, no=1)
    assert tally(counted).answered == 3


@pytest.mark.parametrize(
    ("yes", "partly", "no", "came"),
    [
        (0, 0, 0, "ok"),
        (1, 0, 1, "reopen"),
        (2, 0, 1, "ok"),
        (0, 1, 0, "reopen"),  # half a no of one answer is a half
        (1, 1, 0, "ok"),
        (1, 2, 1, "reopen"),
        (0, 0, 1, "reopen"),
    ],
)
def test_the_share_of_no_decides_and_partly_is_half_a_no(yes: int, partly: int, no: int, came: str) -> None:
    assert outcome(Tally(10, yes, partly, no), HALF, None) == came


def test_a_third_is_exactly_a_third() -> None:
    assert outcome(Tally(3, 2, 0, 1), Fraction(1, 3), None) == "reopen"
    assert outcome(Tally(3000000, 2000001, 0, 999999), Fraction(1, 3), None) == "ok"


@pytest.mark.parametrize(
    ("op", "base", "found", "came"),
    [
        (Bound.MORE_THAN, Base.PARTICIPANTS, Tally(10, 2, 0, 2), "reopen"),
        (Bound.AT_LEAST, Base.PARTICIPANTS, Tally(10, 2, 0, 2), "ok"),
        (Bound.AT_LEAST, Base.ROLL, Tally(10, 4, 0, 0), "reopen"),
        (Bound.AT_LEAST, Base.ROLL, Tally(10, 5, 0, 5), "ok"),
        (Bound.AT_LEAST, Base.PARTICIPANTS, Tally(10, 0, 0, 0), "reopen"),
    ],
)
def test_a_stage_that_names_a_share_is_held_to_it(op: Bound, base: Base, found: Tally, came: str) -> None:
    assert outcome(found, HALF, Share(HALF, op, base)) == came


@given(COUNTS)
def test_an_early_end_never_differs_from_waiting_with_the_usual_share(
    counts: tuple[int, int, int, int],
) -> None:
    silent, yes, partly, no = counts
    found = Tally(silent + yes + partly + no, yes, partly, no)
    if decided_early(found):
        # Even if all who are silent were content, and whoever said partly too, it would be reopened.
        content = Tally(found.asked, yes + silent + partly, 0, no)
        assert outcome(content, HALF, None) == "reopen"
