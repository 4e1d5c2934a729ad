"""The channel of a self-built WeCom app: people one by one, and groups the app has made."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog
from starlette.requests import Request

from bot.pacing import UNHURRIED
from bot.platforms import wechat_xml
from bot.platforms.base import Admit, Doubtful, Pace, Rejected, TryLater, Unavailable
from bot.platforms.findings import Finding
from bot.platforms.wechat_calls import Around, Line
from bot.platforms.wechat_crypto import Query, Seal, sealed_in
from bot.platforms.wechat_door import callback_endpoint
from bot.platforms.wecom_app_decode import decode, given
from bot.platforms.wecom_app_examine import examine
from bot.platforms.wecom_app_render import (
    Attached,
    Message,
    Part,
    attachment,
    is_group,
    media_of,
    posted,
    say,
    words_only,
)
from bot.platforms.wecom_app_settings import GROUP, PLATFORM, WecomAppSettings
from bot.platforms.wecom_cards import CardKind, new_task
from bot.platforms.wecom_quota import Quota
from bot.platforms.wire import Table
from bot.web import Endpoint
from storage.messages import Act, Address, Made, Outgoing, Urgency
from storage.tokens import Token

_MINUTE = timedelta(minutes=1)
_CODE_LIVES, _RECALL_WITHIN = timedelta(hours=72), timedelta(hours=24)
_PRESSED, _POSTED = "pressed ", "posted "
_TRIES, _SHORT_PAUSE = 4, 2.0
_log = structlog.get_logger(__name__)


class WecomApp:
    """A `Platform`. A card can be changed once after it was posted and once after each press on it.

    The code of a press is spent at once, so that its presser sees what became of it; the code a card was posted with
    is saved for the moment it is over.
    """

    name = PLATFORM

    def __init__(self, settings: WecomAppSettings, around: Around) -> None:
        self._settings, self._around = settings, around
        self._line = Line(settings.base_url, settings.badge(), around)
        self._seal = Seal(settings.token, settings.aes_key, settings.corp_id)
        self._quota = Quota()

    def pace(self, address: Address) -> Pace:
        """200 a minute to a member of a group; of what is said to one person we keep our own, stricter count."""
        return Pace(100, _MINUTE, 100, timedelta(0)) if is_group(address) else replace(UNHURRIED, overall=100)

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Do it. Doubt about anything but a new message is only unavailability: doing it twice harms nobody."""
        if outgoing.act is Act.SAY:
            return await self._say(outgoing, urgency)
        try:
            return await self._repair(outgoing, urgency)
        except Doubtful as fault:
            raise Unavailable(str(fault)) from None

    async def listen(self, admit: Admit) -> None:
        """Everything comes through `endpoint`."""
        del admit
        await asyncio.Event().wait()

    def endpoint(self, admit: Admit) -> Endpoint:
        """Return the endpoint WeCom calls."""

        def verify(request: Request) -> str:
            query = Query.of(request.query_params, "msg_signature")
            return self._seal.open(query, query.echo, self._around.clock())

        async def take(request: Request, body: bytes) -> str:
            query = Query.of(request.query_params, "msg_signature")
            opened = self._seal.open(query, sealed_in(body), self._around.clock())
            fields = wechat_xml.read(opened)
            events = decode(fields)
            if press := given(fields):
                await self._keep(f"code:{press.shown}", _PRESSED + press.code, _CODE_LIVES)
            await admit(list(events))
            return ""

        return callback_endpoint(PLATFORM, verify, take)

    async def examine(self, address: str) -> list[Finding]:
        """Return what the doctor should say; `address` is where WeCom can call us, "" when nowhere."""
        return await examine(self._line, self._settings.agent_id, address)

    async def close(self) -> None:
        """Let go of the line."""
        await self._around.client.aclose()

    async def _say(self, outgoing: Outgoing, urgency: Urgency) -> str:
        parts = say(outgoing.address, outgoing.card, outgoing.made, new_task(), self._settings.pages)
        self._take(outgoing.address, len(parts), urgency)
        shown = await self._send(outgoing.address, parts[0])
        for part in parts[1:]:
            shown = await self._go_on(outgoing.address, part)
        return shown

    def _take(self, address: Address, count: int, urgency: Urgency) -> None:
        """Count what is said to one person, be it the answer to a press. Raises Crowded, and then nothing is said."""
        if not is_group(address):
            self._quota.take(address.chat, count, self._around.clock(), urgency)

    async def _go_on(self, address: Address, part: Part) -> str:
        """The rest of what is half told is worth a little waiting, since starting anew would tell it twice."""
        for _ in range(_TRIES):
            try:
                return await self._send(address, part)
            except (TryLater, Unavailable):
                await asyncio.sleep(_SHORT_PAUSE)
        raise Doubtful("the beginning was told, its end was not")

    async def _send(self, address: Address, part: Part) -> str:
        message = part if isinstance(part, Message) else await self._handed_over(part)
        if is_group(address):
            body: Table = {"chatid": address.chat.removeprefix(GROUP), "msgtype": message.kind}
            answer = await self._line.tell("appchat/send", {**body, message.kind: message.content})
        else:
            body = {"touser": address.chat, "agentid": self._settings.agent_id, "msgtype": message.kind}
            answer = await self._line.tell("message/send", {**body, message.kind: message.content})
        return await self._noted(message, answer)

    async def _handed_over(self, part: Attached) -> Message:
        file = part.file
        media = await self._line.upload(file) if isinstance(file, Made) else media_of(file)
        return attachment(file, media)

    async def _noted(self, message: Message, answer: Table) -> str:
        """Keep what is needed to change a card or take a message back; the id it is known by."""
        recall, code = str(answer.get("msgid") or ""), str(answer.get("response_code") or "")
        if not message.shown:
            # A group's answer has no id, yet what was said there must be known by one.
            return recall or new_task()
        await self._keep(f"code:{message.shown}", _POSTED + code, _CODE_LIVES)
        await self._keep(f"recall:{message.shown}", recall, _RECALL_WITHIN)
        return message.shown

    async def _repair(self, outgoing: Outgoing, urgency: Urgency) -> str:
        match outgoing.act:
            case Act.EDIT:
                return await self._change(outgoing)
            case Act.RETRACT:
                return await self._recall(outgoing.message_id)
            case _:
                if outgoing.card.text.strip():
                    self._take(outgoing.address, 1, urgency)
                    await self._send(outgoing.address, words_only(outgoing.card.text))
                return ""

    async def _change(self, outgoing: Outgoing) -> str:
        """Change a card where there is a code to do it with; else it stays, and what became of it is said anew."""
        shown, card = outgoing.message_id, outgoing.card
        kept = await self._around.vault.find(self._called(f"code:{shown}"), self._around.clock())
        if kept is None or (card.buttons and not kept.value.startswith(_PRESSED)):
            return shown
        kind, _, task = shown.partition("@")
        body: Table = {
            "userids": [outgoing.address.chat],
            "agentid": self._settings.agent_id,
            "response_code": kept.value.partition(" ")[2],
            "template_card": posted(card, CardKind(kind), task).content,
        }
        await self._spend(kept, body)
        return shown

    async def _spend(self, code: Token, body: Table) -> None:
        """Use a code up; one that a press has brought meanwhile is kept."""
        try:
            await self._line.tell("message/update_template_card", body)
        except Rejected as fault:
            _log.info("a card stays as it was", why=str(fault))
        if await self._around.vault.find(code.name, self._around.clock()) == code:
            await self._around.vault.forget(code.name)

    async def _recall(self, shown: str) -> str:
        """Take back what is not older than a day; what is older stays."""
        kept = await self._around.vault.find(self._called(f"recall:{shown}"), self._around.clock())
        try:
            await self._line.tell("message/recall", {"msgid": kept.value if kept else shown})
        except Rejected as fault:
            _log.info("a message stays", why=str(fault))
        return ""

    async def _keep(self, name: str, value: str, lives: timedelta) -> None:
        await self._around.vault.keep(Token(self._called(name), value, self._around.clock() + lives))

    def _called(self, name: str) -> str:
        return f"{PLATFORM}:{self._settings.agent_id}:{name}"
