"""Second opinions, one after another, beside everything else: nothing waits for them and nothing fails with them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import DBAPIError

from bot.advice import NoAdvice
from bot.clock import Clock
from handlers.moments import local_date
from storage import opinions
from storage.database import Database, Transaction
from storage.opinions import Doubt

if TYPE_CHECKING:
    from bot.advisor import Advisor

log = structlog.get_logger()
STALE = timedelta(minutes=30)
"""What has waited longer is left to people: they have read it by then."""
_LOOK_AGAIN = 60.0


@dataclass(slots=True)
class Advising:
    """Asks about what is wanted in the database, within the day's budget, which is counted there too."""

    database: Database
    advisor: "Advisor"
    clock: Clock
    zone: ZoneInfo
    given: Callable[[], None]
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Something was committed: an opinion may be wanted."""
        self._woken.set()

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            self._woken.clear()
            with suppress(DBAPIError):  # whoever has something to keep tells of a disk that fails
                while await self.ask_one():
                    pass
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _LOOK_AGAIN)

    async def ask_one(self) -> bool:
        """Ask about the next candidate; False when none is waiting or the day's budget is spent."""
        now = self.clock.now()
        doubt = await self.database.write(lambda tx: self._take(tx, now))
        if doubt is None:
            return False
        try:
            said = await self.advisor.ask(doubt.text)
        except NoAdvice as fault:
            log.warning("no second opinion", issue=doubt.issue_id, why=str(fault))
            return True
        answered = self.clock.now()
        await self.database.write(lambda tx: opinions.answer(tx, doubt.issue_id, said, answered))
        self.given()
        return True

    async def _take(self, tx: Transaction, now: datetime) -> Doubt | None:
        """The next one, marked as asked before anybody is asked: a crash costs an opinion, never the budget."""
        doubt = await opinions.next_wanted(tx, now - STALE)
        if doubt is None:
            return None
        midnight = datetime.combine(local_date(now, self.zone), time(), self.zone)
        if await opinions.asked_since(tx, midnight) >= self.advisor.settings.per_day:
            return None
        await opinions.ask(tx, doubt.issue_id, now)
        return doubt
