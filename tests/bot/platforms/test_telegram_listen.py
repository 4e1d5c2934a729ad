"""Receiving by asking: nothing is confirmed before it is safe, and nothing bad stops what is behind it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from bot.platforms.base import Unavailable
from bot.platforms.telegram_errors import AnotherReceiver, TelegramStopped, TokenRefused
from bot.platforms.telegram_listen import behind
from storage.messages import Card, Inbound, Urgency
from tests.bot.platforms.cards import say
from tests.bot.platforms.updates import an_update, said
from tests.fakes import TOKEN, FakeBotApi
from tests.peers import eventually

pytestmark = pytest.mark.anyio


class Disk:
    """Where admitted events end up; full as often as it is told to be."""

    def __init__(self, full: int = 0) -> None:
        self.batches: list[list[str]] = []
        self._full = full

    async def admit(self, events: list[Inbound]) -> None:
        if self._full:
            self._full -= 1
            raise OSError("disk full")
        self.batches.append([event.event_id for event in events])

    @property
    def events(self) -> list[str]:
        return [event for batch in self.batches for event in batch]


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


@asynccontextmanager
async def listening(api: FakeBotApi, disk: Disk, **settings: Any) -> AsyncIterator[asyncio.Task[None]]:
    telegram = api.telegram(**settings)
    task = asyncio.create_task(telegram.listen(disk.admit))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await telegram.close()


def offsets(api: FakeBotApi) -> list[int]:
    return [call["offset"] for call in api.sent("getUpdates")]


async def test_updates_arrive_in_order_and_are_confirmed_by_the_next_question(api: FakeBotApi) -> None:
    disk = Disk()
    api.put(said(7), said(8), said(9))
    async with listening(api, disk):
        await eventually(lambda: len(offsets(api)) == 2)
    assert disk.batches == [["7", "8", "9"]]
    assert offsets(api) == [0, 10]


async def test_we_ask_for_the_kinds_we_use_and_wait_long(api: FakeBotApi) -> None:
    async with listening(api, Disk()):
        await eventually(lambda: offsets(api))
    question = api.sent("getUpdates")[0]
    assert question["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert question["timeout"] == 50


async def test_polling_begins_by_taking_an_old_webhook_away_without_its_updates(api: FakeBotApi) -> None:
    async with listening(api, Disk()):
        await eventually(lambda: offsets(api))
    assert [name for name, _ in api.calls][:2] == ["deleteWebhook", "getMe"]
    assert "drop_pending_updates" not in api.sent("deleteWebhook")[0]


async def test_while_the_disk_is_full_the_same_updates_are_asked_for_again(api: FakeBotApi) -> None:
    disk = Disk(full=3)
    api.put(said(7))
    async with listening(api, disk):
        await eventually(lambda: disk.events)
        await eventually(lambda: len(offsets(api)) == 5)
    assert offsets(api) == [0, 0, 0, 0, 8]
    assert api.pauses == [1, 2, 4]


async def test_one_unreadable_update_is_set_aside_and_its_neighbours_arrive(api: FakeBotApi) -> None:
    disk = Disk()
    bad = an_update("milliseconds", update_id=8)
    api.put(said(7), bad, 3, said(9))
    async with listening(api, disk):
        await eventually(lambda: len(offsets(api)) == 2)
    assert disk.batches == [["7", "9"]]
    assert [(fault.event_id, json.loads(raw)) for fault, raw in api.aside] == [("8", bad), ("", 3)]
    assert offsets(api)[-1] == 10


async def test_a_kind_of_update_nobody_knows_is_confirmed_and_passed_over(api: FakeBotApi) -> None:
    disk = Disk()
    api.put(an_update("unknown_kind", update_id=7), said(8))
    async with listening(api, disk):
        await eventually(lambda: len(offsets(api)) == 2)
    assert disk.events == ["8"]
    assert api.aside == []


async def test_a_broken_line_and_a_bad_gateway_are_waited_out(api: FakeBotApi) -> None:
    disk = Disk()
    api.break_line("getUpdates", httpx.ConnectError("x"))
    api.break_line("getUpdates", httpx.ReadTimeout("x"))
    api.garble("getUpdates", b"<html>", 502)
    api.garble("getUpdates", b"{", 200)
    api.put(said(7))
    async with listening(api, disk):
        await eventually(lambda: disk.events)
    assert disk.events == ["7"]
    assert api.pauses == [1, 2, 4, 8]


async def test_the_confirmation_is_repeated_when_the_line_breaks_over_it(api: FakeBotApi) -> None:
    disk = Disk()

    async def admit(events: list[Inbound]) -> None:
        await disk.admit(events)
        api.break_line("getUpdates", httpx.ReadError("x"))

    api.put(said(7))
    telegram = api.telegram()
    task = asyncio.create_task(telegram.listen(admit))
    await eventually(lambda: len(offsets(api)) == 3)
    task.cancel()
    assert offsets(api) == [0, 8, 8]
    assert disk.events == ["7"]


async def test_a_flood_wait_is_kept(api: FakeBotApi) -> None:
    api.fail("getUpdates", 429, "Too Many Requests: retry after 11", retry_after=11)
    async with listening(api, Disk()):
        await eventually(lambda: len(offsets(api)) == 2)
    assert api.pauses == [11]


@pytest.mark.parametrize(("code", "stop"), [(409, AnotherReceiver), (401, TokenRefused), (404, TokenRefused)])
async def test_what_only_a_person_can_mend_stops_it_loudly(
    api: FakeBotApi, code: int, stop: type[Exception]
) -> None:
    api.fail("getUpdates", code, "Conflict: terminated by other getUpdates request")
    with pytest.raises(stop):
        await api.telegram().listen(Disk().admit)


async def test_a_wrong_token_stops_it_before_the_first_question(api: FakeBotApi) -> None:
    api.fail("deleteWebhook", 401, "Unauthorized")
    with pytest.raises(TokenRefused):
        await api.telegram().listen(Disk().admit)
    assert offsets(api) == []


async def test_it_starts_although_telegram_is_away_for_a_while(api: FakeBotApi) -> None:
    disk = Disk()
    api.break_line("deleteWebhook", httpx.ConnectError("x"), times=3)
    api.fail("getMe", 502, "Bad Gateway")
    api.put(said(7))
    async with listening(api, disk):
        await eventually(lambda: disk.events)
    assert len(api.pauses) == 4


async def test_a_webhook_is_registered_with_its_secret_and_nothing_is_asked(api: FakeBotApi) -> None:
    hook = {"webhook_url": "https://yishi.example/telegram", "webhook_secret": "S3cret"}
    async with listening(api, Disk(), **hook) as task:
        await eventually(lambda: api.sent("setWebhook"))
        assert not task.done()
    (call,) = api.sent("setWebhook")
    assert (call["url"], call["secret_token"]) == ("https://yishi.example/telegram", "S3cret")
    assert "callback_query" in call["allowed_updates"]
    assert api.sent("getUpdates") == api.sent("deleteWebhook") == []


async def test_behind_a_webhook_a_token_refused_when_speaking_stops_it_loudly(api: FakeBotApi) -> None:
    telegram = api.telegram(webhook_url="https://yishi.example/telegram", webhook_secret="S3cret")
    task = asyncio.create_task(telegram.listen(Disk().admit))
    await eventually(lambda: api.sent("setWebhook"))
    api.fail("sendMessage", 401, "Unauthorized")
    with pytest.raises(Unavailable):
        await telegram.perform(say(Card("收到")), Urgency.ANSWER)
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(task, 5)


async def test_a_webhook_address_telegram_will_not_take_stops_it_loudly(api: FakeBotApi) -> None:
    api.fail("setWebhook", 400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
    with pytest.raises(TelegramStopped, match=r"(?i)https url must"):
        await api.telegram(webhook_url="http://x", webhook_secret="S3cret").listen(Disk().admit)


def test_updates_without_a_number_confirm_nothing() -> None:
    assert behind([3, {}, {"update_id": "x"}, {"update_id": True}]) == 0
    assert behind([{"update_id": 5}, {"update_id": 9}, {}]) == 10


def test_the_address_asked_has_the_token_where_telegram_wants_it() -> None:
    api = FakeBotApi()
    settings = api.telegram(base_url="http://127.0.0.1:9000/")._settings
    assert settings.url("getUpdates") == f"http://127.0.0.1:9000/bot{TOKEN}/getUpdates"
