from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.people import Person
from tests.stories.afterwards import stage_of
from tests.stories.gatherings import (
    before_members_and_representatives,
    before_the_representatives,
    community,
)
from tests.world import Manner, World

WEEKLY = "定期会议 每周一 9:00 两委会 地点 议事厅 遇节假日顺延"
AUTUMN = datetime(2026, 9, 14, 1, tzinfo=UTC)  # a Monday, 9:00 in Shanghai
WINTER = datetime(2027, 1, 4, 1, tzinfo=UTC)  # a Monday


@pytest.fixture(params=list(Manner), ids=lambda manner: manner.value)
def autumn(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(tmp_path, request.param, start=AUTUMN)
    yield made
    made.close()


def office(world: World) -> Person:
    """The community of the stories, with two people of the committee besides."""
    secretary = community(world)
    world.member("老刘", "居（村）委")
    world.member("老孙", "居（村）委")
    return secretary


def drafts(who: Person) -> list[str]:
    return [said for said in who.heard() if said.startswith("📅 下次会的议程草案")]


def starts(world: World) -> list[str]:
    return [row[0][:16] for row in world.rows("SELECT starts_at FROM meetings ORDER BY starts_at")]


def summonses(who: Person, meeting: str) -> list[str]:
    return [said for said in who.heard() if said.startswith(f"📅 {meeting} ")]


def test_a_series_is_read_back_with_its_next_days_and_why_one_is_moved(autumn: World) -> None:
    world = autumn
    secretary = office(world)
    secretary.says(f"{WEEKLY} 主题最多2个")
    told = secretary.heard()[0].splitlines()
    assert told[0] == "📅 定期1 记下了：两委会，每周一 9:00，遇节假日顺延，议事厅，每次最多 2 个主题。"
    assert told[1:7] == [
        "接下来 5 次：",
        "· 9月21日（周一）",
        "· 9月28日（周一）",
        "· 10月8日（周四），原定10月5日（周一）休息，顺延",
        "· 10月12日（周一）",
        "· 10月19日（周一）",
    ]
    assert "停开定期1 理由" in told[-1]
    secretary.says("定期会议", to="两委群")
    assert world.last("两委群").splitlines()[1].endswith("下一次 9月21日（周一）。")


def test_each_meeting_is_drafted_noticed_and_held_once_and_the_holiday_moves_it(autumn: World) -> None:
    world = autumn
    secretary = office(world)
    secretary.says(WEEKLY)
    for _ in range(28):
        world.later(days=1)
    assert starts(world) == [
        "2026-09-21 01:00",
        "2026-09-28 01:00",
        "2026-10-08 01:00",
        "2026-10-12 01:00",
        "2026-10-19 01:00",
    ]
    assert len(drafts(secretary)) == 5
    assert "（10月8日（周四），原定10月5日（周一）休息，顺延）" in drafts(secretary)[2]
    for number in range(1, 6):
        assert len(summonses(world.people["老刘"], f"会{number}")) == 1, number
    states = world.rows("SELECT state, notice_at FROM meetings ORDER BY starts_at")
    assert states == [("held", None)] * 3 + [("called", None)] * 2


def test_the_draft_takes_what_waits_up_to_the_themes_and_is_locked_when_the_notice_goes_out(
    any_world: World,
) -> None:
    world = any_world
    secretary = office(world)
    for title in ("广场舞时间", "小广场停车", "夜间照明"):
        before_members_and_representatives(world, title)
    secretary.says("定期会议 每月最后一个周五 19:00 党员群众代表会 议事厅")
    assert "每次最多 2 个主题" in secretary.heard()[0]
    assert drafts(secretary) == []
    assert world.rows("SELECT count(*) FROM meetings") == [(0,)]
    world.later(until=datetime(2026, 11, 18, 11, 1, tzinfo=UTC))
    (draft,) = drafts(secretary)
    assert draft.splitlines() == [
        "📅 下次会的议程草案：会1 党员群众代表会 · 11月27日（周五）19:00 · 议事厅",
        "1. 议1 广场舞时间",
        "2. 议2 小广场停车",
        "这次排不下，留到下次：议3。",
        "要改请发：议程 会1 议1,议2",
        "到 11月20日（周五）19:00 自动发通知，议程锁定。",
    ]
    assert summonses(world.people["代表1"], "会1") == []
    world.later(until=datetime(2026, 11, 20, 11, 1, tzinfo=UTC))
    (notice,) = summonses(world.people["代表1"], "会1")
    assert "1. 议1 广场舞时间" in notice
    assert "2. 议2 小广场停车" in notice
    assert any("会1 党员群众代表会" in said for said in world.heard("代表决议群"))
    assert world.rows("SELECT notice_at FROM meetings WHERE number = 1") == [(None,)]


def test_the_draft_can_be_changed_until_the_notice_goes_out(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    for title in ("广场舞时间", "小广场停车", "夜间照明"):
        before_members_and_representatives(world, title)
    secretary.says("定期会议 每月最后一个周五 19:00 党员群众代表会 议事厅 主题最多1个")
    world.later(until=datetime(2026, 11, 19, 2, tzinfo=UTC))
    secretary.says("议程 会1 议3,议2")
    world.later(until=datetime(2026, 11, 20, 11, 1, tzinfo=UTC))
    notice = summonses(world.people["代表1"], "会1")[0]
    assert "1. 议3 夜间照明" in notice
    assert "2. 议2 小广场停车" in notice
    assert "议1" not in notice


def test_what_the_first_meeting_left_over_is_drafted_for_the_next(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    for title in ("广场舞时间", "小广场停车"):
        before_members_and_representatives(world, title)
    secretary.says("定期会议 每周五 19:00 党员群众代表会 议事厅 主题最多1个")
    world.later(days=4)
    assert "1. 议1 广场舞时间" in drafts(secretary)[0]
    assert "1. 议2 小广场停车" in drafts(secretary)[1]
    world.later(days=2)
    secretary.says("结果 会1 议1 通过")
    assert stage_of(world, 1)[0] == "implement"


def test_a_body_with_a_long_notice_is_told_early_and_a_day_that_is_too_near_is_said_to_be_lost(
    any_world: World,
) -> None:
    world = any_world
    secretary = office(world)
    before_the_representatives(world)
    secretary.says("定期会议 每月10日、25日 19:00 居民代表会议 议事厅")
    lost = [said for said in secretary.heard() if "来不及提前通知，没有安排" in said]
    assert [said.splitlines() for said in lost] == [
        [
            "📅 定期1 居民代表会议：",
            "· 11月10日（周二）：来不及提前通知，没有安排。",
            "要补开请发：开会 居民代表会议 11月28日19:00 地点",
        ]
    ]
    world.later(until=datetime(2026, 11, 14, 10, tzinfo=UTC))
    assert "1. 议1 更换电梯" in drafts(secretary)[0]
    assert starts(world) == ["2026-11-25 11:00"]
    assert not summonses(world.people["代表1"], "会1")
    world.later(hours=2)
    assert summonses(world.people["代表1"], "会1")
    assert world.rows("SELECT short_notice, notice_at FROM meetings") == [("", None)]


def test_after_three_days_down_nothing_comes_twice_or_late_and_what_was_missed_is_said_once(
    any_world: World,
) -> None:
    world = any_world
    secretary = office(world)
    secretary.says("定期会议 每周一到周五 9:00 两委会 议事厅")
    world.later(days=1)
    before = starts(world)
    world.asleep(days=20)
    world.deliver()
    world.restart()
    world.later(hours=1)
    days = [start[:10] for start in starts(world)]
    assert len(days) == len(set(days))
    assert set(before) <= set(starts(world))
    lost = [said for said in secretary.heard() if "错过了，没有发通知" in said]
    assert len(lost) == 1
    down = {f"2026-11-{day:02}" for day in (16, 17, 18, 19, 20)}
    assert not down & set(days)
    assert all(f"11月{day}日" in lost[0] for day in (16, 17, 18, 19, 20))
    since = world.rows("SELECT count(*) FROM meetings WHERE starts_at > '2026-11-23 02:00:00'")
    assert since[0][0] > 2
    assert world.parked() == []


def test_a_prepared_meeting_whose_start_passed_while_down_calls_nobody(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says("定期会议 每月最后一个周五 19:00 党员群众代表会 议事厅")
    world.later(until=datetime(2026, 11, 19, 2, tzinfo=UTC))
    assert len(drafts(secretary)) == 1
    world.asleep(days=10)
    world.later(hours=1)
    assert summonses(world.people["代表1"], "会1") == []
    assert world.rows("SELECT state FROM meetings WHERE number = 1") == [("cancelled",)]
    assert len([said for said in secretary.heard() if "会1" in said and "错过" in said]) == 1
    assert world.parked() == []


def test_a_moved_meeting_of_a_series_leaves_the_next_ones_where_they_are(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says(WEEKLY)
    world.later(days=3)
    secretary.says("改期 会1 11月10日9:00")
    world.later(days=14)
    assert starts(world) == [
        "2026-11-10 01:00",
        "2026-11-16 01:00",
        "2026-11-23 01:00",
    ]


def test_a_cancelled_meeting_of_a_series_is_not_prepared_again(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says(WEEKLY)
    world.later(days=3)
    secretary.says("取消 会1 换届")
    world.later(days=10)
    assert starts(world).count("2026-11-09 01:00") == 1


def test_stopping_lets_the_prepared_one_fall_and_leaves_the_called_one_to_a_person(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says(WEEKLY)
    world.later(days=5, hours=1)
    assert len(starts(world)) == 2
    secretary.says("停开定期 1")
    assert "请写理由" in secretary.heard()[-1]
    secretary.says("停开定期 1 换届期间暂停")
    told = secretary.heard()[-1]
    assert "定期1 停开了：两委会，每周一 9:00" in told
    assert "会1 两委会已经发了通知，照开" in told
    states = dict(world.rows("SELECT number, state FROM meetings"))
    assert states == {1: "called", 2: "cancelled"}
    world.later(days=30)
    assert len(starts(world)) == 2
    secretary.says("停开定期 1 再停一次")
    assert "已经停开了" in secretary.heard()[-1]
    secretary.says("定期会议")
    assert "还没有定期会议" in secretary.heard()[-1]


def test_the_spring_festival_of_an_unpublished_year_is_said_to_be_a_guess(tmp_path: Path) -> None:
    world = World(tmp_path, start=WINTER)
    secretary = office(world)
    secretary.says(WEEKLY)
    assert "2027年放假安排还没公布" in secretary.heard()[0]
    world.close()


def test_only_who_may_call_the_body_sets_up_or_stops_a_series(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says(WEEKLY)
    resident = world.member("居民老李", "居民")
    for words in (WEEKLY.replace("周一", "周二"), "停开定期 1 不想开"):
        resident.says(words)
        assert resident.heard()[-1].startswith("这一步由文书、居（村）委、书记来做")
    assert world.rows("SELECT count(*), max(state) FROM series") == [(1, "running")]


def test_wrong_words_are_answered_with_how_to_write_it(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    for words, says in (
        ("定期会议 每周一 两委会", "没看到几点"),
        ("定期会议 每周一 9:00", "请写明多久开一次、几点、什么会"),
        ("定期会议 每周一 9:00 茶话会", "不知道“茶话会”是哪个会"),
        ("定期会议 9:00 两委会 常开", "没看懂多久开一次"),
        ("定期会议 每周一 9:00 协商会", "不能定期"),
        ("定期会议 每周一 9:00 业主大会", "名册上还没有"),
        ("定期会议 每周一 9:00 两委会 主题最多0个", "主题最少 1 个"),
        ("停开定期 7 不开了", "没有找到 定期7"),
        ("停开定期 电梯", "请写明停开哪一个"),
    ):
        secretary.says(words)
        assert says in secretary.heard()[-1], words
    secretary.says(WEEKLY)
    secretary.says(WEEKLY)
    assert "定期1 已经是这样" in secretary.heard()[-1]
    assert world.rows("SELECT count(*) FROM series") == [(1,)]
    assert world.parked() == []
