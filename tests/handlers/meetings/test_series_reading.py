"""What is typed about series, urgent meetings and times."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.meetings.series.reading import read_series, read_stop, read_urgent
from handlers.meetings.series.search_reading import read_answers, read_search
from handlers.recurring.model import Shift, Weekly
from handlers.refusals import Refusal
from storage.records import SlotAnswer

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "每周一 9:00 两委会 地点 议事厅 遇节假日顺延 主题最多2个",
        "两委会 每周一9点 议事厅，遇节假日顺延，每次最多两个主题",
        "每周一 9:00 两委会 议事厅 遇节假日顺延 议题不超过２个",
    ],
)
def test_a_series_is_read_in_whatever_order_it_was_written(written: str) -> None:
    asked = read_series(written, NOW, ZONE)
    assert (asked.name, asked.place, asked.topics_most) == ("两委会", "议事厅", 2)
    assert asked.recurrence.pattern == Weekly((0,))
    assert asked.recurrence.at == time(9)
    assert asked.recurrence.days_off.shift is Shift.NEXT


def test_a_series_without_more_words_has_no_place_and_no_limit() -> None:
    asked = read_series("每周一 9:00 两委会", NOW, ZONE)
    assert (asked.name, asked.place, asked.topics_most) == ("两委会", "", None)


@pytest.mark.parametrize(
    ("written", "at", "place", "reason"),
    [
        ("议7", "01:31", "", ""),
        ("议7 30分钟后", "01:31", "", ""),
        ("议题7 半小时后 议事厅", "01:31", "议事厅", ""),
        ("7 两小时后 地点 三楼", "03:01", "三楼", ""),
        ("议7 1个半小时后", "02:31", "", ""),
        ("议7 一刻钟后 议事厅 理由 电梯井进水", "01:16", "议事厅", "电梯井进水"),
        ("议7 现在 议事厅 紧急理由：电梯井进水", "01:01", "议事厅", "电梯井进水"),
        ("议7 今天11:00 议事厅", "03:00", "议事厅", ""),
    ],
)
def test_an_urgent_meeting_begins_when_it_was_said(written: str, at: str, place: str, reason: str) -> None:
    asked = read_urgent(written, NOW, ZONE)
    assert asked.topic == 7
    assert asked.at.strftime("%H:%M") == at
    assert (asked.place, asked.reason) == (place, reason)


@pytest.mark.parametrize("written", ["3 换届", "定期3 换届", "定期 3号，理由 换届"])
def test_a_series_is_stopped_by_its_number(written: str) -> None:
    assert read_stop(written) == (3, "换届")


def test_times_name_place_and_end_are_told_apart() -> None:
    asked = read_search(
        "两委会 11月28日19:00、11月29日上午9点 和 11月30日19:00 地点 议事厅 截止 11月25日", NOW, ZONE
    )
    assert (asked.name, asked.place) == ("两委会", "议事厅")
    assert [at.strftime("%d %H:%M") for at in asked.times] == ["28 11:00", "29 01:00", "30 11:00"]
    assert asked.ends_at == datetime(2026, 11, 25, 15, 59, 59, tzinfo=UTC)


def test_the_end_may_stand_first_and_have_an_hour() -> None:
    asked = read_search("两委会 截止 11月5日18:00前 11月29日9:00 11月28日19:00", NOW, ZONE)
    assert asked.ends_at == datetime(2026, 11, 5, 10, tzinfo=UTC)
    assert [at.day for at in asked.times] == [28, 29]
    assert asked.place == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1可以 2不行", {1: "can", 2: "cannot"}),
        ("1 可以，2 勉强，3 不行。", {1: "can", 2: "hardly", 3: "cannot"}),
        ("1、3可以 2不行", {1: "can", 2: "cannot", 3: "can"}),
        ("１可以２不行", {1: "can", 2: "cannot"}),
        ("可以1,3 不行2", {1: "can", 2: "cannot", 3: "can"}),
        ("都可以", {1: "can", 2: "can", 3: "can"}),
        ("全部不行", {1: "cannot", 2: "cannot", 3: "cannot"}),
        ("1号可以", {1: "can"}),
    ],
)
def test_answers_are_read_as_people_write_them(written: str, said: dict[int, str]) -> None:
    assert read_answers(written, 3) == {position: SlotAnswer(word) for position, word in said.items()}


@pytest.mark.parametrize(
    "written", ["可以", "我看1可以", "1可以吗", "都可以吧我觉得", "11月28日可以", "1", ""]
)
def test_what_may_mean_something_else_is_no_answer(written: str) -> None:
    assert read_answers(written, 3) is None


def test_a_time_there_is_none_of_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_answers("4可以", 3)
    assert refused.value.key == "search.no_such_slot"
