"""Votes from raw update bytes to commit, their answers queued, beside plain aiosqlite in the same run.

    python -m tests.bench.votes [VOTES] [--profile | --secret]

64 votes are in flight; plain aiosqlite does one insert and commit at a time on a file with the same settings. The
rates are medians of several rounds that take turns; `slowdown` is the time of a vote in a house with VOTES (10,000)
votes over that in one with ten. Prints a table and one JSON line; says so and fails when a ratio is out of its bounds.
With --secret: what a secret ballot costs by the number of those in the box, which is written anew with each.
"""

import asyncio
import cProfile
import json
import pstats
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast as cast_type

import aiosqlite
from sqlalchemy import update

from bot.app import App
from bot.platforms.telegram_decode import decode
from handlers.codes import code_from
from handlers.dispatch import Dispatch
from handlers.work import Work
from storage.database import PRAGMAS, Transaction
from storage.messages import Inbound
from storage.tables import participations, polls, secret_ballots, turnouts
from tests.bench.town import ME, machine, town, vote
from tests.storage.files import rows

IN_FLIGHT, ROUND, ROUNDS, FEW, MANY = 64, 320, 9, 10, 10_000
FASTER, SLOWDOWN = 1.0, 1.2
CHOICES = ("for", "against", "abstain")
BOXES, TRIED = (50, 500, 2000), 64
PLAIN = "CREATE TABLE IF NOT EXISTS votes (id INTEGER PRIMARY KEY, person TEXT, choice TEXT, at TEXT)"


async def cast(app: App, updates: Sequence[bytes]) -> float:
    """Votes a second, IN_FLIGHT of them at a time."""
    waiting: Iterator[bytes] = iter(updates)

    async def voter() -> None:
        for raw in waiting:
            event = decode(json.loads(raw), ME, datetime.now(UTC))
            assert isinstance(event, Inbound)
            await app.admit([event])

    begun = time.perf_counter()
    await asyncio.gather(*(voter() for _ in range(IN_FLIGHT)))
    return len(updates) / (time.perf_counter() - begun)


async def plain(connection: aiosqlite.Connection, number: int) -> float:
    """Inserts a second, each with its own commit, one after the other."""
    begun = time.perf_counter()
    for index in range(number):
        row = (f"telegram:{index}", "for", "2026-11-02 01:00:00")
        await connection.execute("INSERT INTO votes (person, choice, at) VALUES (?, ?, ?)", row)
        await connection.commit()
    return number / (time.perf_counter() - begun)


@asynccontextmanager
async def plain_file(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(path) as connection:
        for pragma in PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")
        await connection.execute(PLAIN)
        await connection.commit()
        yield connection


def ballots(numbers: range) -> list[bytes]:
    return [vote(number, CHOICES[number % 3], number) for number in numbers]


async def measure(many: int) -> dict[str, object]:
    """Rounds in a house with ten votes, in one with many, and on the plain file, taking turns."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        people = ROUNDS * ROUND + FEW
        async with (
            town(folder / "new.db", people) as new,
            town(folder / "old.db", people + many) as old,
            plain_file(folder / "plain.db") as connection,
        ):
            serving = [asyncio.create_task(app.inlet.run()) for app in (new, old)]
            await cast(new, ballots(range(1, FEW + 1)))
            await cast(old, ballots(range(1, many + 1)))
            turns = [
                (
                    await cast(new, ballots(range(begin + FEW, begin + FEW + ROUND))),
                    await cast(old, ballots(range(begin + many, begin + many + ROUND))),
                    await plain(connection, ROUND),
                )
                for begin in range(1, ROUNDS * ROUND, ROUND)
            ]
            for task in serving:
                task.cancel()
        _check(folder / "new.db", FEW + ROUNDS * ROUND)
        _check(folder / "old.db", many + ROUNDS * ROUND)
    return figures(turns) | {"many": many, "machine": machine()}


def _check(path: Path, votes: int) -> None:
    kept = rows(path, "SELECT count(*) FROM ballots")
    queued = rows(path, "SELECT count(*) FROM outbox WHERE act = 'answer'")
    assert kept == queued == [(votes,)], (path, kept, queued)


def figures(turns: list[tuple[float, float, float]]) -> dict[str, object]:
    new, old, peer = (statistics.median(column) for column in zip(*turns, strict=True))
    return {
        "bench": "votes",
        "votes_a_second": round(new),
        "votes_a_second_after_many": round(old),
        "plain_a_second": round(peer),
        "ratio": round(statistics.median(new / peer for new, _, peer in turns), 3),
        "ratio_after_many": round(statistics.median(old / peer for _, old, peer in turns), 3),
        "slowdown": round(statistics.median(new / old for new, old, _ in turns), 3),
    }


class Watched:
    """Dispatches like the one it watches, and knows where the time of the writer's thread went."""

    def __init__(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch
        self.profiler = cProfile.Profile()

    async def batch(self, tx: Transaction, events: Sequence[Inbound], now: datetime) -> list[Work]:
        self.profiler.enable()
        try:
            return await self._dispatch.batch(tx, events, now)
        finally:
            self.profiler.disable()


async def profile(number: int) -> None:
    with TemporaryDirectory() as folder:
        async with town(Path(folder) / "house.db", number + FEW) as app:
            serving = asyncio.create_task(app.inlet.run())
            await cast(app, ballots(range(1, FEW + 1)))
            watched = Watched(app.dispatch)
            app.inlet.dispatch = cast_type(Dispatch, watched)
            await cast(app, ballots(range(FEW + 1, FEW + number + 1)))
            serving.cancel()
    report(watched)


def report(watched: Watched) -> None:
    for order in ("cumulative", "tottime"):
        pstats.Stats(watched.profiler).sort_stats(order).print_stats(50)


async def fill_box(tx: Transaction, number: int) -> None:
    """Make poll 1 a secret one with this many ballots in it."""
    everybody = range(1, number + 1)
    await tx.run(update(polls).values(secrecy="secret", receipt_key=""))
    await tx.run(participations.insert(), [{"poll_id": 1, "member_id": member} for member in everybody])
    receipts = sorted(code_from(sha256(str(member).encode()).digest()[:8]) for member in everybody)
    box = [{"poll_id": 1, "receipt": receipt, "choice": "for"} for receipt in receipts]
    await tx.run(secret_ballots.insert(), box)
    await tx.run(turnouts.insert(), {"poll_id": 1, "heads": number})


async def secretly(number: int) -> dict[str, object]:
    """Milliseconds of a secret ballot that comes alone (and of the processor), and of one among many at once."""
    with TemporaryDirectory() as name:
        path = Path(name) / "house.db"
        async with town(path, number + 2 * TRIED) as app:
            await app.database.write(lambda tx: fill_box(tx, number))
            serving = asyncio.create_task(app.inlet.run())
            worked, voters = time.process_time(), range(number + 1, number + TRIED + 1)
            alone = [1000 / await cast(app, ballots(range(voter, voter + 1))) for voter in voters]
            worked = (time.process_time() - worked) * 1000 / TRIED
            together = await cast(app, ballots(range(number + TRIED + 1, number + 2 * TRIED + 1)))
            serving.cancel()
        assert rows(path, "SELECT count(*) FROM secret_ballots") == [(number + 2 * TRIED,)]
    return {
        "bench": "secret",
        "box": number,
        "alone_ms": round(statistics.median(alone), 2),
        "alone_processor_ms": round(worked, 2),
        "at_once_ms": round(1000 / together, 2),
        "machine": machine(),
    }


def show_secret() -> None:
    for number in BOXES:
        found = asyncio.run(secretly(number))
        print(
            f"{number:>6} in the box{found['alone_ms']:>9} ms alone{found['at_once_ms']:>9} ms each at once"
        )
        print(json.dumps(found))


def main(arguments: list[str]) -> None:
    if "--secret" in arguments:
        show_secret()
        return
    if "--profile" in arguments:
        asyncio.run(profile(6400))
        return
    many = int(arguments[0]) if arguments else MANY
    found = asyncio.run(measure(many))
    print(f"{'after ten votes':<20}{found['votes_a_second']:>8} votes/s{found['ratio']:>8}")
    print(
        f"{'after ' + str(many) + ' votes':<20}{found['votes_a_second_after_many']:>8} votes/s{found['ratio_after_many']:>8}"
    )
    print(f"{'plain aiosqlite':<20}{found['plain_a_second']:>8} rows/s")
    print(json.dumps(found))
    if (
        min(float(str(found[name])) for name in ("ratio", "ratio_after_many")) < FASTER
        or float(str(found["slowdown"])) > SLOWDOWN
    ):
        raise SystemExit("votes are slower than they may be")


if __name__ == "__main__":
    main(sys.argv[1:])
