"""Somebody scans the code on the wall of a building: they may report, and stand on no roll by that."""

from handlers.members.chat import place_code
from handlers.units.tree import find_or_found
from storage.database import Transaction
from storage.records import Unit
from tests.stories.issues_cast import Cast
from tests.world import COMMUNITY, World


def building(world: World, name: str = "3号楼") -> str:
    async def job(tx: Transaction) -> Unit:
        return await find_or_found(tx, f"{COMMUNITY}/{name}")

    return place_code(world.run(world.app.database.write(job)))


def test_whoever_scans_the_code_of_a_building_may_report_from_there(any_world: World) -> None:
    Cast(any_world)
    somebody = any_world.stranger("小陈")
    somebody.says(f"/start {building(any_world)}")
    assert "3号楼" in somebody.heard()[-1]
    somebody.says("报事 电梯停在8楼不动了")
    assert any_world.rows("SELECT count(*) FROM issues") == [(1,)]
    somebody.says(f"/start {building(any_world)}")
    assert "已经认识您了" in somebody.heard()[-1]
    assert any_world.rows("SELECT count(*) FROM members WHERE name = '小陈'") == [(1,)]


def test_a_code_of_no_building_is_answered_with_what_to_do(any_world: World) -> None:
    Cast(any_world)
    somebody = any_world.stranger("小陈")
    for code in ("unit-999999", "unit-0", "UNIT-77777777"):
        somebody.says(f"/start {code}")
        assert "没有这个楼门的码" in somebody.heard()[-1]
    assert any_world.rows("SELECT count(*) FROM members WHERE name = '小陈'") == [(0,)]


def test_a_member_who_scans_it_stays_who_they_are(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says(f"/start {building(any_world)}")
    assert "已经认识您了" in cast.zhang.heard()[-1]


def test_somebody_met_in_a_chat_stands_on_no_electorate(world: World) -> None:
    world.group("居民群")
    listed = world.member("张桂芬", "居民")
    stranger = world.stranger("路人")
    stranger.says("#报事 5号楼水管漏水", "居民群")
    secretary = world.member("文书小周", "文书")
    secretary.says("开会 居民会议 12月28日19:00 广场 仍要")
    invited = world.rows("SELECT member_id FROM invitations")
    assert invited == [(listed.id,)]
