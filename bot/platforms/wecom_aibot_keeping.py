"""Staying connected: back-off, never a fight after a kick, and an apology for what was missed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.platforms.base import SendError
from bot.platforms.wecom_aibot_errors import TRANSIENT, SubscriptionRefused
from bot.platforms.wecom_aibot_line import Line

_LONGEST_WAIT = 30.0
_STEADY = timedelta(minutes=1)
_SHORT_GAP, _APOLOGY_GAP = timedelta(seconds=60), timedelta(hours=1)
_log = structlog.get_logger(__name__)


class Condition(StrEnum):
    """How it stands with the line. KICKED and REFUSED last until the program is started anew."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    KICKED = "kicked"
    REFUSED = "refused"


class Keeper:
    """Keeps one line for one bot."""

    def __init__(
        self,
        line: Line,
        clock: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]],
        apologise: Callable[[datetime], Awaitable[None]],
    ) -> None:
        self._line = line
        self._clock = clock
        self._pause = pause
        self._apologise = apologise
        self._alive_at: datetime | None = None
        self._opened_at: datetime | None = None
        self._apologised_at: datetime | None = None
        self._apologies: set[asyncio.Future[None]] = set()
        self.condition = Condition.CONNECTING

    def kicked(self) -> None:
        """Somebody else has taken our place: whoever takes it back starts a war."""
        self.condition = Condition.KICKED
        _log.error("wecom aibot: another program has connected as this bot; stopped until a restart")
        self._line.hang_up()

    async def run(self) -> None:
        """Connect again and again; returns when only a person can help."""
        failures = 0
        while True:
            await self._once()
            if self.condition in {Condition.KICKED, Condition.REFUSED}:
                return
            self.condition = Condition.CONNECTING
            failures = 0 if self._was_steady() else failures + 1
            await self._pause(min(2.0 ** max(failures - 1, 0), _LONGEST_WAIT))

    async def _once(self) -> None:
        self._opened_at = None
        try:
            await self._line.run(self._opened)
            _log.warning("wecom aibot: the line has ended")
        except SubscriptionRefused as fault:
            _log.error("wecom aibot: not let in", code=fault.code)
            if fault.code not in TRANSIENT:
                self.condition = Condition.REFUSED
        except SendError as fault:
            _log.warning("wecom aibot: no line", why=str(fault))
        self._note_alive()

    def _note_alive(self) -> None:
        if self._opened_at is not None:
            self._alive_at = self._line.heard_at or self._opened_at

    def _opened(self) -> None:
        now = self._clock()
        self._opened_at, self.condition = now, Condition.CONNECTED
        _log.info("wecom aibot: connected")
        if self._alive_at is not None and now - self._alive_at > _SHORT_GAP and self._may_apologise(now):
            self._apologised_at = now
            apology = asyncio.ensure_future(self._apologise(now))
            self._apologies.add(apology)
            apology.add_done_callback(self._apologies.discard)

    def _may_apologise(self, now: datetime) -> bool:
        return self._apologised_at is None or now - self._apologised_at >= _APOLOGY_GAP

    def _was_steady(self) -> bool:
        return self._opened_at is not None and self._clock() - self._opened_at >= _STEADY
