"""WeCom's end of the AI bot's long connection, as little of it as our tests need; on a port of this machine.

It judges as it goes: whatever breaks a documented rule lands in `violations`.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_settings import WecomAibotSettings
from storage.messages import Card, Inbound

BOT, SECRET, NAME = "BOT", "secret-of-the-bot", "小区助手"
START = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
CONTENT_BYTES = 20_480
WINDOWS = {"message": timedelta(hours=24), "enter_chat": timedelta(seconds=5), "press": timedelta(seconds=5)}
PLAIN: dict[str, dict[str, Any]] = {
    "ping": {},
    "aibot_upload_media_init": {"body": {"upload_id": "u"}},
    "aibot_upload_media_chunk": {},
    "aibot_upload_media_finish": {"body": {"media_id": "MEDIA"}},
}
ANSWERS = {
    "aibot_respond_msg": "message",
    "aibot_respond_welcome_msg": "enter_chat",
    "aibot_respond_update_msg": "press",
}


class Hands:
    """A clock the test moves, or with `base` the real one moved on; waiting is noted and takes no time."""

    def __init__(self, base: Callable[[], datetime] = lambda: START) -> None:
        self._base = base
        self._ahead = timedelta(0)
        self.pauses: list[float] = []
        self.on_pause: Callable[[float], None] = lambda _: None

    @property
    def now(self) -> datetime:
        return self._base() + self._ahead

    def clock(self) -> datetime:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.on_pause(seconds)
        await asyncio.sleep(0.005)

    def later(self, **span: float) -> None:
        self._ahead += timedelta(**span)


@dataclass
class Remembered:
    """A lasting memory that lasts as long as the test."""

    cards: dict[str, Card] = field(default_factory=dict)
    single: set[str] = field(default_factory=set)
    apologies: list[datetime] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)

    async def card(self, chat: object, message_id: str) -> Card | None:
        return self.cards.get(message_id)

    async def told(self, chat: object) -> list[tuple[str, Card]]:
        return list(self.cards.items())

    async def is_bound(self, chat: object) -> bool:
        return False

    async def may_write_to(self, account: str) -> bool:
        return account in self.single

    async def set_aside(self, event_id: str, reason: str, raw: str, now: datetime) -> None:
        self.aside.append((event_id, reason))

    async def apologise(self, now: datetime) -> None:
        self.apologies.append(now)


@dataclass
class Hearer:
    """Where events are admitted; `faults` are raised first."""

    events: list[Inbound] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    async def admit(self, events: list[Inbound]) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.events += events


@dataclass
class WecomLine:
    """The server. `hands` tells it the time, so that windows and quotas follow the test's clock."""

    hands: Hands
    frames: list[dict[str, Any]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    subscriptions: list[datetime] = field(default_factory=list)
    refusals: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    silences: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    views: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _lines: list[ServerConnection] = field(default_factory=list)
    _asked: dict[str, tuple[str, datetime, str]] = field(default_factory=dict)
    _told: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _spoke: set[str] = field(default_factory=set)
    callers: dict[str, str] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._server = await serve(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{next(iter(self._server.sockets)).getsockname()[1]}/"

    @property
    def connected(self) -> bool:
        return bool(self._lines)

    def bot(self, memory: Remembered | None = None, **settings: Any) -> WecomAibot:
        """A channel that speaks to this server."""
        given: dict[str, Any] = {
            "bot_id": BOT,
            "secret": SECRET,
            "name": NAME,
            "server": self.url,
            "ack_seconds": 2.0,
        } | settings
        around = Surroundings(memory or Remembered(), self.hands.clock, self.hands.pause)
        return WecomAibot(WecomAibotSettings(**given), around)

    # ------------------------------------------------------------------ what people and the network do

    async def say(self, chat: str, user: str, content: str, **more: Any) -> str:
        """A text in a group, or with chat "" in the single chat; the msgid."""
        return await self.tell(chat, user, {"msgtype": "text", "text": {"content": content}, **more})

    async def tell(self, chat: str, user: str, body: dict[str, Any], kind: str = "message") -> str:
        self._spoke.add(chat or user)
        where = {"chatid": chat, "chattype": "group"} if chat else {"chattype": "single"}
        body = {"msgid": uuid4().hex, "aibotid": BOT, **where, "from": {"userid": user}, **body}
        req_id = uuid4().hex
        task = body.get("event", {}).get("template_card_event", {}).get("task_id", "")
        self._asked[req_id] = (kind, self.hands.now, task)
        self.callers[req_id] = chat or user
        cmd = "aibot_msg_callback" if kind == "message" else "aibot_event_callback"
        await self._lines[-1].send(json.dumps({"cmd": cmd, "headers": {"req_id": req_id}, "body": body}))
        return str(body["msgid"])

    async def press(self, chat: str, user: str, task: str, choice: str, **more: Any) -> str:
        """A press on a card as this server has it."""
        card = self.cards[task]
        event: dict[str, Any] = {"card_type": card["card_type"], "task_id": task, "event_key": choice}
        if card["card_type"] != "button_interaction":
            event["event_key"] = "submit"
            item = {"question_key": "q", "option_ids": {"option_id": [choice]}}
            event["selected_items"] = {"selected_item": [item]}
        whole = {"eventtype": "template_card_event", "template_card_event": event}
        return await self.tell(chat, user, {"msgtype": "event", "event": whole, **more}, "press")

    async def enter(self, user: str) -> None:
        await self.tell("", user, {"msgtype": "event", "event": {"eventtype": "enter_chat"}}, "enter_chat")

    async def kick(self) -> None:
        body = {"msgid": uuid4().hex, "msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        line = self._lines[-1]
        await line.send(json.dumps({"cmd": "aibot_event_callback", "headers": {"req_id": "k"}, "body": body}))
        await line.close()

    def drop(self) -> None:
        self._lines[-1].transport.abort()

    async def raw(self, frame: str) -> None:
        await self._lines[-1].send(frame)

    def sent(self, cmd: str) -> list[dict[str, Any]]:
        return [frame["body"] for frame in self.frames if frame["cmd"] == cmd]

    # ------------------------------------------------------------------ the server

    async def _serve(self, line: ServerConnection) -> None:
        try:
            async for raw in line:
                frame = json.loads(raw)
                self.frames.append(frame)
                await self._answer(line, frame)
        except ConnectionClosed:
            pass
        finally:
            if line in self._lines:
                self._lines.remove(line)

    async def _answer(self, line: ServerConnection, frame: dict[str, Any]) -> None:
        cmd, req_id = frame["cmd"], frame["headers"]["req_id"]
        refused = self.refusals[cmd].popleft() if self.refusals[cmd] else 0
        reply: dict[str, Any] = {"headers": {"req_id": req_id}, "errcode": refused, "errmsg": "as asked"}
        if not refused:
            reply |= self._take(cmd, req_id, frame.get("body") or {})
        if self.silences[cmd]:
            self.silences[cmd] -= 1
            return
        await line.send(json.dumps(reply))
        if cmd == "aibot_subscribe" and not reply["errcode"]:
            self._lines.append(line)

    def _take(self, cmd: str, req_id: str, body: dict[str, Any]) -> dict[str, Any]:
        if cmd == "aibot_subscribe":
            self.subscriptions.append(self.hands.now)
            return {"errcode": 0 if body == {"bot_id": BOT, "secret": SECRET} else 40001}
        if cmd == "aibot_send_msg":
            return self._pushed(body)
        if cmd in PLAIN:
            return PLAIN[cmd]
        kind, at, task = self._asked.get(req_id, ("", START, ""))
        if kind != ANSWERS[cmd] or self.hands.now - at > WINDOWS[kind]:
            return self._breach(846605, f"{cmd} out of its window")
        if cmd == "aibot_respond_update_msg":
            return self._updated(task, body)
        card = body.get("template_card")
        return (
            self._posted(card)
            if card
            else self._sized(str(body.get("stream", body.get("text", {})).get("content", "")))
        )

    def _pushed(self, body: dict[str, Any]) -> dict[str, Any]:
        chat = body["chatid"]
        if chat not in self._spoke:
            return self._breach(846607, f"push to {chat}, which never spoke")
        told = self._told[chat] = [at for at in self._told[chat] if at > self.hands.now - timedelta(hours=1)]
        if sum(at > self.hands.now - timedelta(minutes=1) for at in told) >= 30 or len(told) >= 1000:
            return self._breach(45009, f"too much for {chat}")
        told.append(self.hands.now)
        if body["msgtype"] == "markdown":
            return self._sized(body["markdown"]["content"])
        if body["msgtype"] == "template_card":
            return self._posted(body["template_card"])
        return {}

    def _posted(self, card: dict[str, Any]) -> dict[str, Any]:
        if card["task_id"] in self.cards:
            return self._breach(40058, "a task_id used twice")
        self.cards[card["task_id"]] = card
        return {}

    def _updated(self, task: str, body: dict[str, Any]) -> dict[str, Any]:
        if body["template_card"]["task_id"] != task:
            return self._breach(40058, "an update of another card")
        if "userids" not in body:
            self.cards[task] = body["template_card"]
            self.views = {key: card for key, card in self.views.items() if key[0] != task}
        for user in body.get("userids", []):
            self.views[task, user] = body["template_card"]
        return {}

    def _sized(self, content: str) -> dict[str, Any]:
        fits = 0 < len(content.encode()) <= CONTENT_BYTES
        return {} if fits else self._breach(40058, f"{len(content.encode())} bytes")

    def _breach(self, code: int, words: str) -> dict[str, Any]:
        self.violations.append(words)
        return {"errcode": code}
