from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.issues import rules
from handlers.issues.wording import one_line, outcome, public_title, shortened, until, when
from storage.records import Category, Issue, IssueState, Kind, Level

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def issue(**columns: object) -> Issue:
    usual: dict[str, object] = {
        "id": 1,
        "community_id": 1,
        "year": 2026,
        "number": 12,
        "state": IssueState.REPORTED,
        "kind": Kind.ISSUE,
        "category": Category.BUILDING,
        "level": Level.U2,
        "place": "3号楼",
        "text": "电梯坏了",
        "reason": "",
        "reporter_id": None,
        "group_id": None,
        "message_id": "",
        "filed_at": NOW,
        "unit_id": 1,
        "handler_id": None,
        "party": "",
        "due_at": None,
        "alert_at": None,
        "merged_into": None,
        "result": "",
        "closed_at": None,
    }
    return Issue(**(usual | columns))  # type: ignore[arg-type]


def test_moments_are_said_as_people_say_them() -> None:
    assert when(NOW, NOW, ZONE) == "今天 09:00"
    assert when(NOW - timedelta(days=1), NOW, ZONE) == "昨天 09:00"
    assert when(NOW - timedelta(days=2), NOW, ZONE) == "10月31日（周六）"
    assert until(NOW + timedelta(hours=9), NOW, ZONE) == "今天 18:00"
    assert until(NOW + timedelta(days=1), NOW, ZONE) == "11月3日（周二）09:00"


@given(st.text(max_size=400))
def test_long_words_are_cut_and_say_how_long_they_were(words: str) -> None:
    shown = shortened(words)
    if len(words) <= 200:
        assert shown == words
    else:
        assert shown.endswith(f"（共 {len(words)} 字）")
        assert len(shown) < 230


@given(st.text(max_size=100))
def test_a_title_is_one_short_line(words: str) -> None:
    line = one_line(words)
    assert len(line) <= 25
    assert "\n" not in line


def test_a_title_for_neighbours_names_nobodys_door_or_phone() -> None:
    said = public_title(issue(text="3-2-1502漏水 13812345678"))
    assert "1502" not in said
    assert "13812345678" not in said


@pytest.mark.parametrize(
    ("state", "result", "said"),
    [
        (IssueState.CLOSED, "resolved:换了门机", "已解决：换了门机"),
        (IssueState.CLOSED, "not_ours:归市政:12345", "不属职责：归市政:12345"),
        (IssueState.CLOSED, "resolved:", "已解决"),
        (IssueState.REFUSED, "in_court:", "法院正在处理"),
        (IssueState.FED_BACK, "resolved:换了门机", ""),
        (IssueState.REPORTED, "", ""),
    ],
)
def test_how_it_ended_is_said_with_its_word(state: IssueState, result: str, said: str) -> None:
    assert outcome(issue(state=state, result=result)) == said


def test_what_is_between_persons_or_about_a_missing_person_is_never_public() -> None:
    assert rules.may_be_public(issue())
    assert not rules.may_be_public(issue(kind=Kind.DISPUTE))
    assert not rules.may_be_public(issue(category=Category.NEIGHBOURS))
    assert not rules.may_be_public(issue(state=IssueState.MEDIATE))
    missing = issue(kind=Kind.URGENT, level=Level.U2, text="我家老人走失了")
    assert rules.is_missing_person(missing)
    assert not rules.may_be_public(missing)


def test_the_more_urgent_of_two_levels_wins() -> None:
    assert rules.more_urgent(Level.U2, Level.U0) is Level.U0
    assert rules.more_urgent(Level.U1, Level.U3) is Level.U1
