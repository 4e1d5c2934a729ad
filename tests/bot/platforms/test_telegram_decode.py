"""What a raw update means."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.platforms.telegram_decode import Me, Unreadable, decode
from storage.messages import (
    Address,
    Edited,
    File,
    FileKind,
    Inbound,
    Location,
    Moved,
    Presence,
    Pressed,
    Said,
    Sender,
)
from tests.bot.platforms.updates import ALL, an_update

ME = Me(666, "yishi_bot")
RECEIVED = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
WRITTEN = datetime.fromtimestamp(1_795_165_800, UTC)
GROUP = Address("telegram", "-1001234567890")
ZHANG, LI = Sender("5001", "张 三"), Sender("7001", "李网格")


def event(name: str) -> Inbound:
    found = decode(an_update(name), ME, RECEIVED)
    assert isinstance(found, Inbound), found
    return found


def words(name: str) -> Said:
    content = event(name).content
    assert isinstance(content, Said), content
    return content


def test_a_group_message_is_one_event_with_all_that_was_said() -> None:
    number = str(ALL["text"]["update_id"])
    heard = Said("11", "3号楼2单元电梯停在8楼不动😀")
    assert event("text") == Inbound("telegram", number, GROUP, WRITTEN, heard, ZHANG)


def test_a_private_message_is_always_meant_for_us() -> None:
    assert event("private").private
    assert words("private").addressed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mention", "电梯坏了"),
        ("mention_glued", "师傅 电梯坏了"),
        ("mention_inside", "请 看看"),
        ("mention_alone", ""),
        ("mention_by_account", "小助手 电梯坏了"),
        ("command_named", "/report 路灯坏了"),
        ("photo", "楼道堆物"),
    ],
)
def test_our_own_name_addresses_us_and_is_taken_out(name: str, text: str) -> None:
    assert (words(name).addressed, words(name).text) == (True, text)


@pytest.mark.parametrize("name", ["text", "command", "mention_of_another"])
def test_without_our_name_nothing_is_taken_out_and_we_are_not_addressed(name: str) -> None:
    assert (words(name).addressed, words(name).text) == (False, ALL[name]["message"]["text"])


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("photo", File(FileKind.PHOTO, "telegram:large")),
        ("video", File(FileKind.VIDEO, "telegram:v1", "漏水.mp4")),
        ("voice", File(FileKind.VOICE, "telegram:o1")),
        ("document", File(FileKind.DOCUMENT, "telegram:d1", "方案.pdf")),
        ("animation", File(FileKind.DOCUMENT, "telegram:a1")),
    ],
)
def test_an_attachment_keeps_the_platforms_key(name: str, file: File) -> None:
    assert words(name).files == (file,)


def test_a_point_keeps_its_digits_and_a_venue_its_name() -> None:
    assert words("location").location == Location("31.230416", "121.473701")
    assert words("venue").text == "小广场 桂花路1号"


def test_a_reply_carries_what_it_replies_to_and_who_said_that() -> None:
    assert words("reply") == Said("12", "报事", False, "11", "路灯不亮三天了", LI)


def test_a_reply_to_us_is_meant_for_us_and_quotes_no_person() -> None:
    reply = words("reply_to_bot")
    assert (reply.addressed, reply.reply_to, reply.quoted) == (True, "11", "📝 已记下 〔2026〕12号")
    assert reply.quoted_sender is None


def test_nobody_is_taken_for_the_author_of_a_groups_own_words() -> None:
    assert words("reply_to_anonymous").quoted_sender is None


def test_a_message_in_a_topic_is_no_reply_to_the_opening_of_the_topic() -> None:
    found = event("topic")
    assert found.chat == Address("telegram", "-1009876543210", "7")
    assert (words("topic").reply_to, words("topic").addressed) == ("", False)


def test_a_thread_of_replies_is_not_a_topic() -> None:
    assert event("thread_outside_topics").chat == GROUP
    assert words("thread_outside_topics").reply_to == "11"


@pytest.mark.parametrize("name", ["anonymous_admin", "channel_echo"])
def test_who_speaks_as_a_chat_is_heard_but_is_no_person(name: str) -> None:
    assert words(name).text
    assert event(name).sender is None


@pytest.mark.parametrize(
    "name",
    [
        "other_bot",
        "joined",
        "pinned",
        "sticker",
        "live_location",
        "member_changed",
        "unknown_kind",
        "command_for_another",
        "press_game",
        "press_inline",
    ],
)
def test_what_is_nothing_to_us_is_passed_over(name: str) -> None:
    assert decode(an_update(name), ME, RECEIVED) is None


def test_an_edit_is_dated_when_it_was_made_and_reads_like_the_message() -> None:
    found = event("edited")
    assert found.content == Edited("11", "3号楼3单元电梯停了")
    assert (found.at - WRITTEN).total_seconds() == 60
    assert event("edited_caption").content == Edited("11", "改了说明")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("press", Pressed("ballot:7:yes", "30", "q1")),
        ("press_old_message", Pressed("ballot:7:no", "30", "q2")),
        ("press_other_generation", Pressed("stale", "30", "q3")),
    ],
)
def test_a_press_is_what_the_button_stood_for(name: str, content: Pressed) -> None:
    found = event(name)
    assert (found.content, found.sender, found.chat, found.at) == (content, LI, GROUP, RECEIVED)


def test_a_press_in_a_topic_is_answered_there() -> None:
    assert event("press_in_topic").chat.thread == "7"


@pytest.mark.parametrize(
    ("name", "state", "title"),
    [
        ("let_in", "inside", "3栋居民群"),
        ("promoted", "inside", "3栋居民群"),
        ("restricted_inside", "inside", "3栋居民群"),
        ("put_out", "outside", "3栋居民群"),
        ("blocked", "outside", ""),
        ("started", "inside", ""),
    ],
)
def test_our_own_coming_and_going_is_told(name: str, state: Any, title: str) -> None:
    found = event(name)
    assert found.content == Presence(state, title)
    assert found.private == (name in {"blocked", "started"})


def test_a_move_reads_the_same_from_both_sides() -> None:
    for name in ("moved_here_old", "moved_here_new"):
        found = event(name)
        assert (found.chat, found.content) == (Address("telegram", "-4001"), Moved("-1001234567890"))
        assert found.sender is None


@pytest.mark.parametrize("name", ["milliseconds", "no_chat", "text_is_a_number", "photo_is_a_word"])
def test_a_malformed_update_keeps_its_number_and_says_why_without_quoting(name: str) -> None:
    found = decode(an_update(name), ME, RECEIVED)
    assert isinstance(found, Unreadable)
    assert found.event_id == str(ALL[name]["update_id"])
    assert found.reason
    assert "路灯" not in found.reason


@pytest.mark.parametrize("update", [None, 3, "x", [], {}, {"update_id": "7"}, {"update_id": True}])
def test_what_is_no_update_at_all_has_no_number(update: Any) -> None:
    found = decode(update, ME, RECEIVED)
    assert isinstance(found, Unreadable)
    assert found.event_id == ""


def test_text_no_database_can_hold_is_made_storable() -> None:
    assert words("lone_surrogate").text == "坏\ufffd了吗"


def test_the_fixtures_are_what_ptb_takes_for_telegrams() -> None:
    broken = {
        "milliseconds",
        "no_chat",
        "text_is_a_number",
        "photo_is_a_word",
        "lone_surrogate",
        "unknown_kind",
    }
    for name in ALL.keys() - broken:
        read = Update.de_json(an_update(name), None)
        assert read.update_id == ALL[name]["update_id"], name


ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(ATOMS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(JSON)
def test_no_json_whatever_makes_it_raise(update: Any) -> None:
    assert decode(update, ME, RECEIVED) is None or decode(update, ME, RECEIVED)


def _holes(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(hole for key, value in children for hole in _holes(value, (*path, key)))]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_one_spoilt_field_anywhere_is_read_or_set_aside(data: st.DataObject) -> None:
    update = an_update(data.draw(st.sampled_from(sorted(ALL))))
    path = data.draw(st.sampled_from(_holes(update)[1:]))
    holder = update
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = data.draw(JSON)
    found = decode(update, ME, RECEIVED)
    assert found is None or isinstance(found, Inbound | Unreadable)
    if isinstance(found, Inbound):
        json.dumps(str(found)).encode()
        assert found.at.tzinfo is UTC
