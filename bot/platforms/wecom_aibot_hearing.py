"""From raw callbacks to events: what can be answered is noted, new groups are announced, the unreadable is set aside."""

import json
from datetime import datetime

from bot.platforms.wecom_aibot_decode import Ear, Heard, Unreadable
from bot.platforms.wecom_aibot_memory import Memory
from bot.platforms.wecom_aibot_reach import Reach
from bot.platforms.wecom_aibot_settings import PLATFORM
from bot.platforms.wire import Table
from storage.messages import Inbound, Presence


class Hearing:
    """Understands callbacks, one after the other."""

    def __init__(self, name: str, reach: Reach, memory: Memory) -> None:
        self._ear = Ear(name, reach.quoted)
        self._reach = reach
        self._memory = memory

    async def take(self, body: Table, token: str, received: datetime) -> list[Inbound]:
        """Return what happened, in order; nothing for what does not concern us."""
        found = self._ear.decode(body, token, received)
        match found:
            case Heard():
                return await self._heard(found, body)
            case Unreadable():
                await self._memory.set_aside(
                    found.event_id, found.reason, json.dumps(body, ensure_ascii=False), received
                )
        return []

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
