from datetime import datetime
from zoneinfo import ZoneInfo

from tests.stories.gatherings import called, reminders
from tests.world import World


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_reminders_come_a_week_a_day_and_an_hour_before_to_those_who_did_not_decline(
    any_world: World,
) -> None:
    world = any_world
    called(world)
    one, two, three, four = (world.people[f"代表{number}"] for number in (1, 2, 3, 4))
    one.presses("参加")
    two.presses("请假")
    two.says("5")
    world.later(until=at(7, 18, 59))
    assert reminders(world, one) == []
    world.later(until=at(7, 19, 1))
    assert [len(reminders(world, person)) for person in (one, two, three, four)] == [1, 0, 1, 0]
    assert len(reminders(world, "代表决议群")) == 1  # for the one who has no private chat
    world.later(until=at(13, 18, 59))
    assert len(reminders(world, one)) == 1
    world.later(until=at(13, 19, 1))
    assert [len(reminders(world, person)) for person in (one, two, three, four)] == [2, 0, 2, 0]
    world.later(until=at(14, 23))
    assert [len(reminders(world, person)) for person in (one, two, three, four)] == [3, 0, 3, 0]
    assert all("11月14日（周六）19:00 · 议事厅" in said for said in reminders(world, one))


def test_when_everybody_concerned_is_reached_alone_the_group_is_left_in_peace(any_world: World) -> None:
    world = any_world
    called(world)
    world.people["代表4"].presses("请假", on="代表决议群")
    world.later(until=at(14, 23))
    assert reminders(world, "代表决议群") == []
    assert len(reminders(world, world.people["代表1"])) == 3


def test_a_restart_neither_loses_nor_doubles_a_reminder(any_world: World) -> None:
    world = any_world
    called(world)
    world.later(until=at(13, 18, 59))
    world.restart()
    world.later(until=at(13, 19, 1))
    world.restart()
    world.later(until=at(14, 18, 1))
    world.restart()
    world.later(until=at(14, 23))
    assert len(reminders(world, world.people["代表1"])) == 3


def test_after_three_days_down_only_the_last_reminder_is_told_and_none_after_the_start(
    any_world: World,
) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=at(11, 18, 30))
    assert len(reminders(world, world.people["代表1"])) == 1  # a week before
    world.asleep(days=3)  # until half an hour before the start
    world.later(minutes=10)
    assert len(reminders(world, world.people["代表1"])) == 2
    world.later(days=1)
    assert len(reminders(world, world.people["代表1"])) == 2
    assert len([said for said in secretary.heard() if "开完了吗" in said]) == 1


def test_a_program_that_was_down_over_the_whole_meeting_reminds_nobody(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=at(12, 12))
    before = reminders(world, world.people["代表1"]), reminders(world, "代表决议群")
    world.asleep(days=3)
    world.later(hours=1)
    assert (reminders(world, world.people["代表1"]), reminders(world, "代表决议群")) == before
    assert len([said for said in secretary.heard() if "开完了吗" in said]) == 1


def test_reminders_follow_a_move_and_answers_are_asked_for_again(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    one, two = world.people["代表1"], world.people["代表2"]
    one.presses("参加")
    two.presses("请假")
    two.says("5")
    world.later(until=at(13, 19, 1))
    assert len(reminders(world, one)) == 2
    secretary.says("改期 会1 11月18日9:30 三楼会议室", to="两委群")
    for person in (one, two):
        moved = [said for said in person.heard() if "会1 改了（原定 11月14日（周六）19:00）" in said]
        assert len(moved) == 1
        assert "11月18日（周三）09:30 · 三楼会议室" in moved[0]
        assert "再回复一次" in moved[0]
    assert "11月18日（周三）09:30 · 三楼会议室" in world.cards("代表决议群")[1].text
    assert "已回 0 / 4" in world.cards("代表决议群")[1].text
    world.later(until=at(17, 9))
    assert len(reminders(world, one)) == 2
    world.later(until=at(18, 9))
    assert len(reminders(world, one)) == 4
    assert all("三楼会议室" in said for said in reminders(world, one)[2:])
    assert len(reminders(world, two)) == 2


def test_a_place_alone_can_change_and_answers_stand(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.people["代表1"].presses("参加")
    secretary.says("改期 会1 地点 社区食堂", to="两委群")
    assert "社区食堂" in world.last("代表决议群")
    assert "再回复" not in world.last("代表决议群")
    assert "已回 1 / 4" in world.cards("代表决议群")[1].text


def test_an_earlier_time_must_keep_the_notice_too(any_world: World) -> None:
    world = any_world
    secretary = called(world, when="11月28日19:00")
    world.later(days=3)
    secretary.says("改期 会1 11月14日19:00", to="两委群")
    assert "提前开最早 11月17日（周二）" in world.last("两委群")
    assert world.rows("SELECT starts_at FROM meetings") == [("2026-11-28 11:00:00.000000",)]
    secretary.says("改期 会1 11月14日19:00 紧急理由 井道进水", to="两委群")
    assert world.rows("SELECT starts_at FROM meetings") == [("2026-11-14 11:00:00.000000",)]
    assert "紧急召开：井道进水" in world.last("代表决议群")


def test_a_cancelled_meeting_reminds_nobody_and_its_topic_goes_on_waiting(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=at(13, 12))
    secretary.says("取消 会1", to="两委群")
    assert "请写理由" in world.last("两委群")
    world.people["小周"].replies("取消 与换届会撞期", "11月14日", on="代表决议群")
    assert "会1 已取消，不再提醒。议1 还在等下一次会。" in world.heard("代表决议群")
    for person in ("代表1", "代表2", "代表3"):
        cancelled = [said for said in world.people[person].heard() if "取消：与换届会撞期" in said]
        assert len(cancelled) == 1
    before = reminders(world, world.people["代表1"])
    world.later(days=3)
    assert reminders(world, world.people["代表1"]) == before
    assert not any("到点一刻钟了" in said for said in [*secretary.heard(), *world.heard("两委群")])
    assert not any("开完了吗" in said for said in secretary.heard())
    assert "已取消：与换届会撞期" in world.cards("代表决议群")[1].text
    assert world.cards("代表决议群")[1].buttons == ()
    world.people["代表1"].says("参加 会1")
    assert world.people["代表1"].heard()[-1] == "会1 已取消。"
    secretary.says("改期 会1 11月28日19:00", to="两委群")
    assert world.last("两委群") == "会1 已取消。"


def test_at_night_a_reminder_waits_for_the_morning_and_follows_a_move_made_meanwhile(
    any_world: World,
) -> None:
    world = any_world
    secretary = called(world, when="11月14日23:00")
    one = world.people["代表1"]
    world.later(until=at(8, 6, 59))
    assert reminders(world, one) == []
    world.later(until=at(14, 1))
    assert len(reminders(world, one)) == 1  # of the week before, on the morning of the 8th
    secretary.says("改期 会1 11月20日19:00")
    world.later(until=at(15, 0))
    assert len(reminders(world, one)) == 1
    world.later(until=at(19, 19, 1))
    assert len(reminders(world, one)) == 2
    assert "11月20日（周五）19:00" in reminders(world, one)[1]


def test_a_meeting_called_within_the_hour_is_not_reminded_of_at_once(any_world: World) -> None:
    world = any_world
    called(world, when="今天9:40", extra=" 紧急理由 电梯困人")
    world.later(minutes=39)
    assert reminders(world, world.people["代表1"]) == []
    assert len([said for said in world.people["代表1"].heard() if "会1" in said]) == 1


def test_an_office_that_enters_everything_at_once_is_not_asked_for_it(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=at(14, 20))
    secretary.says("结果 会1 议1 通过 到会4 赞成4 反对0")
    world.later(days=1)
    assert not any("开完了吗" in said for said in secretary.heard())
