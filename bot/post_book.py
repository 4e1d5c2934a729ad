"""What the post office writes down about its letters: all that is to be written at one moment, in one transaction."""

import asyncio
from dataclasses import dataclass, field
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from bot.inlet import outside_our_power
from storage.database import Database, Job, Transaction

log = structlog.get_logger()
T = TypeVar("T")
DISK_AGAIN = 5.0


@dataclass(slots=True)
class _Waiting:
    job: Job[None]
    done: asyncio.Future[None]


@dataclass(slots=True)
class Book:
    """Writes for whoever asks. While one commit is under way the next jobs gather; they are the next commit."""

    database: Database
    _waiting: list[_Waiting] = field(default_factory=list)
    _writing: asyncio.Task[None] | None = None

    async def write(self, job: Job[T]) -> T:
        """Run `job` and return when what it wrote is on disk; raises what it raised, and then it wrote nothing.

        Waits for a disk that is full: what was told has to be written down before anything else is. `job` may be run
        again, in a transaction of its own, when another of its batch has failed.
        """
        results: list[T] = []

        async def run(tx: Transaction) -> None:
            results[:] = [await job(tx)]

        mine = _Waiting(run, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.ensure_future(self._write_all())
        await mine.done
        return results[0]

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await self._settle(batch)

    async def _settle(self, batch: list[_Waiting]) -> None:
        """All at once; where one of them fails, each alone, so that the bad one stands alone."""
        try:
            await self._patiently(batch)
        except Exception as error:  # noqa: BLE001 - told to whoever asked, when the job stands alone
            await self._fail(batch, error)
            return
        for one in batch:
            if not one.done.done():
                one.done.set_result(None)

    async def _fail(self, batch: list[_Waiting], error: Exception) -> None:
        if len(batch) > 1:
            for one in batch:
                await self._settle([one])
        elif not batch[0].done.done():
            batch[0].done.set_exception(error)

    async def _patiently(self, batch: list[_Waiting]) -> None:
        async def every(tx: Transaction) -> None:
            for one in batch:
                await one.job(tx)

        while True:
            try:
                return await self.database.write(every)
            except DBAPIError as error:
                if not outside_our_power(error):
                    raise
                log.warning("the post office waits for the disk", why=str(error.orig))
                await asyncio.sleep(DISK_AGAIN)
