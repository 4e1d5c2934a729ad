"""Agendas, particulars and lengths as people type them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.meetings.calls import read_call
from handlers.meetings.entries import Entry, read_entries
from handlers.meetings.lengths import read_befores, read_length
from handlers.meetings.particulars import Particulars, take_particulars
from handlers.meetings.reading import read_move
from handlers.refusals import Refusal

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "entries"),
    [
        (
            "议7(20分钟),议9,传达街道通知(10分钟,内部)",
            (Entry(7, minutes=20), Entry(9), Entry(None, "传达街道通知", 10, "yes")),
        ),
        ("议７（半小时）、９", (Entry(7, minutes=30), Entry(9))),
        ("7 9和11", (Entry(7), Entry(9), Entry(11))),
        ("议7和议9及议11", (Entry(7), Entry(9), Entry(11))),
        ("议7,7,议7(5分钟)", (Entry(7),)),
        (
            "传达 街道通知；3月工作小结\n5号楼漏水",
            (Entry(None, "传达 街道通知"), Entry(None, "3月工作小结"), Entry(None, "5号楼漏水")),
        ),
        ("物业费（草案）", (Entry(None, "物业费（草案）"),)),
        ("待定", ()),
        ("", ()),
    ],
)
def test_an_agenda_is_read_item_by_item(written: str, entries: tuple[Entry, ...]) -> None:
    assert read_entries(written) == entries


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("议7(很久)", "meetings.item_note"),
        ("议7(0分钟)", "meetings.item_note"),
        ("议7(9小时)", "meetings.item_note"),
        ("长" * 61, "meetings.item_title"),
        ("(10分钟)", "meetings.item_title"),
        (",".join(f"议{number}" for number in range(1, 42)), "meetings.too_many_items"),
    ],
)
def test_an_agenda_nobody_can_hold_is_refused(written: str, key: str) -> None:
    with pytest.raises(Refusal) as no:
        read_entries(written)
    assert no.value.key == key


def test_forty_items_are_an_agenda() -> None:
    assert len(read_entries(",".join(f"议{number}" for number in range(1, 41)))) == 40


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("20分钟", 20),
        ("半小时", 30),
        ("2小时", 120),
        ("两个半小时", 150),
        ("一天", 1440),
        ("3天", 4320),
        ("一周", 10080),
        ("半天", 720),
        ("很久", 0),
        ("20", 0),
    ],
)
def test_a_length_is_read_in_minutes(written: str, minutes: int) -> None:
    assert read_length(written) == minutes


def test_moments_before_a_start_come_earliest_first_and_each_once() -> None:
    assert read_befores("提前2小时，1天和120分钟") == (1440, 120)


@pytest.mark.parametrize("written", ["", "天天", "4分钟", "31天", "1天,2天,3天,4天,5天,6天", "1天,随便"])
def test_moments_nobody_can_keep_are_refused(written: str) -> None:
    with pytest.raises(Refusal) as no:
        read_befores(written)
    assert no.value.key == "meetings.remind_usage"


def test_particulars_are_taken_from_wherever_they_stand() -> None:
    said, left = take_particulars(
        "主持 张三 两委会 明天9:00 二楼 线上 https://m.example/1 依据 《议事规则》第3条，会后补签 "
        "记录：李四 时长 两小时 提醒 3天,2小时 仍要"
    )
    assert said == Particulars(
        length=120,
        link="https://m.example/1",
        remote_basis="《议事规则》第3条，会后补签",
        chair="张三",
        recorder="李四",
        remind=(4320, 120),
        anyway="yes",
    )
    assert left == "两委会 明天9:00 二楼"


def test_a_place_may_be_called_what_a_particular_is_called() -> None:
    call = read_call("两委会 明天9:00 线上会议室", NOW, ZONE)
    assert (call.place, call.particulars) == ("线上会议室", Particulars())
    assert read_call("两委会 明天9:00 线上", NOW, ZONE).place == "线上"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("两委会 明天9:00 依据 《议事规则》第3条", "meetings.remote_usage"),
        ("两委会 明天9:00 线上 https://m.example/1 依据", "meetings.remote_usage"),
        ("两委会 明天9:00 时长 很久", "meetings.length_usage"),
        ("两委会 明天9:00 时长 2天", "meetings.length_usage"),
    ],
)
def test_a_particular_that_cannot_be_is_refused(written: str, key: str) -> None:
    with pytest.raises(Refusal) as no:
        read_call(written, NOW, ZONE)
    assert no.value.key == key


def test_a_call_has_its_whole_agenda_and_keeps_its_place() -> None:
    call = read_call(
        "两委会 明天9:00 二楼 议程 议7(20分钟),议9,传达通知(内部) 主持 张三 紧急理由 台风 仍要", NOW, ZONE
    )
    assert call.agenda == (Entry(7, minutes=20), Entry(9), Entry(None, "传达通知", internal="yes"))
    assert (call.topics, call.place, call.short_notice) == ((7, 9), "二楼", "台风")
    assert call.particulars == Particulars(chair="张三", anyway="yes")


def test_a_call_may_be_all_agenda_behind_its_hour() -> None:
    call = read_call("两委会 明天9:00 议程 传达通知，议7", NOW, ZONE)
    assert (call.agenda, call.place) == ((Entry(None, "传达通知"), Entry(7)), "")


def test_a_move_may_insist_on_its_room() -> None:
    assert read_move("11月28日19:00 三楼 仍要", NOW, ZONE).anyway == "yes"
    assert read_move("11月28日19:00 三楼", NOW, ZONE).anyway == ""
