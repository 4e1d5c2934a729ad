from datetime import UTC, date, datetime

from handlers.events import Promise, PromisesMade
from tests.stories.afterwards import happens, outcomes_of, stage_of
from tests.stories.test_tasks import STAGE, assigned
from tests.world import World


def test_an_owner_is_reminded_three_days_and_one_day_before_and_the_desk_hears_once_when_it_is_late(
    any_world: World,
) -> None:
    world = any_world
    topic, li, _ = assigned(world)
    world.later(until=datetime(2026, 12, 17, 1, 1, tzinfo=UTC))
    assert "还有 3 天到期" in li.heard()[-1]
    world.later(until=datetime(2026, 12, 19, 1, 1, tzinfo=UTC))
    assert "还有 1 天到期" in li.heard()[-1]
    assert not any("已过期" in said for said in world.heard("两委群"))
    world.later(until=datetime(2026, 12, 31, 1, 1, tzinfo=UTC))
    assert sum("到期" in said for said in li.heard()) == 2
    late = [said for said in world.heard("两委群") if "已过期" in said]
    assert len(late) == 1
    assert "责任：李四" in late[0]
    assert sum("已过期" in said for said in li.heard()) == 1
    # Here the late edge leads back to the same stage: the case stays and the task goes on.
    assert outcomes_of(world) == ["overdue"]
    assert stage_of(world, topic)[0] == STAGE
    assert world.rows("SELECT state, remind_at FROM tasks") == [("open", None)]


def test_a_new_day_starts_the_reminders_again(any_world: World) -> None:
    world = any_world
    _, li, zhou = assigned(world)
    zhou.says("指派 任务1 11月10日", to="两委群")
    world.later(until=datetime(2026, 11, 12, tzinfo=UTC))
    assert sum("已过期" in said for said in world.heard("两委群")) == 1
    zhou.says("指派 任务1 12月1日", to="两委群")
    world.later(until=datetime(2026, 12, 3, 2, tzinfo=UTC))
    assert sum("到期" in said for said in li.heard()) == 4
    assert sum("已过期" in said for said in world.heard("两委群")) == 2
    zhou.says("指派 任务1 11月1日", to="两委群")
    assert world.rows("SELECT due_on FROM tasks") == [("2027-11-01",)]


def test_a_program_that_was_down_over_the_day_reminds_nobody_of_what_is_past_and_escalates_once(
    any_world: World,
) -> None:
    world = any_world
    _, li, _ = assigned(world)
    world.asleep(days=60)
    world.later(days=3)
    assert not any("到期（" in said for said in li.heard())
    assert sum("已过期" in said for said in world.heard("两委群")) == 1


def test_every_month_one_message_with_denominators_goes_to_the_publication_groups(any_world: World) -> None:
    world = any_world
    _, li, _ = assigned(world)
    li.says("进展 任务1 40% 已付5万 合同已签，材料到场，联系13812345678")
    world.later(days=31)
    expected = "🔧 议1 进展（每月）\n合同已签，材料到场，联系138****5678；完成 40%，已付 5.0 / 18.6 万元，预计 12月20日（周日）完成。"
    assert [said for said in world.heard("公示群") if "每月" in said] == [expected]
    assert [said for said in world.heard("居民群") if "每月" in said] == [expected]
    assert not any("没有报进展" in said for said in world.heard("两委群"))


def test_a_month_of_silence_is_told_to_the_desk_and_not_to_everybody(any_world: World) -> None:
    world = any_world
    _, li, _ = assigned(world)
    world.later(days=31)
    assert not any("每月" in said for said in world.heard("公示群"))
    assert sum("这个月没有报进展" in said for said in world.heard("两委群")) == 1
    assert "还没有报进展" in "".join(li.heard())


def test_several_tasks_of_a_topic_are_told_in_one_message(any_world: World) -> None:
    world = any_world
    topic, li, zhou = assigned(world)
    happens(world, PromisesMade(topic, None, "condition", (Promise("装隔音屏", "李四", date(2027, 1, 15)),)))
    li.says("进展 任务1 40% 电梯已订")
    li.says("进展 任务2 10%")
    world.later(days=31)
    monthly = [said for said in world.heard("居民群") if "每月" in said]
    assert len(monthly) == 1
    assert "电梯已订；完成 40%" in monthly[0]
    assert "完成 10%，预计 1月15日" in monthly[0]
    zhou.says("任务", to="两委群")
    assert "任务2 装隔音屏：李四" in world.last("两委群")
