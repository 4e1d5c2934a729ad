from datetime import UTC, datetime, timedelta

import pytest

from handlers.notices.rules import Answer, clears, names_topic, next_reminder, read_answer, read_days
from handlers.refusals import Refusal
from storage.records import NoticeState, Objection

DUE = datetime(2026, 11, 9, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("不成立 按面积分摊", Answer("dismissed", "按面积分摊")),
        ("成立，名册漏了三户", Answer("upheld", "名册漏了三户")),
        (" 不成立：材料齐全。", Answer("dismissed", "材料齐全")),
    ],
)
def test_an_answer_has_its_word_and_its_reasons(written: str, answer: Answer) -> None:
    assert read_answer(written) == answer


@pytest.mark.parametrize("written", ["", "成立", "不成立。", "好的知道了", "3"])
def test_an_answer_without_word_or_reasons_is_asked_for_again(written: str) -> None:
    with pytest.raises(Refusal, match=r"notices\.answer_usage"):
        read_answer(written)


def test_days_are_read_or_left_out_and_nothing_else_is_taken_for_them() -> None:
    assert read_days("") is None
    assert read_days(" ２０天") == 20
    for wrong in ("20", "0天", "400天", "明天", "20天吧"):
        with pytest.raises(Refusal):
            read_days(wrong)


def test_the_number_of_a_topic_is_told_from_that_of_a_notice() -> None:
    assert names_topic("议7 文字")
    assert names_topic(" 〔2026〕议7号")
    assert not names_topic("公示4")
    assert not names_topic("4 议论纷纷")


def test_an_owed_answer_is_asked_for_at_its_last_moment_and_every_three_days_after() -> None:
    owed = Objection(1, 1, 1, "", DUE - timedelta(days=5), DUE, None, "", None, None)
    assert next_reminder(owed, DUE - timedelta(days=1)) == DUE
    assert next_reminder(owed, DUE) == DUE + timedelta(days=3)
    assert next_reminder(owed, DUE + timedelta(days=30)) == DUE + timedelta(days=33)


def test_a_matter_goes_on_only_when_the_days_are_over_and_all_is_answered() -> None:
    assert clears(NoticeState.CLOSED, 0)
    assert not clears(NoticeState.CLOSED, 1)
    assert not clears(NoticeState.POSTED, 0)
    assert not clears(NoticeState.WITHDRAWN, 0)
