"""Fakes of our own, so that the tests stand alone: a Bot API that lives in this process and opens no socket."""

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import httpx
from telegram.request import HTTPXRequest

from bot.platforms.telegram import Surroundings, Telegram
from bot.platforms.telegram_decode import Unreadable
from bot.platforms.telegram_settings import TelegramSettings

TOKEN = "123456:fake-token"
NOW = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
_QUOTED = re.compile(r'(filename|name)="([^"]*)"')
ME = {
    "id": 666,
    "is_bot": True,
    "first_name": "议事",
    "username": "yishi_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}


@dataclass
class FakeBotApi:
    """Answers like Telegram: keeps updates until an offset confirms them, numbers what is sent, fails when told to."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    aside: list[tuple[Unreadable, str]] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    _failures: dict[str, deque[Callable[[], httpx.Response]]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _sent: int = 100

    def telegram(self, **settings: Any) -> Telegram:
        """A channel wired to this fake; waiting is noted in `pauses` and takes no time."""
        return Telegram(TelegramSettings(TOKEN, **settings), self.surroundings())

    def surroundings(self) -> Surroundings:
        transport = httpx.MockTransport(self._answer)
        return Surroundings(
            request=HTTPXRequest(httpx_kwargs={"transport": transport}),
            client=httpx.AsyncClient(transport=transport),
            clock=lambda: NOW,
            pause=self._pause,
            set_aside=self._set_aside,
        )

    def put(self, *updates: Any) -> None:
        self.waiting += updates
        self._news.set()

    def fail(self, method: str, code: int, description: str, times: int = 1, **parameters: Any) -> None:
        body = {"ok": False, "error_code": code, "description": description}
        body |= {"parameters": parameters} if parameters else {}
        self._failures[method] += [lambda: httpx.Response(code, json=body)] * times

    def garble(self, method: str, body: bytes, status: int = 200) -> None:
        self._failures[method].append(lambda: httpx.Response(status, content=body))

    def break_line(self, method: str, fault: Exception, times: int = 1) -> None:
        def broken() -> httpx.Response:
            raise fault

        self._failures[method] += [broken] * times

    def sent(self, method: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.calls if name == method]

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.rsplit("/", 1)[-1]
        parameters = _parameters(request)
        self.calls.append((method, parameters))
        if self._failures[method]:
            return self._failures[method].popleft()()
        return httpx.Response(200, json={"ok": True, "result": await self._result(method, parameters)})

    async def _result(self, method: str, parameters: dict[str, Any]) -> Any:
        if method in self.answers:
            return self.answers[method]
        if method == "getUpdates":
            return await self._updates(parameters["offset"])
        if method == "getMe":
            return ME
        if method == "getWebhookInfo":
            return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        if method == "sendMediaGroup":
            return [self._message(parameters) for _ in parameters["media"]]
        return self._message(parameters) if method.startswith(("send", "edit")) else True

    async def _updates(self, offset: int) -> list[Any]:
        self.waiting = [update for update in self.waiting if not offset or _number(update) >= offset]
        while not self.waiting:
            self._news.clear()
            await self._news.wait()
        return self.waiting[:100]

    def _message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        self._sent += 1
        number = int(parameters.get("message_id") or self._sent)
        chat = {"id": int(parameters["chat_id"]), "type": "supergroup", "title": "居民群"}
        return {"message_id": number, "date": int(NOW.timestamp()), "chat": chat, "from": ME}

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def _set_aside(self, fault: Unreadable, raw: str) -> None:
        self.aside.append((fault, raw))


def _number(update: Any) -> int:
    """An update without a readable number is confirmed by whichever comes behind it."""
    return update["update_id"] if isinstance(update, dict) and isinstance(update.get("update_id"), int) else 0


def _parameters(request: httpx.Request) -> dict[str, Any]:
    """PTB sends a form whose values are JSON where they are not plain strings; the poller sends JSON."""
    kind = request.headers.get("content-type", "")
    if kind == "application/json":
        return dict(json.loads(request.content))
    if kind.startswith("multipart/"):
        return _uploaded(kind, request.content)
    pairs = parse_qsl(request.content.decode(), keep_blank_values=True)
    return {name: _value(value) for name, value in pairs}


def _value(written: str) -> Any:
    return json.loads(written) if written.startswith(("{", "[")) else written


def _uploaded(kind: str, body: bytes) -> dict[str, Any]:
    """The parts of a form with files (RFC 7578): what is a file is (name, contents)."""
    boundary = kind.partition("boundary=")[2].encode()
    found: dict[str, Any] = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n")
        named = dict(_QUOTED.findall(head.decode()))
        found[named["name"]] = (
            (named["filename"], content) if "filename" in named else _value(content.decode())
        )
    return found
