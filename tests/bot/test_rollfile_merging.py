"""The same person on several lines of a roll."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.account import Account
from bot.rollfile import Held, RollFile, Severity, read_roll
from storage.records import Role, UnitUse

HEADING = "姓名,角色,单元,房号,面积,手机,telegram\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roll.csv"


def roll(file: Path, *lines: str) -> RollFile:
    file.write_text(HEADING + "\n".join(lines) + "\n", "utf-8")
    return read_roll(file)


def keys(found: RollFile, severity: Severity) -> list[tuple[int, str]]:
    return [(fault.line, fault.key) for fault in found.faults if fault.severity is severity]


def test_a_second_line_adds_roles_and_fills_what_was_empty(file: Path) -> None:
    found = roll(
        file,
        "张三,居民,3号楼2单元,3-2-801,,,",
        "张三,业主、居民,,3-2-801,89.5,19900001111,123456",
    )
    (row,) = found.rows
    assert (row.line, row.roles) == (2, (Role.RESIDENT, Role.OWNER))
    assert (row.area, row.phone) == (Decimal("89.5"), "19900001111")
    assert row.accounts == (Account("telegram", "123456"),)
    assert (3, "joined") in keys(found, Severity.NOTE)


def test_the_same_line_twice_is_one_person_and_said(file: Path) -> None:
    found = roll(file, *["张三,居民,3号楼2单元,3-2-801,89.5,19900001111,"] * 2)
    assert len(found.rows) == 1
    assert keys(found, Severity.NOTE) == [(3, "repeated")]


def test_a_role_in_another_unit_is_kept_with_that_unit(file: Path) -> None:
    found = roll(
        file,
        "张三,居民,桂花里社区/第一网格/3号楼2单元,3-2-801,,19900001111,",
        "张三,网格员、网格长,桂花里社区/第二网格,,,19900001111,",
    )
    (row,) = found.rows
    assert row.roles == (Role.RESIDENT,)
    assert row.unit == "桂花里社区/第一网格/3号楼2单元"
    assert row.elsewhere == (
        Held(Role.GRID_WORKER, "桂花里社区/第二网格"),
        Held(Role.GRID_LEAD, "桂花里社区/第二网格"),
    )


def test_an_account_also_tells_that_two_lines_are_one_person(file: Path) -> None:
    found = roll(file, "张三,居民,一,,,,123456", "张三,党员,一,,,,123456")
    assert [row.roles for row in found.rows] == [(Role.RESIDENT, Role.PARTY_MEMBER)]


@pytest.mark.parametrize(
    ("second", "column"),
    [
        ("张三,居民,一,3-2-801,89.5,19900002222,123456", "手机"),
        ("张三,居民,一,3-2-801,90,19900001111,123456", "面积"),
        ("张三,居民,一,3-2-802,89.5,19900001111,123456", "房号"),
        ("张三,居民,一,3-2-801,89.5,19900001111,654321", "telegram"),
    ],
)
def test_lines_that_contradict_each_other_are_named_and_the_first_stands(
    file: Path, second: str, column: str
) -> None:
    first = "张三,居民,一,3-2-801,89.5,19900001111,123456"
    found = roll(file, first, second)
    assert found.rows == roll(file, first).rows
    found = roll(file, first, second)
    (fault,) = found.errors
    assert (fault.line, fault.key, fault.column) == (3, "contradiction", column)
    assert "第 2 行" in fault.sentence


def test_an_area_written_another_way_is_no_contradiction(file: Path) -> None:
    found = roll(file, "张三,居民,一,3-2-801,89.50,,", "张三,业主,一,3-2-801,89.5,,")
    assert found.errors == ()
    assert len(found.rows) == 1


def test_an_account_of_somebody_else_is_refused(file: Path) -> None:
    found = roll(file, "张三,居民,一,1-1-1,,,123456", "李四,居民,一,1-1-2,,,123456")
    assert [row.name for row in found.rows] == ["张三"]
    assert keys(found, Severity.ERROR) == [(3, "account_taken")]


def test_a_family_may_share_a_phone_but_it_is_mentioned(file: Path) -> None:
    found = roll(file, "张三,居民,一,1-1-1,,19900001111,", "张小三,居民,一,1-1-1,,19900001111,")
    assert [row.name for row in found.rows] == ["张三", "张小三"]
    assert keys(found, Severity.WARNING) == [(3, "shared_phone")]


def test_co_owners_of_one_flat_are_two_people(file: Path) -> None:
    found = roll(file, "张三,业主,一,1-1-1,80,19900001111,", "李四,业主,一,1-1-1,80,19900001112,")
    assert len(found.rows) == 2
    assert keys(found, Severity.NOTE) == [(3, "co_owners")]
    assert "李四 和第 2 行的 张三 共有 1-1-1" in found.faults[0].sentence


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("张伟,居民,一,,,19900001111,", "张伟,居民,一,,,19900002222,"),
        ("张伟,居民,1号楼1单元,502,,,", "张伟,居民,2号楼1单元,502,,,"),
        ("张伟,居民,一,1-1-1,,,", "张伟,居民,一,2-1-1,,,"),
        ("张伟,居民,一,,,,", "张伟,居民,二,,,,"),
    ],
)
def test_namesakes_are_two_people(file: Path, first: str, second: str) -> None:
    found = roll(file, first, second)
    assert len(found.rows) == 2
    assert found.faults == ()


def test_a_line_that_fits_two_people_is_refused(file: Path) -> None:
    found = roll(
        file,
        "张伟,居民,一,1-1-1,,19900001111,",
        "张伟,居民,一,2-1-1,,,123456",
        "张伟,党员,一,,,19900001111,123456",
    )
    assert len(found.rows) == 2
    assert keys(found, Severity.ERROR) == [(4, "two_people")]


OWNED = "姓名,角色,单元,房号,面积,手机,用途,数量,出生日期,年龄\n"


def estate(file: Path, *lines: str) -> RollFile:
    file.write_text(OWNED + "\n".join(lines) + "\n", "utf-8")
    return read_roll(file)


def test_one_owner_on_several_lines_has_several_flats_and_one_home(file: Path) -> None:
    found = estate(
        file,
        "张三,业主、居民,3号楼2单元,3-2-201,90,19900001111,,,,",
        "张三,业主,3号楼2单元,3-2-202,90.5,19900001111,,,,",
        "张三,业主,园,B-7,12,19900001111,车位,,,",
    )
    (row,) = found.rows
    assert found.errors == ()
    assert (row.door, row.area) == ("3-2-201", Decimal(90))
    assert [(flat.door, str(flat.area), flat.use) for flat in row.flats] == [
        ("3-2-201", "90", None),
        ("3-2-202", "90.5", None),
        ("B-7", "12", UnitUse.PARKING),
    ]
    assert (3, "owns_several") in keys(found, Severity.NOTE)
    assert "名下共 3 处" in found.faults[-1].sentence


def test_a_name_alone_joins_no_two_owners_but_asks(file: Path) -> None:
    found = estate(file, "张三,业主,园,3-2-201,90,,,,,", "张三,业主,园,3-2-202,90,19900001111,,,,")
    assert len(found.rows) == 2
    assert keys(found, Severity.WARNING) == [(3, "owner_namesake")]
    told_apart = estate(
        file, "张三,业主,园,3-2-201,90,19900002222,,,,", "张三,业主,园,3-2-202,90,19900001111,,,,"
    )
    assert (len(told_apart.rows), told_apart.faults) == (2, ())


def test_the_unsold_flats_of_a_developer_are_counted_and_make_nobody_a_neighbour(file: Path) -> None:
    found = estate(
        file,
        "桂苑置业,业主,园,3号楼,4000,057112345678,未售,40,,",
        "桂苑置业,业主,园,4号楼,500.5,057112345678,未交付,5套,,",
    )
    (row,) = found.rows
    assert (row.door, row.area) == ("", None)
    assert [(flat.use, flat.count, str(flat.area)) for flat in row.flats] == [
        (UnitUse.UNSOLD, 40, "4000"),
        (UnitUse.UNSOLD, 5, "500.5"),
    ]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("张三,业主,园,3-2-201,90,,菜地,,,", "use"),
        ("张三,业主,园,3-2-201,90,,,许多,,", "count"),
        ("张三,业主,园,3-2-201,90,,,0,,", "count"),
        ("张三,业主,园,B-7,,,车位,,,", "use_without_area"),
        ("张三,居民,园,B-7,12,,车位,,,", "use_of_nothing"),
        ("张三,居民,园,3-2-201,90,,,,2009-02-30,", "born"),
        ("张三,居民,园,3-2-201,90,,,,去年,", "born"),
        ("张三,居民,园,3-2-201,90,,,,,老了", "age"),
        ("张三,居民,园,3-2-201,90,,,,,200", "age"),
    ],
)
def test_what_cannot_be_read_of_a_unit_or_an_age_leaves_the_line_out(file: Path, line: str, key: str) -> None:
    found = estate(file, line)
    assert found.rows == ()
    assert [fault.key for fault in found.errors] == [key]
    assert found.errors[0].sentence.startswith("第 2 行“")


@pytest.mark.parametrize("said", ["2009-03-05", "2009年3月5日", "2009/3/5", "20090305"])
def test_a_date_of_birth_is_read_however_it_is_written(file: Path, said: str) -> None:
    (row,) = estate(file, f"张小三,居民,园,3-2-201,,,,,{said},15岁").rows
    assert (row.born, row.age) == (date(2009, 3, 5), 15)


def test_two_areas_of_one_flat_are_named_and_the_first_stands(file: Path) -> None:
    found = estate(file, "张三,业主,园,1-1-1,80,19900001111,,,,", "李四,业主,园,1-1-1,40,19900001112,,,,")
    assert [row.name for row in found.rows] == ["张三"]
    assert keys(found, Severity.ERROR) == [(3, "flat_areas")]


def test_doors_without_a_building_are_told_apart_by_their_units(file: Path) -> None:
    found = estate(
        file, "张三,业主,1号楼1单元,502,80,19900001111,,,,", "李四,业主,2号楼1单元,502,40,19900001112,,,,"
    )
    assert found.faults == ()
    assert [row.flats[0].place for row in found.rows] == ["1号楼1单元/502", "2号楼1单元/502"]
