"""The whole house behind the AI bot's line, with its server on a port of this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from bot.app import App
from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_memory import HouseMemory
from bot.platforms.wecom_aibot_settings import PLATFORM, WecomAibotSettings
from handlers.settings import Settings
from storage import cards, outbox, schema
from storage.database import Database, Transaction
from storage.messages import Act, Address, Button, Card, Urgency
from storage.outbox import Letter
from storage.records import Secrecy
from storage.tables import cards as cards_table
from storage.tables import groups, identities, polls
from tests.bench.town import found
from tests.peers import eventually
from tests.storage.files import rows
from tests.wecom_line import BOT, NAME, SECRET, Hands, WecomLine

VOTERS = Address(PLATFORM, "wrCHAT")
SETTINGS = Settings(
    community="桂花里社区", operators=frozenset({f"{PLATFORM}:wangwu"}), quiet=(datetime.min.time(),) * 2
)
CHOICES = ("for", "against", "abstain")
POLL = Card(
    "更换3号楼2单元电梯",
    (tuple(Button(label, f"poll.cast:1:{choice}") for label, choice in zip("赞反弃", CHOICES, strict=True)),),
)


@dataclass(frozen=True)
class Watch:
    """The clock of the house shows what that of the test shows."""

    hands: Hands

    def now(self) -> datetime:
        return self.hands.now


@asynccontextmanager
async def house(
    path: Path, server: WecomLine, people: int = 0, secrecy: Secrecy = Secrecy.OPEN
) -> AsyncIterator[App]:
    """A running house whose only channel is the AI bot; with people, they have poll 1 of this secrecy before them."""
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    if people:
        await database.write(lambda tx: town(tx, people, secrecy, server.hands.now))
    memory = HouseMemory(database, SETTINGS)
    settings = WecomAibotSettings(bot_id=BOT, secret=SECRET, name=NAME, server=server.url)
    bot = WecomAibot(settings, Surroundings(memory, server.hands.clock, server.hands.pause))
    app = await App.open(database, {PLATFORM: bot}, Watch(server.hands), SETTINGS)
    memory.woken = app.post.wake
    stop = asyncio.Event()
    serving = asyncio.ensure_future(app.serve(stop))
    try:
        await eventually(lambda: server.connected)
        yield app
    finally:
        stop.set()
        await serving
        await bot.close()
        await database.close()


async def town(tx: Transaction, people: int, secrecy: Secrecy, now: datetime) -> None:
    """Poll 1 and its voters, with WeCom accounts; its card is still to be posted."""
    await found(tx, people, now)
    await tx.run(update(polls).values(secrecy=secrecy))
    await tx.run(update(identities).values(platform=PLATFORM))
    await tx.run(update(groups).where(groups.c.chat == "-1002").values(platform=PLATFORM, chat=VOTERS.chat))
    await tx.run(update(cards_table).values(platform=PLATFORM, chat=VOTERS.chat, message_id=""))


async def post_the_card(app: App) -> None:
    async def job(tx: Transaction) -> None:
        (card,) = await cards.about(tx, "poll:1")
        letter = Letter(Act.SAY, VOTERS, POLL, Urgency.ANSWER, card_id=card.id)
        await outbox.write(tx, [letter], app.clock.now())

    await app.database.write(job)
    app.post.wake()


async def open_poll(app: App, server: WecomLine) -> str:
    """Post the card of poll 1 into the voters' group and wait until it is shown; its task_id."""
    await server.say(VOTERS.chat, "1", "@小区助手 在吗")
    await post_the_card(app)
    await eventually(lambda: server.cards)
    await eventually(lambda: rows(app.database.path, "SELECT 1 FROM cards WHERE message_id != ''"))
    (task,) = server.cards
    return task
