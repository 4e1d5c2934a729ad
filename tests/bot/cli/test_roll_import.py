import csv
import stat
from pathlib import Path

import pytest

from tests.bot.cli.desk import ROLL, Desk

HEAD = "姓名,角色,单元,房号,面积,手机,telegram\n"


def a_file(desk: Desk, *lines: str, name: str = "roll.csv") -> str:
    path = desk.folder / name
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return str(path)


def test_a_look_shows_everybody_and_changes_nothing(desk: Desk) -> None:
    shown = desk.done("roll", "import", str(ROLL), "--unit", "桂花里社区")
    assert "新增 40 人" in shown
    assert "周桂兰" in shown
    assert "--commit" in shown
    assert list(desk.folder.iterdir()) == []


def test_a_look_at_a_house_that_has_people_changes_nothing_either(desk: Desk) -> None:
    desk.has_a_roll()
    before = (
        desk.rows("SELECT * FROM members"),
        desk.rows("SELECT * FROM units"),
        desk.rows("SELECT * FROM journal"),
    )
    shown = desk.done("roll", "import", a_file(desk, "新来的,居民,桂花里社区/第九网格,9-1-101,,19911112222,"))
    assert "新增 1 人" in shown
    after = (
        desk.rows("SELECT * FROM members"),
        desk.rows("SELECT * FROM units"),
        desk.rows("SELECT * FROM journal"),
    )
    assert after == before


def test_people_come_onto_the_roll_with_units_roles_and_codes(desk: Desk) -> None:
    desk.has_a_roll()
    assert len(desk.rows("SELECT 1 FROM members")) == 40
    codes = {row[0] for row in desk.rows("SELECT code FROM members")}
    assert len(codes) == 40
    assert all(len(code) == 8 for code in codes)
    held = desk.rows(
        "SELECT role, units.name FROM holdings JOIN members ON members.id = member_id "
        "JOIN units ON units.id = holdings.unit_id WHERE members.name = '罗立新' ORDER BY role"
    )
    assert held == [("grid_lead", "第一网格"), ("party_member", "第一网格")]
    parents = dict(desk.rows("SELECT a.name, b.name FROM units a JOIN units b ON b.id = a.parent_id"))
    assert parents["第一网格"] == "桂花里社区"
    assert desk.rows("SELECT event, subject, detail FROM journal") == [
        ("RollImported", "community:1", '{"rows": 40}')
    ]


def test_reading_it_again_doubles_nobody_and_keeps_the_codes(desk: Desk) -> None:
    desk.has_a_roll()
    before = desk.rows("SELECT * FROM members"), desk.rows("SELECT * FROM holdings ORDER BY 1, 2, 3")
    shown = desk.done("roll", "import", str(ROLL), "--unit", "桂花里社区", "--commit")
    assert "不变 40 人" in shown
    assert (
        desk.rows("SELECT * FROM members"),
        desk.rows("SELECT * FROM holdings ORDER BY 1, 2, 3"),
    ) == before
    assert len(desk.rows("SELECT 1 FROM journal")) == 1


def test_reading_a_corrected_file_corrects_the_roll(desk: Desk) -> None:
    desk.has_a_roll()
    (old,) = desk.rows("SELECT id, door, phone FROM members WHERE name = '宋保田'")
    file = a_file(desk, f"宋保田,居民、楼门长,,{old[1]},100.5,19900001999,")
    shown = desk.done("roll", "import", file, "--unit", "桂花里社区", "--commit")
    assert "更新 1 人" in shown
    assert desk.rows("SELECT id, phone, area FROM members WHERE name = '宋保田'") == [
        (old[0], "19900001999", "100.5")
    ]


def test_roles_beyond_the_file_stay_unless_it_is_to_be_exact(desk: Desk) -> None:
    desk.has_a_roll()
    file = a_file(desk, "周桂兰,书记,桂花里社区,1-1-301,,,")
    shown = desk.done("roll", "import", file, "--unit", "桂花里社区", "--commit")
    assert "党员" in shown
    assert "--exact-roles" in shown
    roles = "SELECT role FROM holdings JOIN members ON id = member_id WHERE name = '周桂兰'"
    assert len(desk.rows(roles)) == 2
    desk.done("roll", "import", file, "--unit", "桂花里社区", "--commit", "--exact-roles")
    assert desk.rows(roles) == [("party_secretary",)]


def test_the_codes_are_written_for_their_owner_s_eyes_only(desk: Desk) -> None:
    paper = desk.folder / "codes.csv"
    desk.done("roll", "import", str(ROLL), "--unit", "桂花里社区", "--commit", "--codes", str(paper))
    with paper.open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["姓名", "房号", "个人码"]
    assert [(row[0], row[2]) for row in rows[1:]] == desk.rows("SELECT name, code FROM members ORDER BY id")
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.database.stat().st_mode) == 0o600


def test_old_codes_are_never_written_over_and_nothing_is_imported(desk: Desk) -> None:
    (desk.folder / "codes.csv").write_text("old", "utf-8")
    words = ("roll", "import", str(ROLL), "--unit", "桂花里社区", "--commit", "--codes", "codes.csv")
    assert "换一个文件名" in desk.refused(*words)
    assert (desk.folder / "codes.csv").read_text("utf-8") == "old"
    assert desk.rows("SELECT 1 FROM members") == []


def test_every_bad_row_is_named_and_the_good_ones_are_taken(desk: Desk) -> None:
    file = a_file(
        desk, "张三,居民,第一网格,1-1-101,,123,", "李四,皇帝,第一网格,,,,", "王五,居民,第一网格,1-1-102,,,"
    )
    result = desk.types("roll", "import", file, "--unit", "桂花里社区", "--commit")
    assert result.exit_code == 0
    assert "第 2 行" in result.stderr
    assert "第 3 行" in result.stderr
    assert "皇帝" in result.stderr
    assert desk.rows("SELECT name FROM members") == [("王五",)]


def test_an_account_that_is_somebody_else_s_is_left_out_and_named(desk: Desk) -> None:
    first = a_file(desk, "张三,居民,第一网格,1-1-101,,19911110001,501501501")
    desk.done("roll", "import", first, "--unit", "桂花里社区", "--commit")
    second = a_file(desk, "李四,居民,第一网格,1-1-102,,19911110002,501501501")
    result = desk.types("roll", "import", second, "--unit", "桂花里社区", "--commit")
    assert "这个账号在名册上是张三的" in result.stdout
    assert desk.rows("SELECT name FROM members") == [("张三",)]


def test_without_a_community_it_asks_which(desk: Desk) -> None:
    file = a_file(desk, "张三,居民,,1-1-101,,,")
    assert "--unit" in desk.refused("roll", "import", file, "--commit")
    assert desk.rows("SELECT 1 FROM units") == []


def test_a_file_of_two_communities_keeps_them_apart(desk: Desk) -> None:
    file = a_file(desk, "张三,居民,桂花里社区/第一网格,1-1-101,,,", "李四,居民,兰苑社区/第一网格,1-1-101,,,")
    desk.done("roll", "import", file, "--commit")
    assert len(desk.rows("SELECT DISTINCT community_id FROM members")) == 2
    assert len(desk.rows("SELECT 1 FROM units")) == 4
    assert len(desk.rows("SELECT 1 FROM journal")) == 2


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00\x01", "只有一句话".encode()], ids=["empty", "binary", "prose"]
)
def test_a_file_that_is_no_roll_is_refused_and_makes_no_database(desk: Desk, content: bytes) -> None:
    Path("bad.csv").write_bytes(content)
    desk.refused("roll", "import", "bad.csv", "--unit", "桂花里社区", "--commit")
    assert not desk.database.exists()


def test_a_file_that_is_not_there_is_refused(desk: Desk) -> None:
    assert "nowhere.csv" in desk.refused("roll", "import", "nowhere.csv", "--commit")


def test_the_roll_is_shown_without_phones_and_codes(desk: Desk) -> None:
    desk.has_a_roll()
    (code,) = desk.rows("SELECT code FROM members WHERE name = '周桂兰'")[0]
    for words in (("roll", "show", "周桂兰"), ("roll", "show", "周桂兰", "--json")):
        shown = desk.done(*words)
        assert "周桂兰" in shown
        assert code not in shown
        assert "1990000" not in shown
    assert len(desk.objects("roll", "show")) == 40
    below = desk.objects("roll", "show", "--unit", "第一网格")
    assert below
    assert all(one["unit"].startswith("桂花里社区/第一网格") for one in below)
    assert "没有“月亮”" in desk.refused("roll", "show", "--unit", "月亮")


def test_the_process_imports_as_well(desk: Desk) -> None:
    program = desk.starts("roll", "import", str(ROLL), "--unit", "桂花里社区", "--commit")
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")
    assert "新增 40 人" in out
