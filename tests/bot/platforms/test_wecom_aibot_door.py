"""The endpoint of URL mode and what comes to it that ought not to."""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from wechatpy.crypto import PrpCrypto

from bot.platforms.base import Rejected
from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_settings import PLATFORM, Mode, WecomAibotSettings
from storage.messages import Act, Address, Card, Outgoing, Urgency
from tests.wecom_line import Hands, Hearer, Remembered

pytestmark = pytest.mark.anyio
TOKEN, KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
EVENT = {
    "msgid": "m1",
    "chattype": "single",
    "from": {"userid": "lisi"},
    "msgtype": "event",
    "event": {"eventtype": "feedback_event"},
}
TEXT = {**EVENT, "msgid": "m2", "msgtype": "text", "text": {"content": "你好"}}


class Called:
    """The endpoint, and somebody who knows its key."""

    def __init__(self) -> None:
        self.hands, self.hearer = Hands(), Hearer()
        around = Surroundings(Remembered(), self.hands.clock, self.hands.pause)
        self.bot = WecomAibot(WecomAibotSettings(mode=Mode.URL, token=TOKEN, aes_key=KEY), around)
        routes = [Route("/", self.bot.endpoint(self.hearer.admit), methods=["GET", "POST"])]
        transport = httpx.ASGITransport(Starlette(routes=routes))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://yishi")

    def sealed(self, body: Any, receiver: str = "", **wrong: str) -> tuple[dict[str, str], bytes]:
        key = base64.b64decode(f"{KEY}=")
        inside = PrpCrypto(key).encrypt(json.dumps(body), receiver).decode()
        stamp = wrong.get("timestamp") or str(int(self.hands.now.timestamp()))
        parts = sorted([wrong.get("token", TOKEN), stamp, "n", inside])
        signature = hashlib.sha1("".join(parts).encode()).hexdigest()
        query = {"msg_signature": signature, "timestamp": stamp, "nonce": "n"}
        return query, json.dumps({"encrypt": inside}).encode()

    async def post(self, query: dict[str, str], content: bytes) -> int:
        return (await self.http.post("/", params=query, content=content)).status_code


async def test_what_is_good_is_taken_once_and_its_replay_refused() -> None:
    called = Called()
    query, content = called.sealed(EVENT)
    assert await called.post(query, content) == 200
    assert await called.post(query, content) == 403


async def test_what_cannot_be_kept_is_to_be_offered_again() -> None:
    called = Called()
    called.hearer.faults = [OSError("disk full")]
    query, content = called.sealed(TEXT)
    assert await called.post(query, content) == 503
    assert await called.post(query, content) == 200
    assert len(called.hearer.events) == 1


@pytest.mark.parametrize(
    ("wrong", "receiver"),
    [({"token": "other"}, ""), ({}, "ww1"), ({"timestamp": "1"}, ""), ({"timestamp": "soon"}, "")],
)
async def test_wrong_seals_wrong_receivers_and_old_hours_are_refused(
    wrong: dict[str, str], receiver: str
) -> None:
    called = Called()
    assert await called.post(*called.sealed(TEXT, receiver, **wrong)) == 403
    assert not called.hearer.events


async def test_a_sealed_call_of_six_minutes_ago_is_refused() -> None:
    called = Called()
    query, content = called.sealed(TEXT)
    called.hands.later(seconds=timedelta(minutes=6).total_seconds())
    assert await called.post(query, content) == 403


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"7", b'{"encrypt": 7}', json.dumps(TEXT).encode(), b"<xml/>", b"[" * 60_000],
)
async def test_unsealed_and_broken_bodies_are_refused(content: bytes) -> None:
    called = Called()
    query, _ = called.sealed(TEXT)
    assert await called.post(query, content) == 403
    assert not called.hearer.events


async def test_an_oversized_body_is_refused_before_it_is_read() -> None:
    called = Called()
    query, _ = called.sealed(TEXT)
    assert await called.post(query, b"x" * 70_000) == 413


async def test_a_sealed_body_that_is_no_object_is_refused() -> None:
    called = Called()
    assert await called.post(*called.sealed([1])) == 403


async def test_without_a_callback_nothing_can_be_said_and_that_is_said() -> None:
    called = Called()
    with pytest.raises(Rejected):
        await called.bot.perform(Outgoing(Act.SAY, Address(PLATFORM, "wrCHAT"), Card("公示")), Urgency.NOTICE)


def test_without_a_key_there_is_no_endpoint() -> None:
    bot = WecomAibot(WecomAibotSettings(mode=Mode.URL), Surroundings(Remembered()))
    with pytest.raises(ValueError, match="EncodingAESKey"):
        bot.endpoint(Hearer().admit)
