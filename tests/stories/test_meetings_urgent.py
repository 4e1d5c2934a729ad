from tests.people import Person
from tests.stories.gatherings import (
    before_members_and_representatives,
    before_the_representatives,
    community,
)
from tests.world import World


def summonses(who: Person, meeting: str) -> list[str]:
    return [said for said in who.heard() if said.startswith(f"📅 {meeting} ")]


def test_an_urgent_matter_calls_the_body_it_waits_for_within_the_hour(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_members_and_representatives(world, "水管爆裂")
    secretary.says("急事快议 议1 30分钟后 议事厅", to="两委群")
    assert "已通知 会1，应到 4 人" in world.last("两委群")
    (summons,) = summonses(world.people["代表1"], "会1")
    assert "11月2日（周一）09:31 · 议事厅" in summons
    assert "⚠️ 紧急召开：急事快议" in summons
    assert "1. 议1 水管爆裂" in summons


def test_an_urgent_meeting_of_a_body_with_a_notice_needs_its_reason(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_the_representatives(world, "电梯井进水")
    secretary.says("急事快议 议1 1小时后 议事厅", to="两委群")
    assert "居民代表会议要提前通知。要提前 10 天" in world.last("两委群")
    assert "急事快议 议1 30分钟后 地点 理由" in world.last("两委群")
    assert world.rows("SELECT count(*) FROM meetings") == [(0,)]
    secretary.says("急事快议 议1 1小时后 议事厅 理由 电梯井进水，随时可能停", to="两委群")
    assert "⚠️ 紧急召开：电梯井进水，随时可能停" in summonses(world.people["代表1"], "会1")[0]
    assert world.rows("SELECT starts_at FROM meetings")[0][0].startswith("2026-11-02 02:01")


def test_what_waits_for_nobody_is_not_called_at_once(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    for words, says in (
        ("急事快议 议9", "没有找到 议9"),
        ("急事快议", "请写明哪件议题"),
    ):
        secretary.says(words)
        assert says in secretary.heard()[-1], words
    delegate = world.people["代表1"]
    before_members_and_representatives(world)
    delegate.says("急事快议 议1 现在")
    assert delegate.heard()[-1].startswith("这一步由文书、居（村）委、书记来做")
    assert world.rows("SELECT count(*) FROM meetings") == [(0,)]
