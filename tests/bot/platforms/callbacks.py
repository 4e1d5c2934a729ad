"""Callback addresses on a real port, called by the platform owner's own programs; skipped where those are missing."""

import asyncio
import importlib
import json
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.web import Endpoint, listening, server
from tests.peers import PACKAGES, eventually, free_port, peers


def weixin_api() -> Any:
    """The peers' server for WeCom's and WeChat's interfaces; needs aiohttp."""
    folder = peers()
    pytest.importorskip("aiohttp")
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return importlib.import_module("weixin_api")


@asynccontextmanager
async def served(endpoint: Endpoint) -> AsyncIterator[str]:
    """The address of an endpoint that answers on this machine."""
    port = free_port()
    web = server(Starlette(routes=[Route("/hook", endpoint, methods=["GET", "POST"])]))
    serving = asyncio.ensure_future(web.serve([listening("127.0.0.1", port)]))
    await eventually(lambda: web.started)
    try:
        yield f"http://127.0.0.1:{port}/hook"
    finally:
        web.stop()
        await serving


async def calls(script: str, package: str, *arguments: str) -> list[dict[str, Any]]:
    """What the program printed, a line for each request; it fails the test when it found anything wrong."""
    path, node = peers() / script, shutil.which("node")
    if node is None or not (PACKAGES / "node_modules" / package).is_dir():
        pytest.skip(f"needs node, and {package} in .cache/peers")
    process = await asyncio.create_subprocess_exec(
        node,
        path,
        *arguments,
        cwd=PACKAGES,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode == 0, (out + errors).decode()
    return [json.loads(line) for line in out.decode().splitlines() if line.startswith("{")]
