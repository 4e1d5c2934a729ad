import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.screenplay import BadScreenplayError, Heading, Presses, Says, Wait, read_screenplay

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The story, told once for machines, and the database it left."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    result = CliRunner().invoke(app, ["demo", "--json", "--db", str(path)])
    assert result.exit_code == 0, result.output
    return result.output, path


def test_the_story_carries_several_procedures_to_their_end(told: tuple[str, Path]) -> None:
    facts = json.loads(told[0])
    ways = {one["title"]: (one["procedures"], one["ends"]) for one in facts["topics"]}
    assert ways == {
        "3号楼2单元更换电梯": (["社区协商"], ["办结归档"]),
        "3号楼1单元智能垃圾箱": (["楼门议事会"], ["办结归档"]),
        "4号楼前长椅": (["两个会议"], ["已答复"]),
        "一床电热毯": (["微心愿认领"], ["办结归档"]),
    }
    assert facts["issues"] == {"closed": 6, "merged": 1}
    assert facts["polls"] == {"passed": 1}
    assert facts["tasks"] == {"done": 6}


def test_chatter_is_passed_over_and_none_of_it_is_in_the_file(told: tuple[str, Path]) -> None:
    assert json.loads(told[0])["passed_over"] > 0
    kept = b"".join(part.read_bytes() for part in told[1].parent.iterdir())
    assert "智能垃圾箱".encode() in kept
    assert "晚上吃什么".encode() not in kept


def test_an_existing_file_is_not_played_over(told: tuple[str, Path]) -> None:
    before = told[1].read_bytes()
    result = CliRunner().invoke(app, ["demo", "--db", str(told[1])])
    assert result.exit_code == 1
    assert "已经有了" in result.output
    assert told[1].read_bytes() == before


def test_the_chats_are_printed_as_they_happen() -> None:
    result = CliRunner().invoke(app, ["demo"])
    assert result.exit_code == 0
    said = [
        result.output.index(words)
        for words in ("电梯又趴窝了", "已立项 议1", "🗳 议1 通过", "📢 公示1", "办结归档")
    ]
    assert said == sorted(said)


def test_a_screenplay_is_read_line_by_line() -> None:
    written = """
    == 一 开头
    # 一句旁白
    @ +3天
    @ 2026-11-03 09:00
    居民群 张三：电梯停了\\n在8楼
    网格员群 李四 按 受理
    居民群 王五 回复 已记下：附议
    """
    lines = list(read_screenplay(written, ZONE))
    assert [type(line) for line in lines] == [Heading, Wait, Wait, Says, Presses, Says]
    assert lines[3] == Says("居民群", "张三", "电梯停了\n在8楼")
    assert lines[5] == Says("居民群", "王五", "附议", "已记下")


@pytest.mark.parametrize("line", ["居民群", "@ 下周", "张三说电梯停了"])
def test_a_line_nobody_can_read_is_named(line: str) -> None:
    with pytest.raises(BadScreenplayError) as caught:
        list(read_screenplay(f"== 一\n{line}", ZONE))
    assert caught.value.line == 2
