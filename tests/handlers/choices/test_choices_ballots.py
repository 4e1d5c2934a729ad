import pytest

from handlers.choices.ask import NONE, Ask, Kind
from handlers.choices.cast import REJECTS_ALL, Abstention, Cast, Consent, Picks, Scores, Stance, check
from handlers.choices.reading import read_cast
from handlers.refusals import Refusal
from handlers.texts import text
from tests.handlers.choices.ballots import ask, picks, ranks

SINGLE = ask(Kind.SINGLE, none_offered=True)
SEVERAL = ask(Kind.SEVERAL, most=2, places=3, none_offered=True)
SCORE = ask(Kind.SCORE)
SCHULZE = ask(Kind.SCHULZE, none_offered=True)
STV = ask(Kind.STV, places=2)
CONSENT = Ask(Kind.CONSENT)
SENSE = ask(Kind.SENSE)


@pytest.mark.parametrize(
    ("asked", "said", "cast"),
    [
        (SINGLE, "2", picks(2)),
        (SINGLE, " ２。", picks(2)),
        (SINGLE, "西门", picks(2)),
        (SINGLE, "0", REJECTS_ALL),
        (SINGLE, "4", REJECTS_ALL),
        (SINGLE, "均不同意", REJECTS_ALL),
        (SINGLE, "弃权", Abstention()),
        (SEVERAL, "1 3", picks(1, 3)),
        (SEVERAL, "1、3", picks(1, 3)),
        (SEVERAL, "东门，广场", picks(1, 3)),
        (SCORE, "5 1 3", Scores((5, 1, 3))),
        (SCORE, "3:3 1:5，2：1", Scores((5, 1, 3))),
        (SCHULZE, "2 1 3", ranks(2, 1, 3)),
        (SCHULZE, "2>1=3", ranks(2, {1, 3})),
        (SCHULZE, "2 1 = 3", ranks(2, {1, 3})),
        (SCHULZE, "西门>0>东门", ranks(2, 0, 1)),
        (SCHULZE, "均不同意", REJECTS_ALL),
        (STV, "3", ranks(3)),
        (STV, "3,1", ranks(3, 1)),
        (CONSENT, "同意", Consent(Stance.AGREE)),
        (CONSENT, "1", Consent(Stance.AGREE)),
        (CONSENT, "有保留 怕晚上吵", Consent(Stance.RESERVED, "怕晚上吵")),
        (CONSENT, "反对，太贵了", Consent(Stance.OBJECT, "太贵了")),
        (CONSENT, "3 太贵了", Consent(Stance.OBJECT, "太贵了")),
        (CONSENT, "不同意:没有预算", Consent(Stance.OBJECT, "没有预算")),
        (SENSE, "1", picks(1)),
    ],
)
def test_a_ballot_is_read_from_what_people_type(asked: Ask, said: str, cast: Cast) -> None:
    assert read_cast(asked, said) == cast


@pytest.mark.parametrize(
    ("asked", "said", "key"),
    [
        (SINGLE, "1 2", "choices.too_many_picks"),
        (SINGLE, "5", "choices.no_such_option"),
        (SINGLE, "好的", "choices.usage_single"),
        (SINGLE, "", "choices.usage_single"),
        (SINGLE, "12345678901234567890", "choices.usage_single"),
        (SEVERAL, "1 2 3", "choices.too_many_picks"),
        (SEVERAL, "1 0", "choices.none_stands_alone"),
        (SCORE, "5 1", "choices.scores_missing"),
        (SCORE, "5 1 9", "choices.score_off_scale"),
        (SCORE, "5 1 0", "choices.score_off_scale"),
        (SCORE, "均不同意", "choices.usage_score"),
        (SCORE, "1:5 1:4 2:3 3:3", "choices.usage_score"),
        (SCORE, "1:5 2:4", "choices.usage_score"),
        (SCHULZE, "2 2 1", "choices.ranked_twice"),
        (SCHULZE, "0 0", "choices.ranked_twice"),
        (SCHULZE, "2=2", "choices.ranked_twice"),
        (SCHULZE, ">", "choices.usage_schulze"),
        (STV, "1=2", "choices.stv_takes_no_equals"),
        (STV, "1 0", "choices.none_not_offered"),
        (CONSENT, "反对", "choices.reason_missing"),
        (CONSENT, "同意，但是晚上太吵", "choices.usage_consent"),
        (CONSENT, "12", "choices.usage_consent"),
        (CONSENT, "随便", "choices.usage_consent"),
        (SENSE, "均不同意", "choices.none_not_offered"),
    ],
)
def test_a_ballot_that_cannot_stand_is_refused_with_the_way_out(asked: Ask, said: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_cast(asked, said)
    assert refused.value.key == key
    assert text(key, **refused.value.values)


def test_a_number_is_a_number_even_where_an_option_is_called_by_one() -> None:
    floors = Ask(Kind.SINGLE, ("2", "1"))
    assert read_cast(floors, "2") == picks(2)


@pytest.mark.parametrize(
    ("asked", "cast"),
    [
        (SINGLE, ranks(1)),
        (SINGLE, Picks(frozenset())),
        (SINGLE, Scores((1, 2, 3))),
        (SCORE, picks(1)),
        (SCHULZE, picks(1)),
        (STV, REJECTS_ALL),
        (STV, ranks()),
        (STV, ranks(set())),
        (CONSENT, picks(1)),
        (SENSE, Consent(Stance.AGREE)),
    ],
)
def test_a_ballot_of_another_kind_is_refused(asked: Ask, cast: Cast) -> None:
    with pytest.raises(Refusal):
        check(asked, cast)


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("choices.number_of_options", {"options": ("东门",)}),
        ("choices.number_of_options", {"options": tuple(str(number) for number in range(21))}),
        ("choices.option_empty", {"options": ("东门", " 。")}),
        ("choices.option_twice", {"options": ("东门", "西门", "东 门")}),
        ("choices.none_is_offered", {"options": ("东门", "均不同意")}),
        ("choices.places", {"options": ("东门", "西门"), "places": 2}),
        ("choices.most", {"options": ("东门", "西门"), "most": 2}),
        ("choices.scale", {"options": ("东门", "西门"), "lowest": 5}),
    ],
)
def test_a_list_nobody_could_answer_is_refused(key: str, fields: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        Ask(Kind.SINGLE, **fields)  # type: ignore[arg-type]
    assert refused.value.key == key
    assert text(key, **refused.value.values)


def test_a_consent_round_asks_about_one_proposal_only() -> None:
    with pytest.raises(Refusal):
        Ask(Kind.CONSENT, ("东门", "西门"))


def test_every_ballot_prints_none_of_these_where_it_is_offered() -> None:
    assert SINGLE.printed == ("东门", "西门", "广场", "均不同意")
    assert SINGLE.numbers == (1, 2, 3, NONE)
    assert STV.printed == ("东门", "西门", "广场")
