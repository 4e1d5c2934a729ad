"""URL mode after a restart: what was sealed, sent and kept before may come again and changes nothing."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from wechatpy.crypto import PrpCrypto

from bot.app import App
from bot.platforms import wecom_aibot_door
from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_memory import HouseMemory
from bot.platforms.wecom_aibot_settings import PLATFORM, Mode, WecomAibotSettings
from handlers.settings import Settings
from storage import schema
from storage.database import Database
from tests.storage.files import rows
from tests.wecom_house import Watch
from tests.wecom_line import Hands

pytestmark = pytest.mark.anyio
TOKEN, KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
SETTINGS = Settings(
    community="桂花里社区", operators=frozenset({f"{PLATFORM}:wangwu"}), quiet=(datetime.min.time(),) * 2
)
TABLES = ("inbox", "outbox", "issues", "groups", "members", "journal")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def said(msgid: str, words: str) -> dict[str, Any]:
    return {
        "msgid": msgid,
        "aibotid": "BOT",
        "chatid": "wrGROUP",
        "chattype": "group",
        "from": {"userid": "wangwu"},
        "msgtype": "text",
        "text": {"content": f"@小区助手 {words}"},
    }


def sealed(body: dict[str, Any], now: datetime) -> tuple[dict[str, str], bytes]:
    inside = PrpCrypto(base64.b64decode(f"{KEY}=")).encrypt(json.dumps(body), "").decode()
    stamp = str(int(now.timestamp()))
    signature = hashlib.sha1("".join(sorted([TOKEN, stamp, "n", inside])).encode()).hexdigest()
    return {"msg_signature": signature, "timestamp": stamp, "nonce": "n"}, json.dumps(
        {"encrypt": inside}
    ).encode()


@asynccontextmanager
async def called(path: Path, hands: Hands) -> AsyncIterator[httpx.AsyncClient]:
    """A house that has just been started, whose AI bot is called from outside; nothing but the disk is older."""
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    settings = WecomAibotSettings(name="小区助手", mode=Mode.URL, token=TOKEN, aes_key=KEY)
    bot = WecomAibot(settings, Surroundings(HouseMemory(database, SETTINGS), hands.clock, hands.pause))
    app = await App.open(database, {PLATFORM: bot}, Watch(hands), SETTINGS)
    routes = [Route("/", bot.endpoint(app.admit), methods=["POST"])]
    stop = asyncio.Event()
    serving = asyncio.ensure_future(app.serve(stop))
    try:
        transport = httpx.ASGITransport(Starlette(routes=routes))
        async with httpx.AsyncClient(transport=transport, base_url="http://yishi") as http:
            yield http
    finally:
        stop.set()
        await serving
        await bot.close()
        await database.close()


def kept(path: Path) -> dict[str, list[Any]]:
    return {table: rows(path, f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES}


async def test_a_replay_after_a_restart_is_taken_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wecom_aibot_door, "_OWED", 0.5)
    path, hands = tmp_path / "house.db", Hands(lambda: datetime.now(UTC))
    bound = sealed(said("m1", "绑定 居民群 桂花里社区"), hands.now)
    told = sealed(said("m2", "报事 3号楼2单元电梯坏了"), hands.now)
    async with called(path, hands) as http:
        for query, content in (bound, told):
            answer = await http.post("/", params=query, content=content)
            assert (answer.status_code, bool(answer.content)) == (200, True)
    before = kept(path)
    assert len(before["issues"]) == 1
    async with called(path, hands) as http:
        for query, content in (told, bound):
            answer = await http.post("/", params=query, content=content)
            assert (answer.status_code, answer.content) == (200, b""), (
                "kept before, so there is nothing to say"
            )
    assert kept(path) == before
