"""Dead after any one commit or any one word told, and started again: it all comes out the same."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.console import Console
from bot.platforms.telegram_decode import decode
from storage.database import Database, Job, Shelves, new_shelves
from storage.messages import Inbound, Outgoing, Urgency
from tests.bench.town import ME, SETTINGS, chatter, found, vote
from tests.bot.machine import MORNING
from tests.storage.files import house, rows

T = TypeVar("T")
NEVER = 10**9
STATE = (
    "SELECT poll_id, member_id, choice FROM ballots",
    "SELECT poll_id, heads FROM turnouts",
    "SELECT id, state, outcome, verdict FROM polls",
    "SELECT number, state, text, message_id FROM issues",
    "SELECT issue_id, member_id FROM supports",
    "SELECT event, subject, detail FROM journal",
    "SELECT subject, chat, presses FROM cards",
    "SELECT event_id, state FROM inbox",
    "SELECT chat, act, once, body FROM outbox WHERE act != 'edit'",
)


class Dying(Console):
    """A platform that outlives the program. What a dead program would say is never heard."""

    def __init__(self) -> None:
        super().__init__("telegram")
        self.fate = Fate(NEVER)

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        await self.fate.go_on()
        message = await super().perform(outgoing, urgency)
        await self.fate.step()
        return message


@dataclass
class Fate:
    """Lets a program live for so many steps: commits, and words told."""

    steps: int
    done: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def go_on(self) -> None:
        if self.over.is_set():
            await _never()

    async def step(self) -> None:
        self.done += 1
        if self.done == self.steps:
            self.over.set()
            await _never()


async def _never() -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError


class Mortal(Database):
    """A database whose program dies right after a commit."""

    fate: Fate

    async def write(self, job: Job[T]) -> T:
        await self.fate.go_on()
        result = await super().write(job)
        await self.fate.step()
        return result


@cache
def shelves() -> Shelves:
    """A program that is started again says what the dead one said: it need not be put into SQL anew."""
    return new_shelves()


@dataclass
class Story:
    """What happens to the house, from outside: updates until they are confirmed, and time."""

    path: Path
    console: Dying = field(default_factory=Dying)
    clock: StoryClock = field(default_factory=lambda: StoryClock(MORNING))
    waiting: list[Inbound] = field(default_factory=list)

    def life(self, steps: int) -> int:
        """One life of the program, at most so many steps long; how many they were."""
        return asyncio.run(asyncio.wait_for(self._life(steps), 60))

    async def _life(self, steps: int) -> int:
        fate = self.console.fate = Fate(steps)
        database = await Mortal.open(f"sqlite:///{self.path}", shelves())
        assert isinstance(database, Mortal)
        database.fate = fate
        living = asyncio.create_task(self._live(database))
        dying = asyncio.create_task(fate.over.wait())
        await asyncio.wait({living, dying}, return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not living.done():
            living.cancel()
        await asyncio.gather(dying, living, return_exceptions=True)
        assert living.cancelled() or living.exception() is None, living
        await database.close()
        return fate.done

    async def _live(self, database: Database) -> None:
        app = await App.open(database, {"telegram": self.console}, self.clock, SETTINGS)
        serving = asyncio.create_task(app.inlet.run())
        while self.waiting:
            await app.inlet.admit(self.waiting[:2])
            del self.waiting[:2]
            await app.post.drain()
        while moment := await app.clockwork.next_moment():
            self.clock.move(moment)
            await app.clockwork.ring()
            await app.post.drain()
        self.clock.move(self.clock.now() + timedelta(days=1))
        await app.post.drain()
        serving.cancel()

    def told(self) -> Counter[tuple[str, str]]:
        """How often each text was said anew, or answered, in each chat."""
        shown = (one for one in self.console.shown if one.act.value != "edit")
        return Counter((one.address.chat, one.card.text) for one in shown)

    def state(self) -> list[list[tuple[Any, ...]]]:
        return [sorted(rows(self.path, query), key=repr) for query in STATE]


def updates(moment: datetime) -> list[Inbound]:
    raw = (
        vote(1, "for", 1),
        chatter(2, "早上好"),
        chatter(3, "#报事 3号楼2单元路灯不亮"),
        vote(4, "against", 2),
        vote(5, "for", 2),
        chatter(6, "#报事"),
        vote(7, "for", 77),
        vote(8, "abstain", 3),
    )
    events = [decode(json.loads(one), ME, moment) for one in raw]
    assert all(isinstance(event, Inbound) for event in events)
    return [event for event in events if isinstance(event, Inbound)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("house") / "new.db"

    async def make() -> None:
        async with house(path) as database:
            await database.write(lambda tx: found(tx, 3, MORNING))

    asyncio.run(make())
    return path.read_bytes()


def told_through(folder: Path, template: bytes, lives: Sequence[int]) -> tuple[Story, int]:
    """Lives of so many steps each, and a last one that is not cut short; the steps of that one."""
    path = folder / "house.db"
    for old in folder.glob("house.db*"):
        old.unlink()
    path.write_bytes(template)

    story = Story(path)
    story.waiting = updates(story.clock.now())
    for steps in lives:
        story.life(steps)
    return story, story.life(NEVER)


def check_same(story: Story, calm: Story) -> None:
    assert story.state() == calm.state()
    important = {
        (chat, json.loads(body)["text"])
        for chat, body in rows(calm.path, "SELECT chat, body FROM outbox WHERE once IS NOT NULL")
    }
    doubtful = {
        (chat, json.loads(body)["text"])
        for chat, body in rows(story.path, "SELECT chat, body FROM outbox WHERE state = 'doubtful'")
    }
    told = story.told()
    for key, count in calm.told().items():
        if key in important:
            assert told[key] == count or (key in doubtful and told[key] <= count), key
        else:
            assert told[key] >= count, key
    assert set(told) <= set(calm.told())


def test_killed_after_each_single_step_of_the_story_everything_comes_out_the_same(
    tmp_path: Path, template: bytes
) -> None:
    calm, total = told_through(_folder(tmp_path, "calm"), template, ())
    assert total > 20
    assert len(rows(calm.path, "SELECT 1 FROM outbox WHERE once IS NOT NULL AND state = 'sent'")) >= 1
    folder = _folder(tmp_path, "killed")
    for steps in range(1, total):
        story, _ = told_through(folder, template, (steps,))
        check_same(story, calm)


@pytest.mark.parametrize("step", [5, 7, 11])
def test_killed_after_every_few_steps_everything_comes_out_the_same(
    tmp_path: Path, template: bytes, step: int
) -> None:
    calm, total = told_through(_folder(tmp_path, "calm"), template, ())
    story, _ = told_through(_folder(tmp_path, "killed"), template, [step] * (total // step))
    check_same(story, calm)


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
