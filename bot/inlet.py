"""What comes in: admitted and answered in one transaction, many events at a time."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog
from pydantic import TypeAdapter
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from handlers.dispatch import Dispatch, WroteBeforeRefusingError
from handlers.door import Door
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work, write_down
from storage import inbox
from storage.database import Database, Transaction
from storage.messages import Inbound
from storage.records import InboxState, Received

log = structlog.get_logger()
BATCH = 64
ENVELOPE = TypeAdapter(Inbound)
_OUTSIDE_OUR_POWER = re.compile(
    r"disk is full|disk I/O|locked|readonly|unable to open|out of memory", re.IGNORECASE
)


class StorageDownError(Exception):
    """Nothing can be written just now; the event is not admitted and must be offered again."""


@dataclass(slots=True)
class _Waiting:
    event: Inbound
    done: asyncio.Future[None]


@dataclass(slots=True)
class Inlet:
    """Takes events from platforms and the clock, in order, and hands them to `dispatch` a batch at a time."""

    database: Database
    dispatch: Dispatch
    door: Door
    clock: Clock
    committed: Callable[[Sequence[Work]], Awaitable[None]]
    _queue: asyncio.Queue[_Waiting] = field(default_factory=asyncio.Queue)
    _serving: list[_Waiting] = field(default_factory=list)

    async def admit(self, events: list[Inbound]) -> None:
        """Return once every event is on disk with its answers, or known to be none of our business.

        Raises StorageDownError when it could not be kept: the platform must not take it as received.
        """
        now = self.clock.now()
        loop = asyncio.get_running_loop()
        waiting = [
            _Waiting(event, loop.create_future()) for event in events if self.door.concerns(event, now)
        ]
        for one in waiting:
            self._queue.put_nowait(one)
        down = [fault for one in waiting if (fault := await _outcome(one))]
        if down:
            raise down[0]

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            self._serving = batch
            await self._settle(batch)
            self._serving = []

    def fail_waiting(self, error: Exception) -> None:
        """Tell whoever still waits that this inlet is going down: their events must be offered again."""
        for one in [*self._serving, *(self._queue.get_nowait() for _ in range(self._queue.qsize()))]:
            if not one.done.done():
                one.done.set_exception(error)
        self._serving = []

    async def _settle(self, batch: list[_Waiting]) -> None:
        try:
            works = await self._try([one.event for one in batch])
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the batch was undone: each is tried alone
            await self._one_by_one(batch, error)
            return
        await self.committed(works)
        for one in batch:
            _resolve(one)

    async def _one_by_one(self, batch: list[_Waiting], error: Exception) -> None:
        for at, one in enumerate(batch):
            try:
                await self.committed(await self._alone(one.event, error if len(batch) == 1 else None))
                _resolve(one)
            except StorageDownError as down:
                log.warning("nothing can be written", why=str(down), waiting=len(batch) - at)
                for refused in batch[at:]:
                    _resolve(refused, down)
                return

    async def _try(self, events: list[Inbound]) -> list[Work]:
        now = self.clock.now()
        return await self.database.write(lambda tx: self.dispatch.batch(tx, events, now))

    async def _alone(self, event: Inbound, error: Exception | None) -> list[Work]:
        """One event in a transaction of its own; `error`: how its first try alone ended, if it had one."""
        for _ in range(1 if error else 2):
            try:
                return await self._try([event])
            except WroteBeforeRefusingError as no:
                return await self._refuse(event, no.refusal)
            except Exception as happened:  # noqa: BLE001 - judged when the second try has failed too
                error = happened
        assert error is not None
        return await self._give_up(event, error)

    async def _refuse(self, event: Inbound, refusal: Refusal) -> list[Work]:
        now = self.clock.now()
        return await self.database.write(lambda tx: self.dispatch.refuse(tx, event, refusal, now))

    async def _give_up(self, event: Inbound, error: Exception) -> list[Work]:
        if outside_our_power(error):
            raise StorageDownError(_reason(error)) from error
        log.error("event parked", platform=event.platform, event_id=event.event_id, exc_info=error)
        try:
            return await self.database.write(lambda tx: self._park(tx, event, error))
        except DBAPIError as down:
            raise StorageDownError(_reason(down)) from down

    async def _park(self, tx: Transaction, event: Inbound, error: Exception) -> list[Work]:
        now = self.clock.now()
        body = ENVELOPE.dump_json(event).decode() if self.dispatch.may_be_kept(event) else ""
        reason = f"{type(error).__name__}: {error}"
        await inbox.park(
            tx, Received(event.platform, event.event_id, now, InboxState.PARKED, body, reason[:500])
        )
        work = Work(tx, self.dispatch.house, event, now)
        if event.sender:
            work.answer(text("dispatch.apology"))
        await write_down(tx, [work], now)
        return [work]


def outside_our_power(error: Exception) -> bool:
    """Whether the machine refused (disk full, file locked …) rather than the event being at fault."""
    return isinstance(error, DBAPIError) and bool(_OUTSIDE_OUR_POWER.search(str(error.orig)))


def _reason(error: Exception) -> str:
    return str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__


async def _outcome(one: _Waiting) -> Exception | None:
    try:
        await one.done
    except Exception as fault:  # noqa: BLE001 - told to whoever offered the events, when all of them are settled
        return fault
    return None


def _resolve(one: _Waiting, error: StorageDownError | None = None) -> None:
    if one.done.done():
        return
    if error:
        one.done.set_exception(error)
    else:
        one.done.set_result(None)
