"""What came in over the line and waits to be admitted. WeCom repeats nothing, so nothing is let go of before."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.platforms.base import Admit
from bot.platforms.wecom_aibot_decode import is_kick
from bot.platforms.wecom_aibot_hearing import Hearing
from bot.platforms.wire import Table
from storage.messages import Inbound

_BATCH = 64
_LONGEST_WAIT = 30.0
_log = structlog.get_logger(__name__)


class Queue:
    """Keeps the reader free: putting takes no time, admitting has a task of its own."""

    def __init__(
        self, hearing: Hearing, clock: Callable[[], datetime], pause: Callable[[float], Awaitable[None]]
    ) -> None:
        self._hearing = hearing
        self._clock = clock
        self._pause = pause
        self._raw: asyncio.Queue[tuple[str, Table, datetime]] = asyncio.Queue()
        self._events: list[Inbound] = []
        self.kicked: Callable[[], None] = lambda: None

    def put(self, token: str, body: Table) -> None:
        """Take a callback over; a kick is told at once, whatever waits."""
        if is_kick(body):
            self.kicked()
        else:
            self._raw.put_nowait((token, body, self._clock()))

    async def run(self, admit: Admit) -> None:
        """Admit in order until cancelled; what cannot be kept is offered again until it can."""
        failures = 0
        while True:
            if not self._events:
                await self._gather(await self._raw.get())
            try:
                await admit(list(self._events))
            except Exception as fault:  # noqa: BLE001 - a full disk: the platform forgets, so we must not
                failures += 1
                _log.warning("wecom aibot: not kept yet", why=type(fault).__name__, waiting=len(self._events))
                await self._pause(min(2.0 ** (failures - 1), _LONGEST_WAIT))
            else:
                self._events, failures = [], 0

    async def finish(self, admit: Admit) -> None:
        """Admit what is left when the program is about to stop."""
        while not self._raw.empty():
            await self._understand(self._raw.get_nowait())
        if self._events:
            with suppress(Exception):
                await admit(self._events)
                self._events = []
        if self._events:
            _log.error("wecom aibot: stopped with events that could not be kept", lost=len(self._events))

    async def _gather(self, first: tuple[str, Table, datetime]) -> None:
        await self._understand(first)
        while len(self._events) < _BATCH and not self._raw.empty():
            await self._understand(self._raw.get_nowait())

    async def _understand(self, raw: tuple[str, Table, datetime]) -> None:
        """One that breaks on the way, or finds no tray, must not keep those behind it."""
        token, body, received = raw
        try:
            self._events += await self._hearing.take(body, token, received)
        except Exception as fault:  # noqa: BLE001 - a fault of ours in one callback
            _log.error("wecom aibot: a callback was lost", why=type(fault).__name__)
