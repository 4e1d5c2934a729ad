"""Time: asks the database for the next moment, wakes then, and hands what is due to the inlet like any other event."""

import asyncio
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.inlet import Inlet, StorageDownError
from storage import due
from storage.database import Database
from storage.messages import Address, Due, Inbound

log = structlog.get_logger()
LOOK_AGAIN = timedelta(seconds=30)
_JOB = "next moment"


class Clockwork:
    """Armed from the database and holding no truth of its own: change a deadline and the alarm has moved."""

    def __init__(self, database: Database, inlet: Inlet, clock: Clock) -> None:
        self._database = database
        self._inlet = inlet
        self._clock = clock
        self._scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Serve until cancelled. Looks at least every half minute, for another process may have written."""
        self._scheduler.start()
        try:
            while True:
                self._woken.clear()
                await self.ring()
                await self._arm()
                await self._woken.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    def wake(self) -> None:
        """Something was committed: the next moment may be another."""
        self._woken.set()

    async def ring(self) -> int:
        """Hand over everything that is due, and what falls due by that; how many moments that were."""
        now = self._clock.now()
        rung: set[Due] = set()
        while fresh := [
            one for one in await self._database.read(lambda tx: due.until(tx, now)) if one not in rung
        ]:
            rung.update(fresh)
            try:
                await self._inlet.admit([_event(moment, now) for moment in fresh])
            except StorageDownError:
                log.warning("moments wait for the disk", count=len(fresh))
                break
        return len(rung)

    async def next_moment(self) -> datetime | None:
        """When something will be due."""
        coming = await self._database.read(lambda tx: due.coming(tx, 1))
        return coming[0].moment if coming else None

    async def _arm(self) -> None:
        now = self._clock.now()
        moment = await self.next_moment()
        # A moment that is still due after it was rung was parked: look again later instead of at once.
        alarm = moment if moment and now < moment < now + LOOK_AGAIN else now + LOOK_AGAIN
        self._scheduler.add_job(self.wake, "date", run_date=alarm, id=_JOB, replace_existing=True)


def _event(moment: Due, now: datetime) -> Inbound:
    name = f"{moment.what}:{moment.subject}:{moment.moment.isoformat()}"
    return Inbound("clock", name, Address("clock", moment.what), now, moment)
