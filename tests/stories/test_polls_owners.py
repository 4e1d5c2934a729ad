"""Owners in the chat: heads and floor area from the roll, co-owners, overlaps, paper and the gap."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from handlers.settings import ParkingClause, Settings
from storage.messages import File, FileKind
from tests.stories.estates import asks, asks_owners_by_area, estate, imports, roll, whole
from tests.stories.voting import change
from tests.world import COMMUNITY, Manner, World

ZHANG = "张三,业主,,3-2-201,90,19900001111,,,,"
COUPLE = ("陈一,业主,,3-2-201,80,19900001111,,,,", "杜二,业主,,3-2-201,80,19900001112,,,,")
UNITS = [
    pytest.param(
        [
            "甲,业主,,1-1-101,90,19900001111,,,,",
            "甲,业主,,1-1-102,90,19900001111,,,,",
            "甲,业主,,1-1-103,60,19900001111,,,,",
            "桂苑置业,业主,,2号楼,4000,057112345678,未售,40,,",
        ],
        (2, "4240"),
        id="A14",
    ),
    pytest.param(
        [
            "甲,业主,,1-1-101,90,19900001111,,,,",
            "甲,业主,,1-1-102,110,19900001111,,,,",
            "乙,业主,,1-1-103,100,19900001112,,,,",
        ],
        (2, "300"),
        id="B08",
    ),
    pytest.param(list(COUPLE), (1, "80"), id="B09"),
    pytest.param(
        [
            "桂苑置业,业主,,2-1-101,100,057112345678,未售,,,",
            "桂苑置业,业主,,2-1-102,100,057112345678,未售,,,",
            "戊,业主,,1-1-101,100,19900001111,,,,",
        ],
        (2, "300"),
        id="B10",
    ),
    pytest.param(
        ["己,业主,,1-1-101,100,19900001111,,,,", "己,业主,,B-7,12,19900001111,车位,,,"],
        (1, "100"),
        id="B11",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), UNITS)
def test_units_become_heads_and_area(world: World, lines: list[str], expected: tuple[int, str]) -> None:
    estate(world, *lines)
    asks_owners_by_area(world)
    assert whole(world) == expected


def test_every_entry_says_why_it_is_there(world: World) -> None:
    estate(
        world,
        ZHANG,
        "张三,业主,,3-2-202,90.00,19900001111,,,,",
        "李四,业主,3号楼2单元,501,77.5,19900001112,,,,",
        "王五,业主,,1-1-1,60,19900001113,,,,",
        "赵六,业主,,1-1-1,60,19900001114,,,,",
        "桂苑置业,业主,,2号楼,4000,057112345678,未售,40,,",
        "小小,业主,,1-1-2,50,19900001115,,,2020-01-01,",
    )
    asks_owners_by_area(world)
    assert roll(world) == [
        ("3-2-201、3-2-202 业主，共 180.00 ㎡", "180.00"),
        ("3号楼2单元-501 业主，77.5 ㎡", "77.5"),
        ("1-1-1 业主（2 人共有，合一票），60 ㎡", "60"),
        ("2号楼 业主（未售或未交付 40 套，合一票），4000 ㎡", "4000"),
        ("1-1-2 业主（有未成年人，由监护人代投），50 ㎡", "50"),
    ]


def test_of_a_couple_the_first_press_counts_and_the_second_person_is_told(any_world: World) -> None:
    world = any_world
    estate(world, *COUPLE)
    assert "已发起表决" in asks(world, "业主")
    world.people["陈一"].says("表决 议1 赞成")
    assert "已记：赞成" in world.people["陈一"].heard()[-1]
    world.people["杜二"].says("表决 议1 反对")
    assert "赞成" in world.people["杜二"].heard()[-1]
    assert "已记" not in world.people["杜二"].heard()[-1]
    assert world.rows("SELECT choice FROM ballots") == [("for",)]
    assert whole(world)[0] == 1


def test_the_other_of_a_couple_may_cast_just_as_well(world: World) -> None:
    estate(world, *COUPLE)
    asks(world, "业主")
    world.people["杜二"].says("表决 议1 反对")
    first, second = world.people["陈一"].id, world.people["杜二"].id
    assert world.rows("SELECT member_id, choice, cast_by FROM ballots") == [(first, "against", second)]


@pytest.fixture
def counting_parking(tmp_path: Path) -> Iterator[World]:
    clause = ParkingClause(COMMUNITY, "业主大会议事规则第8条")
    settings = Settings(community=COMMUNITY, operators=frozenset({"console:operator"}), parking=(clause,))
    made = World(tmp_path, Manner.CALM, settings)
    yield made
    made.close()


def test_parking_counts_where_the_estate_s_own_rules_say_so(counting_parking: World) -> None:
    world = counting_parking
    estate(world, ZHANG, "张三,业主,,B-7,12.5,19900001111,车位,,,")
    asks_owners_by_area(world)
    assert whole(world) == (1, "102.5")


def test_owners_of_an_older_list_count_by_their_own_line(world: World) -> None:
    estate(world, *COUPLE, ZHANG.replace("3-2-201", "9-1-1"))
    change(world, "DELETE FROM ownerships")
    change(world, "DELETE FROM properties")
    asks_owners_by_area(world)
    assert whole(world) == (2, "170")


def test_an_overlap_is_the_organiser_s_to_settle_before_anything_opens(any_world: World) -> None:
    world = any_world
    estate(world, *COUPLE, "杜二,业主,,3-2-301,60,19900001112,,,,", "钱七,业主,,5-1-1,50,19900001113,,,,")
    refused = asks(world, "业主")
    assert "3-2-201 和 3-2-301" in refused
    assert "并户 3-2-201 3-2-301" in refused
    assert "杜二" not in refused
    assert world.rows("SELECT * FROM polls") == []
    office = world.people["文书小周"]
    office.says("并户 3-2-201 3-2-301", to="两委群")
    assert "请这样发" in world.last("两委群")
    office.says("并户 3-2-201 5-1-1 随便", to="两委群")
    assert "没有共同的业主" in world.last("两委群")
    world.people["钱七"].says("并户 3-2-201 3-2-301 我说的")
    assert "这一步由" in world.people["钱七"].heard()[-1]
    office.says("并户 3-2-201 3-2-301 两人商定合并计票", to="两委群")
    assert "合为一票" in world.last("两委群")
    asks(world, "业主")
    assert roll(world) == [
        ("3-2-201、3-2-301 业主（2 人共有，合一票）（并户：两人商定合并计票），共 140 ㎡", "140"),
        ("5-1-1 业主，50 ㎡", "50"),
    ]
    told = world.rows("SELECT detail FROM journal WHERE event = 'HeadsSettled'")
    assert len(told) == 1
    assert "两人商定合并计票" in told[0][0]


def test_units_settled_apart_are_two_heads_and_nobody_casts_for_both(world: World) -> None:
    estate(world, *COUPLE, "杜二,业主,,3-2-301,60,19900001112,,,,")
    world.people["文书小周"].says("分户 3-2-301 3-2-201 各自登记", to="两委群")
    assert "各算一票" in world.last("两委群")
    asks(world, "业主")
    assert whole(world)[0] == 2
    for name in ("陈一", "杜二"):
        world.people[name].says("表决 议1 赞成")
    cast = world.rows("SELECT member_id, cast_by FROM ballots ORDER BY member_id")
    assert cast == [(world.people["陈一"].id, None), (world.people["杜二"].id, None)]


def test_three_units_of_two_people_cannot_count_apart(world: World) -> None:
    estate(world, *COUPLE, "杜二,业主,,3-2-301,60,19900001112,,,,", "陈一,业主,,3-2-401,60,19900001111,,,,")
    office = world.people["文书小周"]
    office.says("分户 3-2-201 3-2-301 各自登记", to="两委群")
    office.says("分户 3-2-201 3-2-401 各自登记", to="两委群")
    assert "业主人数不够" in world.last("两委群")
    assert len(world.rows("SELECT * FROM joinings")) == 1


def test_paper_is_found_by_any_sharer_or_the_door_and_never_beside_the_chat(any_world: World) -> None:
    world = any_world
    estate(world, *COUPLE, "钱七,业主,,5-1-1,50,19900001113,,,,")
    asks(world, "业主")
    grid = world.people["网格员小王"]
    grid.says("代录 议1 杜二 赞成 见证 老李", to="网格员群")
    assert "已代录：杜二，赞成" in world.last("网格员群")
    grid.says("代录 议1 3-2-201 反对 见证 老李", to="网格员群")
    assert "已经投过了" in world.last("网格员群")
    world.people["陈一"].says("表决 议1 反对")
    assert "纸面票" in world.people["陈一"].heard()[-1]
    grid.says("代录 议1 5-1-1 反对", to="网格员群")
    assert "请这样发：代录" in world.last("网格员群")
    photo = File(FileKind.PHOTO, "f1")
    grid.says("代录 议1 5-1-1 反对", to="网格员群", files=(photo,))
    assert "已代录：5-1-1，反对" in world.last("网格员群")
    first, second = world.people["陈一"].id, world.people["杜二"].id
    cast = world.rows("SELECT member_id, cast_by, witness FROM ballots ORDER BY member_id")
    assert cast == [(first, second, "老李"), (world.people["钱七"].id, None, "选票照片")]


def flats(building: int, count: int) -> list[str]:
    return [
        f"业主{building}{n},业主,,{building}-1-{n},10.5,199{building}000{n:04d},,,,"
        for n in range(1, count + 1)
    ]


def test_the_gap_tells_which_buildings_lag_and_of_small_ones_only_together(world: World) -> None:
    estate(world, *flats(1, 6), *flats(2, 5), *flats(3, 4), *flats(4, 3))
    asks_owners_by_area(world)
    for name in ("业主11", "业主12", "业主13", "业主21", "业主31"):
        world.people[name].says("表决 议1 赞成")
    world.people["文书小周"].says("还差 议1", to="两委群")
    said = world.last("两委群")
    lines = [line for line in said.splitlines() if line.startswith("· ")]
    assert lines == [
        "· 其他 1 / 7 票，10.5 / 73.5 ㎡",
        "· 2号楼 1 / 5 票，10.5 / 52.5 ㎡",
        "· 1号楼 3 / 6 票，31.5 / 63.0 ㎡",
    ]
    assert "业主1" not in said
    assert "赞成" not in said


def test_the_roll_is_written_for_the_official_system_without_names_or_ballots(
    world: World, tmp_path: Path
) -> None:
    estate(world, *COUPLE, ZHANG.replace("3-2-201", "9-1-1"))
    asks_owners_by_area(world)
    world.people["张三"].says("表决 议1 赞成")
    config = tmp_path / "config.toml"
    config.write_text(f'[storage]\nurl = "sqlite:///{world.path}"\n', "utf-8")
    file = tmp_path / "roll.csv"
    run = CliRunner().invoke
    shown = run(app, ["poll", "roll", "议1", "-c", str(config)])
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines() == [
        "门牌,面积（㎡）,票数,可投的人数,为什么在册",
        "3-2-201,80,1,2,3-2-201 业主（2 人共有，合一票），80 ㎡",
        "9-1-1,90,1,1,9-1-1 业主，90 ㎡",
    ]
    words = ["poll", "roll", "1", "-c", str(config), "--out", str(file)]
    assert run(app, words).exit_code == 0
    assert file.read_text("utf-8-sig") == shown.stdout
    assert run(app, words).exit_code == 1


def test_the_list_says_what_it_joins_and_what_is_not_settled(world: World) -> None:
    estate(world, ZHANG)
    taken = imports(
        world,
        "张三,业主,,3-2-202,90,19900001111,,,,",
        "张三,业主,,3-2-201,90,19900001111,,,,",
        "李四,业主,,3-2-201,90,19900001112,,,,",
    )
    (heads,) = taken.heads
    assert heads is not None
    assert heads.open
    assert "3-2-201" in heads.open[0]
    again = imports(world, "张三,业主,,3-2-202,91,19900001111,,,,")
    (outcome,) = again.outcomes
    assert outcome.changed == ("flat",)
    assert outcome.flats_beyond == ("3-2-201",)
    assert world.rows("SELECT door, area FROM properties ORDER BY door") == [
        ("3-2-201", "90"),
        ("3-2-202", "91"),
    ]


def test_the_same_list_again_changes_nothing(world: World) -> None:
    lines = [
        ZHANG,
        "张三,业主,,3-2-202,90,19900001111,,,,",
        "桂苑置业,业主,,2号楼,4000,,未售,40,,",
        "小小,居民,,3-2-201,,,,,2020-01-01,",
        "中中,居民,,3-2-201,,,,,,15",
    ]
    estate(world, *lines)
    tables = ("members", "holdings", "properties", "ownerships")
    before = [world.rows(f"SELECT * FROM {table}") for table in tables]
    taken = imports(world, *lines)
    assert {outcome.fate.value for outcome in taken.outcomes} == {"same"}
    assert [world.rows(f"SELECT * FROM {table}") for table in tables] == before
