"""Exported chats: every message found, in order, nothing held in memory that need not be."""

import json
import tracemalloc
from pathlib import Path

import pytest

from bot import jsonstream
from bot.chatfile import ChatLine, read_chat
from tests.bot.chats import MORNING, SHANGHAI, chat, faults, read, said, words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
def test_an_export_of_one_chat_is_read_in_order(file: Path, indent: int | None) -> None:
    service = {"id": 2, "type": "service", "action": "invite_members", "text": ""}
    whole = chat("居民群", said(1, "电梯坏了"), service, said(3, "门禁也坏了", **{"from": None}))
    first, second = read(file, json.dumps(whole, ensure_ascii=False, indent=indent))
    assert isinstance(first, ChatLine)
    assert isinstance(second, ChatLine)
    assert (first.text, first.sender, first.at, first.group) == ("电梯坏了", "张三", MORNING, "居民群")
    assert (second.text, second.sender) == ("门禁也坏了", "")
    assert first.line == (1 if indent is None else 6)


def test_a_full_export_tells_its_chats_apart_and_passes_over_the_rest(file: Path) -> None:
    whole = {
        "about": "…",
        "personal_information": {"first_name": "王", "messages": "none of ours"},
        "contacts": {"about": "…", "list": [{"first_name": "李", "name": "no chat"}]},
        "chats": {"about": "…", "list": [chat("居民群", said(1, "甲")), chat(None, said(2, "乙"))]},
        "left_chats": {"list": [chat("旧群", said(3, "丙"))]},
    }
    found = read(file, json.dumps(whole, indent=1))
    assert [(one.text, one.group) for one in found if isinstance(one, ChatLine)] == [
        ("甲", "居民群"),
        ("乙", ""),
        ("丙", "旧群"),
    ]
    assert faults(found) == []


def test_the_words_of_a_message_with_links_are_joined(file: Path) -> None:
    parts = [
        "请看 ",
        {"type": "link", "text": "https://a.example"},
        " 和 ",
        {"type": "mention", "text": "@bot"},
    ]
    assert words(read(file, json.dumps(chat("群", said(1, parts), said(2, [], photo="p.jpg"))))) == [
        "请看 https://a.example 和 @bot"
    ]


def test_a_time_without_an_offset_is_the_zones(file: Path) -> None:
    message = said(1, "甲")
    del message["date_unixtime"]
    (found,) = read(file, json.dumps(chat("群", message)))
    assert isinstance(found, ChatLine)
    assert found.at == MORNING


def test_lines_of_json_may_say_who_when_and_where(file: Path) -> None:
    rows = [
        {"text": "甲"},
        {"text": " 乙 ", "from": "张三", "at": "2026-03-05T09:10:00+08:00", "group": "居民群"},
        {"text": "丙", "from": 7, "at": 1772673000},
        {"text": "丁", "at": "2026-03-05 09:10", "kind": "issue"},
        {"text": "  "},
    ]
    found = read(file, "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    assert found == [
        ChatLine(1, "甲", "", None, ""),
        ChatLine(3, "乙", "张三", MORNING, "居民群"),
        ChatLine(5, "丙", "7", MORNING, ""),
        ChatLine(7, "丁", "", MORNING, ""),
    ]


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    assert words(read(file, b"\xef\xbb\xbf" + json.dumps({"text": "甲"}).encode())) == ["甲"]
    assert words(read(file, b"\xef\xbb\xbf" + json.dumps(chat("群", said(1, "甲")), indent=1).encode())) == [
        "甲"
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_it_does_not_matter_where_the_pieces_end(
    file: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = json.dumps(
        {
            "about": 12.5,
            "chats": {"n": -3, "list": [chat('名"\\', said(1, '甲\\"\n'), said(22, ["乙", {"text": "丙"}]))]},
            "end": 9,
        },
        ensure_ascii=False,
    )
    expected = read(file, whole)
    monkeypatch.setattr(jsonstream, "CHUNK", size)
    assert words(expected) == ['甲\\"', "乙丙"]
    assert list(read_chat(file, SHANGHAI)) == expected


def test_progress_reaches_the_end_of_the_file_and_never_goes_back(file: Path) -> None:
    for whole in (
        json.dumps(chat("群", *(said(number, "话") for number in range(3000))), indent=1),
        "\n".join(json.dumps({"text": str(number)}) for number in range(3000)),
    ):
        file.write_text(whole, "utf-8")
        seen: list[int] = []
        assert len(list(read_chat(file, SHANGHAI, seen.append))) == 3000
        assert seen == sorted(seen)
        assert seen[-1] == file.stat().st_size


def test_memory_does_not_grow_with_the_file(file: Path) -> None:
    def peak(count: int) -> int:
        with file.open("w", encoding="utf-8") as out:
            out.write('{"name": "群", "messages": [')
            out.write(",\n".join(json.dumps(said(number, "电梯又坏了" * 20)) for number in range(count)))
            out.write("]}")
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_chat(file, SHANGHAI)) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small = peak(3000)
    assert file.stat().st_size > 1_500_000
    assert peak(12_000) < small * 1.5
