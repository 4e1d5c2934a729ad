"""One person with accounts on several platforms: one member, one private address at a time, loosed by the office."""

from pathlib import Path

import pytest

from handlers.settings import Settings
from storage.messages import Address, Presence
from tests.people import Person
from tests.world import COMMUNITY, Manner, World

PLATFORMS = ("console", "phone", "work")
EVERY = pytest.mark.parametrize("manner", list(Manner))


def a_world(folder: Path, manner: Manner = Manner.CALM) -> World:
    rules = Settings(community=COMMUNITY, operators=frozenset({"console:operator"}))
    return World(folder, manner, settings=rules, platforms=PLATFORMS)


def elsewhere(world: World, name: str, platform: str, account: str = "") -> Person:
    """Another account of somebody, on another platform."""
    return Person(world, name, account or f"{platform}-{name}", platform=platform)


def accounts(world: World, name: str) -> set[str]:
    return {
        f"{platform}:{account}"
        for platform, account in world.rows(
            "SELECT platform, account FROM identities JOIN members ON members.id = member_id WHERE members.name = ?",
            name,
        )
    }


def code_of(world: World, name: str) -> str:
    ((code,),) = world.rows("SELECT code FROM members WHERE name = ? AND code <> ''", name)
    return str(code)


@EVERY
def test_one_code_binds_several_accounts_to_one_member(tmp_path: Path, manner: Manner) -> None:
    world = a_world(tmp_path, manner)
    world.member("张三", "居民")
    for platform in ("phone", "work"):
        other = elsewhere(world, "张三", platform)
        other.says(f"/start {code_of(world, '张三')}")
        assert "张三" in other.heard()[-1]
    assert accounts(world, "张三") == {on_the_console(world, "张三"), "phone:phone-张三", "work:work-张三"}
    assert world.rows("SELECT count(*) FROM members WHERE name = '张三'") == [(1,)]
    world.close()


@EVERY
def test_a_letter_goes_to_the_account_bound_last_and_to_no_other(tmp_path: Path, manner: Manner) -> None:
    world = a_world(tmp_path, manner)
    world.group("居民群")
    world.group("网格员群")
    grid = world.member("王格", "网格员")
    zhang = world.member("张三", "居民")
    phone, work = elsewhere(world, "张三", "phone"), elsewhere(world, "张三", "work")
    for other in (work, phone):
        other.says(f"/start {code_of(world, '张三')}")
    heard = {one.platform: len(one.heard()) for one in (zhang, phone, work)}
    zhang.says("报事 3号楼2单元电梯停了", "居民群", addressed=True)
    grid.says("受理 1", "网格员群")
    more = {one.platform: len(one.heard()) - heard[one.platform] for one in (zhang, phone, work)}
    assert more == {zhang.platform: 0, "phone": 1, "work": 0}
    world.close()


def on_the_console(world: World, name: str) -> str:
    """The account somebody had first, on whatever the console is wired to."""
    person = world.people[name]
    return f"{person.platform}:{person.account}"


def test_start_without_a_code_moves_the_letters_to_where_it_is_said(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    zhang = world.member("张三", "居民")
    phone = elsewhere(world, "张三", "phone")
    phone.says(f"/start {code_of(world, '张三')}")
    assert address_of(world, zhang.id) == phone.private
    zhang.says("/start")
    assert "以后给您一个人的话都发到这里" in zhang.heard()[-1]
    assert address_of(world, zhang.id) == zhang.private
    world.close()


def test_whoever_shuts_one_door_is_written_to_at_the_other(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    zhang = world.member("张三", "居民")
    phone = elsewhere(world, "张三", "phone")
    phone.says(f"/start {code_of(world, '张三')}")
    world.arrive(phone.private, Presence("outside"), phone.sender, private=True)
    assert address_of(world, zhang.id) == zhang.private
    phone.says("我的诉求")
    assert address_of(world, zhang.id) == phone.private
    world.close()


def test_somebody_met_in_a_group_is_written_to_alone_once_they_have_spoken_alone(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    world.group("居民群")
    met = world.stranger("路人")
    met.says("#报事 5号楼水管漏水", "居民群")
    ((member_id,),) = world.rows("SELECT id FROM members WHERE name = '路人'")
    assert address_of(world, member_id) is None
    met.says("我的诉求")
    assert address_of(world, member_id) == met.private
    world.close()


@EVERY
def test_the_office_looses_somebody_from_all_accounts_and_only_the_new_code_binds(
    tmp_path: Path, manner: Manner
) -> None:
    world = a_world(tmp_path, manner)
    secretary = world.member("文书小周", "文书")
    zhang = world.member("张三", "居民代表")
    phone = elsewhere(world, "张三", "phone")
    old = code_of(world, "张三")
    phone.says(f"/start {old}")
    secretary.says("解绑 张三")
    assert "2 个账号都已解绑" in secretary.heard()[-1]
    assert "解除了这个账号的绑定" in zhang.heard()[-1]
    assert "解除了这个账号的绑定" in phone.heard()[-1]
    assert accounts(world, "张三") == set()
    new = code_of(world, "张三")
    assert new != old
    assert new in secretary.heard()[-1]
    phone.says(f"/start {old}")
    assert "没有这个个人码" in phone.heard()[-1]
    phone.says(f"/start {new}")
    assert accounts(world, "张三") == {"phone:phone-张三"}
    assert world.rows("SELECT count(*) FROM holdings WHERE member_id = ?", zhang.id) == [(1,)]
    world.close()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("解绑", "请这样说"),
        ("解绑 钱七", "名册上没有钱七"),
        ("解绑 李四", "有 2 位李四"),
        ("解绑 李四 9-9-909", "名册上没有李四 9-9-909"),
        ("解绑 周八", "没有绑定任何账号"),
    ],
)
def test_whom_to_loose_has_to_be_clear(tmp_path: Path, words: str, answer: str) -> None:
    world = a_world(tmp_path)
    secretary = world.member("文书小周", "文书")
    world.member("李四", "居民", door="3-2-201")
    world.member("李四", "居民", door="3-2-301")
    eight = world.member("周八", "居民")
    world.member("文书小王", "文书").says("解绑 周八")
    assert accounts(world, "周八") == set()
    secretary.says(words)
    assert answer in secretary.heard()[-1]
    assert len(accounts(world, "李四")) == 2
    assert eight.id
    world.close()


def test_of_two_who_are_called_the_same_the_door_tells_whom(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    secretary = world.member("文书小周", "文书")
    for door in ("3-2-201", "3-2-301"):
        world.member("李四", "居民", door=door)
    secretary.says("解绑 李四 3-2-301")
    left = world.rows(
        "SELECT door FROM members JOIN identities ON members.id = member_id WHERE members.name = '李四'"
    )
    assert left == [("3-2-201",)]
    world.close()


def test_nobody_else_may_loose_anybody_and_never_in_a_group(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    world.group("两委群")
    secretary = world.member("文书小周", "文书")
    zhang, li = world.member("张三", "居民"), world.member("李四", "网格员")
    for one in (zhang, li):
        one.says("解绑 张三")
        assert "这一步由" in one.heard()[-1]
    secretary.says("/解绑 张三", "两委群")
    assert "一对一" in world.last("两委群")
    assert accounts(world, "张三") == {on_the_console(world, "张三")}
    world.close()


def address_of(world: World, member_id: int) -> Address | None:
    """Where a letter to this member goes, as the house itself sees it."""
    from handlers.audience import private_address
    from handlers.work import Work
    from storage.database import Transaction

    async def job(tx: Transaction) -> Address | None:
        nobody = Address("console", "nobody")
        event = world.event(nobody, Presence("inside"), None)
        return await private_address(Work(tx, world.app.dispatch.house, event, world.clock.now()), member_id)

    return world.run(world.app.database.read(job))
