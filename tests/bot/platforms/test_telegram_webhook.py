"""Receiving by webhook: 200 means it is safe, and strangers get nowhere."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from storage.messages import Inbound
from tests.bot.platforms.updates import an_update, said
from tests.fakes import FakeBotApi

pytestmark = pytest.mark.anyio
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "S3cret"}


class Door:
    """An endpoint with a disk behind it."""

    def __init__(self) -> None:
        self.api = FakeBotApi()
        self.safe: list[str] = []
        self.full = False
        telegram = self.api.telegram(webhook_url="https://x/telegram", webhook_secret="S3cret")
        route = Route("/telegram", telegram.endpoint(self.admit), methods=["POST"])
        transport = httpx.ASGITransport(Starlette(routes=[route]))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://x")

    async def admit(self, events: list[Inbound]) -> None:
        if self.full:
            raise OSError("disk full")
        self.safe += [event.event_id for event in events]

    async def post(self, body: Any, headers: dict[str, str] = SECRET) -> int:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return (await self.http.post("/telegram", content=content, headers=headers)).status_code


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    yield door
    await door.http.aclose()


async def test_an_update_is_answered_200_once_it_is_safe(door: Door) -> None:
    assert await door.post(said(7)) == 200
    assert door.safe == ["7"]


async def test_while_the_disk_is_full_telegram_is_asked_to_repeat(door: Door) -> None:
    door.full = True
    assert await door.post(said(7)) == 503
    door.full = False
    assert await door.post(said(7)) == 200
    assert door.safe == ["7"]


async def test_before_the_bot_knows_its_own_name_telegram_is_asked_to_repeat(door: Door) -> None:
    door.api.break_line("getMe", httpx.ConnectError("x"))
    assert await door.post(said(7)) == 503
    assert await door.post(said(7)) == 200
    assert len(door.api.sent("getMe")) == 2
    assert await door.post(said(8)) == 200
    assert len(door.api.sent("getMe")) == 2


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "S3cre"}, {"x-other": "S3cret"}])
async def test_a_stranger_without_the_secret_is_refused(door: Door, headers: dict[str, str]) -> None:
    assert await door.post(said(7), headers) == 403
    assert door.safe == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"3", b"[]"])
async def test_what_is_not_an_update_is_refused(door: Door, body: bytes) -> None:
    assert await door.post(body) == 400
    assert door.safe == []


async def test_more_than_a_megabyte_is_not_read(door: Door) -> None:
    assert await door.post(said(7, "x" * 1_000_001)) == 413
    assert await door.post(said(8, "x" * 900_000)) == 200
    assert door.safe == ["8"]


async def test_an_unreadable_update_is_set_aside_and_not_repeated_for_ever(door: Door) -> None:
    assert await door.post(an_update("milliseconds", update_id=7)) == 200
    assert [fault.event_id for fault, _ in door.api.aside] == ["7"]
    assert door.safe == []


async def test_only_posts_are_taken(door: Door) -> None:
    assert (await door.http.get("/telegram", headers=SECRET)).status_code == 405


def test_an_endpoint_without_a_secret_does_not_exist() -> None:
    with pytest.raises(ValueError, match="secret"):
        FakeBotApi().telegram(webhook_url="https://x/").endpoint(Door().admit)
