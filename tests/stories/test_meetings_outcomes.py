from datetime import UTC, datetime

from handlers.events import StageLeft
from tests.stories.afterwards import happens, issue_in, reaches, stage_of, topic_of
from tests.stories.gatherings import called, community, reminders
from tests.world import World


def test_a_stage_left_some_other_way_takes_its_topic_off_the_agenda(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    happens(world, StageLeft(1))
    assert "议程待定" in world.cards("代表决议群")[-1].text
    assert "议1 不再等这个会，已从 会1 的议程上拿下。议程空了" in secretary.heard()[-1]
    assert world.rows("SELECT count(*) FROM waits WHERE over_at IS NULL") == [(0,)]


def test_mediation_is_met_about_in_private_alone(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    mediator = world.member("调解员老陈", "调解员")
    one, two = world.member("甲", "居民"), world.member("乙", "居民")
    topic = topic_of(world, "漏水赔偿", "", issue_in(world, "楼上漏水", one, (two,)))
    reaches(world, topic, "peoples_mediation", "talks")
    secretary.says("开会 两委会 明天9:00 二楼 议题 1", to="两委群")
    assert world.last("两委群") == "这件事不公开，请在和我的私聊里办。"
    mediator.says("开会 调解会 明天19:00 调解室")
    assert "调解会请写明是哪件事" in mediator.heard()[-1]
    secretary.says("开会 调解会 明天19:00 调解室 议题 1", to="两委群")
    assert world.last("两委群") == "这件事不公开，请在和我的私聊里办。"
    secretary.says("开会 协商会 明天19:00 调解室 议题 1")
    assert "单独开会谈" in secretary.heard()[-1]
    mediator.says("开会 调解会 明天19:00 调解室 议题 1")
    assert "已通知 会1，应到 2 人" in mediator.heard()[-1]
    assert any("漏水赔偿" in said for said in one.heard())
    assert any("漏水赔偿" in said for said in two.heard())
    secretary.says("会议 1", to="两委群")
    assert "没有找到 会1" in world.last("两委群")
    world.people["代表1"].says("会议")
    assert world.people["代表1"].heard()[-1] == "现在没有要开的会。"
    world.later(days=2)
    mediator.says("结果 会1 达成协议 各出一半")
    assert stage_of(world, topic)[0] == "agreement"
    for group in world.groups:
        assert not any("漏水赔偿" in said or "会1 " in said for said in world.heard(group)), group


def test_a_decision_moves_the_case_and_is_heard_once(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=datetime(2026, 11, 14, 13, 1, tzinfo=UTC))
    assert "结果 会1 议1 通过 到会__ 赞成__ 反对__ 弃权__" in secretary.heard()[-1]
    secretary.says("结果 会1 议1 通过 到会3 赞成1 反对1 弃权1")
    assert "按数字算是“未通过：赞成、反对各 1，票数相等”，没有记下" in secretary.heard()[-1]
    assert stage_of(world, 1)[0] == "reps"
    secretary.says("结果 会1 议1 通过 到会3 赞成2 反对1 弃权0")
    assert stage_of(world, 1)[0] == "publish"
    heard = [said for said in world.heard("代表决议群") if "更换电梯：通过" in said]
    assert len(heard) == 1
    assert "到会 3 ≥ 3" in heard[0]
    assert "1. 议1 更换电梯：通过" in world.cards("代表决议群")[1].text
    secretary.says("结果 会1 议1 不成 到会3 赞成1 反对2")
    assert "议1 已经记过结果：通过" in secretary.heard()[-1]
    journal = [row[0] for row in world.rows("SELECT event FROM journal ORDER BY id")]
    assert journal.count("ItemDecided") == journal.count("StageDecided") == 1


def test_no_quorum_sends_the_topic_back_to_waiting_for_the_next_meeting(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=datetime(2026, 11, 14, 13, 1, tzinfo=UTC))
    secretary.says("结果 会1 议1 未达人数 到会2")
    secretary.presses("按原定办法", on="两委群")
    assert stage_of(world, 1)[:2] == ("reps", "running")
    assert len([said for said in world.heard("两委群") if "等居民代表会议来定" in said]) == 2
    secretary.says("开会 居民代表会议 11月28日19:00 议事厅")
    assert "把在等这个会的都排上了：议1" in secretary.heard()[-1]


def test_conditions_go_to_their_owners_and_no_name_goes_to_a_group(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=datetime(2026, 11, 14, 13, 1, tzinfo=UTC))
    secretary.says("结果 会1 议1 附条件 到会4 赞成3 反对1")
    assert "附条件要写明条件" in secretary.heard()[-1]
    secretary.says("结果 会1 议1 附条件 到会4 赞成3 反对1 条件：按钮要大 责任人 代表2 12月20日")
    assert stage_of(world, 1)[0] == "publish"
    assert (
        "要做：按钮要大（12月20日（周日）前）"
        in [said for said in world.heard("代表决议群") if "附条件" in said][-1]
    )
    assert not any("代表2" in said for group in ("代表决议群", "居民群") for said in world.heard(group))
    assert world.rows("SELECT count(*) FROM journal WHERE event = 'PromisesMade'") == [(1,)]


def test_outcomes_wait_for_the_meeting_and_stay_within_its_agenda(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    secretary.says("结果 会1 议1 通过 到会4 赞成4 反对0")
    assert secretary.heard()[-1] == "会1 还没开始，不能记结果。"
    world.later(until=datetime(2026, 11, 14, 13, 1, tzinfo=UTC))
    secretary.says("结果 会1 议9 通过 到会4 赞成4 反对0")
    assert "议9 不在 会1 的议程上，不能定。议程是：议1" in secretary.heard()[-1]
    secretary.says("结果 会1 议1 通过 到会9 赞成4 反对0")
    assert "到会 9 人，比应到 4 人还多" in secretary.heard()[-1]
    secretary.replies("通过 到会4", "开完了吗")
    assert stage_of(world, 1)[0] == "reps"
    secretary.replies("结果 到会4 赞成4 反对0 弃权0", "开完了吗")
    assert stage_of(world, 1)[0] == "publish"
    assert reminders(world, secretary) == []
