"""The whole house behind the AI bot's line: from a frame to the disk and back to the person."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.app import App
from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_memory import HouseMemory
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE, WecomAibotSettings
from handlers.settings import Settings
from storage import cards, outbox, schema
from storage.database import Database, Transaction
from storage.messages import Act, Address, Button, Card, Urgency
from storage.outbox import Letter
from storage.tables import cards as cards_table
from storage.tables import groups, identities
from tests.bench.town import found
from tests.peers import eventually
from tests.storage.files import rows
from tests.wecom_line import BOT, NAME, SECRET, Hands, WecomLine

pytestmark = pytest.mark.anyio
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


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def house(path: Path, server: WecomLine, people: int = 0) -> AsyncIterator[App]:
    """A running house whose only channel is the AI bot."""
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    if people:
        await database.write(lambda tx: town(tx, people))
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


async def town(tx: Transaction, people: int) -> None:
    """Poll 1 and its voters, with WeCom accounts; its card is still to be posted."""
    now = datetime.now(UTC)
    await found(tx, people, now)
    await tx.run(update(identities).values(platform=PLATFORM))
    await tx.run(update(groups).where(groups.c.chat == "-1002").values(platform=PLATFORM, chat=VOTERS.chat))
    await tx.run(update(cards_table).values(platform=PLATFORM, chat=VOTERS.chat, message_id=""))


async def post_the_card(app: App) -> None:
    async def job(tx: Transaction) -> None:
        (card,) = await cards.about(tx, "poll:1")
        letter = Letter(Act.SAY, VOTERS, POLL, Urgency.ANSWER, card_id=card.id)
        await outbox.write(tx, [letter], datetime.now(UTC))

    await app.database.write(job)
    app.post.wake()


async def test_a_group_is_bound_and_a_matter_reported_and_answered_once(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(Hands(lambda: datetime.now(UTC))) as server, house(path, server):
        await server.say("wrGROUP", "wangwu", "@小区助手 绑定 居民群 桂花里社区")
        await eventually(lambda: rows(path, "SELECT 1 FROM groups WHERE chat = 'wrGROUP'"))
        msgid = await server.say("wrGROUP", "lisi", "@小区助手 报事 3号楼2单元电梯坏了")
        await server.say("wrGROUP", "lisi", "@小区助手 报事 3号楼2单元电梯坏了", msgid=msgid)
        await eventually(lambda: len(server.sent("aibot_respond_msg")) == 2)
        await asyncio.sleep(0.2)
        assert rows(path, "SELECT count(*) FROM issues") == [(1,)]
        assert len(server.sent("aibot_respond_msg")) == 2, "one answer each, the repetition has none"
        assert not server.sent("aibot_send_msg"), "a group that is bound is not asked what it is for"
        assert not server.violations


async def test_a_thousand_voters_press_within_seconds_and_each_is_counted_once_and_answered(
    tmp_path: Path,
) -> None:
    path = tmp_path / "house.db"
    async with (
        WecomLine(Hands(lambda: datetime.now(UTC))) as server,
        house(path, server, people=1000) as app,
    ):
        await server.say(VOTERS.chat, "1", "@小区助手 在吗")
        await post_the_card(app)
        await eventually(lambda: server.cards)
        await eventually(lambda: rows(path, "SELECT 1 FROM cards WHERE message_id != ''"))
        (task,) = server.cards
        for number in range(1, 1001):
            if number % 25 == 0:
                await asyncio.sleep(0.25)
            press = f"poll.cast:1:{CHOICES[number % 3]}"
            msgid = await server.press(VOTERS.chat, str(number), task, press)
            if number % 10 == 0:
                await server.press(VOTERS.chat, str(number), task, press, msgid=msgid)
        await eventually(lambda: len(server.views) == 1000, 60)
        counted = rows(
            path, "SELECT choice, count(*) FROM ballots WHERE poll_id = 1 GROUP BY choice ORDER BY choice"
        )
        assert sum(count for _, count in counted) == 1000
        assert rows(path, "SELECT count(DISTINCT member_id) FROM ballots") == [(1000,)]
        assert not server.violations


async def test_after_an_outage_the_bound_groups_are_asked_to_say_it_again(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(Hands(lambda: datetime.now(UTC))) as server, house(path, server):
        await server.say("wrGROUP", "wangwu", "@小区助手 绑定 居民群 桂花里社区")
        await eventually(lambda: rows(path, "SELECT 1 FROM groups WHERE chat = 'wrGROUP'"))
        server.hands.on_pause = lambda _: server.hands.later(minutes=3)
        server.drop()
        await eventually(lambda: any("请重发" in str(body) for body in server.sent("aibot_send_msg")))
        assert rows(path, "SELECT count(*) FROM outbox WHERE once LIKE 'wecom_aibot:back:%'") == [(1,)]


async def test_a_single_chat_is_known_for_later_by_what_was_said_there(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    async with WecomLine(Hands(lambda: datetime.now(UTC))) as server, house(path, server):
        await server.say("", "lisi", "帮助")
        await eventually(lambda: server.sent("aibot_respond_msg"))
        assert Address.parse(f"{PLATFORM}:{SINGLE}lisi") == Address(PLATFORM, f"{SINGLE}lisi")
        assert not server.violations
