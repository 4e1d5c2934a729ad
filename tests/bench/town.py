"""A community for measuring: as many people as asked for, their groups, and a poll they may vote in."""

import json
import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.clock import SystemClock
from bot.platforms.console import Console
from bot.platforms.telegram_decode import Me
from handlers.polls.opening import read_rule
from handlers.receipts import KEY_BYTES
from handlers.rules.rule import Outcome
from handlers.rules.stored import dump_rule
from handlers.settings import Settings
from storage import cards, groups, schema, units
from storage.database import Database, Transaction
from storage.messages import Address
from storage.records import GroupRole, Unit, UnitKind
from storage.tables import electors, identities, members, polls, topics
from tests.storage.files import filled

ME = Me(666, "yishi_bot")
RESIDENTS = Address("telegram", "-1001")
VOTERS = Address("telegram", "-1002")
CARD = "30"
BODY = "village_reps"
KEY = bytes(range(KEY_BYTES)).hex()
SETTINGS = Settings(community="桂花里社区")


@asynccontextmanager
async def town(path: Path, people: int = 0) -> AsyncIterator[App]:
    """The house over this file; `people` voters with poll 1, whose card stands in VOTERS, are put into a new one."""
    database = await Database.open(f"sqlite:///{path}")
    try:
        await schema.upgrade(database)
        if people:
            await database.write(lambda tx: found(tx, people, datetime.now(UTC)))
        yield await App.open(database, {"telegram": Console("telegram")}, SystemClock(), SETTINGS)
    finally:
        await database.close()


def vote(number: int, choice: str, person: int) -> bytes:
    """What Telegram sends when this person presses a choice, as bytes."""
    chat = {"id": int(VOTERS.chat), "type": "supergroup", "title": "议事代表群"}
    message = {
        "message_id": int(CARD),
        "date": 1_795_165_800,
        "chat": chat,
        "from": {"id": ME.account, "is_bot": True, "first_name": "议事", "username": ME.username},
        "text": "🗳 表决 议1 更换3号楼2单元电梯",
    }
    query = {
        "id": str(10**18 + number),
        "from": {"id": person, "is_bot": False, "first_name": f"邻居{person}", "language_code": "zh-hans"},
        "chat_instance": "-3141592653589793238",
        "data": f"1|poll.cast:1:{choice}",
        "message": message,
    }
    return json.dumps({"update_id": number, "callback_query": query}, ensure_ascii=False).encode()


def chatter(number: int, words: str) -> bytes:
    """What Telegram sends when somebody says something in the residents' group, as bytes."""
    message = {
        "message_id": number % 1_000_000,
        "date": 1_795_165_800,
        "chat": {"id": int(RESIDENTS.chat), "type": "supergroup", "title": "桂花里居民群"},
        "from": {
            "id": 5000 + number % 300,
            "is_bot": False,
            "first_name": "张",
            "last_name": "三",
            "username": "zhangsan",
            "language_code": "zh-hans",
        },
        "text": words,
    }
    return json.dumps({"update_id": number, "message": message}, ensure_ascii=False).encode()


def machine() -> str:
    """What this was measured on, in a few words."""
    return f"{platform.machine()} {platform.python_implementation()} {platform.python_version()}"


async def found(tx: Transaction, people: int, now: datetime) -> None:
    """Put this many people, their groups and poll 1, which is open for a week, into an empty house."""
    unit = await units.add(tx, None, UnitKind.COMMUNITY, SETTINGS.community)
    await groups.bind(tx, RESIDENTS, GroupRole.RESIDENTS, unit)
    await groups.bind(tx, VOTERS, GroupRole.REP_DECISION, unit)
    everybody = range(1, people + 1)
    person = {"community_id": unit.id, "unit_id": unit.id, "joined_at": now}
    rows = [filled(members, id=number, name=f"邻居{number}", **person) for number in everybody]
    await tx.run(members.insert(), rows)
    account = {"platform": "telegram", "name": "", "private_chat": ""}
    known = [{"account": str(number), "member_id": number, **account} for number in everybody]
    await tx.run(identities.insert(), known)
    await _open_poll(tx, now, unit, people)
    entitled = [
        {"poll_id": 1, "member_id": number, "reason": BODY, "area": None, "entry_id": number, "barred": ""}
        for number in everybody
    ]
    await tx.run(electors.insert(), entitled)


async def _open_poll(tx: Transaction, now: datetime, unit: Unit, roll: int) -> None:
    counted = {"community_id": unit.id, "year": now.year, "number": 1, "state": "open"}
    topic = filled(topics, id=1, title="更换3号楼2单元电梯", raised_at=now, **counted)
    await tx.run(topics.insert(), topic)
    rule = dump_rule(read_rule("", BODY, "居民公约第三条", Outcome.INVALID_PARTICIPATION))
    times = {"opens_at": now, "closes_at": now + timedelta(days=7)}
    about = {"topic_id": 1, "question": "更换3号楼2单元电梯", "body": BODY, "roll": roll, "rule": rule}
    poll = filled(polls, id=1, secrecy="open", receipt_key=KEY, **about, **times, **counted)
    await tx.run(polls.insert(), poll)
    presses = json.dumps([f"poll.cast:1:{choice}" for choice in ("for", "against", "abstain")])
    await cards.shown(tx, await cards.add(tx, VOTERS, "poll:1", presses, now), CARD)
