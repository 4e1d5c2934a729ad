"""The composition root: one house, put together from its storeys."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from bot.advising import Advising
from bot.clock import Clock
from bot.clockwork import Clockwork
from bot.hearing import learn_to_hear
from bot.inlet import Inlet
from bot.pacing import Pacer
from bot.papers.making import Making
from bot.platforms.base import Platform
from bot.post import Post
from handlers.dispatch import Dispatch
from handlers.door import Door
from handlers.events import GroupBound, GroupLost, GroupMoved, IssueReported, PlaceNamed, PlaceUnnamed
from handlers.groupbook import GroupBook
from handlers.house import all_routes
from handlers.intake.hearing import HearingBook
from handlers.moments import morning_after
from handlers.settings import Settings
from handlers.work import House, Work
from storage import groups, inbox, issues, tokens
from storage.database import Database
from storage.messages import Inbound

if TYPE_CHECKING:
    from bot.advisor import Advisor

_DOOR_MATTERS = {GroupBound.__name__, GroupLost.__name__, GroupMoved.__name__}
_NAMES = {PlaceNamed.__name__, PlaceUnnamed.__name__}

REMEMBERED = timedelta(days=2)
"""Telegram offers an update for a day."""
TIDY_EVERY = timedelta(hours=6)


@dataclass(slots=True)
class App:
    """A running house. `serve` keeps it running; stories drive its parts by hand instead."""

    database: Database
    platforms: Mapping[str, Platform]
    clock: Clock
    groups: GroupBook
    door: Door
    settings: Settings
    hearings: HearingBook
    inlet: Inlet = field(init=False)
    post: Post = field(init=False)
    clockwork: Clockwork = field(init=False)
    dispatch: Dispatch = field(init=False)
    advising: Advising | None = None
    _seen_change: int = 0
    _entering: set[asyncio.Future[None]] = field(default_factory=set)

    @classmethod
    async def open(
        cls, database: Database, platforms: Mapping[str, Platform], clock: Clock, settings: Settings
    ) -> "App":
        """Put the house together over an open database and learn what the door must know."""
        routes = all_routes()
        book, hearings = GroupBook(), HearingBook()
        door = Door(routes, settings, hearings.suspects, book)
        app = cls(database, platforms, clock, book, door, settings, hearings)
        house = House(routes.reactions, routes.drawings, settings, hearings=hearings)
        app.dispatch = Dispatch(routes, house, book)
        app.inlet = Inlet(database, app.dispatch, app.door, clock, app.committed)
        making = Making(database, settings)
        night = partial(morning_after, settings=settings)
        app.post = Post(database, platforms, clock, Pacer(dict(platforms)), making.fulfil, night)
        app.clockwork = Clockwork(database, app.inlet, clock)
        await app.post.recover()
        await app.learn()
        return app

    def ask(self, advisor: "Advisor") -> None:
        """Have somebody to ask about what is unclear."""
        self.advising = Advising(self.database, advisor, self.clock, self.settings.zone, self.clockwork.wake)

    async def learn(self) -> None:
        """Learn which chats are bound, which messages are issues that may still be edited, and how people speak here."""
        self.groups.learn(await self.database.read(groups.everywhere))
        for platform, chat, message in await self.database.read(issues.source_messages):
            self.door.know_message(platform, chat, message)
        await learn_to_hear(self.database, self.settings, self.hearings)

    async def committed(self, works: Sequence[Work]) -> None:
        """A batch is on disk: the door learns from it, whispers are told, post office and clock look again."""
        if not works:
            return
        now = self.clock.now()
        for work in works:
            names = {entry.event for entry in work.entries}
            if IssueReported.__name__ in names:
                self.door.know_report(work.event, now)
            if names & _DOOR_MATTERS:
                self.groups.learn(await self.database.read(groups.everywhere))
            if names & _NAMES:
                await learn_to_hear(self.database, self.settings, self.hearings)
            if work.event.private:
                await self.post.heard(work.event.chat)
        self.clockwork.wake()
        self.post.wake()
        if self.advising:
            self.advising.wake()
        self.post.whisper(whisper for work in works for whisper in work.whispers)

    async def serve(self, stop: asyncio.Event) -> None:
        """Run every part until told to stop or until one of them fails.

        Told to stop, it first lets nothing in any more, then finishes what was let in and what is being told.
        """
        async with asyncio.TaskGroup() as parts:
            ears = [parts.create_task(platform.listen(self.admit)) for platform in self.platforms.values()]
            hands = [
                parts.create_task(part)
                for part in (
                    self.inlet.run(),
                    self.post.run(),
                    self.clockwork.run(),
                    self._watch_others(),
                    self._tidy_now_and_then(),
                    *([self.advising.run()] if self.advising else []),
                )
            ]
            await stop.wait()
            await _cease(ears)
            await asyncio.gather(*self._entering, return_exceptions=True)
            await _cease(hands)

    async def admit(self, events: list[Inbound]) -> None:
        """What platforms hand their events to; once begun it is finished, even when the platform hangs up."""
        entering = asyncio.ensure_future(self.inlet.admit(events))
        self._entering.add(entering)
        entering.add_done_callback(self._entering.discard)
        await asyncio.shield(entering)

    async def _watch_others(self) -> None:
        """Another process may have bound a group or imported a roll: look, and learn."""
        while True:
            await asyncio.sleep(2)
            change = await self.database.changed_by_others()
            if change != self._seen_change:
                self._seen_change = change
                await self.learn()
                self.clockwork.wake()
                self.post.wake()

    async def tidy(self) -> None:
        """Forget the ids of events that no platform will offer again, and passes long outlived."""
        before = self.clock.now() - REMEMBERED
        await self.database.write(lambda tx: inbox.prune(tx, before))
        await self.database.write(lambda tx: tokens.prune(tx, before))

    async def _tidy_now_and_then(self) -> None:
        """A disk that is full just then is told about by whoever has something to keep."""
        while True:
            await asyncio.sleep(TIDY_EVERY.total_seconds())
            with suppress(DBAPIError):
                await self.tidy()


async def _cease(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
