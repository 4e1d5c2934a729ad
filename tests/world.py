"""The little language the stories are told in.

A world is a whole house on a real database file, with the console standing in for the chats and a clock that the
story moves. `Manner` says how rough the world is: whether the house is killed after every commit, and whether
every event is delivered again.
"""

import sqlite3
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.console import Shown
from bot.story import Story
from handlers.settings import Settings
from handlers.texts import meaning
from handlers.work import Work
from storage.database import Database
from storage.messages import (
    Act,
    Address,
    Card,
    Content,
    Inbound,
    Pressed,
    Said,
    Sender,
)
from storage.records import Role
from tests.houses import Killed, empty_database, until_killed, written_out
from tests.lines.wiring import CONSOLE, Wiring
from tests.people import Person, enrol

T = TypeVar("T")
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # a Monday, 9:00 in Shanghai
COMMUNITY = "桂花里社区"


class Manner(Enum):
    """How the world treats its house."""

    CALM = "calm"
    KILLED_AFTER_EVERY_COMMIT = "killed after every commit"
    EVERYTHING_TWICE = "everything delivered twice"


channel = CONSOLE
"""What the console of a world is wired to, unless it says so itself."""


class World:
    """A house and the people around it."""

    def __init__(
        self,
        folder: Path,
        manner: Manner = Manner.CALM,
        settings: Settings | None = None,
        start: datetime = START,
        platforms: Sequence[str] = (CONSOLE,),
    ) -> None:
        self.manner = manner
        self.clock = StoryClock(start)
        self.path = folder / "world.db"
        self.path.write_bytes(empty_database())
        self.wiring = Wiring(platforms, channel, self.clock, self.path)
        self.consoles = self.wiring.consoles
        given = settings or Settings(community=COMMUNITY, operators=frozenset({"console:operator"}))
        self.settings = self.wiring.settings(given)
        self.groups: dict[str, Address] = {}
        self.people: dict[str, Person] = {}
        self._runner = self.wiring.runner()
        self._events = 0
        self._alive = True
        self.story = self.run(self._open())

    # ------------------------------------------------------------------ telling

    def group(self, name: str, unit: str = COMMUNITY, *, platform: str = CONSOLE, chat: str = "") -> Address:
        """A chat group called `name` (its role is its name, unless "role@nickname") bound to a unit."""
        role, _, nickname = name.partition("@")
        address = self.wiring.group(platform, chat or f"-{100 + len(self.groups)}")
        self.groups[nickname or role] = address
        operator = Sender(self.wiring.account(platform, "operator"), "管理员")
        self._arrive(self._event(address, Said(self._id(), f"/bind {role} {unit}"), operator))
        return address

    def member(
        self,
        name: str,
        *roles: str,
        unit: str = COMMUNITY,
        private: bool = True,
        platform: str = CONSOLE,
        **columns: object,
    ) -> "Person":
        """Somebody on the roll with these roles (in Chinese), whose console account is bound."""
        found = [Role(meaning("role", role) or role) for role in roles]
        person = Person(self, name, f"u{len(self.people) + 1}", platform=platform)
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
            self._move(moment)
            self._ring()
            if (still := self.run(self.story.next_moment())) and still <= moment:
                raise AssertionError(f"still due after it was rung; parked: {self.parked()}")
        self._move(target)
        self.deliver()

    def asleep(self, **span: float) -> None:
        """The program is down while time passes, and is started again."""
        self.run(self._shut())
        self._move(self.clock.now() + timedelta(**span))
        self.story = self.run(self._open())
        self._ring()

    def restart(self) -> None:
        """Stop and start."""
        self.asleep()

    # ------------------------------------------------------------------ hearing

    def shown(self, where: "str | Address | Person") -> list[Shown]:
        """Everything that appeared there, in order."""
        self.wiring.read_all(self.where(where))
        return self._shown(where)

    def heard(self, where: "str | Address | Person") -> list[str]:
        """The new messages said there, in order (no edits, no answers to presses)."""
        return [one.card.text for one in self._shown(where) if one.act is Act.SAY]

    def last(self, where: "str | Address | Person") -> str:
        """The newest message said there."""
        said = self.heard(where)
        return said[-1] if said else ""

    def cards(self, where: "str | Address | Person") -> list[Card]:
        """What the messages there show now, oldest first."""
        self.wiring.read_all(self.where(where))
        console = self.wiring.platforms[self.where(where).platform]
        ids = [one.message_id for one in self._shown(where) if one.act is Act.SAY]
        return [card for message_id in ids if (card := console.card(message_id))]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Facts read back through a connection of one's own."""
        strangers = [person.name for person in self.people.values() if not person.id]
        self.wiring.read_rows(f"{query} {values}", strangers)
        with sqlite3.connect(self.path) as fresh:
            return self.wiring.in_story_words(fresh.execute(query, values).fetchall())

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

    def pressing(self, where: Address, label: str) -> Pressed | Said:
        """What somebody does to press the newest button there that begins so: on some channels they say its number."""
        line = self.wiring.lines.get(where.platform)
        if line:
            return line.pressing(where, label, self._id())
        return replace(self.story.button(where, label), query=f"q{self._id()}")

    # ------------------------------------------------------------------ machinery

    def run(self, job: Coroutine[object, object, T]) -> T:
        """Run a coroutine of the house in the world's own loop.

        Not by `Runner.run`: that sets a signal handler for each call, and naming the old one writes out all the
        house ever returned, which takes longer than the story.
        """
        return self._runner.get_loop().run_until_complete(job)

    def close(self) -> None:
        """The end of the world."""
        self.run(self._shut())
        self.run(self.wiring.end())
        self._runner.close()

    def deliver(self) -> None:
        """Let the post office tell what it may tell now."""
        self.run(self.app.post.drain())
        self.wiring.check()

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
        who = self.wiring.sender(where, sender)
        return Inbound(where.platform, f"e{self._events}", where, self.clock.now(), content, who, private)

    def _id(self) -> str:
        return f"m{self._events + 1}"

    def _arrive(self, event: Inbound) -> None:
        self._deliver_events([event])
        if self.manner is Manner.EVERYTHING_TWICE:
            self._deliver_events([event])

    def _deliver_events(self, events: list[Inbound]) -> None:
        try:
            self.run(self.wiring.offer(self.app, events))
        except Killed:
            self.run(self._shut())
            self.story = self.run(self._open())
            self.run(self.wiring.offer(self.app, events))
        self.deliver()
        self._alive = True

    def _ring(self) -> int:
        try:
            rung = self.run(self.app.clockwork.ring())
        except Killed:
            self.run(self._shut())
            self.story = self.run(self._open())
            rung = 1
        self.deliver()
        self._alive = True
        return rung

    async def _open(self) -> Story:
        database = await Database.open(f"sqlite:///{self.path}", written_out())
        await self.wiring.open(database, self.settings)
        story = await Story.open(
            database, self.wiring.platforms, self.clock, self.settings, serve=until_killed
        )
        committed = story.app.committed

        async def die(works: Sequence[Work]) -> None:
            """Killed once for each delivery, before anything is told; the redelivery then lives."""
            if self._alive and self.manner is Manner.KILLED_AFTER_EVERY_COMMIT and works:
                self._alive = False
                raise Killed
            await committed(works)

        story.app.inlet.committed = die
        self.wiring.opens(story.app)
        return story

    async def _shut(self) -> None:
        await self.wiring.shut()
        await self.story.close()

    def _move(self, moment: datetime) -> None:
        self.wiring.passes(self._runner.get_loop(), moment - self.clock.now())
        self.clock.move(moment)

    def _shown(self, where: "str | Address | Person") -> list[Shown]:
        address = self.where(where)
        self.wiring.read(address)
        return [one for one in self.wiring.platforms[address.platform].shown if one.address == address]

    async def _enrol(
        self, person: "Person", roles: list[Role], unit: str, private: bool, columns: dict[str, object]
    ) -> int:
        return await enrol(self, person, roles, unit, home=COMMUNITY, private=private, columns=columns)
