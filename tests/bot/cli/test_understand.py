import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from bot.cli import understand_train
from handlers.intake.training import examples
from tests.bot.cli.desk import Desk

AT = "2026-11-01 01:00:00.000000"
SAID: list[object] = [
    {"text": "3号楼2单元电梯又停运了", "from": "甲", "at": "2026-03-05T09:00:00+08:00"},
    {"text": "早上好"},
    {"text": "三栋二单元的电梯坏了", "from": "乙", "at": "2026-03-05T11:00:00+08:00"},
    {"text": "东门垃圾堆成山没人清", "from": "丁", "at": "2026-03-05T11:10:00+08:00"},
    {"text": "臭得不行", "from": "丁", "at": "2026-03-05T11:11:00+08:00"},
    {"text": "3号楼电梯修好了不用报了", "at": "2026-03-05T11:30:00+08:00"},
    {"text": "10号楼3单元对讲坏了一个月，楼道还一股尿味，两样一块解决了吧"},
]


def a_file(*rows: object, name: str = "said.jsonl") -> str:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    Path(name).write_text("\n".join(lines), "utf-8")
    return name


def told(desk: Desk, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in desk.done("understand", *words).splitlines()]


def test_every_message_is_told_in_one_line_of_json(desk: Desk) -> None:
    lift, hello, again, rubbish, smell, solved, two = told(desk, a_file(*SAID))
    assert (lift["kind"], lift["category"], lift["place"], lift["unit"], lift["urgency"]) == (
        "issue",
        "房屋设施",
        "3号楼2单元",
        "3号楼/2单元",
        "U1",
    )
    assert (hello["kind"], hello["category"], hello["unit"], hello["duplicate_of"]) == (
        "chatter",
        "无",
        None,
        None,
    )
    assert again["duplicate_of"] == 0
    assert "与0号同为" in again["why"]
    assert "2 小时前" in again["why"]
    assert (smell["duplicate_of"], smell["category"]) == (3, rubbish["category"])
    assert "接着3号说的" in smell["why"]
    assert (solved["resolves"], solved["duplicate_of"]) == (0, None)
    assert two["also"] == ["环境卫生"]
    assert all(0 <= one["confidence"] <= 1 for one in (lift, hello, again, rubbish, smell, solved, two))


def test_nothing_is_stored_and_nobody_is_named(desk: Desk) -> None:
    shown = desk.done("understand", a_file(*SAID))
    assert "甲" not in shown
    assert [path.name for path in desk.folder.iterdir()] == ["said.jsonl"]


def test_the_first_of_three_alike_is_named_by_both_others(desk: Desk) -> None:
    words = ("5号楼水管爆了", "路过看看", "五号楼水管爆裂，水淌了一地", "5栋水管爆了没人来修")
    rows = told(desk, a_file(*({"text": one} for one in words)))
    assert [row["duplicate_of"] for row in rows] == [None, None, 0, 0]


def test_the_same_fault_next_door_or_a_month_later_is_another_matter(desk: Desk) -> None:
    rows = told(
        desk,
        a_file(
            {"text": "3号楼2单元电梯坏了", "at": "2026-03-05T09:00:00+08:00"},
            {"text": "3号楼1单元电梯坏了", "at": "2026-03-05T09:30:00+08:00"},
            {"text": "3号楼2单元电梯坏了", "at": "2026-04-20T09:30:00+08:00"},
        ),
    )
    assert [row["duplicate_of"] for row in rows] == [None, None, None]


def test_lines_that_are_none_are_named_and_the_others_keep_their_numbers(desk: Desk) -> None:
    file = a_file({"text": "3号楼电梯坏了"}, "", "{oops", {"from": "x"}, {"text": 7}, {"text": "", "at": ""})
    with Path(file).open("ab") as end:
        end.write(b"\n\xff\xfe\xff\n" + json.dumps({"text": "三号楼电梯坏了"}).encode() + b"\n")
    result = desk.types("understand", file)
    assert result.exit_code == 1
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["line"] for row in rows] == list(range(7))
    assert ["error" in row for row in rows] == [False, True, True, True, False, True, False]
    assert rows[6]["duplicate_of"] == 0
    assert rows[4]["kind"] == "chatter"
    for number in (3, 4, 5, 7):
        assert f"第 {number} 行" in result.stderr


def test_a_file_full_of_something_else_is_complained_about_briefly(desk: Desk) -> None:
    Path("gbk.txt").write_bytes("电梯坏了\n".encode("gbk") * 500)
    said = desk.refused("understand", "gbk.txt")
    assert "共 500 行读不懂" in said
    assert len(said.splitlines()) < 30


def test_standard_input_and_empty_files_and_none_at_all(desk: Desk) -> None:
    assert desk.done("understand", a_file(name="empty.jsonl")) == ""
    assert "读不到 nowhere.jsonl" in desk.refused("understand", "nowhere.jsonl")
    assert "读不到 ." in desk.refused("understand", ".")
    line = json.dumps({"text": "3号楼电梯坏了"}, ensure_ascii=False)
    program = desk.starts("understand", "-")
    out, _ = program.communicate(line + "\n", timeout=60)
    assert json.loads(out)["category"] == "房屋设施"


def test_a_command_of_that_name_is_not_taken_for_a_file(desk: Desk) -> None:
    assert "数据库" in desk.refused("understand", "eval")
    assert "例：yishi understand" in desk.done("understand", "--help")


# ------------------------------------------------------------------ a community's own words


def test_a_community_s_own_names_and_words_are_used(desk: Desk) -> None:
    desk.configures('[understanding]\nplaces = "places.toml"\nwords = "words.toml"\n')
    Path("places.toml").write_text('老煤场 = "3号楼东侧"\n', "utf-8")
    Path("words.toml").write_text(
        '[岗亭]\nname = "门岗"\ncategory = "治安应急"\nthings = "更房 岗亭"\nmatters = "更房没人"\n', "utf-8"
    )
    file = a_file({"text": "老煤场那边更房没人，好几天了"})
    (row,) = told(desk, file, "-c", "config.toml")
    assert (row["place"], row["category"], row["kind"]) == ("3号楼东侧", "治安应急", "issue")
    (bare,) = told(desk, file)
    assert bare["place"] != row["place"]


def test_every_fault_of_both_files_is_told_at_once(desk: Desk) -> None:
    desk.configures('[understanding]\nplaces = "places.toml"\nwords = "words.toml"\nthreshold = 0.9\n')
    Path("places.toml").write_text('"场" = "3号楼"\n"九号地" = 3\n"北头" = "火星"\n', "utf-8")
    Path("words.toml").write_text(
        '["岗亭"]\nname = "门岗"\ncategory = "治安"\nthing = "岗亭"\n["更房"]\ncategory = "治安应急"\nlevel = "急"\n'
        'things = "更 房子"\ncommunal = "是"\n["空"]\nname = 1\n',
        "utf-8",
    )
    said = desk.refused("understand", a_file({"text": "x"}), "-c", "config.toml")
    for words in (
        "“场”太短",
        "“九号地”后面",
        "没看懂“火星”",
        "[岗亭] 里没有 thing",
        "[岗亭] 的 category",
        "[岗亭] 一个词也没有",
        "[更房] 要有 name",
        "[更房] 的 level",
        "[更房] 里的“更”太短",
        "[更房] 的 communal",
        "[空] 要有 name",
        "understanding.threshold",
    ):
        assert words in said, words
    Path("places.toml").write_text("老煤场 = 3号楼", "utf-8")
    assert "第 1 行看不懂" in desk.types("check", "-c", "config.toml").stdout


def test_files_that_are_not_there_are_named(desk: Desk) -> None:
    desk.configures('[understanding]\nplaces = "nowhere.toml"\n')
    assert "understanding.places 指的文件读不到" in desk.refused(
        "understand", a_file({"text": "x"}), "-c", "config.toml"
    )


# ------------------------------------------------------------------ judging and learning

LOCAL = "更房的窗户又被砸了，{number}号楼边上那个，管管吧"


def has_lessons(desk: Desk, count: int, category: str = "greenery") -> None:
    """So many issues with a word of this place, understood as chatter, and found to be matters."""
    desk.has_a_roll()
    ((community,),) = desk.rows("SELECT id FROM units WHERE kind = 'community'")
    for number in range(1, count + 1):
        desk.changes(
            "INSERT INTO issues (community_id, year, number, state, kind, category, level, place, text, reason, "
            "message_id, filed_at, unit_id, party, result) "
            "VALUES (?, 2026, ?, 'filed', 'issue', ?, 'u2', '', ?, '', '', ?, ?, '', '')",
            community,
            number,
            category,
            LOCAL.format(number=number),
            AT,
            community,
        )
        for aspect, understood, decided in (
            ("kind", "chatter", "issue"),
            ("category", "none", category),
            ("place", "", f"{number}号楼"),
            ("taken", "none", "yes"),
        ):
            desk.changes(
                "INSERT INTO lessons (issue_id, aspect, understood, decided, at) VALUES (?, ?, ?, ?, ?)",
                number,
                aspect,
                understood,
                decided,
                AT,
            )


@pytest.fixture
def few_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learning from all that is shipped takes long; a tenth of it shows the same."""
    monkeypatch.setattr(understand_train, "examples", lambda: examples()[::10])


def test_without_lessons_there_is_nothing_to_judge_or_learn(desk: Desk) -> None:
    desk.has_a_roll()
    assert "还没有例子" in desk.done("understand", "eval")
    assert "只有 0 件" in desk.refused("understand", "train")
    assert "没有更早的" in desk.refused("understand", "back")
    assert "没有 火星" in desk.refused("understand", "eval", "--unit", "火星")


def test_each_class_is_judged_by_what_people_decided(desk: Desk) -> None:
    has_lessons(desk, 4)
    desk.changes("INSERT INTO lessons VALUES (90, 1, NULL, 'kind', 'issue', 'suggestion', ?)", AT)
    desk.changes("INSERT INTO lessons VALUES (91, 1, 2, 'same', 'yes', 'no', ?)", AT)
    desk.changes("INSERT INTO lessons VALUES (92, 3, 2, 'same', 'yes', 'yes', ?)", AT)
    shown = desk.done("understand", "eval", "--unit", "桂花里社区")
    assert "判过 4 件" in shown
    found = {(one["aspect"], one["word"]): one for one in desk.objects("understand", "eval")}
    kind = found["kind", "suggestion"]
    assert (kind["so"], kind["said"], kind["hits"], kind["recall"]) == (1, 0, 0, 0.0)
    assert (found["kind", "issue"]["so"], found["kind", "chatter"]["said"]) == (3, 4)
    assert (found["place", "place"]["so"], found["place", "place"]["said"]) == (4, 0)
    same = found["same", "yes"]
    assert (same["precision"], same["recall"]) == (0.5, 1.0)


@pytest.mark.usefixtures("few_shipped")
def test_what_was_learned_is_used_kept_and_can_be_taken_back(desk: Desk) -> None:
    has_lessons(desk, 40)
    desk.configures("")
    question = a_file({"text": LOCAL.format(number=77)})
    (before,) = told(desk, question, "-c", "config.toml")
    shown = desk.done("understand", "train")
    assert "第 1 版" in shown
    (after,) = told(desk, question, "-c", "config.toml")
    assert after["category"] == "园林绿化" != before["category"]
    desk.done("understand", "train")
    assert desk.rows("SELECT id, lessons, retired_at IS NULL FROM models") == [(1, 40, 1), (2, 40, 1)]
    assert "现在用的是第 1 版" in desk.done("understand", "back")
    assert "现在用的是程序自带的" in desk.done("understand", "back")
    assert told(desk, question, "-c", "config.toml") == [before]
    assert [row[0] for row in desk.rows("SELECT event FROM journal WHERE event LIKE 'Model%'")] == [
        "ModelTrained",
        "ModelTrained",
        "ModelRetired",
        "ModelRetired",
    ]


@pytest.mark.usefixtures("few_shipped")
def test_what_was_learned_wrongly_is_refused_with_both_figures(desk: Desk) -> None:
    has_lessons(desk, 40)
    apart = [number for number in range(1, 41) if zlib.crc32(str(number).encode()) % 4 == 0]
    desk.changes("DELETE FROM lessons WHERE aspect IN ('kind', 'category')")
    for number in range(1, 41):
        desk.changes("UPDATE issues SET text = ? WHERE id = ?", f"{number}号楼停水了，没人管", number)
        found = "utilities" if number in apart else "animals"
        for aspect, decided in (("kind", "issue"), ("category", found)):
            desk.changes(
                "INSERT INTO lessons (issue_id, aspect, understood, decided, at) VALUES (?, ?, 'x', ?, ?)",
                number,
                aspect,
                decided,
                AT,
            )
    said = desk.refused("understand", "train")
    assert "没有换" in said
    assert f"旧 {len(apart)}/{len(apart)} 对，新 0/{len(apart)} 对" in said
    assert desk.rows("SELECT count(*) FROM models") == [(0,)]


def test_check_says_what_is_automatic_and_why_the_rest_is_not(desk: Desk) -> None:
    has_lessons(desk, 3)
    desk.configures('[understanding]\nautomatic = ["治安应急"]\n')
    shown = desk.types("check", "-c", "config.toml").stdout
    assert "治安应急：只判过 0 件，满 30 件才能自动" in shown
