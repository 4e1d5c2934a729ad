"""The channel of group webhooks (消息推送): it only speaks, and it alone can call people by name in a WeCom group.

The chat of an address is the name the configuration gives to a key. Its thread says whom to call: userids with commas
between, or @all; a card may call further ones.
"""

import asyncio
from datetime import timedelta

import structlog

from bot.platforms.base import Admit, Doubtful, Pace, SendError, TryLater, Unavailable, Unreachable
from bot.platforms.splitting import clipped
from bot.platforms.wechat_calls import Around, call, content_of, told
from bot.platforms.wechat_words import callable_accounts, in_pieces, with_numbers, with_the_rest
from bot.platforms.wecom_webhook_settings import PLATFORM, WecomWebhookSettings
from bot.platforms.wire import Json, Table
from handlers.texts import text
from storage.messages import Act, Address, Card, Outgoing, Urgency

_MINUTE = timedelta(minutes=1)
_TRIES, _PAUSE = 4, 20.0
_FIRST = 60
_log = structlog.get_logger(__name__)


class WecomWebhook:
    """A `Platform` that hears nothing, changes nothing and takes nothing back."""

    name = PLATFORM

    def __init__(self, settings: WecomWebhookSettings, around: Around) -> None:
        self._settings, self._around = settings, around

    def pace(self, address: Address) -> Pace:
        """Twenty a minute for each key."""
        del address
        return Pace(20, _MINUTE, 100, timedelta(0))

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Do it; a message here has no id, so its place in the chat stands for it."""
        del urgency
        if outgoing.act is not Act.SAY:
            return outgoing.message_id if outgoing.act is Act.EDIT else ""
        key = self._settings.keys.get(outgoing.address.chat, "")
        if not key:
            raise Unreachable("no key of this name")
        said = messages(outgoing.card, outgoing.address.thread)
        await self._send(key, said[0])
        for message in said[1:]:
            await self._go_on(key, message)
        return PLATFORM

    async def ring(self, chat: str, card: Card) -> None:
        """Call the people of a card that the AI bot has just shown in its group, where a webhook stands there too.

        The card was told; that nobody could be called for it harms less than telling it twice.
        """
        key = self._settings.keys.get(self._settings.rings.get(chat, ""), "")
        if not key or not callable_accounts(card):
            return
        first = clipped(card.text.strip().partition("\n")[0], _FIRST)
        said = Card(text("wecom.ring", first=first), mentions=card.mentions)
        try:
            await self._send(key, messages(said, "")[0])
        except SendError as fault:
            _log.warning("nobody was called for a card of the AI bot", why=str(fault))

    async def listen(self, admit: Admit) -> None:
        """A webhook hears nothing."""
        del admit
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Let go of the line."""
        await self._around.client.aclose()

    async def _send(self, key: str, message: Table) -> None:
        content = content_of(message)
        await told(call(self._around.client, self._settings.base_url, "webhook/send", {"key": key}, content))

    async def _go_on(self, key: str, message: Table) -> None:
        """The rest of what is half told is worth waiting a minute for, since starting anew would tell it twice."""
        for _ in range(_TRIES):
            try:
                return await self._send(key, message)
            except (TryLater, Unavailable):
                await asyncio.sleep(_PAUSE)
        raise Doubtful("the beginning was told, its end was not")


def messages(card: Card, called: str) -> list[Table]:
    """Return the texts in order; the last calls those who are to be called. Rejected for what says nothing.

    Buttons are shown as lines: in this group they are pressed, if at all, on another channel's card.
    """
    words = with_the_rest(card.text, card, card.files)
    pieces = in_pieces(with_numbers(Card(words, card.rows), text("wechat.no_hearing")))
    standing = [one.strip() for one in called.split(",") if one.strip()]
    people: list[Json] = list(dict.fromkeys([*standing, *callable_accounts(card)]))
    found: list[Table] = [{"msgtype": "text", "text": {"content": piece}} for piece in pieces]
    if people:
        found[-1] = {"msgtype": "text", "text": {"content": pieces[-1], "mentioned_list": people}}
    return found
