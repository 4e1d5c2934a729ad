"""What the doctor says about the AI bot, and what the house remembers for it."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.platforms.findings import Level
from bot.platforms.wecom_aibot_examine import examine, running
from bot.platforms.wecom_aibot_memory import HouseMemory
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE, Mode, WecomAibotSettings
from handlers.settings import Settings
from storage import cards, groups, members, outbox, schema, units
from storage.database import Database, Transaction
from storage.messages import Act, Address, Card, Urgency
from storage.outbox import Letter
from storage.records import GroupRole, Identity, UnitKind
from storage.standing import held, is_running
from tests.storage.files import rows
from tests.wecom_line import BOT, NAME, SECRET, Hands, WecomLine

pytestmark = pytest.mark.anyio
GROUP = Address(PLATFORM, "wrCHAT")
NOON, MIDNIGHT = datetime(2026, 11, 20, 4, tzinfo=UTC), datetime(2026, 11, 20, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("secret", "code", "keys"),
    [
        (SECRET, 0, ["wecom.connected", "wecom.connected_trap"]),
        ("wrong", 0, ["wecom.refused"]),
        (SECRET, 45009, ["wecom.busy"]),
    ],
)
async def test_it_connects_for_a_moment_and_says_how_that_went(
    secret: str, code: int, keys: list[str]
) -> None:
    async with WecomLine(Hands()) as server:
        server.refusals["aibot_subscribe"].append(code)
        settings = WecomAibotSettings(bot_id=BOT, secret=secret, name=NAME, server=server.url)
        found = await examine(settings, "")
        assert [one.key for one in found] == keys
        assert all(one.sentence and secret not in one.sentence for one in found)


async def test_without_a_server_it_says_so() -> None:
    found = await examine(
        WecomAibotSettings(bot_id=BOT, secret=SECRET, name=NAME, server="ws://127.0.0.1:1/"), ""
    )
    assert [(one.level, one.key) for one in found] == [(Level.ERROR, "wecom.no_answer")]


async def test_of_the_url_mode_it_says_what_it_cannot_do_and_where_it_is_called() -> None:
    settings = WecomAibotSettings(mode=Mode.URL, token="t", aes_key="k" * 43)
    found = await examine(settings, "https://yishi.example.org/wecom/aibot")
    assert [one.key for one in found] == ["wecom.no_name", "wecom.url_mode", "wecom.url_address"]
    assert "https://yishi.example.org/wecom/aibot" in found[-1].sentence
    assert (await examine(settings, ""))[-1].level is Level.ERROR


def test_a_running_program_is_not_put_off_its_line(tmp_path: Path) -> None:
    path = tmp_path / "yishi.db"
    assert not is_running(path)
    assert not list(tmp_path.iterdir()), "looking leaves nothing behind"
    with held(path):
        assert is_running(path)
    assert not is_running(path)
    assert [one.key for one in running()] == ["wecom.running", "wecom.connected_trap"]


async def test_the_house_remembers_cards_chats_and_groups(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path / 'house.db'}")
    await schema.upgrade(database)
    memory = HouseMemory(database, Settings(quiet=(time(22), time(7))))

    async def job(tx: Transaction) -> None:
        unit = await units.add(tx, None, UnitKind.COMMUNITY, "桂花里社区")
        await groups.bind(tx, GROUP, GroupRole.RESIDENTS, unit)
        card = await cards.add(tx, GROUP, "poll:1", '["a:1"]', NOON)
        await outbox.write(tx, [Letter(Act.SAY, GROUP, Card("旧"), Urgency.NOTICE, card_id=card)], NOON)
        await outbox.edit(tx, Letter(Act.EDIT, GROUP, Card("新"), Urgency.COUNTER, card_id=card), NOON)
        await cards.shown(tx, card, "y1")
        met = await members.add(tx, members.newcomer(unit.id, unit.id, "李四", NOON))
        await members.know(tx, Identity(PLATFORM, "lisi", met.id, "李四", f"{SINGLE}lisi"))

    await database.write(job)
    assert await memory.card(GROUP, "y1") == Card("新")
    assert await memory.card(GROUP, "y2") is None
    assert await memory.is_bound(GROUP)
    assert not await memory.is_bound(Address(PLATFORM, "wrOTHER"))
    assert await memory.may_write_to("lisi")
    assert not await memory.may_write_to("wangwu")
    for now in (NOON, NOON, MIDNIGHT):
        await memory.apologise(now)
    assert rows(tmp_path / "house.db", "SELECT count(*) FROM outbox WHERE once IS NOT NULL") == [(1,)]
    await database.close()
