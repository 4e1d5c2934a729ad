import json
from pathlib import Path
from typing import Any

from tests.bot.cli.desk import Desk

SAID: list[dict[str, Any]] = [
    {"text": "早上好", "from": "甲", "at": "2026-03-05T09:00:00+08:00", "group": "居民群"},
    {
        "text": "3号楼2单元电梯又坏了，困了人",
        "from": "乙",
        "at": "2026-03-05T09:10:00+08:00",
        "group": "居民群",
    },
    {"text": "3号楼2单元的电梯坏了", "from": "丙", "at": "2026-03-05T09:40:00+08:00", "group": "居民群"},
    {
        "text": "东门垃圾堆成山没人清，电话13812345678",
        "from": "丁",
        "at": "2026-03-05T10:00:00+08:00",
        "group": "居民群",
    },
    {"text": "臭得不行", "from": "丁", "at": "2026-03-05T10:01:00+08:00", "group": "居民群"},
]


def a_chat(*rows: object, name: str = "chat.jsonl") -> str:
    Path(name).write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return name


def test_topics_are_proposed_with_their_duplicates_grouped(desk: Desk) -> None:
    lift, rubbish = desk.objects("import-chat", a_chat(*SAID))
    assert (lift["lines"], lift["senders"], lift["place"]) == ([2, 3], 2, "3号楼2单元")
    assert (rubbish["lines"], rubbish["senders"], rubbish["category"]) == ([4, 5], 1, "sanitation")
    assert rubbish["first_at"] == "2026-03-05T02:00:00+00:00"


def test_phone_numbers_and_names_are_never_shown(desk: Desk) -> None:
    for words in (("import-chat", a_chat(*SAID)), ("import-chat", a_chat(*SAID), "--json")):
        shown = desk.done(*words)
        assert "13812345678" not in shown
        assert "丁" not in shown


def test_nothing_is_stored_and_the_answer_is_always_the_same(desk: Desk) -> None:
    file = a_chat(*SAID)
    first = desk.done("import-chat", file)
    assert "读了 5 条消息" in first
    assert desk.done("import-chat", file) == first
    assert [path.name for path in desk.folder.iterdir()] == [file]


def test_an_export_of_telegram_desktop_is_read(desk: Desk) -> None:
    messages = [
        {"id": 1, "type": "service", "action": "pin_message", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date_unixtime": "1772673000",
            "from": "乙",
            "text": [{"type": "bold", "text": "3号楼"}, "2单元电梯坏了"],
        },
    ]
    Path("result.json").write_text(
        json.dumps({"name": "居民群", "messages": messages}, ensure_ascii=False), "utf-8"
    )
    (lift,) = desk.objects("import-chat", "result.json")
    assert lift["groups"] == ["居民群"]
    assert lift["text"] == "3号楼2单元电梯坏了"


def test_bad_lines_are_named_and_passed_over(desk: Desk) -> None:
    Path("chat.jsonl").write_text('{"text": "3号楼2单元电梯坏了"}\n{oops\n{"from": "x"}\n', "utf-8")
    result = desk.types("import-chat", "chat.jsonl", "--json")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert "第 2 行" in result.stderr
    assert "第 3 行" in result.stderr


def test_a_chat_without_matters_has_no_topics(desk: Desk) -> None:
    assert "没有找到" in desk.done("import-chat", a_chat({"text": "早上好"}))


def test_what_is_no_chat_is_refused(desk: Desk) -> None:
    assert "读不到 nowhere.json" in desk.refused("import-chat", "nowhere.json")
    Path("page.html").write_text("<html></html>", "utf-8")
    assert "网页格式" in desk.refused("import-chat", "page.html")
    Path("empty.json").write_bytes(b"")
    desk.refused("import-chat", "empty.json")


def test_the_process_reads_a_pipe_s_worth_of_messages(desk: Desk) -> None:
    file = a_chat(*(row | {"text": f"{row['text']} "} for row in SAID * 200))
    program = desk.starts("import-chat", file, "--json")
    out, err = program.communicate(timeout=120)
    assert (program.returncode, err) == (0, "")
    assert sum(json.loads(line)["messages"] for line in out.splitlines()) == 800


def test_a_community_s_own_names_are_understood(desk: Desk) -> None:
    desk.configures('[understanding]\nplaces = "places.toml"\n')
    Path("places.toml").write_text('老煤场 = "3号楼"\n', "utf-8")
    file = a_chat({"text": "老煤场停水了"}, {"text": "3号楼停水了没人管"})
    (water,) = desk.objects("import-chat", file, "-c", "config.toml")
    assert (water["place"], water["lines"]) == ("3号楼", [1, 2])
