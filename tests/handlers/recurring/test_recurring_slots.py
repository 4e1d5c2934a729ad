from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recurring.slots import Answer, Can, Needed, Reach, Slot, rank

FRIDAY, SATURDAY, SUNDAY = (
    Slot(number, datetime(2026, 11, 26 + number, 11, tzinfo=UTC)) for number in (1, 2, 3)
)
SLOTS = (FRIDAY, SATURDAY, SUNDAY)
ROLL = frozenset(range(1, 7))
CHAIR = Needed("主持人", frozenset({1}))


def said(slot: Slot, answers: str) -> list[Answer]:
    """One letter a person from 1 on: y(es), m(aybe), n(o), - for silence."""
    cans = {"y": Can.YES, "m": Can.MAYBE, "n": Can.NO}
    return [Answer(who, slot.id, cans[mark]) for who, mark in enumerate(answers, start=1) if mark != "-"]


def order(*answers: str, quorum: int = 4, needed: tuple[Needed, ...] = ()) -> list[int]:
    heard = [answer for slot, marks in zip(SLOTS, answers, strict=True) for answer in said(slot, marks)]
    return [standing.slot.id for standing in rank(SLOTS, heard, ROLL, quorum, needed).order]


def test_a_sure_quorum_comes_before_one_that_needs_those_who_barely_can_or_are_silent() -> None:
    assert order("yyy---", "yyym--", "yyyy--") == [3, 2, 1]
    assert order("ynnnnn", "yyy---", "yyynnn") == [2, 3, 1]


def test_a_slot_at_which_a_needed_role_is_missing_comes_last_however_many_can() -> None:
    assert order("nyyyyy", "yyyynn", "myyynn", needed=(CHAIR,)) == [2, 3, 1]
    assert order("nyyyyy", "yyyynn", "myyynn") == [1, 2, 3]


def test_one_of_several_who_may_fill_a_role_is_enough() -> None:
    either = Needed("记录", frozenset({1, 99}))
    heard = [*said(FRIDAY, "nyyyyy"), Answer(99, FRIDAY.id, Can.YES), *said(SATURDAY, "nyyyyy")]
    [first, second] = rank((FRIDAY, SATURDAY), heard, ROLL, 4, (either,)).order
    assert first.roles == (("记录", Can.YES),)
    assert second.roles == (("记录", None),)
    assert first.yes == second.yes == 5, "somebody who is not on the roll fills the role and is not counted"


def test_equal_slots_are_reported_for_a_person_to_choose() -> None:
    heard = [*said(FRIDAY, "yyyyn-"), *said(SATURDAY, "nyyyy-"), *said(SUNDAY, "yyynn-")]
    ranking = rank(SLOTS, heard, ROLL, 4)
    assert ranking.tied == (FRIDAY, SATURDAY)
    assert [standing.slot for standing in ranking.order] == [FRIDAY, SATURDAY, SUNDAY]
    assert rank(SLOTS, [*heard, Answer(6, SATURDAY.id, Can.YES)], ROLL, 4).tied == ()


def test_the_last_answer_of_a_person_counts() -> None:
    heard = [Answer(1, FRIDAY.id, Can.NO), Answer(1, FRIDAY.id, Can.YES)]
    [standing] = rank((FRIDAY,), heard, ROLL, 4).order
    assert (standing.yes, standing.no, standing.silent) == (1, 0, 5)


@pytest.mark.parametrize(
    ("marks", "reach", "reasons"),
    [
        ("yyyymn", Reach.SURE, ("可以 4，勉强 1，不行 1，没回 0，应到 6", "说可以的已到法定 4 人")),
        (
            "yyymnn",
            Reach.WITH_MAYBE,
            ("可以 3，勉强 1，不行 2，没回 0，应到 6", "加上勉强的才到法定 4 人，说可以的差 1 人"),
        ),
        (
            "yym---",
            Reach.WITH_SILENT,
            ("可以 2，勉强 1，不行 0，没回 3，应到 6", "还差 1 人到法定 4 人，没回的还有 3 人"),
        ),
        (
            "yynnn-",
            Reach.NEVER,
            ("可以 2，勉强 0，不行 3，没回 1，应到 6", "没回的都来也到不了法定 4 人，差 1 人"),
        ),
    ],
)
def test_the_reasons_count_heads(marks: str, reach: Reach, reasons: tuple[str, ...]) -> None:
    [standing] = rank((FRIDAY,), said(FRIDAY, marks), ROLL, 4).order
    assert (standing.reach, standing.reasons) == (reach, reasons)


def test_a_role_that_is_not_sure_is_named_and_nobody_who_fills_it() -> None:
    for mark, phrase in (("n", "主持人来不了"), ("m", "主持人勉强能来"), ("-", "主持人还没回")):
        [standing] = rank((FRIDAY,), said(FRIDAY, mark + "yyyyy"), ROLL, 0, (CHAIR,)).order
        assert standing.reasons[1:] == (phrase,)
    [sure] = rank((FRIDAY,), said(FRIDAY, "yyyyyy"), ROLL, 0, (CHAIR,)).order
    assert len(sure.reasons) == 1


@given(st.lists(st.builds(Answer, st.sampled_from(sorted(ROLL)), st.sampled_from([1, 2, 3]), st.sampled_from(Can)), max_size=18, unique_by=lambda answer: (answer.person, answer.slot)))  # fmt: skip
def test_neither_the_order_of_answers_nor_who_gave_them_matters(answers: list[Answer]) -> None:
    ranking = rank(SLOTS, answers, ROLL, 4)
    assert rank(SLOTS, answers[::-1], ROLL, 4) == ranking
    for mixed in list(permutations(sorted(ROLL)))[::240]:
        swapped = [Answer(mixed[answer.person - 1], answer.slot, answer.can) for answer in answers]
        assert rank(SLOTS, swapped, ROLL, 4) == ranking


def test_there_must_be_somebody_to_ask_and_something_to_ask_about() -> None:
    for slots, roll in (((), ROLL), (SLOTS, frozenset[int]())):
        with pytest.raises(ValueError, match="nobody to ask"):
            rank(slots, [], roll, 0)
