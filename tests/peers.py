"""Programs other people wrote, started for a test and stopped after it; where they are missing the test is skipped.

The folder of peers is `../shared/peers` beside the project, or what YISHI_PEERS names; npm packages are looked up in
`.cache/peers` (`npm install --no-save telegram-test-api@4.2.1` there).
"""

import asyncio
import importlib
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / ".cache" / "peers"


def peers() -> Path:
    folder = Path(os.environ.get("YISHI_PEERS") or ROOT.parent / "shared" / "peers")
    if not folder.is_dir():
        pytest.skip(f"no peers: neither {folder} nor YISHI_PEERS")
    return folder


def oracle_module() -> Any:
    """The judge of outgoing Telegram calls; needs aiogram and teremok."""
    folder = peers()
    for needed in ("aiogram", "teremok"):
        pytest.importorskip(needed)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return importlib.import_module("telegram_oracle")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class TelegramServer:
    """The test side of telegram-test-api: what people do, and what the bot did."""

    url: str
    http: httpx.AsyncClient
    token: str = "123456:peer"

    async def says(self, person: int, chat: dict[str, Any], text: str, date: int = 1_795_165_800) -> None:
        body = {"botToken": self.token, "from": someone(person), "chat": chat, "date": date, "text": text}
        await self._post("/sendMessage", body)

    async def presses(self, person: int, message: dict[str, Any], data: str) -> None:
        body = {"botToken": self.token, "from": someone(person), "data": data, "message": message}
        await self._post("/sendCallback", body)

    async def update(self, update: dict[str, Any]) -> int:
        """Any update; one with an `update_id` keeps it, so that it can be sent twice. Its number."""
        answer = await self._post("/sendUpdate", {"botToken": self.token, "update": update})
        return int(answer["result"]["update_id"])

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of what the bot called, getUpdates left out."""
        return [call["params"] for call in await self.everything() if call["method"] == method]

    async def everything(self) -> list[dict[str, Any]]:
        """Every call of the bot in order, as {method, params}."""
        return list((await self.http.get("/calls")).json()["result"])

    async def pending(self) -> list[dict[str, Any]]:
        return list((await self.http.get("/pending", params={"token": self.token})).json()["result"])

    async def fail(self, method: str, code: int, description: str, times: int = 1, **parameters: Any) -> None:
        body = {"method": method, "error_code": code, "description": description, "times": times}
        await self._post("/failures", body | {"parameters": parameters})

    async def answer(self, method: str, result: Any) -> None:
        """The result of a method the server does not know (sendPhoto, getChat …)."""
        await self._post("/answers", {"method": method, "result": result})

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = await self.http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()


def someone(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": f"u{number}"}


def group(number: int = -1_001_234_567_890, title: str = "3栋居民群") -> dict[str, Any]:
    return {"id": number, "type": "supergroup", "title": title}


@asynccontextmanager
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """telegram-test-api with its corrections, on a port of its own, as a process."""
    script, node = peers() / "telegram_test_api.cjs", shutil.which("node")
    if node is None or not (PACKAGES / "node_modules" / "telegram-test-api").is_dir():
        pytest.skip("needs node, and telegram-test-api@4.2.1 in .cache/peers")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        node,
        script,
        str(port),
        cwd=PACKAGES,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        assert process.stdout is not None
        first = (await process.stdout.readline()).decode()
        assert "listening" in first, first + (await process.stdout.read()).decode()
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
            yield TelegramServer(url, http)
    finally:
        process.kill()
        await process.communicate()


async def eventually(condition: Any, seconds: float = 10) -> None:
    """Wait until `condition()` (or what it awaits) is true; AssertionError when it never is."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        found = condition()
        if await found if asyncio.iscoroutine(found) else found:
            return
        assert asyncio.get_running_loop().time() < deadline, "it never came true"
        await asyncio.sleep(0.02)
