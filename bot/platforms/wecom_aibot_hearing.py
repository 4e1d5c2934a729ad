"""From raw callbacks to events: what can be answered is noted, new groups are announced, the unreadable is set aside."""

import json
from datetime import datetime

from bot.platforms.wecom_aibot_decode import Ear, Heard, Unreadable
from bot.platforms.wecom_aibot_memory import Memory
from bot.platforms.wecom_aibot_reach import Reach
from bot.platforms.wecom_aibot_settings import PLATFORM
from bot.platforms.wire import Table
from storage.messages import Inbound, Presence, Said


class Hearing:
    """Understands callbacks, one after the other."""

    def __init__(self, name: str, reach: Reach, memory: Memory) -> None:
        self._ear = Ear(name, reach.quoted)
        self._reach = reach
        self._memory = memory
        self._recalled: set[str] = set()

    async def take(self, body: Table, token: str, received: datetime) -> list[Inbound]:
        """Return what happened, in order; nothing for what does not concern us."""
        found = self._ear.decode(body, token, received)
        if isinstance(found, Heard) and await self._recall(found.events[0]):
            found = self._ear.decode(body, token, received)
        match found:
            case Heard():
                return await self._heard(found, body)
            case Unreadable():
                await self._memory.set_aside(
                    found.event_id, found.reason, json.dumps(body, ensure_ascii=False), received
                )
        return []

    async def _recall(self, event: Inbound) -> bool:
        """Whether the words of our latest cards were read back: once a chat, when something is first quoted there."""
        quotes = isinstance(event.content, Said) and event.content.quoted
        if not quotes or event.chat.chat in self._recalled:
            return False
        self._recalled.add(event.chat.chat)
        for message_id, card in reversed(await self._memory.told(event.chat)):
            if not self._reach.quoted(event.chat, card.text):
                self._reach.tell(event.chat, card.text, message_id)
        return True

    async def _heard(self, heard: Heard, body: Table) -> list[Inbound]:
        """A group nobody has bound is announced behind what was said there, which may be what binds it."""
        first = heard.events[0]
        if heard.callback:
            url = body.get("response_url")
            heard.callback.response_url = url if isinstance(url, str) else ""
            self._reach.note(heard.callback, first.event_id)
        new = self._reach.meet(first.chat.chat)
        if first.private or not new or await self._memory.is_bound(first.chat):
            return list(heard.events)
        met = Inbound(
            PLATFORM, f"met-{first.chat.chat}", first.chat, first.at, Presence("inside"), first.sender
        )
        return [*heard.events, met]
