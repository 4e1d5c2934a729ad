"""The channel of an Official Account: people in plain WeChat, one by one."""

import asyncio
import secrets
from datetime import timedelta

import structlog
from starlette.requests import Request

from bot.platforms import wechat_xml
from bot.platforms.base import Admit, Doubtful, Pace, SendError, Silent, Unreachable
from bot.platforms.findings import Finding
from bot.platforms.wechat_calls import Around, Line, Refused, meant
from bot.platforms.wechat_crypto import Query, Seal, check, sealed_in
from bot.platforms.wechat_door import callback_endpoint
from bot.platforms.wechat_oa_breath import Breaths
from bot.platforms.wechat_oa_decode import Heard, decode, delivered
from bot.platforms.wechat_oa_examine import examine
from bot.platforms.wechat_oa_render import files, media_of, media_to, nudge_to, reply, texts, words_to
from bot.platforms.wechat_oa_settings import PLATFORM, WechatOaSettings
from bot.platforms.wire import Table
from bot.web import Endpoint
from storage.messages import Act, Address, Card, File, Made, Outgoing, Urgency
from storage.tokens import Token

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_SHUT = frozenset({45015, 45047})
"""The time in which we may answer is over, or the messages for it are used up."""

_log = structlog.get_logger(__name__)


class WechatOa:
    """A `Platform`. What is said goes back with the person's own message, else as a customer-service message.

    Where neither is allowed it waits for the person's next message; a template message, where one is configured,
    asks them for it, once a day.
    """

    name = PLATFORM

    def __init__(self, settings: WechatOaSettings, around: Around) -> None:
        self._settings, self._around = settings, around
        self._line = Line(settings.base_url, settings.badge(), around)
        sealed = bool(settings.aes_key)
        self._seal = Seal(settings.token, settings.aes_key, settings.app_id) if sealed else None
        self._breaths = Breaths()

    def pace(self, address: Address) -> Pace:
        """WeChat counts in five messages for two days; this only keeps a flood from starting."""
        del address
        return Pace(30, _MINUTE, 50, timedelta(0))

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Do it. Nothing that was said can be changed or taken back here: what became of it is said anew."""
        del urgency
        match outgoing.act:
            case Act.SAY | Act.ANSWER:
                return await self._say(outgoing)
            case Act.EDIT:
                return outgoing.message_id
            case Act.RETRACT:
                return ""

    async def listen(self, admit: Admit) -> None:
        """Everything comes through `endpoint`."""
        del admit
        await asyncio.Event().wait()

    def endpoint(self, admit: Admit) -> Endpoint:
        """Return the endpoint WeChat calls."""

        def verify(request: Request) -> str:
            query = Query.of(request.query_params, "signature")
            check(self._settings.token, query, self._around.clock())
            return query.echo

        async def take(request: Request, body: bytes) -> str:
            fields = wechat_xml.read(self._opened(request, body))
            if (ended := delivered(fields)) not in {"", "success"}:
                _log.warning("a template message did not arrive", why=ended)
            heard = decode(fields)
            words = await self._answered(heard, admit) if heard.events else ""
            return self._closed(request, heard, words) if words else ""

        return callback_endpoint(PLATFORM, verify, take)

    async def examine(self, address: str) -> list[Finding]:
        """Return what the doctor should say; `address` is where WeChat can call us, "" when nowhere."""
        return await examine(self._line, self._settings, address)

    async def close(self) -> None:
        """Let go of the line."""
        await self._around.client.aclose()

    def _opened(self, request: Request, body: bytes) -> str:
        """The callback in plain words. Forged when it is not WeChat's; where there is a key, also when it is not sealed."""
        now = self._around.clock()
        if self._seal is None:
            check(self._settings.token, Query.of(request.query_params, "signature"), now)
            return body.decode(errors="replace")
        return self._seal.open(Query.of(request.query_params, "msg_signature"), sealed_in(body), now)

    def _closed(self, request: Request, heard: Heard, words: str) -> str:
        now = self._around.clock()
        plain = reply(heard.person, heard.account, words, now)
        return plain if self._seal is None else self._seal.close(plain, request.query_params["nonce"], now)

    async def _answered(self, heard: Heard, admit: Admit) -> str:
        """Once it is on disk, the first words said to this person."""
        breath = self._breaths.draw(heard.event_id, heard.person, self._around.clock())
        try:
            await admit(list(heard.events))
        except BaseException:
            self._breaths.let_go(breath)
            raise
        return await self._breaths.heard(breath)

    async def _say(self, outgoing: Outgoing) -> str:
        """Tell a card. When only its beginning may be told any more, it is doubtful what was understood."""
        person, card = outgoing.address.chat, outgoing.card
        words = texts(card, outgoing.made)
        told = 1 if words and self._breaths.say(person, words[0]) else 0
        for part in [*words[told:], *files(card, outgoing.made)]:
            try:
                await self._line.ask("message/custom/send", await self._message(person, part))
            except Refused as no:
                if told:
                    raise Doubtful(f"the beginning was told, its end was not: {no}") from None
                raise await self._why_not(no, person, card) from None
            told += 1
        return f"oa-{secrets.token_hex(8)}"

    async def _message(self, person: str, part: str | File | Made) -> Table:
        if isinstance(part, str):
            return words_to(person, part)
        media = await self._line.upload(part) if isinstance(part, Made) else media_of(part)
        return media_to(person, part.kind, media)

    async def _why_not(self, no: Refused, person: str, card: Card) -> SendError:
        if no.code not in _SHUT:
            return meant(no)
        await self._nudge(person, card)
        return Silent()

    async def _nudge(self, person: str, card: Card) -> None:
        """Ask somebody to write, at most once a day. Raises Unreachable for one who does not follow (any more)."""
        name, now = f"{PLATFORM}:nudged:{person}", self._around.clock()
        _log.info("waits until the person writes", platform=PLATFORM)
        if not self._settings.template_id or await self._around.vault.find(name, now):
            return
        try:
            await self._line.tell("message/template/send", nudge_to(person, card, self._settings, now))
        except Unreachable:
            raise
        except SendError as fault:
            _log.warning("nobody could be asked to write", why=str(fault))
            return
        await self._around.vault.keep(Token(name, "nudged", now + _DAY))
