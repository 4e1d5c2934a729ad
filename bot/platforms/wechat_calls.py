"""Calls of WeChat's and WeCom's HTTP interfaces, with a pass that is asked for once and renewed once."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar, cast

import httpx
import structlog

from bot.platforms.base import Doubtful, Rejected, SendError, TryLater, Unavailable, Unreachable
from bot.platforms.wechat_badge import Badge
from bot.platforms.wechat_vault import Vault
from bot.platforms.wire import Json, Table
from storage.messages import FileKind, Made
from storage.tokens import Token

STALE = frozenset({40001, 40014, 42001})
STRANGER = 60020
"""The errcode for a call from an address that is not on the list of trusted ones."""

_PAUSE, _EARLY = timedelta(seconds=60), timedelta(minutes=1)
_UNTOLD = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_TOO_OFTEN = frozenset({45009, 45011, 45033, 48006})
# Nothing is wrong with the message: what is wrong is ours to set right, and the message keeps until then.
_OURS = STALE | {-1, 6000, 40013, 40125, 40164, 41001, 48001, 50001, STRANGER, 301002}
_GONE = frozenset({40003, 40031, 40050, 43004, 60011, 60111, 81013, 86001, 86003, 86008, 93000})
_log = structlog.get_logger(__name__)

T = TypeVar("T")


class Refused(Exception):
    """The interface answered with an errcode; what it writes beside it is for people and changes."""

    def __init__(self, path: str, code: int) -> None:
        super().__init__(f"{path}: errcode {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Around:
    """What lies between a channel and the world."""

    client: httpx.AsyncClient
    clock: Callable[[], datetime]
    vault: Vault


class Line:
    """The line of one app or account. Every call is made at most twice: the second time with a new pass."""

    def __init__(self, base_url: str, badge: Badge, around: Around) -> None:
        self._base, self._badge, self._around = base_url, badge, around
        self._turn = asyncio.Lock()

    async def tell(self, path: str, body: Table) -> Table:
        """Make a call that says something. Raises SendError."""
        return await told(self.ask(path, body))

    async def ask(self, path: str, body: Table | None = None, **query: str) -> Table:
        """Make a call: POST with a body, else GET with this query. Raises Refused, or SendError when there was no answer."""
        stale = ""
        while True:
            token = await self.token(stale)
            try:
                asked = {**query, "access_token": token}
                return await call(self._around.client, self._base, path, asked, content_of(body))
            except Refused as no:
                if no.code not in STALE or stale:
                    raise
                stale = token

    async def upload(self, made: Made) -> str:
        """Hand over a file and return its media id, good for three days. Raises SendError."""
        kind = "image" if made.kind is FileKind.PHOTO else "file"
        token = await told(self.token())
        handing = call(
            self._around.client,
            self._base,
            "media/upload",
            {"access_token": token, "type": kind},
            files={"media": (made.name, made.content)},
        )
        answer = await told(_harmless(handing))
        return str(answer.get("media_id", ""))

    async def token(self, stale: str = "") -> str:
        """Return a pass other than `stale`; whoever asks while it is being fetched waits for the same one."""
        async with self._turn:
            now = self._around.clock()
            kept = await self._around.vault.find(self._badge.name, now + _EARLY)
            if kept and kept.value != stale:
                return kept.value
            return await self._fetch(now, stale)

    async def _fetch(self, now: datetime, stale: str) -> str:
        token, seconds = await self._new_pass(self._badge.body)
        if token == stale and self._badge.body is not None:
            token, seconds = await self._new_pass({**self._badge.body, "force_refresh": True})
        await self._around.vault.keep(Token(self._badge.name, token, now + timedelta(seconds=seconds)))
        return token

    async def _new_pass(self, body: Table | None) -> tuple[str, int]:
        badge = self._badge
        asking = call(self._around.client, self._base, badge.path, badge.query, content_of(body))
        answer = await _harmless(asking)
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not isinstance(seconds, int):
            raise Doubtful(f"{badge.path}: an answer that cannot be read")
        return token, seconds


def content_of(body: Table | None) -> bytes | None:
    """Return a body as it is sent; WeCom has an errcode of its own, 40033, for escaped characters."""
    return None if body is None else json.dumps(body, ensure_ascii=False).encode()


async def call(  # noqa: PLR0913 - the parts of a request
    client: httpx.AsyncClient,
    base: str,
    path: str,
    query: Mapping[str, str],
    content: bytes | None = None,
    *,
    files: Mapping[str, tuple[str, bytes]] | None = None,
) -> Table:
    """Make one request. Raises Refused or SendError; neither holds the address, which has our secrets in it."""
    method = "GET" if content is None and files is None else "POST"
    try:
        answer = await client.request(
            method, base + path, params=dict(query), content=content, files=dict(files) if files else None
        )
    except _UNTOLD as fault:
        raise Unavailable(f"{path}: {type(fault).__name__}") from None
    except httpx.HTTPError as fault:
        raise Doubtful(f"{path}: {type(fault).__name__}") from None
    return _read(path, answer)


def _read(path: str, answer: httpx.Response) -> Table:
    try:
        body = cast(Json, json.loads(answer.content))
    except ValueError:
        body = None
    if not answer.is_success or not isinstance(body, dict):
        raise Doubtful(f"{path}: an answer of {answer.status_code} that cannot be read")
    code = body.get("errcode", 0)
    if not isinstance(code, int):
        raise Doubtful(f"{path}: an errcode that is no number")
    if code:
        raise Refused(path, code)
    return body


async def told(asked: Awaitable[T]) -> T:
    """Wait for a call, with an errcode turned into what it means for the message."""
    try:
        return await asked
    except Refused as no:
        raise meant(no) from None


async def _harmless(asked: Awaitable[T]) -> T:
    """Wait for a call that tells nobody anything: whatever became of it, it may be made again."""
    try:
        return await asked
    except Doubtful as fault:
        raise Unavailable(str(fault)) from None


def meant(no: Refused) -> SendError:
    """Return what an errcode says about the message that was to be told."""
    if no.code in _TOO_OFTEN:
        return TryLater(_PAUSE)
    if no.code in _OURS:
        _log.error("the interface refuses us", why=str(no))
        return Unavailable(str(no))
    return Unreachable(str(no)) if no.code in _GONE else Rejected(str(no))
