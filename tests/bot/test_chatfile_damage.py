"""Damaged exports: what is bad is named, everything else is read, and nothing fails."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chatfile import ChatFault, ChatLine, read_chat
from tests.bot.chats import SHANGHAI, chat, faults, read, said, words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["messages", "list", "chats", "name", "text", "type", "date"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


def test_bad_lines_are_named_and_the_others_read(file: Path) -> None:
    lines = [
        b'{"text": "one"}',
        b'{"text": ',
        b'["text"]',
        b'{"words": "x"}',
        b'{"text": 5}',
        '{"text": "坏"}'.encode("gbk"),
        b'{"text": "\\ud83d"}',
        b'{"text": "x", "at": "gestern"}',
        b'{"text": "x", "at": 1e300}',
        b'{"text": "x", "at": true}',
        b'{"text": "x", "at": "0001-01-01T00:00:00"}',
        b"[" * 100_000,
        b'{"text": "' + b"x" * 1_100_000 + b'"}',
        b'{"text": "last"}',
    ]
    found = read(file, b"\r\n".join(lines))
    assert words(found) == ["one", "last"]
    assert faults(found) == [
        (2, "not_json"),
        (3, "not_object"),
        (4, "no_text"),
        (5, "no_text"),
        (6, "not_utf8"),
        (7, "not_utf8"),
        (8, "bad_time"),
        (9, "bad_time"),
        (10, "bad_time"),
        (11, "bad_time"),
        (12, "not_json"),
        (13, "too_long"),
    ]
    assert found[-1] == ChatLine(14, "last", "", None, "")
    assert all("第" in one.sentence for one in found if isinstance(one, ChatFault))


def test_a_bad_message_in_an_export_is_passed_over_and_named(file: Path) -> None:
    whole = json.dumps(chat("群", said(1, "甲"), said(2, "乙"), 7, said(3, 5), said(4, "丁")), indent=1)
    broken = whole.replace('"id": 2,', '"id": 2,,')
    found = read(file, broken)
    assert words(found) == ["甲", "丁"]
    assert [key for _, key in faults(found)] == ["not_json", "not_object", "no_text"]
    line = next(number for number, text in enumerate(broken.splitlines(), 1) if '"id": 2,' in text) - 1
    assert faults(found)[0][0] == line


def test_an_export_that_stops_in_the_middle_gives_what_it_has(file: Path) -> None:
    whole = json.dumps(
        chat("群", *(said(number, f"第{number}条") for number in range(5))), ensure_ascii=False, indent=1
    )
    found = read(file, whole[: whole.index("第4条")])
    assert words(found) == ["第0条", "第1条", "第2条", "第3条"]
    assert [key for _, key in faults(found)] == ["cut_short"]


@pytest.mark.parametrize("bad", ["12x", "nul", "{1}", "[1}", "{'a': 1}", '{"a" 5}'])
def test_what_looks_like_a_value_and_is_none_costs_only_itself(file: Path, bad: str) -> None:
    found = read(file, f'{{"name": "群", "messages": [{bad}, {json.dumps(said(1, "甲"))}]}}')
    assert words(found) == ["甲"]
    assert faults(found) == [(1, "not_json")]


def test_a_bracket_that_is_never_closed_ends_the_reading_and_is_said(file: Path) -> None:
    found = read(file, f'{{"messages": [{json.dumps(said(1, "甲"))}, [[[[}}, {json.dumps(said(2, "乙"))}]}}')
    assert words(found) == ["甲"]
    assert faults(found) == [(1, "cut_short")]


@pytest.mark.parametrize("first", ['{"text": "a', '{"text": "a}', '{"text" "a"}', "{,}"])
def test_a_damaged_first_line_does_not_turn_lines_into_an_export(file: Path, first: str) -> None:
    found = read(file, first + '\n{"text": "b"}\n')
    assert words(found) == ["b"]
    assert faults(found) == [(1, "not_json")]


def test_an_export_whose_order_is_lost_says_where(file: Path) -> None:
    found = read(file, '{\n"name": "群",\n"messages": [\n}\n]}')
    assert faults(found) == [(4, "broken")]


def test_bytes_that_are_no_utf8_spoil_only_their_own_message(file: Path) -> None:
    whole = json.dumps(chat("群", said(1, "XX"), said(2, "乙")), ensure_ascii=False, indent=1).encode()
    found = read(file, whole.replace(b"XX", b"\xff\xfe"))
    assert words(found) == ["乙"]
    assert [key for _, key in faults(found)] == ["not_utf8"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("<!DOCTYPE html>", "html"),
        ("", "not_chat"),
        ("hello", "not_chat"),
        ("[]", "not_chat"),
        ("\n \n", "not_chat"),
    ],
)
def test_a_file_that_is_no_chat_is_refused_in_a_sentence(file: Path, content: str, key: str) -> None:
    assert faults(read(file, content)) == [(0, key)]


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    (found,) = read_chat(tmp_path / "none.json", SHANGHAI)
    assert isinstance(found, ChatFault)
    assert found.key == "unreadable"


@given(JSON, st.integers(0, 400))
def test_no_json_whole_or_cut_makes_the_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, value: object, length: int
) -> None:
    file = tmp_path_factory.mktemp("any") / "result.json"
    whole = json.dumps({"messages": [value], "chats": value}, indent=1)
    for content in (whole, whole[:length]):
        for found in read(file, content):
            assert isinstance(found, ChatLine) or found.sentence


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "chat.jsonl"
    for start in (b"", b"{", b'{"messages": [', b'{\n"chats": {"list": [{'):
        for found in read(file, start + content):
            assert isinstance(found, ChatLine) or found.sentence
