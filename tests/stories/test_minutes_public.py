"""Minutes before everybody: what is public is shown first, and what stays inside stays there."""

from storage import meetings
from storage.database import Transaction
from storage.records import AgendaItem
from tests.stories.afterwards import issue_in, reaches, topic_of
from tests.stories.gatherings import community
from tests.stories.minuting import approved, confirmed, met
from tests.world import World

PUBLIC_LINES = "下面每一行都会公开"


def test_publication_shows_every_line_first_and_names_no_resident(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)
    recorder.says("纪要 会1 公开")
    assert "还没批准" in recorder.heard()[-1]
    recorder.says("纪要 会1 补 第1项 介绍要点：钱多多和赵代表4住3-1-304，都说要换")
    confirmed(world, recorder)
    chair.says("纪要 会1 批准")
    chair.says("纪要 会1 公开")
    shown = chair.heard()[-1]
    assert PUBLIC_LINES in shown
    assert "居民群" in shown
    assert "公示群" in shown
    assert not any("会议纪要" in said for group in ("居民群", "公示群") for said in world.heard(group))
    chair.presses("不公开")
    assert not any("会议纪要" in said for said in world.heard("公示群"))
    chair.says("纪要 会1 公开")
    chair.presses("公开")
    for group in ("居民群", "公示群"):
        (public,) = [said for said in world.heard(group) if "会议纪要" in said]
        assert set(public.splitlines()) <= set(shown.splitlines())
        assert "李主任（书记）" in public
        assert "少数意见：费用太高" in public
        for secret in ("赵代表", "钱多多", "钱*", "13800138000", "家门口", "3-1-304"):
            assert secret not in public, secret
    assert world.rows("SELECT state FROM minutes")[-1] == ("published",)
    ((approver,),) = world.rows("SELECT approved_by FROM papers")
    assert approver == chair.id
    chair.says("纪要 会1 公开")
    assert "已经公开了" in chair.heard()[-1]
    away = world.people["钱多多"]
    away.says("纪要 会1")
    assert "会议纪要" in away.heard()[-1]


def test_an_internal_item_is_counted_in_public_and_not_named(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)

    async def inside(tx: Transaction) -> None:
        item = AgendaItem(1, 2, None, "人事安排", 10, "yes", "", "谈了分工")
        await meetings.add_items(tx, [item])

    world.run(world.app.database.write(inside))
    confirmed(world, recorder)
    assert any("议题2  人事安排" in said for said in recorder.heard())
    chair.says("纪要 会1 批准")
    chair.says("纪要 会1 公开")
    chair.presses("公开")
    public = world.heard("公示群")[-1]
    assert "人事安排" not in public
    assert "谈了分工" not in public
    assert "另有内部议题 1 件，不对外公开" in public


def test_the_minutes_of_a_private_meeting_get_no_number_and_are_never_public(any_world: World) -> None:
    world = any_world
    community(world)
    outsider = world.member("李主任", "书记")
    mediator = world.member("调解员老陈", "调解员")
    one, two = world.member("甲某某", "居民"), world.member("乙某某", "居民")
    topic = topic_of(world, "漏水赔偿", "", issue_in(world, "楼上漏水", one, (two,)))
    reaches(world, topic, "peoples_mediation", "talks")
    mediator.says("开会 调解会 明天19:00 调解室 议题 1")
    world.later(days=2)
    mediator.says("结果 会1 达成协议 各出一半")

    async def kept(tx: Transaction) -> None:
        await meetings.change(tx, 1, recorder_id=two.id, ended_at=world.clock.now())

    world.run(world.app.database.write(kept))
    outsider.says("纪要 会1")
    assert "没有找到 会1" in outsider.heard()[-1]
    mediator.says("纪要 会1", to="两委群")
    assert "漏水" not in world.last("两委群")
    mediator.says("纪要 会1 补 实到：2")
    mediator.says("纪要 会1")
    assert "公开范围：不公开，只存档。" in mediator.heard()[-1]
    mediator.says("纪要 会1 批准")
    assert "这个会不公开，不编文号" in mediator.heard()[-1]
    mediator.says("纪要 会1 公开")
    assert "这个会不公开" in mediator.heard()[-1]
    assert world.rows("SELECT count(*) FROM papers") == [(0,)]
    assert not any("漏水" in said for group in world.groups for said in world.heard(group) if "纪要" in said)


def test_a_corrected_version_says_that_it_stands_instead_and_why(any_world: World) -> None:
    world = any_world
    recorder, chair = approved(world)
    chair.says("纪要 会1 公开")
    chair.presses("公开")
    recorder.says("纪要 会1 补 备注：第二页有误 更正理由：记错了日子")
    chair.says("纪要 会1 公开")
    assert "批准后又有新稿" in chair.heard()[-1]
    chair.says("纪要 会1 批准")
    chair.presses("公开")
    chair.says("纪要 会1 公开")
    chair.presses("公开")
    first, second = [said for said in world.heard("公示群") if "会议纪要" in said]
    assert "更正" not in first
    assert second.startswith("📄 更正：本纪要替代先前公开的那一份。理由：记错了日子")
    assert "第二页有误" not in second


def test_who_may_not_publish_is_told_who_may_and_nothing_goes_out(any_world: World) -> None:
    world = any_world
    _, chair = approved(world)
    outsider = world.people["赵代表1"]
    outsider.says("纪要 会1 公开")
    assert "主持人、文书" in outsider.heard()[-1]
    outsider.says("纪要 会1")
    assert "会1 纪要第 1 稿（已批准）" in outsider.heard()[-1]
    stranger = world.people["钱多多"]
    stranger.says("纪要 会1")
    assert "还没有公开" in stranger.heard()[-1]
    assert not any("会议纪要" in said for said in world.heard("公示群"))
    assert chair.heard()
