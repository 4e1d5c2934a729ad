"""Killed at any moment: what WeCom was told is received is on disk."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.bench.wechat_callbacks import envelope
from tests.peers import ROOT, free_port

pytestmark = pytest.mark.anyio
CONFIG = """
[storage]
url = "sqlite:///{folder}/house.db"
[web]
port = {port}
[wecom_app]
corp_id = "ww1"
agent_id = 1000002
secret = "SECRET"
token = "callbackToken"
aes_key = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
base_url = "http://127.0.0.1:9/cgi-bin"
"""


async def started(folder: Path, port: int) -> asyncio.subprocess.Process:
    house = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run", "-c", str(folder / "config.toml")),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "YISHI_CONFIG": ""},
    )
    async with httpx.AsyncClient(trust_env=False) as http:
        for _ in range(400):
            try:
                if (await http.get(f"http://127.0.0.1:{port}/healthz")).status_code == 200:
                    return house
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError("it never came up")


async def test_whatever_was_acknowledged_is_found_after_a_kill(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "config.toml").write_text(CONFIG.format(folder=tmp_path, port=port), "utf-8")
    house, acknowledged, number = await started(tmp_path, port), set[str](), 0
    for span in (0.3, 0.8):
        killer = asyncio.get_running_loop().call_later(span, house.send_signal, signal.SIGKILL)
        async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
            while not killer.cancelled() and house.returncode is None:
                numbers = range(number, number + 8)
                number += 8
                answers = await asyncio.gather(
                    *(callback(http, port, one) for one in numbers), return_exceptions=True
                )
                acknowledged |= {one for one in answers if isinstance(one, str)}
                if any(isinstance(one, Exception) for one in answers):
                    break
        await house.wait()
        house = await started(tmp_path, port)
    house.send_signal(signal.SIGTERM)
    await house.wait()
    with closing(sqlite3.connect(tmp_path / "house.db")) as fresh:
        kept = {str(row[0]) for row in fresh.execute("SELECT event_id FROM inbox")}
    assert acknowledged
    assert acknowledged <= kept


async def callback(http: httpx.AsyncClient, port: int, number: int) -> str:
    """The message's id, once it was acknowledged."""
    query, body = envelope(f"u{number % 5}", 7_000_000 + number)
    answer = await http.post(f"http://127.0.0.1:{port}/wecom/app", params=query, content=body)
    answer.raise_for_status()
    return str(7_000_000 + number)
