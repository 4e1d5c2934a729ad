"""Whom a staff group rings for: those who must come, those who were given the work, those who cannot be told alone."""

from datetime import UTC, datetime
from pathlib import Path

from handlers.settings import Settings
from storage.messages import Act
from storage.records import Role
from tests.people import Person
from tests.stories.issues_cast import Cast
from tests.stories.test_tasks import assigned
from tests.world import COMMUNITY, World

FIRE = "5号楼2单元着火了，楼道里全是烟"


def rung(world: World, where: str, words: str) -> set[str]:
    """The names for which the newest message there with these words rang."""
    said = [one.card for one in world.shown(where) if one.act is Act.SAY and words in one.card.text]
    assert said, words
    return {one.name for one in said[-1].mentions}


def ringing(world: World) -> set[str]:
    """The groups in which anybody was ever rung for."""
    shown = [one for console in world.consoles.values() for one in console.shown if one.card.mentions]
    return {name for name, address in world.groups.items() for one in shown if one.address == address}


def test_danger_rings_in_the_grid_group_for_those_who_walk_there_and_nowhere_in_public(
    any_world: World,
) -> None:
    cast = Cast(any_world)
    cast.reported(FIRE)
    assert rung(any_world, "网格员群", "着火") == {"王格", "孙格", "赵长"}
    any_world.later(minutes=6)
    assert rung(any_world, "网格员群", "⚠️ 危急") == {"王格", "孙格", "赵长"}
    assert ringing(any_world) == {"网格员群"}
    assert not any(one.card.mentions for one in any_world.shown(cast.lead))


def test_an_ordinary_matter_rings_for_nobody(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.grid.presses("受理", "网格员群")
    assert ringing(any_world) == set()


def test_what_turns_out_dangerous_rings_in_the_group_at_once(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("5号楼下面有人倒在地上了，看着不太对")
    cast.grid.says("标记 1 一般", "网格员群")
    any_world.later(minutes=1)
    cast.grid.says("标记 1 危急", "网格员群")
    assert rung(any_world, "网格员群", "⚠️ 危急") == {"王格", "孙格", "赵长"}


def test_an_assignment_and_its_lateness_ring_for_those_who_carry_it_out(any_world: World) -> None:
    cast = Cast(any_world)
    any_world.group("责任单位群")
    any_world.member("冯物", "物业")
    any_world.member("水务老陈", "责任单位")
    cast.accepted()
    cast.grid.says("派单 1 物业", "网格员群")
    assert rung(any_world, "责任单位群", "派单") == {"冯物"}
    any_world.later(days=4)
    assert rung(any_world, "责任单位群", "请尽快办好") == {"冯物"}


def test_who_holds_a_late_matter_is_rung_for_in_the_grid_group(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    any_world.later(days=4)
    assert rung(any_world, "网格员群", "到时限了") == {"王格"}


def test_a_meeting_rings_in_its_group_for_those_who_have_no_private_chat(any_world: World) -> None:
    any_world.group("代表决议群")
    secretary = any_world.member("文书小周", "文书")
    for number in range(3):
        any_world.member(f"代表{number}", "居民代表", private=number != 1)
    secretary.says("开会 居民代表会议 12月1日19:00 议事厅 议程 路灯 仍要")
    assert rung(any_world, "代表决议群", "议事厅") == {"代表1"}
    any_world.later(days=28)
    assert rung(any_world, "代表决议群", "📅 提醒") == {"代表1"}


def test_in_a_group_of_all_households_nobody_is_rung_for(any_world: World) -> None:
    any_world.group("公示群")
    secretary = any_world.member("文书小周", "文书")
    any_world.member("张三", "居民", private=False)
    secretary.says("开会 居民会议 12月28日19:00 广场 仍要")
    assert rung(any_world, "公示群", "广场") == set()


def test_where_many_cannot_be_told_alone_the_message_itself_is_the_call(any_world: World) -> None:
    any_world.group("代表决议群")
    secretary = any_world.member("文书小周", "文书")
    for number in range(12):
        any_world.member(f"代表{number}", "居民代表", private=False)
    secretary.says("开会 居民代表会议 12月1日19:00 议事厅 议程 路灯 仍要")
    assert rung(any_world, "代表决议群", "议事厅") == set()


def test_the_owner_of_a_task_is_rung_for_only_where_they_cannot_be_told_alone(any_world: World) -> None:
    _, li, zhou = assigned(any_world)
    any_world.member("赵六", private=False)
    zhou.says("指派 任务1 12月1日", to="两委群")
    any_world.later(until=datetime(2026, 12, 3, 2, tzinfo=UTC))
    assert any("已过期" in said for said in li.heard())
    assert rung(any_world, "两委群", "已过期") == set()
    zhou.says("指派 任务1 赵六 12月20日", to="两委群")
    any_world.later(until=datetime(2026, 12, 19, 2, tzinfo=UTC))
    assert rung(any_world, "两委群", "责任：赵六") == {"赵六"}


def test_a_card_redrawn_before_it_was_told_still_rings_and_later_versions_of_it_do_not(
    any_world: World,
) -> None:
    cast = Cast(any_world)
    cast.grid.says("#报事 3号楼路灯不亮", "网格员群")
    assert ringing(any_world) == set()
    cast.grid.says("标记 1 危急", "网格员群")  # rings, and draws every card of the matter anew
    assert rung(any_world, "网格员群", "⚠️ 危急") == {"王格", "孙格", "赵长"}
    cast.grid.presses("我来处理", "网格员群")
    changed = [one for one in any_world.shown("网格员群") if one.act is Act.EDIT]
    assert changed
    assert not any(one.card.mentions for one in changed)


def test_an_account_of_the_same_corp_is_rung_for_and_one_of_another_platform_is_not(tmp_path: Path) -> None:
    rules = Settings(
        community=COMMUNITY,
        operators=frozenset({"bot:operator"}),
        neighbours=(frozenset({"bot", "app"}),),
    )
    world = World(tmp_path, settings=rules, platforms=("console", "bot", "app"))
    world.group("居民群", platform="bot")
    world.group("网格员群", platform="bot")
    for name, platform, account in (
        ("王格", "app", "wang"),
        ("孙格", "bot", "sun"),
        ("李格", "console", "li"),
    ):
        person = Person(world, name, account, platform=platform)
        world.run(world._enrol(person, [Role.GRID_WORKER], COMMUNITY, True, {}))
    world.stranger("张三").platform = "bot"
    world.people["张三"].says(f"#报事 {FIRE}", "居民群")
    said = [one.card for one in world.shown("网格员群") if "着火" in one.card.text][-1]
    assert {(one.account, one.name) for one in said.mentions} == {("wang", "王格"), ("sun", "孙格")}
    world.close()
