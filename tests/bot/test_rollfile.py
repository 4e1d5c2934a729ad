"""Rolls as offices keep them: whatever the file, the people in it are found and every bad row is named."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.account import Account
from bot.rollfile import RollFile, Severity, read_roll
from storage.records import Role

FIXTURE = Path(__file__).parents[1] / "fixtures" / "roll.csv"
HEADING = "姓名,角色,单元,房号,面积,手机,telegram,wecom,openid\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roll.csv"


def roll(file: Path, content: str, encoding: str = "utf-8") -> RollFile:
    file.write_bytes(content.encode(encoding))
    return read_roll(file)


def told(found: RollFile, severity: Severity) -> list[tuple[int, str]]:
    return [(fault.line, fault.key) for fault in found.faults if fault.severity is severity]


def workbook(file: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file


def test_the_roll_of_the_story_is_read_without_a_remark() -> None:
    found = read_roll(FIXTURE)
    assert [(fault.line, fault.key) for fault in found.faults] == [(3, "role_guessed"), (22, "co_owners")]
    assert len(found.rows) == 40
    assert {role for row in found.rows for role in row.roles} == set(Role)
    assert len({row.phone for row in found.rows}) == 40
    assert all(row.phone.startswith("1990000") for row in found.rows)
    li = next(row for row in found.rows if row.name == "李国华")
    assert (li.line, li.unit, li.door) == (20, "桂花里社区/第一网格/3号楼2单元", "3-2-801")
    assert li.area == Decimal("89.50")
    assert Role.VILLAGER_REP in li.roles
    assert Account("wecom", "linxiaoyan") in next(r for r in found.rows if r.name == "林晓燕").accounts


def test_the_same_roll_reads_the_same_from_a_workbook(tmp_path: Path) -> None:
    rows = [line.split(",") for line in FIXTURE.read_text("utf-8").splitlines()]
    made = workbook(tmp_path / "roll.xlsx", *(tuple(cell or None for cell in row) for row in rows))
    assert read_roll(made) == read_roll(FIXTURE)


def test_numbers_that_a_workbook_keeps_as_numbers_are_the_same_people(tmp_path: Path) -> None:
    made = workbook(
        tmp_path / "roll.xlsx",
        ("桂花里社区居民名册", None, None, None, None),
        (),
        ("姓名", "面积", "手机", "telegram", "房号"),
        ("张三", 89.7, 19900001111, 123456789, 1502),
        ("李四", 90, 19900001112.0, None, "3-2-801"),
    )
    first, second = read_roll(made).rows
    assert (first.line, first.area, first.phone, first.door) == (4, Decimal("89.7"), "19900001111", "1502")
    assert first.accounts == (Account("telegram", "123456789"),)
    assert (second.line, second.area, second.phone) == (5, Decimal(90), "19900001112")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "；"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_separator_and_line_ends_do_not_matter(
    file: Path, encoding: str, separator: str, ending: str
) -> None:
    rows = [
        ["姓名", "角色", "房号", "手机"],
        ["张三", "居民、网格员", "3-2-1", "19900001111"],
        [""] * 4,
        ["李四", "物业", "", ""],
    ]
    found = roll(file, ending.join(separator.join(row) for row in rows), encoding)
    assert found.errors == ()
    assert [(row.line, row.name, row.roles) for row in found.rows] == [
        (2, "张三", (Role.RESIDENT, Role.GRID_WORKER)),
        (4, "李四", (Role.PROPERTY,)),
    ]


def test_full_width_digits_letters_and_punctuation_are_read_as_the_usual_ones(file: Path) -> None:
    found = roll(
        file,
        HEADING
        + "张　三,居民／网格员,桂花里社区／第一网格,３－２－１５０２,８９．５㎡,１９９ ００００ １１１１,１２３４５６,,\n",
    )
    (row,) = found.rows
    assert found.errors == ()
    assert (row.name, row.roles) == ("张三", (Role.RESIDENT, Role.GRID_WORKER))
    assert (row.unit, row.door, row.area) == ("桂花里社区/第一网格", "3-2-1502", Decimal("89.5"))
    assert (row.phone, row.accounts) == ("19900001111", (Account("telegram", "123456"),))


def test_columns_stand_in_any_order_and_synonyms_are_reported(file: Path) -> None:
    found = roll(file, "联系电话,网格,身份,名字,民族,建筑面积(㎡)\n19900001111,第一网格,网格员,张三,汉,70\n")
    (row,) = found.rows
    assert (row.name, row.unit, row.phone, row.area) == ("张三", "第一网格", "19900001111", Decimal(70))
    assert row.roles == (Role.GRID_WORKER,)
    notes = [dict(fault.values)["meant"] for fault in found.faults if fault.key == "column_guessed"]
    assert notes == ["手机", "单元", "角色", "姓名", "面积"]
    assert [dict(fault.values)["written"] for fault in found.faults if fault.key == "column_unknown"] == [
        "民族"
    ]


def test_a_standard_heading_is_preferred_to_a_synonym(file: Path) -> None:
    found = roll(file, "网格,单元,姓名\n第一网格,3号楼2单元,张三\n")
    assert found.rows[0].unit == "3号楼2单元"
    (fault,) = [fault for fault in found.faults if fault.key == "column_twice"]
    assert "网格" in fault.sentence


def test_without_roles_everybody_is_a_resident_and_that_is_said(file: Path) -> None:
    found = roll(file, "姓名,手机\n张三,19900001111\n")
    assert found.rows[0].roles == (Role.RESIDENT,)
    assert told(found, Severity.NOTE) == [(1, "no_roles")]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("张三,天王,,,,,,,", "unknown_role"),
        ("张三,网格元,,,,,,,", "unknown_role_guess"),
        ("张三,代表,,,,,,,", "unclear_role"),
        (" ,居民,,3-2-1,,,,,", "no_name"),
        ("13,居民,,,,,,,", "no_name"),
        ("张三,居民,,,很大,,,,", "area"),
        ("张三,居民,,,-3,,,,", "area"),
        ("张三,居民,,,0,,,,", "area"),
        ("张三,居民,,,89.69999999999,,,,", "area"),
        ("张三,居民,,,nan,,,,", "area"),
        ("张三,居民,,,1e3,,,,", "area"),
        ("张三,居民,,,,1990000111,,,", "phone"),
        ("张三,居民,,,,19900001111/19900001112,,,", "phone"),
        ("张三,居民,,,,63321234,,,", "phone"),
        ("张三,居民,,,,1.99E+10,,,", "scientific"),
        ("张三,居民,,,,,-1001234567890,,", "telegram"),
        ("张三,居民,,,,,1.23E+09,,", "scientific"),
        ("张三,居民,,,,,,王 五,", "wecom"),
        ("张三,居民,,,,,,,短", "openid"),
        ("张三,居民,,3月2日,,,,,", "date_door"),
        ("张三,居民,,#REF!,,,,,", "formula_error"),
        ("张三,居民,,,,,,,,多", "too_many_cells"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_reason_and_left_out(file: Path, cell: str, key: str) -> None:
    found = roll(file, HEADING + "\n李四,居民,x,3-2-2,,,,,\n" + cell + "\n")
    assert [row.name for row in found.rows] == ["李四"]
    assert told(found, Severity.ERROR) == [(4, key)]
    assert "第 4 行" in found.errors[0].sentence


def test_everything_wrong_with_a_row_is_said_at_once_under_the_headings_of_the_file(file: Path) -> None:
    found = roll(file, "姓名,身份,电话,面积\n张三,天王,12,大\n")
    assert found.rows == ()
    assert [(fault.column, fault.key) for fault in found.errors] == [
        ("身份", "unknown_role"),
        ("面积", "area"),
        ("电话", "phone"),
    ]


@pytest.mark.parametrize(
    "written",
    ["19900001111", "+8619900001111", "86 199-0000-1111", "0086-199 0000 1111", "１９９００００１１１１"],
)
def test_a_mobile_number_is_one_number_however_written(file: Path, written: str) -> None:
    assert roll(file, f"姓名,手机\n张三,{written}\n").rows[0].phone == "19900001111"


def test_a_fixed_line_needs_its_area_code(file: Path) -> None:
    assert roll(file, "姓名,手机\n张三,(0571)6332-1234\n").rows[0].phone == "057163321234"


@pytest.mark.parametrize("written", ["@zhangsan", "zhangsan", "https://t.me/zhangsan"])
def test_a_telegram_name_is_not_taken_for_an_account_but_the_person_is_kept(file: Path, written: str) -> None:
    found = roll(file, f"姓名,telegram\n张三,{written}\n")
    assert [(row.name, row.accounts) for row in found.rows] == [("张三", ())]
    assert told(found, Severity.WARNING) == [(2, "telegram_name")]
    assert "绑定码" in found.faults[-1].sentence


def test_every_platform_of_a_person_is_kept_apart(file: Path) -> None:
    found = roll(file, HEADING + "张三,居民,x,,,,123456,zhang.san,oAbCdEfGhIjKlMnOpQrStUvWxYz1\n")
    assert found.rows[0].accounts == (
        Account("telegram", "123456"),
        Account("wecom", "zhang.san"),
        Account("wechat_oa", "oAbCdEfGhIjKlMnOpQrStUvWxYz1"),
    )


def test_a_role_by_another_name_is_understood_and_said_once(file: Path) -> None:
    found = roll(file, "姓名,角色\n张三,支书\n李四,楼长;支书\n")
    assert [row.roles for row in found.rows] == [
        (Role.PARTY_SECRETARY,),
        (Role.STAIRWELL_HEAD, Role.PARTY_SECRETARY),
    ]
    assert [fault.line for fault in found.faults if fault.key == "role_guessed"] == [2, 3]


def test_an_empty_unit_is_mentioned(file: Path) -> None:
    found = roll(file, "姓名,单元\n张三,\n李四,桂花里社区 / 第一网格 > 3号楼\n")
    assert told(found, Severity.WARNING) == [(2, "no_unit")]
    assert found.rows[1].unit == "桂花里社区/第一网格/3号楼"


def test_names_keep_what_belongs_to_them(file: Path) -> None:
    found = roll(file, "姓名\n阿依古丽•买买提\nMary  Ann Li\n欧阳 修\n")
    assert [row.name for row in found.rows] == ["阿依古丽·买买提", "Mary Ann Li", "欧阳修"]


def test_a_quoted_cell_may_hold_the_separator_and_a_line_end(file: Path) -> None:
    found = roll(file, '姓名,角色,房号\n张三,"居民,业主","3-2\n"\n李四,居民,4\n')
    assert [(row.line, row.name) for row in found.rows] == [(2, "张三"), (4, "李四")]
    assert found.rows[0].roles == (Role.RESIDENT, Role.OWNER)
