"""Raw callbacks of the AI bot, well made and ill."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.wecom_aibot_decode import Ear, Heard, Unreadable
from bot.platforms.wecom_aibot_reach import Window
from storage.messages import FileKind, Presence, Pressed, Said
from tests.wecom_line import START

EAR = Ear("小区助手", lambda _chat, said: "y1" if said == "我们说的" else "")
GROUP: dict[str, Any] = {"chatid": "wrCHAT", "chattype": "group", "from": {"userid": "lisi"}}
SINGLE: dict[str, Any] = {"chattype": "single", "from": {"userid": "lisi"}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def said(content: dict[str, Any], ear: Ear = EAR, where: dict[str, Any] = GROUP) -> Said:
    found = ear.decode({"msgid": "m1", **where, **content}, "q1", START)
    assert isinstance(found, Heard)
    assert isinstance(found.events[0].content, Said)
    return found.events[0].content


def text(words: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": words}}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("@小区助手 投诉 3栋电梯坏了", "投诉 3栋电梯坏了"),
        ("@小区助手\u2005绑定 居民群 桂花里", "绑定 居民群 桂花里"),
        ("投诉 @小区助手 电梯坏了", "投诉 电梯坏了"),
        ("@小区助手，在吗", "在吗"),
        ("@小区助手2号 在吗", "@小区助手2号 在吗"),
        ("请 @王五 看看", "请 @王五 看看"),
        ("  你好 ", "你好"),
    ],
)
def test_our_own_name_is_taken_away_and_nobody_elses(written: str, meant: str) -> None:
    assert said(text(written)).text == meant


def test_without_a_configured_name_whoever_was_named_first_is_taken_for_us() -> None:
    nameless = Ear("", lambda _chat, _said: "")
    assert said(text("@随便谁 报事 灯坏了 @王五"), nameless).text == "报事 灯坏了 @王五"


def test_a_quote_of_others_words_carries_them_and_a_name_that_is_the_same_next_time() -> None:
    quote = {"quote": text("电梯又停了")}
    first, second = said(text("@小区助手 报事") | quote), said(text("@小区助手 登记") | quote)
    assert first.quoted == "电梯又停了"
    assert first.quoted_sender is None
    assert first.reply_to == second.reply_to != ""
    assert said(text("@小区助手 报事")).reply_to == ""


def test_a_quote_of_our_words_is_a_reply_to_that_message() -> None:
    assert said(text("@小区助手 1") | {"quote": text("我们说的")}).reply_to == "y1"


def test_pictures_are_noted_without_their_fleeting_address() -> None:
    image = {"msgtype": "image", "image": {"url": "https://secret.example/x", "aeskey": "hush"}}
    body = {"msgtype": "mixed", "mixed": {"msg_item": [text("@小区助手 漏水"), image]}}
    found = said(body)
    assert found.text == "漏水"
    assert [file.kind for file in found.files] == [FileKind.PHOTO]
    assert "secret" not in repr(found)
    assert "hush" not in repr(found)


def test_a_voice_message_is_its_transcript() -> None:
    assert said({"msgtype": "voice", "voice": {"content": "电梯坏了"}}, where=SINGLE).text == "电梯坏了"


def test_coming_into_the_single_chat_is_presence() -> None:
    body: dict[str, Any] = {"msgid": "m", **SINGLE, "msgtype": "event", "event": {"eventtype": "enter_chat"}}
    found = EAR.decode(body, "q", START)
    assert isinstance(found, Heard)
    assert found.events[0].content == Presence("inside")
    assert found.callback
    assert found.callback.window is Window.ENTER


def test_a_lone_choice_may_come_without_its_lists() -> None:
    card = {"task_id": "t", "event_key": "submit", "card_type": "vote_interaction"}
    item = {"question_key": "q", "option_ids": {"option_id": "poll.cast:7:yes"}}
    event: dict[str, Any] = {
        "eventtype": "template_card_event",
        "template_card_event": {**card, "selected_items": {"selected_item": [item]}},
    }
    found = EAR.decode({"msgid": "m", **GROUP, "msgtype": "event", "event": event}, "q", START)
    assert isinstance(found, Heard)
    assert found.events[0].content == Pressed("poll.cast:7:yes", "t", "q lisi")


def test_a_submission_without_a_choice_is_nothing() -> None:
    event: dict[str, Any] = {
        "eventtype": "template_card_event",
        "template_card_event": {"task_id": "t", "event_key": "submit", "card_type": "vote_interaction"},
    }
    assert EAR.decode({"msgid": "m", **GROUP, "msgtype": "event", "event": event}, "q", START) is None


def test_an_event_without_an_id_is_known_by_what_it_says() -> None:
    body: dict[str, Any] = {
        **SINGLE,
        "msgtype": "event",
        "event": {"eventtype": "enter_chat"},
        "create_time": 1_795_000_000,
    }
    first, again = EAR.decode(dict(body), "q1", START), EAR.decode(dict(body), "q2", START)
    later = EAR.decode(body | {"create_time": 1_795_000_001}, "q3", START)
    assert isinstance(first, Heard)
    assert isinstance(again, Heard)
    assert isinstance(later, Heard)
    assert first.events[0].event_id == again.events[0].event_id != later.events[0].event_id


def test_events_of_no_use_are_passed_over() -> None:
    for kind in ("feedback_event", "something_new"):
        body: dict[str, Any] = {"msgid": "m", **GROUP, "msgtype": "event", "event": {"eventtype": kind}}
        assert EAR.decode(body, "q", START) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"from": None},
        {"from": {"userid": "a b"}},
        {"chatid": ""},
        {"chatid": "single:lisi"},
        {"text": "x"},
        {"text": {"content": 7}},
        {"msgtype": 7},
        {"msgtype": "event", "event": 1},
        {"msgtype": "mixed"},
        {"create_time": "soon"},
        {"quote": []},
    ],
)
def test_what_is_malformed_is_set_aside(broken: dict[str, Any]) -> None:
    body = {"msgid": "m", **GROUP, **text("@小区助手 你好"), **broken}
    assert isinstance(EAR.decode(body, "q", START), Unreadable)


@given(JSON, st.sampled_from(["msgtype", "event", "from", "text", "chatid", "quote", "msgid", "create_time"]))
def test_no_body_breaks_the_reading(odd: Any, key: str) -> None:
    event = {"eventtype": "template_card_event", "template_card_event": odd}
    for body in ({**GROUP, **text("你好"), key: odd}, {**GROUP, "msgtype": "event", "event": event}):
        assert not isinstance(EAR.decode(json.loads(json.dumps(body)), "q", START), str)
