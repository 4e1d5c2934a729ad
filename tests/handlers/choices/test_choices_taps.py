import pytest

from handlers.choices.ask import NONE, Ask, Kind
from handlers.choices.cast import REJECTS_ALL, Abstention, Cast, Consent, Scores, Stance
from handlers.choices.explain import explain_cast
from handlers.choices.taps import Handing, hint, marks, tapped, taps
from handlers.refusals import Refusal
from tests.handlers.choices.ballots import ask, picks, ranks

SINGLE = ask(Kind.SINGLE, none_offered=True)
SEVERAL = ask(Kind.SEVERAL, most=2, places=2, none_offered=True)
SCHULZE = ask(Kind.SCHULZE, none_offered=True)
SCORE = ask(Kind.SCORE, 2, none_offered=True)
CONSENT = Ask(Kind.CONSENT)


def pressed(asked: Ask, *made: str) -> Cast:
    ballot: Cast | None = None
    for mark in made:
        ballot = tapped(asked, mark, ballot)
    assert ballot is not None
    return ballot


def labels(asked: Ask, handing: Handing = Handing.REVISED) -> list[list[str]]:
    return [[tap.label for tap in row] for row in taps(asked, handing)]


def test_every_option_has_a_button_in_the_order_of_the_numbers_on_the_card() -> None:
    assert labels(SINGLE) == [["东门", "西门"], ["广场", "均不同意"], ["弃权"]]
    assert labels(SCHULZE)[-1] == ["重来", "弃权"]
    assert labels(ask(Kind.SENSE)) == [["东门", "西门"], ["广场"]]
    assert labels(SCORE) == [
        ["1号 1分", "1号 2分", "1号 3分", "1号 4分", "1号 5分"],
        ["2号 1分", "2号 2分", "2号 3分", "2号 4分", "2号 5分"],
        ["均不同意", "弃权"],
    ]


def test_a_long_option_is_cut_and_told_apart_by_its_number() -> None:
    long = Ask(Kind.SINGLE, ("把东门改成无障碍坡道", "把东门改成无障碍电梯"))
    assert labels(long) == [["1 把东门改成无障碍…"], ["2 把东门改成无障碍…"], ["弃权"]]


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_final_when_handed_in_has_buttons_only_where_one_press_is_a_ballot(kind: Kind) -> None:
    asked = Ask(kind) if kind is Kind.CONSENT else ask(kind)
    alone = kind in {Kind.SINGLE, Kind.SENSE, Kind.CONSENT}
    assert bool(taps(asked, Handing.ONCE)) is alone
    assert bool(hint(asked)) is not alone


def test_many_marks_are_written_and_not_pressed() -> None:
    assert taps(ask(Kind.SCORE, 2, lowest=0, highest=10), Handing.REVISED) == ()
    assert taps(ask(Kind.SCORE, 5), Handing.REVISED) == ()


def test_a_tick_is_put_and_taken_away() -> None:
    assert pressed(SEVERAL, "1", "3") == picks(1, 3)
    assert pressed(SEVERAL, "1", "3", "1") == picks(3)
    assert pressed(SEVERAL, "1", "1") == Abstention()
    assert pressed(SEVERAL, "1", "0") == REJECTS_ALL
    assert pressed(SEVERAL, "0", "2") == picks(2)
    with pytest.raises(Refusal) as refused:
        pressed(SEVERAL, "1", "2", "3")
    assert refused.value.key == "choices.too_many_picks"


def test_options_are_ranked_in_the_order_they_are_pressed_until_one_begins_again() -> None:
    assert pressed(SCHULZE, "2", "1", "3") == ranks(2, 1, 3)
    assert pressed(SCHULZE, "2", "0", "3") == ranks(2, NONE, 3)
    assert pressed(SCHULZE, "0") == REJECTS_ALL
    assert pressed(SCHULZE, "2", "again") == Abstention()
    assert pressed(SCHULZE, "2", "again", "1") == ranks(1)
    with pytest.raises(Refusal) as refused:
        pressed(SCHULZE, "2", "2")
    assert refused.value.key == "choices.ranked_already"


def test_marks_are_given_one_by_one_from_the_lowest() -> None:
    assert pressed(SCORE, "2=4") == Scores((1, 4))
    assert pressed(SCORE, "2=4", "1=5", "2=3") == Scores((5, 3))
    assert pressed(SCORE, "2=4", "0") == REJECTS_ALL


def test_whoever_does_not_agree_is_asked_why() -> None:
    assert pressed(CONSENT, "agree") == Consent(Stance.AGREE)
    for stance in ("reserved", "object"):
        with pytest.raises(Refusal) as refused:
            tapped(CONSENT, stance, None)
        assert refused.value.key == "choices.say_reason"


@pytest.mark.parametrize("asked", [SINGLE, SEVERAL, SCHULZE, SCORE, CONSENT])
def test_abstaining_is_one_press_everywhere(asked: Ask) -> None:
    assert "abstain" in marks(taps(asked, Handing.REVISED))
    assert pressed(asked, "abstain") == Abstention()


@pytest.mark.parametrize(
    ("asked", "cast", "said"),
    [
        (SEVERAL, picks(3, 1), "东门、广场"),
        (SEVERAL, REJECTS_ALL, "均不同意"),
        (SCHULZE, ranks(2, {1, 3}), "西门 > 东门 = 广场"),
        (SCORE, Scores((5, 1)), "东门 5 分、西门 1 分"),
        (CONSENT, Consent(Stance.OBJECT, "太吵"), "反对：太吵"),
        (CONSENT, Consent(Stance.AGREE), "同意"),
        (SINGLE, Abstention(), "弃权"),
    ],
)
def test_a_ballot_says_what_it_says(asked: Ask, cast: Cast, said: str) -> None:
    assert explain_cast(asked, cast) == said
