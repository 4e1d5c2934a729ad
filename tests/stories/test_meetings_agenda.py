"""The agenda: its order, its minutes, what is internal, and when it may no longer change."""

from tests.stories.gatherings import (
    before_members_and_representatives,
    before_the_representatives,
    called,
    community,
    november,
    prepared,
)
from tests.world import World


def test_an_agenda_has_its_order_minutes_and_items_that_stay_inside(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_the_representatives(world, "更换电梯")
    before_the_representatives(world, "小广场停车")
    secretary.says(
        "开会 居民代表会议 11月14日19:00 议事厅 议程 议2(20分钟),传达街道通知(10分钟,内部),议1,其他事项 时长 2小时",
        to="两委群",
    )
    assert world.cards("代表决议群")[-1].text.splitlines()[1:6] == [
        "1. 议2 小广场停车（20 分钟）",
        "3. 议1 更换电梯",
        "4. 其他事项",
        "另有内部事项 1 项",
        "预计 120 分钟",
    ]
    summons = world.people["代表1"].heard()[-1]
    assert "2. 传达街道通知（10 分钟）（内部）" in summons
    assert not any("街道通知" in said for group in ("代表决议群", "居民群") for said in world.heard(group))
    secretary.says("会议 1")
    assert "2. 传达街道通知（10 分钟）（内部）" in secretary.heard()[-1]


def test_only_topics_have_outcomes_and_the_rest_of_the_agenda_keeps_no_meeting_open(
    any_world: World,
) -> None:
    world = any_world
    secretary = community(world)
    before_members_and_representatives(world)
    secretary.says("开会 党员群众代表会 明天19:00 议事厅 议程 议1,传达街道通知", to="两委群")
    world.later(days=2)
    secretary.says("结果 会1 议1 通过", to="两委群")
    assert any("会1 的结果都记下了" in said for said in world.heard("两委群"))
    assert world.rows("SELECT state FROM meetings") == [("held",)]


def test_once_the_notice_is_out_nothing_is_replaced_and_an_addition_needs_its_rule(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    before_the_representatives(world, "小广场停车")
    secretary.says("议程 会1 议2", to="两委群")
    assert "通知已经发出，议程定了，不能换" in world.last("两委群")
    secretary.says("增加议程 会1 议2", to="两委群")
    assert "要加请写许可的规则" in world.last("两委群")
    assert world.rows("SELECT topic_id FROM agenda") == [(1,)]
    secretary.says("增加议程 会1 议2 依据 《居民代表会议议事规则》第8条", to="两委群")
    told = "📅 会1 增加议程：议2 小广场停车\n依据：《居民代表会议议事规则》第8条"
    assert told in world.heard("代表决议群")
    for number in (1, 2, 3):
        assert world.people[f"代表{number}"].heard().count(told) == 1
    card = world.cards("代表决议群")[1].text
    assert "2. 议2 小广场停车（通知后增加，依据 《居民代表会议议事规则》第8条）" in card
    assert "更换电梯（通知后增加" not in card
    secretary.says("增加议程 会1 议2 依据 《居民代表会议议事规则》第8条", to="两委群")
    assert world.last("两委群") == "议2 已经在议程上了。"


def test_an_internal_addition_is_told_to_those_called_and_to_no_group(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    secretary.says("增加议程 会1 人事通报(内部) 依据 《议事规则》第8条")
    assert "增加议程：人事通报" in world.people["代表1"].heard()[-1]
    assert not any("人事通报" in said for said in world.heard("代表决议群"))


def test_what_is_not_on_the_agenda_is_not_decided(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    before_the_representatives(world, "小广场停车")
    world.later(until=november(14, 20))
    secretary.says("结果 会1 议2 通过 到会4 赞成4 反对0")
    assert "议2 不在 会1 的议程上，不能定" in secretary.heard()[-1]


def test_a_prepared_agenda_is_changed_until_its_notice_goes_out_by_itself(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    first = before_the_representatives(world, "更换电梯")
    before_the_representatives(world, "小广场停车")
    prepared(world, november(20, 19), november(8, 9), first)
    delegate = world.people["代表1"]
    delegate.says("会议")
    assert delegate.heard()[-1] == "现在没有要开的会。"
    delegate.says("会议 9")
    assert "没有找到 会9" in delegate.heard()[-1]
    secretary.says("会议", to="两委群")
    assert "还没有通知，11月8日（周日）09:00 通知" in world.last("两委群")
    secretary.says("议程 会9 议2(20分钟),议1,其他事项", to="两委群")
    assert "1. 议2 小广场停车（20 分钟）" in world.last("两委群")
    secretary.says("增加议程 会9 绿化养护", to="两委群")
    assert "4. 绿化养护" in world.last("两委群")
    delegate.says("议程 会9 议1")
    assert world.rows("SELECT count(*) FROM agenda WHERE meeting_id = 1") == [(4,)]
    assert len(world.heard("代表决议群")) == 1  # that the group is bound
    world.later(until=november(8, 10))
    assert "1. 议2 小广场停车（20 分钟）" in world.last("代表决议群")
    assert "会9 居民代表会议 · 11月20日（周五）19:00" in delegate.heard()[-1]
    assert "已通知 会9，应到 4 人" in secretary.heard()[-1]
    secretary.says("议程 会9 议1", to="两委群")
    assert "不能换" in world.last("两委群")
    assert world.rows("SELECT count(*) FROM journal WHERE event = 'MeetingCalled'") == [(1,)]


def test_a_prepared_meeting_can_be_announced_at_once_and_only_once(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    prepared(world, november(20, 19), november(18, 9))
    secretary.says("发通知 会9", to="两委群")
    assert "已通知 会9，应到 4 人" in world.last("两委群")
    secretary.says("发通知 会9", to="两委群")
    assert world.last("两委群") == "会9 已经通知过了。"
    world.later(until=november(19, 12))
    assert len([said for said in world.people["代表1"].heard() if said.startswith("📅 会9")]) == 1


def test_a_prepared_meeting_that_is_moved_or_cancelled_troubles_nobody(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    prepared(world, november(20, 19), november(8, 9))
    secretary.says("改期 会9 11月21日19:00", to="两委群")
    assert "11月9日（周一）09:00 通知" in world.last("两委群")
    secretary.says("取消 会9 与换届撞期", to="两委群")
    world.later(days=25)
    assert len(world.heard("代表决议群")) == 1  # that the group is bound
    assert world.people["代表1"].heard() == []


def test_a_notice_that_cannot_go_out_is_told_to_whoever_called_it_and_tried_again(any_world: World) -> None:
    world = any_world
    community(world, representatives=0)
    prepared(world, november(10, 19), november(8, 9))
    world.later(until=november(8, 10))
    secretary = world.people["小周"]
    assert "会9 到时候没能通知：名册上还没有" in secretary.heard()[-1]
    world.later(until=november(11, 10))
    assert "错过了，没有开：开会时间到了还没有通知" in secretary.heard()[-1]
    assert world.rows("SELECT state FROM meetings") == [("cancelled",)]
    assert len(secretary.heard()) == 4  # on three mornings, and at the start


def test_after_three_days_down_a_late_notice_goes_out_once_and_says_that_it_is_late(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    prepared(world, november(14, 19), november(3, 9))
    world.asleep(days=5)
    world.later(days=1)
    assert "离开会不到 10 天" in secretary.heard()[-1]
    assert len([said for said in world.people["代表1"].heard() if said.startswith("📅 会9")]) == 1


def test_agendas_are_the_offices_to_set(any_world: World) -> None:
    world = any_world
    called(world)
    before_the_representatives(world, "小广场停车")
    delegate = world.people["代表1"]
    for words in (
        "议程 会1 议2",
        "增加议程 会1 议2 依据 《议事规则》第8条",
        "发通知 会1",
        "会1 主持 代表1",
        "流会 会1 没人",
    ):
        delegate.says(words)
        assert delegate.heard()[-1].startswith("这一步由文书、居（村）委、书记来做"), words
    assert world.rows("SELECT topic_id, count(*) FROM agenda") == [(1, 1)]
