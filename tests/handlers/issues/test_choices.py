from datetime import timedelta

import pytest

from handlers.issues.choices import (
    Closing,
    Reason,
    Tags,
    check_limit,
    closing_word,
    limits,
    longest_extension,
    read_closing,
    read_reason,
    read_tags,
    reason_word,
    usual_parties,
)
from handlers.texts import sentences, text
from storage.records import Category, Kind, Level


def test_every_closing_word_and_reason_has_its_sentences() -> None:
    known = sentences()
    assert all(f"issues.closing_{closing}" in known for closing in Closing)
    assert all(f"issues.reason_{reason}" in known for reason in Reason)
    assert all(text(f"issues.elsewhere_{reason}") for reason in Reason)


def test_limits_follow_the_levels() -> None:
    assert limits(Level.U0).accept == timedelta(hours=1)
    assert limits(Level.U1).accept == timedelta(hours=2)
    assert limits(Level.U2).accept == limits(Level.U3).accept == timedelta(hours=24)
    assert limits(Level.U1).feedback == timedelta(hours=24)
    assert limits(Level.U2).feedback == timedelta(days=7)
    assert limits(Level.U3).feedback == timedelta(days=15)
    assert check_limit() == timedelta(days=3)
    assert longest_extension() == timedelta(days=30)


@pytest.mark.parametrize("category", Category)
def test_every_category_has_parties_whose_names_fit_a_button(category: Category) -> None:
    parties = usual_parties(category)
    assert 1 <= len(parties) <= 9
    assert all(0 < len(party) <= 20 for party in parties)


@pytest.mark.parametrize("closing", Closing)
def test_a_closing_word_is_read_back_with_what_follows(closing: Closing) -> None:
    assert read_closing(closing_word(closing)) == (closing, "")
    assert read_closing(f"{closing_word(closing)}：换了灯泡") == (closing, "换了灯泡")


def test_words_without_a_closing_word_close_nothing() -> None:
    assert read_closing("换了灯泡") is None
    assert read_closing("") is None


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_read_by_its_word_and_by_its_number(reason: Reason) -> None:
    number = list(Reason).index(reason) + 1
    assert read_reason(reason_word(reason)) == (reason, "")
    assert read_reason(f"{number} 说明") == (reason, "说明")
    assert read_reason(f"{number}") == (reason, "")


def test_other_words_are_a_reason_of_their_own() -> None:
    assert read_reason("和市政说过了") == (Reason.OTHER, "和市政说过了")
    assert read_reason("12345 已经在办") == (Reason.OTHER, "12345 已经在办")
    assert read_reason("０ 说明") == (Reason.OTHER, "０ 说明")
    assert read_reason("３、不在这里") == (Reason.SAME, "不在这里")
    assert read_reason("") is None


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("房屋设施 紧急", Tags(Category.BUILDING, Level.U1, ())),
        ("危急", Tags(None, Level.U0, ())),
        ("一般，停车交通", Tags(Category.TRAFFIC, Level.U2, ())),
        ("停车", Tags(Category.TRAFFIC, None, ())),
        ("停", Tags(None, None, ("停",))),
        ("火星 多方", Tags(None, Level.U3, ("火星",))),
        ("", Tags(None, None, ())),
        ("建议 房屋", Tags(Category.BUILDING, kind=Kind.SUGGESTION)),
        ("险情", Tags(level=Level.U0, kind=Kind.URGENT)),
        ("闲聊", Tags(kind=Kind.CHATTER)),
    ],
)
def test_tags_are_read_in_any_order(words: str, tags: Tags) -> None:
    assert read_tags(words) == tags
