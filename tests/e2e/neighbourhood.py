"""A neighbourhood that is set up before the program starts, and what its people send while it runs."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from handlers.polls.opening import read_rule
from handlers.rules.rule import Outcome
from handlers.rules.stored import dump_rule
from storage import cards, groups, schema, units
from storage.database import Database, Transaction
from storage.messages import Address
from storage.records import GroupRole, Unit, UnitKind
from storage.tables import electors, identities, issues, members, polls, topics
from tests.peers import group, someone
from tests.storage.files import filled

COMMUNITY = "桂花里社区"
RESIDENTS = tuple(Address("telegram", f"-{2000 + number}") for number in range(8))
GRID = Address("telegram", "-3001")
VOTERS = Address("telegram", "-3002")
OLD_ISSUES = 5
CHOICES = ("for", "against", "abstain")
CHATTER = ("早上好", "哈哈哈", "晚上一起跳舞吗", "谢谢", "+1", "今天的菜真新鲜")
FAULTS = ("路灯不亮", "水管漏水", "楼道堆物", "门禁坏了", "下水道堵了")
_SENT = 1_795_165_800


@dataclass(frozen=True)
class Plan:
    """How much is sent, and how many polls close by themselves while it arrives, one every `pause` seconds."""

    reports: int
    supports: int
    votes: int
    chatter: int
    closing: int
    pause: float = 1.0

    @property
    def people(self) -> int:
        return max(self.reports, self.supports, self.votes)

    @property
    def updates(self) -> int:
        return self.reports + self.supports + self.votes + self.chatter

    @property
    def final_polls(self) -> range:
        """Poll 1 stays open and is voted in; these close."""
        return range(2, 2 + self.closing)


async def settle(path: Path, plan: Plan) -> None:
    """Write the house's file: groups, people, issues to support, and polls."""
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    await database.write(lambda tx: _found(tx, plan))
    await database.close()


async def _found(tx: Transaction, plan: Plan) -> None:
    now = datetime.now(UTC)
    unit = await units.add(tx, None, UnitKind.COMMUNITY, COMMUNITY)
    for address in RESIDENTS:
        await groups.bind(tx, address, GroupRole.RESIDENTS, unit)
    await groups.bind(tx, GRID, GroupRole.GRID, unit)
    await groups.bind(tx, VOTERS, GroupRole.REP_DECISION, unit)
    for number in range(1, plan.people + 1):
        person = filled(members, id=number, community_id=1, unit_id=1, name=f"邻居{number}", joined_at=now)
        await tx.run(members.insert(), person)
        known = {"account": str(number), "member_id": number}
        await tx.run(identities.insert(), filled(identities, platform="telegram", **known))
    for _ in range(OLD_ISSUES):
        number = await units.next_number(tx, unit.id, "issue", now.year)
        words = {"state": "filed", "kind": "issue", "category": "building", "level": "u2", "text": "屋顶漏水"}
        place = {"community_id": 1, "unit_id": 1, "group_id": 1, "year": now.year, "number": number}
        await tx.run(issues.insert(), filled(issues, id=number, filed_at=now, **words, **place))
    for number in range(1, plan.closing + 2):
        span = timedelta(days=9) if number == 1 else timedelta(seconds=5 + number * plan.pause)
        await _open_poll(tx, unit, number, (now, now + span), plan.people)


async def _open_poll(
    tx: Transaction, unit: Unit, number: int, times: tuple[datetime, datetime], roll: int
) -> None:
    now, closes = times
    counted = {"id": number, "community_id": unit.id, "year": now.year, "number": number, "state": "open"}
    question = f"第{number}项：公共维修"
    await tx.run(topics.insert(), filled(topics, title=question, raised_at=now, **counted))
    rule = dump_rule(read_rule("", "village_reps", "居民公约", Outcome.INVALID_PARTICIPATION))
    about = {"topic_id": number, "question": question, "body": "village_reps", "rule": rule, "roll": roll}
    poll = filled(polls, opens_at=now, closes_at=closes, secrecy="open", **about, **counted)
    await tx.run(polls.insert(), poll)
    entitled = [
        {"poll_id": number, "member_id": person, "reason": "village_reps", "area": None, "entry_id": person}
        for person in range(1, roll + 1)
    ]
    await tx.run(electors.insert(), entitled)
    presses = json.dumps([f"poll.cast:{number}:{choice}" for choice in CHOICES])
    card = await cards.add(tx, VOTERS, f"poll:{number}", presses, now)
    await cards.shown(tx, card, str(9000 + number))


@dataclass(frozen=True)
class Sent:
    """An update, and what must come of it."""

    update: dict[str, Any]
    kind: str
    person: int
    about: int = 0
    choice: str = ""

    @property
    def number(self) -> int:
        return int(self.update["update_id"])


def everything(plan: Plan, dice: Random) -> list[Sent]:
    """All updates, in the order they will be sent."""
    kinds = ["report"] * plan.reports + ["support"] * plan.supports
    kinds += ["vote"] * plan.votes + ["chatter"] * plan.chatter
    dice.shuffle(kinds)
    counts = dict.fromkeys(kinds, 0)
    sent = []
    for number, kind in enumerate(kinds, start=7000):
        counts[kind] += 1
        sent.append(_sent(number, kind, counts[kind], dice))
    return sent


def _sent(number: int, kind: str, person: int, dice: Random) -> Sent:
    if kind == "vote":
        choice = dice.choice(CHOICES)
        return Sent(_press(number, person, VOTERS, 9001, f"poll.cast:1:{choice}"), kind, person, 1, choice)
    if kind == "support":
        issue = 1 + person % OLD_ISSUES
        press = f"issue.support:{issue}"
        return Sent(_press(number, person, RESIDENTS[0], 8000 + issue, press), kind, person, issue)
    words = f"#报事 {1 + person // 9}号楼{1 + person % 9}单元{dice.choice(FAULTS)}"
    if kind == "chatter":
        words = dice.choice(CHATTER)
    where = RESIDENTS[person % len(RESIDENTS)]
    return Sent({"update_id": number, "message": _message(number, where, words, person)}, kind, person)


def _message(number: int, where: Address, words: str, person: int) -> dict[str, Any]:
    chat = group(int(where.chat), "桂花里")
    return {"message_id": number, "date": _SENT, "chat": chat, "from": someone(person), "text": words}


def _press(number: int, person: int, where: Address, card: int, press: str) -> dict[str, Any]:
    query = {"id": f"q{number}", "from": someone(person), "chat_instance": "c", "data": f"1|{press}"}
    shown = _message(card, where, "…", 666) | {"from": {"id": 666, "is_bot": True, "first_name": "议事"}}
    return {"update_id": number, "callback_query": query | {"message": shown}}
