"""A conversation of one person with the house: lines in, cards out, buttons by their numbers."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import typer

from bot.app import App
from bot.cli.acting import act
from bot.cli.front import Misused, Refused
from bot.cli.groups import read_role
from bot.cli.opening import Absent, opened
from bot.cli.places import community_name, known_unit
from bot.cli.stage import Stage
from bot.clock import SystemClock
from bot.config import Config
from bot.config.handed import house_settings
from bot.inlet import StorageDownError
from bot.platforms.console import Console
from handlers.codes import normal
from handlers.texts import term, text
from handlers.units.chat import bind_group
from handlers.work import Work
from storage import groups, members, units
from storage.database import Database, Transaction
from storage.messages import Address, Content, Inbound, Pressed, Said, Sender
from storage.records import Member

CONSOLE = "console"
_MOST_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who talks (a name or a personal code), where ("" in private), and of which community."""

    name: str
    group: str
    unit: str


@dataclass(slots=True)
class Talk:
    """One person at the console. `here` is where their lines go."""

    app: App
    stage: Stage
    sender: Sender
    here: Address
    private: Address = field(init=False)

    def __post_init__(self) -> None:
        """A person's own chat is named after their account."""
        self.private = Address(CONSOLE, self.sender.account)

    async def say(self, line: str) -> None:
        """A line: the number of a button shown here presses it, anything else is said."""
        shown = self.stage.latest(self.here)
        if shown and line.isdecimal() and len(line) <= _MOST_DIGITS:
            buttons = shown.card.buttons
            if 1 <= int(line) <= len(buttons):
                await self.act(Pressed(buttons[int(line) - 1].press, shown.message_id, uuid4().hex))
                return
            await self.act(Said(uuid4().hex, line, addressed=True, reply_to=shown.message_id))
            return
        await self.act(Said(uuid4().hex, line))

    async def act(self, content: Content, where: Address | None = None) -> None:
        """Let something happen here (or `where`), then whatever is due, and hear the answers."""
        chat = where or self.here
        event = Inbound(
            CONSOLE,
            uuid4().hex,
            chat,
            self.app.clock.now(),
            content,
            self.sender,
            private=chat == self.private,
        )
        try:
            await self.app.admit([event])
        except StorageDownError:
            raise Refused(text("cli.storage_down")) from None
        await self.app.clockwork.ring()
        await self.app.post.drain()


async def talk(config: Config, url: str, wanted: Wanted) -> None:
    """Talk until the lines end or one says :quit."""
    async with opened(url, Absent.CREATE) as database:
        here = await _place(database, config, wanted)
        member, account = await _person(database, config, wanted)
        sender = Sender(account, member.name if member else wanted.name)
        private = Address(CONSOLE, account)
        stage = Stage({here or private, private}, private)
        async with _house(database, config, stage) as app:
            talking = Talk(app, stage, sender, private)
            if (
                member
                and member.code
                and not await database.read(lambda tx: members.by_account(tx, CONSOLE, account))
            ):
                await talking.act(Said(uuid4().hex, f"/start {member.code}"))
            talking.here = here or private
            typer.echo(
                text("cli.chat_begins", name=sender.name, place=wanted.group or text("cli.in_private"))
            )
            await _converse(talking)


async def _converse(talking: Talk) -> None:
    interactive = sys.stdin.isatty()
    while True:
        line = await asyncio.to_thread(_line, f"{talking.sender.name}> " if interactive else "")
        if line is None or line.strip() in {":quit", ":q"}:
            return
        if line.strip():
            if not interactive:
                talking.stage.echo(talking.sender.name, line.strip())
            await talking.say(line.strip())


def _line(prompt: str) -> str | None:
    """The next line of the keyboard or the pipe; None at the end."""
    try:
        return input(prompt)
    except EOFError:
        return None


@asynccontextmanager
async def _house(database: Database, config: Config, stage: Stage) -> AsyncIterator[App]:
    """A house whose only platform is this screen; letters to other platforms wait for `yishi run`."""
    console = Console(CONSOLE, stage.show)
    app = await App.open(database, {CONSOLE: console}, SystemClock(), house_settings(config))
    serving = asyncio.ensure_future(app.inlet.run())
    try:
        yield app
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def _place(database: Database, config: Config, wanted: Wanted) -> Address | None:
    """The console's group of that role, made when it is first spoken in; None in private."""
    if not wanted.group:
        return None
    role = read_role(wanted.group)

    async def job(work: Work) -> Address:
        name = wanted.unit or await community_name(work.tx, config)
        unit = await known_unit(work.tx, name, config, new=False)
        for group in await groups.of_role(work.tx, unit, role):
            if group.platform == CONSOLE:
                return groups.address_of(group)
        where = Address(CONSOLE, f"{unit.name}{term('group', role)}")
        await bind_group(work, where, role, unit)
        return where

    return await act(database, house_settings(config), job)


async def _person(database: Database, config: Config, wanted: Wanted) -> tuple[Member | None, str]:
    """Who talks, and under which account: somebody of the roll by name or code, else a stranger of that name."""
    if not wanted.name:
        raise Misused(text("cli.who_are_you"))

    async def find(tx: Transaction) -> tuple[Member | None, str]:
        found = await members.by_code(tx, normal(wanted.name))
        people = [found] if found else await _namesakes(tx, config, wanted)
        if len(people) > 1:
            raise Refused(text("cli.several_people", name=wanted.name))
        if not people:
            return None, wanted.name
        ways = await members.ways_to(tx, people[0].id)
        mine = next((way.account for way in ways if way.platform == CONSOLE), None)
        return people[0], mine or f"member-{people[0].id}"

    return await database.read(find)


async def _namesakes(tx: Transaction, config: Config, wanted: Wanted) -> list[Member]:
    name = wanted.unit or config.community.name
    tops = await units.named(tx, name) if name else await units.all_units(tx)
    places = {top.id for top in [await units.community_of(tx, one) for one in tops] if top}
    found = []
    for place in sorted(places):
        found += await members.named(tx, place, wanted.name)
    listed = [member for member in found if member.code]
    return listed or [member for member in found if await _speaks_here(tx, member)]


async def _speaks_here(tx: Transaction, member: Member) -> bool:
    return any(way.platform == CONSOLE for way in await members.ways_to(tx, member.id))
