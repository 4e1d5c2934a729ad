import pytest

from handlers.choices.ask import Ask, Kind
from handlers.choices.cast import REJECTS_ALL, Abstention, Consent, Scores, Stance
from handlers.choices.explain import count_headline, explain_ask, explain_count, explain_count_sums
from handlers.choices.stored import parse_cast
from handlers.refusals import Refusal
from tests.handlers.choices.ballots import ask, counted, majority, many, picks, ranks

SINGLE = ask(Kind.SINGLE, none_offered=True)


def test_a_ballot_shows_its_options_and_how_to_answer() -> None:
    assert explain_ask(SINGLE)[:4] == ("1  东门", "2  西门", "3  广场", "4  均不同意")
    assert "1 到 5 分" in explain_ask(ask(Kind.SCORE))[-1]
    assert "共选 2 名" in explain_ask(ask(Kind.STV, places=2))[-1]


def test_a_choice_is_told_with_every_option_and_the_sums() -> None:
    result = counted(
        SINGLE, many({picks(1): 6, picks(2): 3, REJECTS_ALL: 1, Abstention(): 1}), majority(), roll=12
    )
    assert count_headline(result) == "选定：东门"
    assert explain_count(result) == (
        "应到 12，参与 11 ≥ 8（三分之二以上）✔",
        "第1  东门：6 人 ✔",
        "第2  西门：3 人 ✘",
        "第3  均不同意：1 人",
        "第4  广场：0 人 ✘",
    )
    assert explain_count_sums(result)[0] == "东门：赞成达标：6×2=12 > 11×1=11"


def test_a_tie_is_told_as_one() -> None:
    result = counted(ask(Kind.SCORE, 2), [Scores((1, 2)), Scores((2, 1))])
    assert count_headline(result) == "相等，未定：东门、西门。还有 1 个名额，请大家商定怎么办。"
    assert explain_count(result)[1] == "第1  东门：合计 3 分，中位 1.5（2 人打分）"


def test_an_invalid_poll_tells_only_what_was_short() -> None:
    result = counted(SINGLE, many({picks(1): 6}), majority(), roll=12)
    assert count_headline(result) == "无效：参与 6，须 8。不是否决。"
    assert explain_count(result) == ("应到 12，参与 6 < 8（三分之二以上）✘",)


def test_rounds_are_told_with_votes_cut_to_hundredths() -> None:
    groups = {ranks(1, 2): 6, ranks(1, 3): 2, ranks(2): 1, ranks(3): 3, ranks(4, 3): 1}
    lines = explain_count(counted(ask(Kind.STV, 4, places=2), many(groups)))
    assert "当选票数 5" in lines
    assert any(line.startswith("第1轮  东门 8") and line.endswith("；当选：东门") for line in lines)
    assert any("西门 3.25   广场 3.75" in line for line in lines)


def test_a_consent_round_tells_the_reasons() -> None:
    ballots = [Consent(Stance.AGREE), Consent(Stance.OBJECT, "太贵"), Consent(Stance.RESERVED, "怕吵")]
    result = counted(Ask(Kind.CONSENT), ballots)
    assert count_headline(result).startswith("未达成一致：有 1 条反对理由")
    assert explain_count(result)[1:] == ("同意 1   有保留 1   反对 1", "反对理由：太贵", "保留意见：怕吵")


def test_a_sense_check_says_that_it_decides_nothing() -> None:
    assert count_headline(counted(ask(Kind.SENSE), [picks(1)])) == "摸底结果，不作决定。"


@pytest.mark.parametrize(
    "source", ["{}", "[]", '{"picks": {"options": ["x"]}}', '{"dream": {}}', '{"picks": 1}']
)
def test_what_is_no_ballot_is_not_read_as_one(source: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_cast(SINGLE, source)


def test_a_kept_ballot_of_another_kind_is_refused() -> None:
    with pytest.raises(Refusal):
        parse_cast(SINGLE, '{"scores": {"marks": [1, 2, 3]}}')
