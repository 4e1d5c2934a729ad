"""The little language the stories are told in.

A world is a whole house on a real database file, with the console standing in for the chats and a clock that the
story moves. `Manner` says how rough the world is: whether the house is killed after every commit, and whether
every event is delivered again.
"""

import asyncio
import sqlite3
from collections.abc import Coroutine, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.console import Console, Shown
from bot.story import Story
from handlers.settings import Settings
from handlers.texts import meaning
from handlers.work import Work
from storage import schema
from storage.database import Database, Shelves, new_shelves
from storage.messages import (
    Act,
    Address,
    Card,
    Content,
    Inbound,
    Said,
    Sender,
)
from storage.records import Role
from tests.people import Person, enrol

T = TypeVar("T")
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # a Monday, 9:00 in Shanghai
COMMUNITY = "桂花里社区"


class Manner(Enum):
    """How the world treats its house."""

    CALM = "calm"
    KILLED_AFTER_EVERY_COMMIT = "killed after every commit"
    EVERYTHING_TWICE = "everything delivered twice"


class Killed(Exception):
    """The process is gone, right after a commit."""


@cache
def _empty_database() -> bytes:
    """The file of a new house, made once by the migrations and copied for every world."""
    path = Path(mkdtemp()) / "empty.db"

    async def make() -> None:
        database = await Database.open(f"sqlite:///{path}")
        await schema.upgrade(database)
        await database.close()

    asyncio.run(make())
    return path.read_bytes()


@cache
def _written_out() -> Shelves:
    """Every house of the stories speaks the same statements, however often it is killed."""
    return new_shelves()


class World:
    """A house and the people around it."""

    def __init__(
        self,
        folder: Path,
        manner: Manner = Manner.CALM,
        settings: Settings | None = None,
        start: datetime = START,
        platforms: Sequence[str] = ("console",),
    ) -> None:
        self.manner = manner
        self.settings = settings or Settings(community=COMMUNITY, operators=frozenset({"console:operator"}))
        self.clock = StoryClock(start)
        self.consoles = {name: Console(name) for name in platforms}
        self.path = folder / "world.db"
        self.path.write_bytes(_empty_database())
        self.groups: dict[str, Address] = {}
        self.people: dict[str, Person] = {}
        self._runner = asyncio.Runner()
        self._events = 0
        self._alive = True
        self.story = self.run(self._open())

    # ------------------------------------------------------------------ telling

    def group(
        self, name: str, unit: str = COMMUNITY, *, platform: str = "console", chat: str = ""
    ) -> Address:
        """A chat group called `name` (its role is its name, unless "role@nickname") bound to a unit."""
        role, _, nickname = name.partition("@")
        address = Address(platform, chat or f"-{100 + len(self.groups)}")
        self.groups[nickname or role] = address
        operator = Sender("operator", "管理员")
        self._arrive(self._event(address, Said(self._id(), f"/bind {role} {unit}"), operator))
        return address

    def member(
        self, name: str, *roles: str, unit: str = COMMUNITY, private: bool = True, **columns: object
    ) -> "Person":
        """Somebody on the roll with these roles (in Chinese), whose console account is bound."""
        found = [Role(meaning("role", role) or role) for role in roles]
        person = Person(self, name, f"u{len(self.people) + 1}")
        member_id = self.run(self._enrol(person, found, unit, private, columns))
        person.id = member_id
        self.people[name] = person
        return person

    def stranger(self, name: str, *, account: str = "") -> "Person":
        """Somebody on no roll, known by nothing but an account."""
        person = Person(self, name, account or f"s{len(self.people) + 1}")
        self.people[name] = person
        return person

    def later(self, *, until: datetime | None = None, **span: float) -> None:
        """Let time pass: whatever falls due on the way happens at its moment."""
        target = until or self.clock.now() + timedelta(**span)
        while (moment := self.run(self.story.next_moment())) and moment <= target:
            self.clock.move(moment)
            self._ring()
            if (still := self.run(self.story.next_moment())) and still <= moment:
                raise AssertionError(f"still due after it was rung; parked: {self.parked()}")
        self.clock.move(target)
        self.deliver()

    def asleep(self, **span: float) -> None:
        """The program is down while time passes, and is started again."""
        self.run(self.story.close())
        self.clock.move(self.clock.now() + timedelta(**span))
        self.story = self.run(self._open())
        self._ring()

    def restart(self) -> None:
        """Stop and start."""
        self.asleep()

    # ------------------------------------------------------------------ hearing

    def shown(self, where: "str | Address | Person") -> list[Shown]:
        """Everything that appeared there, in order."""
        address = self.where(where)
        return [one for one in self.consoles[address.platform].shown if one.address == address]

    def heard(self, where: "str | Address | Person") -> list[str]:
        """The new messages said there, in order (no edits, no answers to presses)."""
        return [one.card.text for one in self.shown(where) if one.act is Act.SAY]

    def last(self, where: "str | Address | Person") -> str:
        """The newest message said there."""
        said = self.heard(where)
        return said[-1] if said else ""

    def cards(self, where: "str | Address | Person") -> list[Card]:
        """What the messages there show now, oldest first."""
        console = self.consoles[self.where(where).platform]
        ids = [one.message_id for one in self.shown(where) if one.act is Act.SAY]
        return [card for message_id in ids if (card := console.card(message_id))]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Facts read back through a connection of one's own."""
        with sqlite3.connect(self.path) as fresh:
            return fresh.execute(query, values).fetchall()

    def parked(self) -> list[tuple[Any, ...]]:
        """Events that could not be handled, with the reason."""
        return self.rows("SELECT event_id, error FROM inbox WHERE state = 'parked'")

    @property
    def app(self) -> App:
        """The house as it stands."""
        return self.story.app

    def where(self, where: "str | Address | Person") -> Address:
        """The address of a group by its name, of a person's private chat, or itself."""
        if isinstance(where, Address):
            return where
        if isinstance(where, Person):
            return where.private
        return self.groups[where]

    # ------------------------------------------------------------------ machinery

    def run(self, job: Coroutine[object, object, T]) -> T:
        """Run a coroutine of the house in the world's own loop.

        Not by `Runner.run`: that sets a signal handler for each call, and naming the old one writes out all the
        house ever returned, which takes longer than the story.
        """
        return self._runner.get_loop().run_until_complete(job)

    def close(self) -> None:
        """The end of the world."""
        self.run(self.story.close())
        self._runner.close()

    def deliver(self) -> None:
        """Let the post office tell what it may tell now."""
        self.run(self.app.post.drain())

    def arrive(
        self, where: Address, content: Content, sender: Sender | None = None, *, private: bool = False
    ) -> None:
        """An event arrives from a platform."""
        self._arrive(self._event(where, content, sender, private=private))

    def arrive_together(self, events: Iterable[Inbound]) -> None:
        """Several events arrive at once, to be handled as one batch."""
        self._deliver_events(list(events))

    def event(
        self, where: Address, content: Content, sender: Sender | None, *, private: bool = False
    ) -> Inbound:
        """An event that has not arrived yet."""
        return self._event(where, content, sender, private=private)

    def _event(
        self, where: Address, content: Content, sender: Sender | None, *, private: bool = False
    ) -> Inbound:
        self._events += 1
        return Inbound(where.platform, f"e{self._events}", where, self.clock.now(), content, sender, private)

    def _id(self) -> str:
        return f"m{self._events + 1}"

    def _arrive(self, event: Inbound) -> None:
        self._deliver_events([event])
        if self.manner is Manner.EVERYTHING_TWICE:
            self._deliver_events([event])

    def _deliver_events(self, events: list[Inbound]) -> None:
        try:
            self.run(self.app.inlet.admit(events))
        except Killed:
            self.run(self.story.close())
            self.story = self.run(self._open())
            self.run(self.app.inlet.admit(events))
        self.deliver()
        self._alive = True

    def _ring(self) -> int:
        try:
            rung = self.run(self.app.clockwork.ring())
        except Killed:
            self.run(self.story.close())
            self.story = self.run(self._open())
            rung = 1
        self.deliver()
        self._alive = True
        return rung

    async def _open(self) -> Story:
        database = await Database.open(f"sqlite:///{self.path}", _written_out())
        story = await Story.open(database, self.consoles, self.clock, self.settings, serve=_until_killed)
        committed = story.app.committed

        async def die(works: Sequence[Work]) -> None:
            """Killed once for each delivery, before anything is told; the redelivery then lives."""
            if self._alive and self.manner is Manner.KILLED_AFTER_EVERY_COMMIT and works:
                self._alive = False
                raise Killed
            await committed(works)

        story.app.inlet.committed = die
        return story

    async def _enrol(
        self, person: "Person", roles: list[Role], unit: str, private: bool, columns: dict[str, object]
    ) -> int:
        return await enrol(self, person, roles, unit, home=COMMUNITY, private=private, columns=columns)


async def _until_killed(app: App) -> None:
    """Serve the inlet; a kill reaches whoever waits for the event, as a broken line would."""
    inlet = app.inlet
    while True:
        try:
            await inlet.run()
        except Killed as killed:
            inlet.fail_waiting(killed)
