"""The AI bot of WeCom, tried over its long connection and by callback."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from wechatpy.crypto import WeChatCrypto

from bot.platforms.wecom_aibot import WecomAibot
from bot.platforms.wecom_aibot_decode import Ear, Heard
from bot.platforms.wecom_aibot_settings import PLATFORM as AIBOT
from bot.platforms.wecom_aibot_settings import SINGLE
from storage.messages import Act, Address, Card, Inbound, Outgoing, Urgency
from tests.bot.platforms.test_wecom_aibot_door import KEY, TOKEN, Called
from tests.bot.platforms.trials import DONE, Seen, Speaking, add_message, tell
from tests.bot.platforms.wecom_talking import GROUP, heard, talking
from tests.fakes import NOW
from tests.peers import eventually
from tests.wecom_line import Hearer, WecomLine

LISI = Address(AIBOT, SINGLE + "lisi")


def _asked(body: dict[str, Any], kind: str) -> dict[str, Any]:
    shapes: dict[str, Any] = {
        "picture": {"msgtype": "image", "image": {"url": "https://x/1", "aeskey": "k"}},
        "transcript": {"msgtype": "voice", "voice": {"content": "电梯坏了"}},
        "voice": {"msgtype": "voice", "voice": {"url": "https://x/1"}},
        "file": {"msgtype": "file", "file": {"url": "https://x/1", "filename": "报价.xlsx"}},
        "place": {"msgtype": "location", "location": {"latitude": "30.2"}},
        "text": {"msgtype": "text", "text": {"content": "@小区助手 电梯坏了"}},
    }
    return {**body, **shapes[kind]}


def _by_the_bot(kind: str, **where: str) -> Inbound | None:
    body = {"msgid": "m1", "from": {"userid": "lisi"}, **(where or {"chattype": "single"})}
    found = Ear("小区助手", lambda *_: "").decode(_asked(body, kind), "Q1", NOW)
    return found.events[0] if isinstance(found, Heard) else None


def ringing(bot: WecomAibot) -> list[str]:
    """Put a webhook's place beside the bot; the chats it is asked to ring in."""
    chats: list[str] = []

    async def ring(chat: str, card: Card) -> None:
        assert card.mentions
        chats.append(chat)

    bot._around = replace(bot._around, ring=ring)
    return chats


def _from_people(kind: str) -> Inbound | None:
    where = {"chattype": "group", "chatid": "wrCHAT"} if kind == "text" else {}
    return _by_the_bot(kind, **where)


@dataclass
class OnTheLine:
    """The AI bot over its long connection."""

    server: WecomLine
    bot: WecomAibot
    hearer: Hearer
    one: Address | None = LISI
    group: Address | None = GROUP
    _read: int = 0

    def __post_init__(self) -> None:
        self.platform: Speaking = self.bot
        self._rung = ringing(self.bot)

    def seen(self) -> Seen:
        new, self._read = self.server.frames[self._read :], len(self.server.frames)
        found = Seen()
        for frame in new:
            if frame["cmd"] in {"aibot_send_msg", "aibot_respond_msg"}:
                add_message(found, frame["body"])
        return found

    def changes(self) -> int:
        return len(self.server.sent("aibot_respond_update_msg"))

    def removals(self) -> int:
        return sum("recall" in frame["cmd"] for frame in self.server.frames)

    def rung(self) -> list[str]:
        return self._rung

    def stranger(self) -> Address:
        return Address(AIBOT, SINGLE + "nobody")

    async def unasked(self, card: Card, to: Address) -> str:
        return await tell(self, card, to)

    async def press(self, shown: str) -> None:
        before = len(self.hearer.events)
        await self.server.press("wrCHAT", "lisi", shown, "issue.accept:12")
        await heard(self.hearer, before + 1)

    def sends(self, kind: str) -> Inbound | None:
        return _from_people(kind)


@asynccontextmanager
async def on_the_line() -> AsyncIterator["OnTheLine"]:
    async with talking() as (server, bot, hearer):
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await server.say("", "lisi", "在吗")
        await heard(hearer, 3)
        yield OnTheLine(server, bot, hearer)


@dataclass
class ByCallback:
    """The AI bot in URL mode: whatever it says is the answer to a call."""

    called: Called = field(default_factory=Called)
    one: Address | None = LISI
    group: Address | None = GROUP
    answers: list[dict[str, Any]] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.platform: Speaking = self
        self._rung = ringing(self.called.bot)

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Let somebody write there first, and answer that."""
        single = outgoing.address.chat.startswith(SINGLE)
        where = {"chattype": "single"} if single else {"chattype": "group", "chatid": outgoing.address.chat}
        return await self._answering(
            {"msgtype": "text", "text": {"content": "在吗"}, **where},
            lambda at: self.called.bot.perform(replace(outgoing, message_id=at), urgency),
        )

    async def _answering(self, body: dict[str, Any], act: Callable[[str], Any]) -> str:
        self._count += 1
        name, before = f"u{self._count}", len(self.called.hearer.events)
        query, content = self.called.sealed({"msgid": name, "from": {"userid": "lisi"}, **body})
        calling = asyncio.ensure_future(self.called.http.post("/", params=query, content=content))
        await eventually(lambda: len(self.called.hearer.events) > before)
        shown = str(await act(name))
        answer = await calling
        if answer.content:
            crypto = WeChatCrypto(TOKEN, KEY, "")
            sealed = answer.json()
            given = (sealed["msgsignature"], str(sealed["timestamp"]), sealed["nonce"])
            xml = f"<xml><Encrypt><![CDATA[{sealed['encrypt']}]]></Encrypt></xml>"
            self.answers.append(json.loads(crypto.decrypt_message(xml, *given)))
        return shown

    def seen(self) -> Seen:
        new, self.answers = self.answers, [one for one in self.answers if "response_type" in one]
        found = Seen()
        for one in new:
            if "msgtype" in one:
                add_message(found, one)
        return found

    def changes(self) -> int:
        return sum("response_type" in one for one in self.answers)

    def removals(self) -> int:
        return 0

    def rung(self) -> list[str]:
        return self._rung

    def stranger(self) -> Address:
        return LISI

    async def unasked(self, card: Card, to: Address) -> str:
        return await self.called.bot.perform(Outgoing(Act.SAY, to, card), Urgency.NOTICE)

    async def press(self, shown: str) -> None:
        card = {"card_type": "button_interaction", "task_id": shown, "event_key": "issue.accept:12"}
        event = {"eventtype": "template_card_event", "template_card_event": card}
        where = {"chattype": "group", "chatid": GROUP.chat}
        edit = Outgoing(Act.EDIT, GROUP, DONE, shown)
        await self._answering(
            {"msgtype": "event", "event": event, **where},
            lambda _: self.called.bot.perform(edit, Urgency.COUNTER),
        )

    def sends(self, kind: str) -> Inbound | None:
        return _from_people(kind)
