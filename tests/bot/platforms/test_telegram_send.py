"""What becomes of a call: done, refused, or not to be known."""

from datetime import timedelta

import httpx
import pytest

from bot.platforms.base import ChatMoved, Doubtful, Rejected, SendError, TryLater, Unavailable, Unreachable
from storage.messages import Address, Card, Outgoing, Urgency
from tests.bot.platforms.cards import PHOTO, ROWS, ZHANG, answer, edit, retract, say
from tests.fakes import FakeBotApi

pytestmark = pytest.mark.anyio
HELLO = say(Card("路灯已修好", ROWS))
LONG = say(Card("第一条\n" * 1250, ROWS))


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


async def failure(api: FakeBotApi, outgoing: Outgoing = HELLO) -> Exception:
    with pytest.raises(SendError) as caught:
        await api.telegram().perform(outgoing, Urgency.ANSWER)
    return caught.value


async def test_what_is_said_is_known_by_its_number(api: FakeBotApi) -> None:
    assert await api.telegram().perform(HELLO, Urgency.ANSWER) == "101"
    (call,) = api.sent("sendMessage")
    assert call["chat_id"] == "-1001234567890"
    assert call["text"] == "路灯已修好"
    assert "parse_mode" not in call
    assert call["link_preview_options"] == {"is_disabled": True}


async def test_a_reply_is_sent_even_when_the_message_it_answers_is_gone(api: FakeBotApi) -> None:
    await api.telegram().perform(say(Card("收到"), reply_to="21"), Urgency.ANSWER)
    expected = {"message_id": 21, "allow_sending_without_reply": True}
    assert api.sent("sendMessage")[0]["reply_parameters"] == expected


async def test_a_counter_makes_no_sound(api: FakeBotApi) -> None:
    await api.telegram().perform(HELLO, Urgency.COUNTER)
    await api.telegram().perform(HELLO, Urgency.NOW)
    assert [call.get("disable_notification") for call in api.sent("sendMessage")] == ["true", None]


async def test_a_long_card_is_known_by_its_last_message(api: FakeBotApi) -> None:
    assert await api.telegram().perform(LONG, Urgency.NOTICE) == "102"


async def test_a_flood_wait_is_a_pause_for_this_chat(api: FakeBotApi) -> None:
    api.fail("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    fault = await failure(api)
    assert isinstance(fault, TryLater)
    assert fault.pause == timedelta(seconds=7)


async def test_a_flood_wait_without_a_time_is_a_pause_too(api: FakeBotApi) -> None:
    api.fail("sendMessage", 429, "Too Many Requests")
    assert isinstance(await failure(api), TryLater)


async def test_a_group_that_moved_gives_its_new_number(api: FakeBotApi) -> None:
    api.fail("sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009)
    fault = await failure(api)
    assert isinstance(fault, ChatMoved)
    assert fault.chat == "-1009"


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: message thread not found"),
    ],
)
async def test_where_we_may_not_speak_is_unreachable(api: FakeBotApi, code: int, description: str) -> None:
    api.fail("sendMessage", code, description)
    assert isinstance(await failure(api), Unreachable)


async def test_content_telegram_will_not_take_is_rejected(api: FakeBotApi) -> None:
    api.fail("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID")
    assert isinstance(await failure(api), Rejected)


@pytest.mark.parametrize("code", [401, 404])
async def test_with_a_refused_token_nothing_was_told(api: FakeBotApi, code: int) -> None:
    api.fail("sendMessage", code, "Unauthorized")
    assert isinstance(await failure(api), Unavailable)


async def test_a_server_too_old_for_a_method_does_not_refuse_the_token(api: FakeBotApi) -> None:
    api.fail("sendMessage", 404, "Not Found: method not found")
    assert isinstance(await failure(api), Rejected)


@pytest.mark.parametrize(
    "fault",
    [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x"), httpx.ProxyError("x")],
)
async def test_when_telegram_was_not_reached_nothing_was_told(api: FakeBotApi, fault: Exception) -> None:
    api.break_line("sendMessage", fault)
    assert isinstance(await failure(api), Unavailable)


@pytest.mark.parametrize(
    "fault",
    [httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.WriteError("x"), httpx.RemoteProtocolError("x")],
)
async def test_when_the_line_broke_after_we_spoke_it_is_doubtful(api: FakeBotApi, fault: Exception) -> None:
    api.break_line("sendMessage", fault)
    assert isinstance(await failure(api), Doubtful)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"<html>bad gateway</html>", 502), (b"{", 200), (b'{"ok":true,"result":true}', 200)],
)
async def test_an_answer_nobody_can_read_leaves_it_doubtful(
    api: FakeBotApi, body: bytes, status: int
) -> None:
    api.garble("sendMessage", body, status)
    assert isinstance(await failure(api), Doubtful)


async def test_a_message_without_the_fields_ptb_insists_on_was_sent_all_the_same(api: FakeBotApi) -> None:
    api.answers["sendMessage"] = {"message_id": 5}
    assert isinstance(await failure(api), Doubtful)


@pytest.mark.parametrize(
    ("outgoing", "method"),
    [
        (edit(Card("x")), "editMessageText"),
        (retract(), "deleteMessage"),
        (answer("x"), "answerCallbackQuery"),
    ],
)
async def test_doubt_about_what_may_be_repeated_is_no_doubt(
    api: FakeBotApi, outgoing: Outgoing, method: str
) -> None:
    api.break_line(method, httpx.ReadTimeout("x"))
    assert isinstance(await failure(api, outgoing), Unavailable)


@pytest.mark.parametrize(
    ("outgoing", "method", "description", "shown"),
    [
        (edit(Card("x")), "editMessageText", "Bad Request: message is not modified: specified new …", "30"),
        (retract(), "deleteMessage", "Bad Request: message to delete not found", ""),
        (
            answer("x"),
            "answerCallbackQuery",
            "Bad Request: query is too old and response timeout expired",
            "",
        ),
    ],
)
async def test_what_is_already_so_is_done(
    api: FakeBotApi, outgoing: Outgoing, method: str, description: str, shown: str
) -> None:
    api.fail(method, 400, description)
    assert await api.telegram().perform(outgoing, Urgency.ANSWER) == shown


@pytest.mark.parametrize(
    ("outgoing", "method", "description"),
    [
        (edit(Card("x")), "editMessageText", "Bad Request: message to edit not found"),
        (retract(), "deleteMessage", "Bad Request: message can't be deleted"),
        (answer("x"), "answerCallbackQuery", "Bad Request: MESSAGE_TOO_LONG"),
    ],
)
async def test_what_cannot_be_changed_any_more_is_rejected(
    api: FakeBotApi, outgoing: Outgoing, method: str, description: str
) -> None:
    api.fail(method, 400, description)
    assert isinstance(await failure(api, outgoing), Rejected)


async def test_an_edit_finds_the_words_of_a_captioned_photo(api: FakeBotApi) -> None:
    api.fail("editMessageText", 400, "Bad Request: there is no text in the message to edit")
    assert await api.telegram().perform(edit(Card("长" * 2000, ROWS)), Urgency.COUNTER) == "30"
    (call,) = api.sent("editMessageCaption")
    assert call["caption"] == "长" * 1023 + "…"


async def test_an_edit_finds_the_words_of_a_photo_sent_without_one(api: FakeBotApi) -> None:
    api.fail("editMessageCaption", 400, "Bad Request: there is no caption in the message to edit")
    assert await api.telegram().perform(edit(Card("已受理", ROWS, (PHOTO,))), Urgency.ANSWER) == "30"
    assert [call["text"] for call in api.sent("editMessageText")] == ["已受理"]


async def test_a_card_whose_photo_is_refused_is_told_in_words(api: FakeBotApi) -> None:
    api.fail("sendPhoto", 400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert await api.telegram().perform(say(Card("漏水", ROWS, (PHOTO,))), Urgency.ANSWER) == "101"
    (call,) = api.sent("sendMessage")
    assert call["text"].startswith("漏水\n")
    assert "照片" in call["text"]
    assert "reply_markup" in call


async def test_the_rest_of_a_half_told_card_waits_instead_of_starting_anew(api: FakeBotApi) -> None:
    telegram = api.telegram()
    api._failures["sendMessage"].append(lambda: httpx.Response(200, json={"ok": True, "result": MESSAGE}))
    api.fail("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    api.break_line("sendMessage", httpx.ConnectError("x"))
    assert await telegram.perform(LONG, Urgency.NOTICE) == "101"
    texts = [call["text"] for call in api.sent("sendMessage")]
    assert texts[0] != texts[1] == texts[2] == texts[3]
    assert api.pauses == [3, 2]


async def test_a_card_that_stays_half_told_is_doubtful(api: FakeBotApi) -> None:
    api._failures["sendMessage"].append(lambda: httpx.Response(200, json={"ok": True, "result": MESSAGE}))
    api.fail("sendMessage", 429, "Too Many Requests: retry after 600", retry_after=600)
    assert isinstance(await failure(api, LONG), Doubtful)
    assert api.pauses == []


async def test_a_card_refused_at_its_beginning_may_be_started_anew(api: FakeBotApi) -> None:
    api.fail("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    assert isinstance(await failure(api, LONG), TryLater)


def test_the_pace_is_telegrams_in_groups_and_in_private(api: FakeBotApi) -> None:
    telegram = api.telegram(group_per_minute=12, overall_per_second=9)
    group, private = telegram.pace(HELLO.address), telegram.pace(ZHANG)
    assert (group.chat, group.chat_window, group.overall) == (12, timedelta(minutes=1), 9)
    assert (private.chat, private.chat_window, private.overall) == (1, timedelta(seconds=1), 9)
    assert group.edit_gap == private.edit_gap == timedelta(seconds=3)
    assert telegram.pace(Address("telegram", "@guihuali")) == group


MESSAGE = {
    "message_id": 77,
    "date": 1_795_165_800,
    "chat": {"id": -1001234567890, "type": "supergroup", "title": "居民群"},
}
