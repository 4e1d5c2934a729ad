"""A fake of WeChat's and WeCom's HTTP interfaces in this process, and the callbacks they would send."""

import asyncio
import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from wechatpy.crypto import WeChatCrypto

from bot.platforms.wechat_calls import Around
from bot.platforms.wechat_vault import OwnVault, Vault
from bot.web import Endpoint

NOW = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
TOKEN, KEY = "callbackToken", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
_PASSES = {"gettoken", "token", "stable_token"}


@dataclass
class FakeWeixin:
    """Answers like the interfaces: passes that can be let expire, codes good once, errors when told to."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    passes: Counter[str] = field(default_factory=Counter)
    good: str = "PASS-0"
    codes: set[str] = field(default_factory=set)
    uploads: list[bytes] = field(default_factory=list)
    now: datetime = NOW
    _failures: dict[str, deque[int | Exception | None]] = field(default_factory=lambda: defaultdict(deque))

    def around(self, vault: Vault | None = None) -> Around:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        return Around(client, lambda: self.now, vault or OwnVault())

    def sent(self, path: str) -> list[dict[str, Any]]:
        return [body for called, body in self.calls if called == path]

    def fail(self, path: str, *faults: int | Exception | None) -> None:
        """The next answers there: an errcode, a broken line, or for None an ordinary one."""
        self._failures[path].extend(faults)

    def expire(self) -> None:
        """The pass given last is bad from now on."""
        self.good = f"PASS-{sum(self.passes.values()) + 1}"

    def press(self) -> str:
        """The code that comes with a press."""
        code = f"RC{len(self.codes) + 1}"
        self.codes.add(code)
        return code

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        path = request.url.path.partition("/cgi-bin/")[2]
        if self._failures[path]:
            fault = self._failures[path].popleft()
            if isinstance(fault, Exception):
                raise fault
            if fault is not None:
                return _refusal(fault)
        if path in _PASSES:
            self.passes[path] += 1
            return httpx.Response(200, json={"access_token": self.good, "expires_in": 7200})
        return self._called(path, request)

    def _called(self, path: str, request: httpx.Request) -> httpx.Response:
        if path != "webhook/send" and request.url.params.get("access_token") != self.good:
            return _refusal(40014)
        if path == "media/upload":
            self.uploads.append(request.content)
            return httpx.Response(200, json={"errcode": 0, "media_id": f"MEDIA{len(self.uploads)}"})
        body = json.loads(request.content) if request.content else {}
        if path == "message/update_template_card":
            if body["response_code"] not in self.codes:
                return _refusal(40058)
            self.codes.discard(body["response_code"])
        self.calls.append((path, body | ({"key": key} if (key := request.url.params.get("key")) else {})))
        if path == "agent/get":
            return httpx.Response(200, json={"errcode": 0, "agentid": 1000002, "name": "议事助手"})
        return httpx.Response(200, json={"errcode": 0, "errmsg": "ok", **self._more(body)})

    def _more(self, body: dict[str, Any]) -> dict[str, str]:
        code = {"response_code": self.press()} if body.get("msgtype") == "template_card" else {}
        return {"msgid": f"M{len(self.calls)}", **code} if "chatid" not in body else {}


def _refusal(code: int) -> httpx.Response:
    return httpx.Response(200, json={"errcode": code, "errmsg": "in words that change"})


@dataclass
class Caller:
    """The platform's side of a callback address: seals, signs and sends; `receiver` is the corp or the account."""

    endpoint: Endpoint
    receiver: str
    now: Callable[[], datetime]
    nonce: str = "n0nce"

    async def get(self, **changed: str) -> httpx.Response:
        """The verification of the address with a sealed echo."""
        envelope = self.seal("echo 你好")
        query = self.query(envelope) | {"echostr": envelope["Encrypt"]} | changed
        return await self._send("GET", query, b"")

    async def post(self, xml: str, **changed: str) -> httpx.Response:
        """A sealed callback; `changed` replaces what stands in the address."""
        envelope = self.seal(xml)
        body = f"<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[{envelope['Encrypt']}]]></Encrypt></xml>"
        return await self._send("POST", self.query(envelope) | changed, body.encode())

    async def raw(self, body: bytes, **query: str) -> httpx.Response:
        return await self._send("POST", query, body)

    def seal(self, words: str) -> dict[str, str]:
        import xmltodict

        stamp = str(int(self.now().timestamp()))
        sealed = WeChatCrypto(TOKEN, KEY, self.receiver).encrypt_message(words, self.nonce, stamp)
        return dict(xmltodict.parse(sealed)["xml"])

    def query(self, envelope: dict[str, str]) -> dict[str, str]:
        return {
            "msg_signature": envelope["MsgSignature"],
            "timestamp": envelope["TimeStamp"],
            "nonce": envelope["Nonce"],
        }

    async def _send(self, method: str, query: dict[str, str], body: bytes) -> httpx.Response:
        from starlette.applications import Starlette
        from starlette.routing import Route

        app = Starlette(routes=[Route("/hook", self.endpoint, methods=["GET", "POST"])])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as http:
            return await http.request(method, "/hook", params=query, content=body)


@dataclass
class Disk:
    """What stands behind the door: admits once by id, or is full."""

    events: list[Any] = field(default_factory=list)
    full: bool = False

    async def admit(self, events: list[Any]) -> None:
        if self.full:
            raise OSError("disk full")
        known = {event.event_id for event in self.events}
        self.events += [event for event in events if event.event_id not in known]


def xml(**fields: object) -> str:
    """A callback's fields as the platforms write them; a field that is XML already begins with <."""
    parts = [
        f"<{name}>{value if str(value).startswith('<') else f'<![CDATA[{value}]]>'}</{name}>"
        for name, value in fields.items()
    ]
    return f"<xml>{''.join(parts)}</xml>"
