"""A house whose chats are the console and whose clock a story moves: what the demo and the tests tell stories with."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.console import Console
from handlers.settings import Settings
from handlers.work import Work, write_down
from storage import outbox
from storage.database import Database, Transaction
from storage.messages import Act, Address, Content, Inbound, Pressed, Said, Sender


class StuckError(Exception):
    """A moment is still due after it was rung: whoever it was for did not let go of it."""


class NotShownError(Exception):
    """Nobody sees such a button or message there."""


@dataclass(slots=True)
class Story:
    """An open house and the means to let things happen in it."""

    app: App
    clock: StoryClock
    consoles: Mapping[str, Console]
    _events: int = 0
    _inlet: asyncio.Task[None] | None = field(default=None)

    @classmethod
    async def open(
        cls,
        database: Database,
        consoles: Mapping[str, Console],
        clock: StoryClock,
        settings: Settings,
        *,
        serve: Callable[[App], Coroutine[object, object, None]] | None = None,
    ) -> "Story":
        """Put a house together on this database and let its inlet serve (or be served by `serve`)."""
        app = await App.open(database, consoles, clock, settings)
        story = cls(app, clock, consoles)
        story._inlet = asyncio.ensure_future(serve(app) if serve else app.inlet.run())
        return story

    async def close(self) -> None:
        """Stop and close the file."""
        if self._inlet:
            self._inlet.cancel()
            await asyncio.gather(self._inlet, return_exceptions=True)
        await self.app.database.close()

    def event(
        self, where: Address, content: Content, sender: Sender | None, *, private: bool = False
    ) -> Inbound:
        """An event that has not arrived yet."""
        self._events += 1
        return Inbound(where.platform, f"e{self._events}", where, self.clock.now(), content, sender, private)

    async def arrive(self, events: list[Inbound]) -> None:
        """Events arrive; what they bring about is told."""
        await self.app.admit(events)
        await self.app.post.drain()

    async def act(self, job: Callable[[Work], Awaitable[None]]) -> None:
        """Do something as the operator would, at this moment, in a transaction of its own."""
        now = self.clock.now()
        event = Inbound("cli", uuid4().hex, Address("cli", "operator"), now, Said("", ""))

        async def whole(tx: Transaction) -> None:
            work = Work(tx, self.app.dispatch.house, event, now)
            await job(work)
            await write_down(tx, [work], now)

        await self.app.database.write(whole)
        await self.app.learn()

    async def ring(self) -> int:
        """Whatever is due happens; how many moments that were."""
        rung = await self.app.clockwork.ring()
        await self.app.post.drain()
        return rung

    async def later(self, target: datetime) -> None:
        """Let time pass until `target`: what falls due on the way happens, and letters go out, at their moment."""
        while (moment := await self.next_moment()) and moment <= target:
            self.clock.move(moment)
            await self.ring()
            if (still := await self.next_moment()) and still <= moment:
                raise StuckError(moment.isoformat())
        self.clock.move(target)
        await self.app.post.drain()

    async def next_moment(self) -> datetime | None:
        """The next moment at which something happens by itself."""
        now = self.clock.now()
        due = await self.app.clockwork.next_moment()
        letter = await self.app.database.read(lambda tx: outbox.next_moment(tx, now))
        return min([moment for moment in (due, letter) if moment], default=None)

    def message_with(self, where: Address, words: str) -> tuple[str, str]:
        """Id and text of the newest message there that contains these words. NotShownError if none does."""
        for one in reversed(self.consoles[where.platform].shown):
            if one.act is Act.SAY and one.address == where and words in one.card.text:
                return one.message_id, one.card.text
        raise NotShownError(words)

    def button(self, where: Address, label: str) -> Pressed:
        """The press of the newest button there whose label begins so."""
        console = self.consoles[where.platform]
        for one in reversed(console.shown):
            if one.act is not Act.SAY or one.address != where:
                continue
            card = console.card(one.message_id)
            for button in card.buttons if card else ():
                if button.label.startswith(label):
                    return Pressed(button.press, one.message_id, f"q{self._events + 1}")
        raise NotShownError(label)
