"""Kill the program again and again while updates arrive, and look afterwards whether anything is missing or double."""

import asyncio
import json
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.e2e.neighbourhood import COMMUNITY, OLD_ISSUES, Plan, Sent, everything, settle
from tests.peers import ROOT, TelegramServer, eventually, free_port
from tests.storage.files import rows

DONE = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')"
OPEN = "SELECT count(*) FROM polls WHERE state = 'open' AND id > 1"


@dataclass
class House:
    """The program, started and killed as often as one likes; its file stays."""

    folder: Path
    server: TelegramServer
    lives: int = 0
    process: asyncio.subprocess.Process | None = None
    _log: Path = field(default_factory=Path)

    @property
    def path(self) -> Path:
        return self.folder / "house.db"

    def configure(self) -> None:
        written = (
            f'[storage]\nurl = "sqlite:///house.db"\n[telegram]\nbase_url = "{self.server.url}"\n'
            f'group_per_minute = 60\noverall_per_second = 1000\n[community]\nname = "{COMMUNITY}"\n'
            f'quiet_hours = ""\n[web]\nport = {free_port()}\n'
        )
        (self.folder / "config.toml").write_text(written, "utf-8")

    async def start(self) -> None:
        self.lives += 1
        self._log = self.folder / f"life-{self.lives}.log"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": self.server.token}
        with self._log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", "-c", "config.toml"),
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )

    async def serving(self) -> None:
        await eventually(self._has_started, 60)

    def _has_started(self) -> bool:
        assert self.process is not None
        assert self.process.returncode is None, self.log()
        return "started" in self.log()

    def log(self) -> str:
        return self._log.read_text("utf-8")

    async def kill(self) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 60)


@asynccontextmanager
async def house(folder: Path, server: TelegramServer, plan: Plan) -> AsyncIterator[House]:
    made = House(folder, server)
    made.configure()
    await settle(made.path, plan)
    try:
        yield made
    finally:
        if made.process:
            await made.kill()


async def ordeal(
    folder: Path, server: TelegramServer, plan: Plan, kills: int, seed: int
) -> dict[str, object]:
    """Send everything while the program is killed `kills` times; AssertionError when anything is not as it must be."""
    dice, sent = Random(seed), everything(plan, Random(seed))
    async with house(folder, server, plan) as program:
        feeding = asyncio.create_task(_feed(program, sent, kills))
        for _ in range(kills):
            await program.start()
            if dice.random() < 0.15:
                await asyncio.sleep(dice.uniform(0.1, 1.0))
            else:
                await program.serving()
                await asyncio.sleep(dice.uniform(0.05, 0.9))
            await program.kill()
        await program.start()
        await feeding
        await eventually(lambda: _finished(program), 240)
        assert await program.stop() == 0, program.log()
        return await judged(program, sent)


async def _feed(program: House, sent: list[Sent], kills: int) -> None:
    """Keep pace with the lives, so that every kill falls among updates."""
    for index, one in enumerate(sent):
        await eventually(lambda index=index: program.lives * len(sent) >= index * kills, 120)
        await program.server.update(one.update)
        await asyncio.sleep(0.004)


async def _finished(program: House) -> bool:
    if await program.server.pending():
        return False
    return (rows(program.path, DONE), rows(program.path, OPEN)) == ([(0,)], [(0,)])


async def judged(program: House, sent: list[Sent]) -> dict[str, object]:
    """What is on disk and what was told, held against what was sent."""
    path, of_kind = program.path, _by_kind(sent)
    _acted_on_once(path, of_kind)
    told = await program.server.everything()
    doubled, silent = _answers(told, of_kind)
    states = Counter(state for (state,) in rows(path, "SELECT state FROM outbox WHERE once IS NOT NULL"))
    assert not silent, f"without an answer: {silent}"
    assert set(states) <= {"sent", "doubtful"}, states
    important = _important_told(path, told)
    assert max(important.values()) <= 1, [key for key, count in important.items() if count > 1]
    assert len(important) >= states["sent"] > 0
    return {
        "updates": len(sent),
        "lives": program.lives,
        "answers_repeated": doubled,
        "important": sum(states.values()),
        "important_doubtful": states["doubtful"],
        "important_unheard": sum(states.values()) - len(important),
    }


def _by_kind(sent: list[Sent]) -> dict[str, list[Sent]]:
    return {kind: [one for one in sent if one.kind == kind] for kind in {one.kind for one in sent}}


def _acted_on_once(path: Path, sent: dict[str, list[Sent]]) -> None:
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    concerned = {str(one.number) for kind, many in sent.items() if kind != "chatter" for one in many}
    admitted = rows(path, "SELECT event_id FROM inbox WHERE platform = 'telegram'")
    assert {event for (event,) in admitted} == concerned
    parked = rows(path, "SELECT event_id, error FROM inbox WHERE state != 'done'")
    assert not parked, parked[:3]
    votes = {(one.person, one.choice) for one in sent["vote"]}
    assert set(rows(path, "SELECT member_id, choice FROM ballots WHERE poll_id = 1")) == votes
    assert rows(path, "SELECT heads FROM turnouts WHERE poll_id = 1") == [(len(votes),)]
    supports = {(one.about, one.person) for one in sent["support"]}
    assert set(rows(path, "SELECT issue_id, member_id FROM supports")) == supports
    reports = {str(one.update["message"]["message_id"]) for one in sent["report"]}
    written = rows(path, "SELECT number, message_id FROM issues WHERE id > ? ORDER BY number", OLD_ISSUES)
    assert {message for _, message in written} == reports
    first = OLD_ISSUES + 1
    assert [number for number, _ in written] == list(range(first, first + len(reports)))


def _answers(told: list[dict[str, Any]], sent: dict[str, list[Sent]]) -> tuple[int, list[str]]:
    """How many ordinary answers were told more than once, and who got none."""
    replies: Counter[str] = Counter()
    for call in told:
        asked = call["params"].get("reply_parameters")
        if call["method"] == "sendMessage" and asked:
            replies[f"{call['params']['chat_id']}:{asked['message_id']}"] += 1
        if call["method"] == "answerCallbackQuery":
            replies[str(call["params"]["callback_query_id"])] += 1
    wanted = [one.update["callback_query"]["id"] for kind in ("vote", "support") for one in sent[kind]]
    messages = [one.update["message"] for one in sent["report"]]
    wanted += [f"{message['chat']['id']}:{message['message_id']}" for message in messages]
    return sum(replies[key] > 1 for key in wanted), [key for key in wanted if not replies[key]]


def _important_told(path: Path, told: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """How often each important text was posted in its chat."""
    posted = Counter(
        (str(call["params"]["chat_id"]), str(call["params"]["text"]))
        for call in told
        if call["method"] == "sendMessage"
    )
    letters = rows(path, "SELECT chat, body FROM outbox WHERE once IS NOT NULL")
    return Counter(
        {key: posted[key] for chat, body in letters if posted[key := (chat, json.loads(body)["text"])]}
    )
