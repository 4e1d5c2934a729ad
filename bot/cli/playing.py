"""Playing a screenplay: its people are enrolled, its chats bound, its lines said to the real house."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.cli.enrolling import Asked, take
from bot.cli.harvest import harvest, show_harvest
from bot.cli.playbill import Playbill
from bot.cli.screen import show_json
from bot.clock import StoryClock
from bot.config import Config
from bot.platforms.console import Console
from bot.rollfile import read_roll
from bot.screenplay import PRIVATE, Heading, Line, Presses, Says, Wait, read_screenplay
from bot.story import Story
from handlers.members.roll import Roles
from handlers.settings import Settings
from handlers.texts import term
from handlers.units.chat import bind_group
from handlers.units.tree import find_or_found
from handlers.work import Work
from storage import members, schema
from storage.database import Database
from storage.messages import Address, Content, Inbound, Said, Sender
from storage.records import GroupRole, Identity

CONSOLE = "console"
COMMUNITY = "桂花里社区"
ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 11, 2, 8, 0, tzinfo=ZONE)


@dataclass(slots=True)
class Player:
    """Lets the lines of a screenplay happen in a house."""

    story: Story
    playbill: Playbill
    groups: dict[str, Address] = field(default_factory=dict)
    people: dict[str, Sender] = field(default_factory=dict)
    said: int = 0
    passed_over: int = 0

    async def play(self, line: Line) -> None:
        """One line."""
        if isinstance(line, Heading):
            self.playbill.heading(line.words)
        elif isinstance(line, Wait):
            await self._wait(line)
        elif isinstance(line, Presses):
            where = self._place(line.where, line.who)
            self.playbill.presses(line)
            await self._happen(where, self.story.button(where, line.label), line)
        else:
            await self._say(line)

    async def _wait(self, line: Wait) -> None:
        target = line.until or self.story.clock.now() + line.span
        await self.story.later(target)
        self.playbill.moment(self.story.clock.now())

    async def _say(self, line: Says) -> None:
        where = self._place(line.where, line.who)
        self.said += 1
        self.playbill.says(line)
        message = f"m{self.said}"
        if line.reply_to:
            replied, quoted = self.story.message_with(where, line.reply_to)
            await self._happen(where, Said(message, line.words, True, replied, quoted), line)
        else:
            await self._happen(where, Said(message, line.words), line)

    async def _happen(self, where: Address, content: Content, line: Says | Presses) -> None:
        event: Inbound = self.story.event(
            where, content, self._sender(line.who), private=line.where == PRIVATE
        )
        if isinstance(content, Said) and not self.story.app.door.concerns(event, event.at):
            self.passed_over += 1
        await self.story.arrive([event])

    def _sender(self, name: str) -> Sender:
        return self.people.setdefault(name, Sender(f"guest-{len(self.people)}", name))

    def _place(self, where: str, who: str) -> Address:
        return Address(CONSOLE, self._sender(who).account) if where == PRIVATE else self.groups[where]


async def play(db: Path | None, *, as_json: bool) -> None:
    """Play the whole story on a new database and show what has come of it."""
    with TemporaryDirectory() as folder:
        path = db or Path(folder) / "demo.db"
        playbill = Playbill(ZONE, quiet="yes" if as_json else "")
        async with _house(path, playbill) as story:
            player = Player(story, playbill)
            await story.act(lambda work: enter_all(player, work))
            written = (fixtures() / "demo.story").read_text("utf-8")
            for line in read_screenplay(written, ZONE):
                await player.play(line)
            facts = await story.app.database.read(lambda tx: harvest(tx, player.said, player.passed_over))
        if as_json:
            show_json(facts)
        else:
            show_harvest(facts)


def fixtures() -> Path:
    """The folder of the story's roll and lines: beside the program when installed, with the tests in a checkout."""
    installed = Path(__file__).parent.parent / "fixtures"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "tests" / "fixtures"


@asynccontextmanager
async def _house(path: Path, playbill: Playbill) -> AsyncIterator[Story]:
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    console = Console(CONSOLE, playbill.show)
    settings = Settings(community=COMMUNITY, zone=ZONE)
    story = await Story.open(database, {CONSOLE: console}, StoryClock(BEGIN), settings)
    try:
        yield story
    finally:
        await story.close()


async def enter_all(player: Player, work: Work) -> None:
    """The people of the roll come in, each with an account at the console, and the chats get their roles."""
    asked = Asked(fixtures() / "roll.csv", COMMUNITY, Roles.ADD, None)
    await take(work, Config(), asked, read_roll(asked.file))
    unit = await find_or_found(work.tx, COMMUNITY)
    for member in await members.of_community(work.tx, unit.id):
        sender = Sender(f"p{member.id}", member.name)
        player.people[member.name] = sender
        player.playbill.names[sender.account] = member.name
        await members.know(work.tx, Identity(CONSOLE, sender.account, member.id, member.name, sender.account))
    for role in GroupRole:
        name = term("group", role)
        player.groups[name] = Address(CONSOLE, name)
        await bind_group(work, player.groups[name], role, unit)
