"""What the AI bot asks of the database: the cards it has shown, whom it may write to alone, and where to apologise."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy.exc import DBAPIError

from bot.platforms.wecom_aibot_settings import PLATFORM
from handlers.moments import morning_after
from handlers.settings import Settings
from handlers.texts import text
from storage import groups, inbox, members, outbox, posted
from storage.database import Database, Transaction
from storage.messages import Act, Address, Card, Urgency
from storage.outbox import Letter
from storage.records import InboxState, Received

_STALE = timedelta(minutes=10)
# So many of the latest cards of a chat are still known by their words after a restart.
_QUOTABLE = 200
_log = structlog.get_logger(__name__)


class Memory(Protocol):
    """What lasts longer than the process."""

    async def card(self, chat: Address, message_id: str) -> Card | None:
        """What a card of ours shows, None when nobody remembers it."""
        ...

    async def told(self, chat: Address) -> list[tuple[str, Card]]:
        """The cards last posted there with their messages, the newest first."""
        ...

    async def is_bound(self, chat: Address) -> bool:
        """Whether we know what this group is for."""
        ...

    async def may_write_to(self, account: str) -> bool:
        """Whether this person has a single chat with the bot."""
        ...

    async def apologise(self, now: datetime) -> None:
        """Ask the groups to say again what was said while the line was down."""
        ...

    async def set_aside(self, event_id: str, reason: str, raw: str, now: datetime) -> None:
        """Keep a callback nobody could read, with its raw JSON, for a person to look at."""
        ...


class HouseMemory:
    """The house's own. Apologies are letters like all others; at night there are none."""

    def __init__(
        self, database: Database, settings: Settings, woken: Callable[[], None] = lambda: None
    ) -> None:
        self._database = database
        self._settings = settings
        self.woken = woken

    async def card(self, chat: Address, message_id: str) -> Card | None:
        """Read it from what was told."""
        return await self._database.read(lambda tx: posted.shown(tx, chat, message_id))

    async def told(self, chat: Address) -> list[tuple[str, Card]]:
        """Read them from what was told."""
        return await self._database.read(lambda tx: posted.told(tx, chat, _QUOTABLE))

    async def is_bound(self, chat: Address) -> bool:
        """Read it from the groups."""
        known = await self._database.read(groups.everywhere)
        return any(groups.address_of(group) == chat for group in known)

    async def may_write_to(self, account: str) -> bool:
        """Read it from the roll."""
        return await self._database.read(lambda tx: _has_private_chat(tx, account))

    async def apologise(self, now: datetime) -> None:
        """Write one letter a group, once in an hour."""
        if morning_after(now, self._settings):
            return
        try:
            await self._database.write(lambda tx: _apologise(tx, now))
        except DBAPIError:
            _log.warning("wecom aibot: no apology was written")
        self.woken()

    async def set_aside(self, event_id: str, reason: str, raw: str, now: datetime) -> None:
        """Park it in the inbox."""
        row = Received(PLATFORM, event_id, now, InboxState.PARKED, raw, reason)
        await self._database.write(lambda tx: inbox.park(tx, row))
        _log.error("wecom aibot: an unreadable callback was set aside", callback=event_id)


async def _has_private_chat(tx: Transaction, account: str) -> bool:
    member = await members.by_account(tx, PLATFORM, account)
    if member is None:
        return False
    known = await members.ways_to(tx, member.id)
    return any(one.platform == PLATFORM and one.account == account and one.private_chat for one in known)


async def _apologise(tx: Transaction, now: datetime) -> None:
    chats = {
        group.chat: groups.address_of(group)
        for group in await groups.everywhere(tx)
        if group.platform == PLATFORM
    }
    letters = [
        Letter(
            Act.SAY,
            address,
            Card(text("wecom.back")),
            Urgency.ANSWER,
            once=f"{PLATFORM}:back:{chat}:{now:%Y%m%d%H}",
            not_after=now + _STALE,
        )
        for chat, address in chats.items()
    ]
    await outbox.write(tx, letters, now)
