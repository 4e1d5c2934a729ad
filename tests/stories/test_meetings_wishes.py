"""Reminders as a meeting or a person wants them, and several in one message."""

import pytest

from tests.people import Person
from tests.stories.gatherings import (
    before_members_and_representatives,
    called,
    community,
    november,
    reminders,
)
from tests.world import World


def two_meetings(world: World) -> tuple[Person, Person]:
    """会1 and 会2 on the 14th, half an hour apart; returns who is called to both, and who to the second alone."""
    called(world, when="11月14日19:00")
    both, second = world.member("党员代表", "居民代表", "党员"), world.member("党员甲", "党员")
    secretary = world.people["小周"]
    secretary.says("取消 会1 重新通知")
    secretary.says("开会 居民代表会议 11月14日19:00 议事厅 议题 1")
    before_members_and_representatives(world)
    secretary.says("开会 党员大会 11月14日19:30 二楼 议程 学习", to="两委群")
    return both, second


def test_a_meeting_may_remind_at_other_moments_than_the_rest(any_world: World) -> None:
    world = any_world
    called(world, extra=" 提醒 3天,2小时")
    one = world.people["代表1"]
    for moment, count in (
        (november(11, 18, 59), 0),
        (november(11, 19, 1), 1),
        (november(14, 16, 59), 1),
        (november(14, 17, 1), 2),
        (november(14, 23), 2),
    ):
        world.later(until=moment)
        assert len(reminders(world, one)) == count, moment


def test_what_somebody_wishes_holds_for_them_alone_and_for_meetings_called_before_and_after(
    any_world: World,
) -> None:
    world = any_world
    community(world)
    one, two, three = (world.people[f"代表{number}"] for number in (1, 2, 3))
    one.says("提醒我 提前2小时，1天")
    assert one.heard()[-1] == "记好了：会前 1 天、2 小时 提醒。"
    called_without_community(world)
    two.says("提醒我 不用")
    assert two.heard()[-1] == "记好了：不用提醒，只收通知。"
    world.later(until=november(8, 0))
    assert [len(reminders(world, person)) for person in (one, two, three)] == [0, 0, 1]
    three.says("提醒我 半小时")
    world.later(until=november(13, 23))
    assert [len(reminders(world, person)) for person in (one, two, three)] == [1, 0, 1]
    two.says("提醒我 照常")
    world.later(until=november(14, 17, 1))
    assert [len(reminders(world, person)) for person in (one, two, three)] == [2, 0, 1]
    world.later(until=november(15, 0))
    assert [len(reminders(world, person)) for person in (one, two, three)] == [2, 1, 2]
    one.says("提醒我")
    assert "您现在：会前 1 天、2 小时 提醒" in one.heard()[-1]


def called_without_community(world: World) -> None:
    """会1 of the representatives, in a community that stands already."""
    world.people["小周"].says("开会 居民代表会议 11月14日19:00 议事厅", to="两委群")


@pytest.mark.parametrize(
    "words", ["提醒我 天天", "提醒我 1分钟", "提醒我 100天", "提醒我 1天 2天 3天 4天 5天 6天"]
)
def test_a_wish_nobody_can_keep_is_answered_with_how_to_write_one(world: World, words: str) -> None:
    community(world)
    one = world.people["代表1"]
    one.says(words)
    assert "几时提醒请这样写" in one.heard()[-1]
    assert world.rows("SELECT count(*) FROM reminder_wishes") == [(0,)]


def test_reminders_of_the_same_hour_come_in_one_message_to_who_is_called_to_both(any_world: World) -> None:
    world = any_world
    both, second = two_meetings(world)
    one = world.people["代表1"]
    world.later(until=november(13, 20))
    last = reminders(world, both)[-1]
    assert last.splitlines()[0] == "📅 提醒：您有 2 个会"
    assert "会2 居民代表会议 · 11月14日（周六）19:00" in last
    assert "会3 党员大会 · 11月14日（周六）19:30" in last
    world.later(until=november(14, 23))
    assert [len(reminders(world, person)) for person in (one, both, second)] == [3, 3, 3]
    assert not any("您有 2 个会" in said for person in (one, second) for said in reminders(world, person))
    both_buttons = [button.label for card in world.cards(both) for button in card.buttons]
    assert {"会2参加", "会2请假", "会3参加", "会3请假"} <= set(both_buttons)


def test_who_is_on_leave_from_one_of_two_is_reminded_of_the_other_alone(any_world: World) -> None:
    world = any_world
    both, _ = two_meetings(world)
    both.says("请假 会3 出差")
    world.later(until=november(14, 23))
    assert len(reminders(world, both)) == 3
    assert not any("会3" in said for said in reminders(world, both))


def test_a_meeting_moved_after_a_common_reminder_is_reminded_of_anew(any_world: World) -> None:
    world = any_world
    both, _ = two_meetings(world)
    world.later(until=november(13, 20))
    before = len(reminders(world, both))
    world.people["小周"].says("改期 会3 11月16日19:30")
    world.later(until=november(17, 0))
    later = reminders(world, both)[before:]
    assert [("会2" in said, "会3" in said) for said in later] == [(True, False), (False, True), (False, True)]


def test_a_chair_and_a_recorder_who_are_not_on_the_roll_are_reminded_once(any_world: World) -> None:
    world = any_world
    community(world)
    chair = world.member("书记老马", "书记")
    world.people["小周"].says(
        "开会 居民代表会议 11月14日19:00 议事厅 主持 书记老马 记录 书记老马", to="两委群"
    )
    assert "主持和记录是同一个人，最好分开" in world.last("两委群")
    world.people["小周"].says("会1 记录 代表1", to="两委群")
    assert "主持：书记老马\n记录：代表1" in world.last("两委群")
    world.later(until=november(14, 23))
    assert len(reminders(world, chair)) == 3
    assert len(reminders(world, world.people["代表1"])) == 3
    assert reminders(world, world.people["小周"]) == []
