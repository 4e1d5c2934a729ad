"""The channel of group webhooks (消息推送): it only speaks, and it alone can call people by name in a WeCom group.

The chat of an address is the name the configuration gives to a key. Its thread says whom to call: userids with commas
between, or @all.
"""

import asyncio
from datetime import timedelta

from bot.platforms.base import Admit, Doubtful, Pace, TryLater, Unavailable, Unreachable
from bot.platforms.telegram_wire import Json, Table
from bot.platforms.wechat_calls import Around, call, content_of, told
from bot.platforms.wechat_words import in_pieces, with_numbers, with_the_rest
from bot.platforms.wecom_webhook_settings import PLATFORM, WecomWebhookSettings
from handlers.texts import text
from storage.messages import Act, Address, Card, Outgoing, Urgency

_MINUTE = timedelta(minutes=1)
_TRIES, _PAUSE = 4, 20.0


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
    people: list[Json] = [one.strip() for one in called.split(",") if one.strip()]
    found: list[Table] = [{"msgtype": "text", "text": {"content": piece}} for piece in pieces]
    if people:
        found[-1] = {"msgtype": "text", "text": {"content": pieces[-1], "mentioned_list": people}}
    return found
