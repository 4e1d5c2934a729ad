"""People come onto the roll by lists, before and after they speak in a chat."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from handlers.house import all_routes
from handlers.members.matching import Clash, Listed
from handlers.members.roll import Fate, Outcome, Roles, take_list
from handlers.units.tree import find_or_found
from handlers.work import House, Work, write_down
from storage.database import Transaction
from storage.messages import Address, Inbound, Said
from storage.records import Role
from tests.world import COMMUNITY, World

SOMEBODY = Listed(2, "张三", None, "", None, "", frozenset({(Role.RESIDENT, None)}), ())


def listed(name: str = "张三", line: int = 2, **columns: Any) -> Listed:
    return replace(SOMEBODY, name=name, line=line, **columns)


def _on_their_channels(world: World, one: Listed) -> Iterator[tuple[str, str]]:
    """The accounts of a list, as the channels call them that the console of this world is wired to."""
    wiring = world.wiring
    for platform, known in one.accounts:
        for name, account, _ in wiring.identities(wiring.at(platform), wiring.account(platform, known), ""):
            yield name, account


def takes(
    world: World, people: Iterable[Listed], roles: Roles = Roles.ADD, community: str = COMMUNITY
) -> list[Outcome]:
    routes = all_routes()
    event = Inbound("cli", "x", Address("cli", "x"), world.clock.now(), Said("", ""))
    written = [replace(one, accounts=tuple(_on_their_channels(world, one))) for one in people]

    async def job(tx: Transaction) -> list[Outcome]:
        work = Work(tx, House(routes.reactions, routes.drawings, world.settings), event, world.clock.now())
        unit = await find_or_found(tx, community)
        outcomes = await take_list(work, unit, written, roles)
        await write_down(tx, [work], world.clock.now())
        return outcomes

    return world.run(world.app.database.write(job))


def fates(outcomes: list[Outcome]) -> list[Fate]:
    return [outcome.fate for outcome in outcomes]


def people(world: World) -> list[tuple[object, ...]]:
    return world.rows("SELECT name, door, phone FROM members WHERE code != '' ORDER BY id")


def test_somebody_listed_is_recognised_by_the_code_on_their_paper(any_world: World) -> None:
    world = any_world
    world.group("居民群")
    (outcome,) = takes(world, [listed(door="1-1-101", area=Decimal("88.50"))])
    assert outcome.fate is Fate.NEW
    assert outcome.member is not None
    zhang = world.stranger("小张")
    zhang.says(f"/start {outcome.member.code.lower()}")
    assert zhang.heard()[-1].startswith("张三，已经认识您了")
    assert world.rows("SELECT area FROM members WHERE name = '张三'") == [("88.50",)]


def test_whoever_spoke_before_the_list_came_keeps_what_they_raised(any_world: World) -> None:
    world = any_world
    world.group("居民群")
    zhang = world.stranger("小张", account="501")
    zhang.says("#报事 3号楼2单元电梯坏了", "居民群")
    takes(world, [listed(accounts=(("console", "501"),))])
    reporters = world.rows("SELECT name FROM issues JOIN members ON members.id = reporter_id")
    assert reporters == [("张三",)]
    zhang.says("我的诉求")
    assert "1号" in zhang.heard()[-1]


def test_a_chat_name_makes_nobody_somebody_of_the_roll(any_world: World) -> None:
    world = any_world
    world.group("居民群")
    impostor = world.stranger("周桂兰")
    impostor.says("#报事 3号楼2单元电梯坏了", "居民群")
    (outcome,) = takes(world, [listed("周桂兰", held=frozenset({(Role.PARTY_SECRETARY, None)}))])
    assert outcome.fate is Fate.NEW
    roles = world.rows(
        "SELECT role FROM holdings JOIN identities USING (member_id) WHERE account = ?", impostor.account
    )
    assert roles == [("resident",)]


def test_the_same_list_again_changes_nothing(world: World) -> None:
    people_listed = [
        listed("张三", 2, door="1-1-101", phone="19911110001", accounts=(("console", "501"),)),
        listed("李四", 3, held=frozenset({(Role.GRID_WORKER, None)})),
    ]
    assert fates(takes(world, people_listed)) == [Fate.NEW, Fate.NEW]
    before = world.rows("SELECT * FROM members"), world.rows("SELECT * FROM holdings")
    assert fates(takes(world, people_listed)) == [Fate.SAME, Fate.SAME]
    assert (world.rows("SELECT * FROM members"), world.rows("SELECT * FROM holdings")) == before
    assert len(world.rows("SELECT 1 FROM journal WHERE event = 'RollImported'")) == 1


def test_somebody_is_found_again_by_phone_door_account_or_an_only_name(world: World) -> None:
    takes(
        world,
        [
            listed("赵一", 2, phone="19911110001", door="1-1-101"),
            listed("钱二", 3, phone="19911110002", door="1-1-102"),
            listed("孙三", 4, accounts=(("console", "503"),)),
            listed("李四", 5, phone="19911110004"),
        ],
    )
    outcomes = takes(
        world,
        [
            listed("赵一", 2, phone="19911110001", door="2-2-201"),
            listed("钱二", 3, phone="19911119999", door="1-1-102"),
            listed("孙三", 4, accounts=(("console", "503"),), door="3-3-303"),
            listed("李四", 5, phone="19911118888"),
        ],
    )
    assert [outcome.changed for outcome in outcomes] == [("door",), ("phone",), ("door",), ("phone",)]
    assert people(world) == [
        ("赵一", "2-2-201", "19911110001"),
        ("钱二", "1-1-102", "19911119999"),
        ("孙三", "3-3-303", ""),
        ("李四", "", "19911118888"),
    ]


def test_two_neighbours_of_one_name_stay_two(world: World) -> None:
    takes(world, [listed("王伟", 2, door="1-1-101"), listed("王伟", 3, door="5-1-502")])
    outcomes = takes(
        world,
        [
            listed("王伟", 2, door="1-1-101", phone="19911110001"),
            listed("王伟", 3, door="5-1-502"),
            listed("王伟", 4),
        ],
    )
    assert fates(outcomes) == [Fate.CHANGED, Fate.SAME, Fate.NEW]
    assert len(people(world)) == 3


def test_what_the_list_leaves_empty_stays(world: World) -> None:
    takes(world, [listed(door="1-1-101", phone="19911110001", area=Decimal("88.50"))])
    assert fates(takes(world, [listed(phone="19911110001")])) == [Fate.SAME]
    assert people(world) == [("张三", "1-1-101", "19911110001")]


def test_a_name_is_corrected_when_account_and_phone_agree(world: World) -> None:
    takes(world, [listed("张山", phone="19911110001", accounts=(("console", "501"),))])
    (outcome,) = takes(world, [listed("张三", phone="19911110001", accounts=(("console", "501"),))])
    assert outcome.changed == ("name",)
    assert people(world) == [("张三", "", "19911110001")]


def test_an_account_of_somebody_else_is_a_clash_and_harms_no_neighbour(world: World) -> None:
    takes(world, [listed("张三", accounts=(("console", "501"),))])
    outcomes = takes(world, [listed("李四", 2, accounts=(("console", "501"),)), listed("王五", 3)])
    assert [(outcome.fate, outcome.clash) for outcome in outcomes] == [
        (Fate.LEFT_OUT, Clash.ACCOUNT_TAKEN),
        (Fate.NEW, None),
    ]
    assert [row[0] for row in people(world)] == ["张三", "王五"]


def test_an_account_of_another_community_is_a_clash(world: World) -> None:
    takes(world, [listed("张三", accounts=(("console", "501"),))], community="兰苑社区")
    (outcome,) = takes(world, [listed("张三", accounts=(("console", "501"),))])
    assert outcome.clash is Clash.ACCOUNT_TAKEN


def test_a_person_who_could_be_two_is_a_clash(world: World) -> None:
    takes(
        world,
        [listed("王伟", 2, accounts=(("console", "1"),)), listed("王伟", 3, phone="19911110002", door="9-9")],
    )
    (outcome,) = takes(world, [listed("王伟", 2, phone="19911110002", accounts=(("console", "1"),))])
    assert outcome.clash is Clash.SEVERAL


def test_one_person_on_two_lines_is_a_clash(world: World) -> None:
    takes(world, [listed("张三", 2, phone="19911110001", door="1-1-101")])
    outcomes = takes(world, [listed("张三", 2, phone="19911110001"), listed("张三", 3, door="1-1-101")])
    assert [outcome.clash for outcome in outcomes] == [None, Clash.LISTED_TWICE]
    assert outcomes[1].other == "2"


def test_roles_are_added_and_only_an_exact_list_takes_them_back(world: World) -> None:
    both = frozenset({(Role.COMMITTEE, None), (Role.PARTY_MEMBER, None)})
    takes(world, [listed(held=both)])
    fewer = [listed(held=frozenset({(Role.PARTY_MEMBER, None), (Role.RESIDENT_REP, None)}))]
    (outcome,) = takes(world, fewer)
    assert (outcome.changed, outcome.beyond) == (("role",), (Role.COMMITTEE,))
    roles = "SELECT role FROM holdings ORDER BY role"
    assert world.rows(roles) == [("committee",), ("party_member",), ("resident_rep",)]
    takes(world, fewer, Roles.EXACT)
    assert world.rows(roles) == [("party_member",), ("resident_rep",)]


def test_a_list_without_units_widens_nobody_s_power(world: World) -> None:
    grid = world.run(world.app.database.write(lambda tx: find_or_found(tx, f"{COMMUNITY}/第一网格")))
    takes(world, [listed(unit_id=grid.id, held=frozenset({(Role.GRID_WORKER, grid.id)}))])
    assert fates(takes(world, [listed(held=frozenset({(Role.GRID_WORKER, None)}))])) == [Fate.SAME]
    assert world.rows("SELECT unit_id FROM holdings") == [(grid.id,)]
