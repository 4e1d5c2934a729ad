"""What stands behind a channel: the house's own door, once it is open."""

import asyncio
from collections.abc import Callable

from bot.platforms.base import Admit
from storage.messages import Inbound


class Gate:
    """Hands over what a channel admits. Once the house is gone nothing is let in any more, as with a dead process."""

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self.seen: set[str] = set()
        self.calls = 0
        self._house: Admit | None = None
        self._fault: BaseException | None = None
        self._ready = asyncio.Event()

    def opens(self, house: Admit) -> None:
        self._house = house
        self._ready.set()

    async def admit(self, events: list[Inbound]) -> None:
        await self._ready.wait()
        if self._fault:
            raise self._fault
        assert self._house
        try:
            await self._house(events)
        except BaseException as fault:
            self._fault = fault
            raise
        finally:
            self.calls += 1
            self.seen |= {event.event_id for event in events}
            self.news.set()

    def check(self) -> None:
        """Raises what kept the last events out."""
        if self._fault:
            raise self._fault

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait for it; raises what kept the events out."""
        while not done():
            self.news.clear()
            await self.news.wait()
            self.check()
