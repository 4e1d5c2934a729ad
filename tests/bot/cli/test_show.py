import json

import pytest

from tests.bot.cli.desk import Desk

NOUNS = ("issues", "topics", "cases", "polls", "tasks", "notices", "meetings")


def has_an_issue(desk: Desk, words: str = "#报事 3号楼2单元电梯坏了，电话13812345678") -> None:
    desk.has_a_roll()
    out = desk.talks(words)
    assert "已记下" in out


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_house_has_nothing_to_show(desk: Desk, noun: str) -> None:
    desk.has_a_roll()
    assert "还没有" in desk.done("show", noun)
    assert desk.objects("show", noun) == []
    assert "7" in desk.refused("show", noun, "7")


@pytest.mark.parametrize("noun", NOUNS)
def test_without_a_database_there_is_nothing_to_show(desk: Desk, noun: str) -> None:
    assert "还没有数据库" in desk.refused("show", noun)


def test_an_issue_is_shown_without_phone_numbers(desk: Desk) -> None:
    has_an_issue(desk)
    shown = desk.done("show", "issues")
    assert "〔20" in shown
    assert "电梯坏了" in shown
    assert "13812345678" not in shown
    (issue,) = desk.objects("show", "issues")
    assert (issue["number"], issue["level"]) == (1, "u1")
    assert "138****5678" in issue["text"]


def test_one_issue_comes_with_what_befell_it(desk: Desk) -> None:
    has_an_issue(desk)
    shown = desk.done("show", "issue", "1")
    assert "IssueReported" in shown
    assert "宋保田" in shown


def test_of_a_mediation_nothing_is_shown_but_that_there_is_one(desk: Desk) -> None:
    has_an_issue(desk)
    desk.changes("UPDATE issues SET state = 'mediate'")
    for words in (("show", "issues"), ("show", "issues", "1"), ("show", "issues", "--json")):
        assert "电梯" not in desk.done(*words)
    assert desk.objects("show", "issues")[0]["state"] == "mediate"


def test_what_is_not_in_that_community_is_not_shown(desk: Desk) -> None:
    has_an_issue(desk)
    assert len(desk.objects("show", "issues", "--unit", "第一网格")) == 1
    desk.done("groups", "bind", "telegram:-5", "--as", "居民群", "--unit", "兰苑社区", "--new-unit")
    assert desk.objects("show", "issues", "--unit", "兰苑社区") == []
    assert "没有“月亮”" in desk.refused("show", "issues", "--unit", "月亮")


def test_every_noun_of_a_house_at_work_can_be_shown(desk: Desk) -> None:
    has_an_issue(desk)
    at = "2026-11-02 01:00:00.000000"
    _insert(desk, "topics", **_counted(7), title="电梯大修", text="", state="open", raised_at=at)
    _insert(desk, "procedures", digest="d", id="p", name="程序", source="")
    _insert(desk, "cases", topic_id=1, digest="d", state="running", stage="vote", ended_as="", started_at=at)
    _insert(desk, "polls", **_poll(at))
    _insert(
        desk, "tasks", **_counted(3), title="换钢丝绳", party="物业", percent=60, state="open", created_at=at
    )
    _insert(desk, "notices", **_counted(4), title="公示", text="大修", days=5, state="draft")
    _insert(
        desk, "meetings", **_counted(2), body="b", name="代表会", place="议事厅", starts_at=at, state="called"
    )
    for noun, label in (
        ("topics", "议7"),
        ("cases", "议7"),
        ("polls", "表决5"),
        ("tasks", "任务3"),
        ("notices", "公示4"),
        ("meetings", "会2"),
    ):
        assert label in desk.done("show", noun), noun
        (row,) = desk.objects("show", noun)
        assert row["id"] == 1
    assert desk.objects("show", "polls")[0]["rule"] == {"quorum": "1/2"}
    assert desk.objects("show", "cases", "7")[0]["topic_number"] == 7
    assert "通过" in desk.done("show", "polls")


def _counted(number: int) -> dict[str, object]:
    return {"community_id": 1, "year": 2026, "number": number}


def _poll(at: str) -> dict[str, object]:
    return {
        **_counted(5),
        "topic_id": 1,
        "question": "修不修",
        "body": "b",
        "rule": json.dumps({"quorum": "1/2"}),
        "secrecy": "open",
        "opens_at": at,
        "closes_at": "2026-11-09 01:00:00.000000",
        "state": "closed",
        "outcome": "passed",
        "verdict": "{}",
    }


def _insert(desk: Desk, table: str, **columns: object) -> None:
    """A row of a table; what must be filled and was not given is 0."""
    needed = desk.rows(f"SELECT name FROM pragma_table_info('{table}') WHERE \"notnull\" AND NOT pk")
    filled = {name: 0 for (name,) in needed} | columns
    marks = ", ".join("?" * len(filled))
    desk.changes(f"INSERT INTO {table} ({', '.join(filled)}) VALUES ({marks})", *filled.values())
