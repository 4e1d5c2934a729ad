"""Fifty WeCom callbacks at once, from the socket to the disk and back, and what reading one costs beside wechatpy.

    python -m tests.bench.wechat_callbacks

Each round sends fifty sealed messages of fifty people at once to a whole house behind uvicorn; the time is that of
the 200, which is given only when the message is on disk. Prints a table and one JSON line.
"""

import asyncio
import json
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from starlette.applications import Starlette
from starlette.routing import Route
from wechatpy.enterprise import parse_message
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.app import App
from bot.clock import SystemClock
from bot.platforms import wechat_xml
from bot.platforms.wechat_crypto import Query, Seal, sealed_in
from bot.platforms.wechat_vault import SharedVault
from bot.platforms.wecom_app import WecomApp
from bot.platforms.wecom_app_decode import decode
from bot.platforms.wecom_app_settings import WecomAppSettings
from bot.web import listening, server
from handlers.settings import Settings
from storage import schema
from storage.database import Database
from tests.bench.town import machine
from tests.peers import eventually, free_port
from tests.weixin import KEY, TOKEN, Caller, FakeWeixin, xml

ROUNDS, TOGETHER, TIMES = 20, 50, 2000
PLAIN = {"ToUserName": "ww1", "MsgType": "text", "Content": "3栋电梯又坏了，老人下不了楼", "AgentID": 1000002}
SETTINGS = WecomAppSettings("ww1", 1000002, "SECRET", TOKEN, KEY, "https://fake/cgi-bin/")


def envelope(person: str, number: int) -> tuple[dict[str, str], bytes]:
    """The address and the body of one callback."""
    stamp = int(datetime.now(UTC).timestamp())
    words = xml(**PLAIN, FromUserName=person, CreateTime=stamp, MsgId=number)
    sealed = Caller(None, "ww1", lambda: datetime.now(UTC)).seal(words)  # type: ignore[arg-type]
    query = {
        "msg_signature": sealed["MsgSignature"],
        "timestamp": sealed["TimeStamp"],
        "nonce": sealed["Nonce"],
    }
    return query, f"<xml><Encrypt><![CDATA[{sealed['Encrypt']}]]></Encrypt></xml>".encode()


async def one(http: httpx.AsyncClient, url: str, number: int) -> float:
    query, body = envelope(f"u{number % TOGETHER}", number)
    begun = time.perf_counter()
    answer = await http.post(url, params=query, content=body)
    assert answer.status_code == 200
    return (time.perf_counter() - begun) * 1e3


async def rounds(url: str) -> list[float]:
    limits = httpx.Limits(max_connections=TOGETHER, max_keepalive_connections=TOGETHER)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=30) as http:
        await asyncio.gather(*(one(http, url, number) for number in range(TOGETHER)))
        found: list[float] = []
        for turn in range(1, ROUNDS + 1):
            numbers = range(turn * TOGETHER, (turn + 1) * TOGETHER)
            found += await asyncio.gather(*(one(http, url, number) for number in numbers))
    return found


async def acknowledged(folder: Path) -> list[float]:
    """Milliseconds to each 200; fails when any that was given is not on disk."""
    database = await Database.open(f"sqlite:///{folder / 'house.db'}")
    await schema.upgrade(database)
    channel = WecomApp(SETTINGS, FakeWeixin(now=datetime.now(UTC)).around(SharedVault(database)))
    house = await App.open(database, {"wecom_app": channel}, SystemClock(), Settings(community="桂花里社区"))
    inlet = asyncio.ensure_future(house.inlet.run())
    port = free_port()
    web = server(Starlette(routes=[Route("/hook", channel.endpoint(house.admit), methods=["POST"])]))
    serving = asyncio.ensure_future(web.serve([listening("127.0.0.1", port)]))
    await eventually(lambda: web.started)
    found = await rounds(f"http://127.0.0.1:{port}/hook")
    web.stop()
    await serving
    inlet.cancel()
    await channel.close()
    await database.close()
    kept = count(folder / "house.db")
    assert kept == (ROUNDS + 1) * TOGETHER, f"{kept} on disk"
    return found


def count(path: Path) -> int:
    with sqlite3.connect(path) as fresh:
        return int(fresh.execute("SELECT count(*) FROM inbox").fetchone()[0])


def microseconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        for _ in range(TIMES):
            work()
        best = min(best, time.perf_counter() - begun)
    return best / TIMES * 1e6


def reading() -> dict[str, float]:
    """What one callback costs from its bytes to what happened."""
    given, body = envelope("zhangsan", 7)
    now, seal, theirs = datetime.now(UTC), Seal(TOKEN, KEY, "ww1"), WeChatCrypto(TOKEN, KEY, "ww1")
    query = Query.of(given, "msg_signature")

    def ours() -> object:
        return decode(wechat_xml.read(seal.open(query, sealed_in(body), now)))

    def peer() -> object:
        plain = theirs.decrypt_message(body, given["msg_signature"], given["timestamp"], given["nonce"])
        return parse_message(plain)

    mine, other = microseconds(ours), microseconds(peer)
    return {"ours_us": round(mine, 1), "wechatpy_us": round(other, 1), "ratio": round(mine / other, 3)}


def main() -> None:
    with TemporaryDirectory() as folder:
        found = sorted(asyncio.run(acknowledged(Path(folder))))
    share = {
        name: found[int(len(found) * part)] for name, part in (("p50", 0.5), ("p99", 0.99), ("max", 0.9999))
    }
    row = {name: round(value, 1) for name, value in share.items()} | {
        "mean": round(statistics.mean(found), 1)
    }
    cost = reading()
    print(f"{len(found)} callbacks, {TOGETHER} at once: ms to a durable 200")
    print("  ".join(f"{name} {value}" for name, value in row.items()))
    print("one callback, bytes to event, µs:", "  ".join(f"{name} {value}" for name, value in cost.items()))
    assert row["p99"] < 1000, "WeCom waits five seconds; a fifth of that is too much"
    print(json.dumps({"bench": "wechat_callbacks", "ack_ms": row, "reading": cost, "machine": machine()}))


if __name__ == "__main__":
    main()
