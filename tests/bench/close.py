"""A poll of many owners closes: list, chain, seal, verdict and every letter, in one transaction.

    python -m tests.bench.close [OWNERS] [--profile]

10,000 owners unless told otherwise, counted by head and by area, nine in ten of whom have cast. Each of five houses
closes once; beside it, plain sqlite3 reads the same rows and chains SHA-256 over them, which is the least that a
close can be. Prints a table and one JSON line; fails when the median close takes a second or more.
"""

import asyncio
import json
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast as cast_type

from sqlalchemy import update

from bot.app import App
from handlers.dispatch import Dispatch
from handlers.rules.rule import Base, Bound, Clause, Grade, Measure, Outcome, Rule
from handlers.rules.stored import dump_rule
from storage.database import Transaction
from storage.messages import Address, Due, Inbound
from storage.tables import ballots, electors, polls, turnouts
from tests.bench.town import machine, town
from tests.bench.votes import Watched, report
from tests.storage.files import rows

OWNERS, HOUSES, MOST_SECONDS = 10_000, 5, 1.0
CHOICES = ("for", "for", "for", "against", "abstain")
_SHARE = {Measure.HEADS: Fraction(1, 2), Measure.AREA: Fraction(1, 2)}


def owners_rule() -> Rule:
    """民法典 278, second sentence: two thirds take part, more than half of them agree, by head and by area."""
    quorum = (Clause(measure, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL) for measure in _SHARE)
    passing = (Clause(measure, share, Bound.OVER, Base.PARTICIPANTS) for measure, share in _SHARE.items())
    return Rule(
        "民法典 278", Grade.LAW, "owners", Outcome.INVALID_PARTICIPATION, tuple(quorum), tuple(passing)
    )


def area_of(number: int) -> Decimal:
    """The floor area of an owner, in m² with two places."""
    return Decimal(5000 + number * 37 % 9000) / 100


async def cast_all(tx: Transaction, owners: int) -> None:
    """Give everybody an area and nine in ten a ballot; the poll is due."""
    everybody, now = range(1, owners + 1), datetime.now(UTC)
    for number in everybody:
        await tx.run(update(electors).where(electors.c.member_id == number).values(area=area_of(number)))
    cast = [number for number in everybody if number % 10]
    ballot = {"poll_id": 1, "cast_at": now, "witness": "", "cast_by": None}
    rows_ = [{**ballot, "member_id": number, "choice": CHOICES[number % 5]} for number in cast]
    await tx.run(ballots.insert(), rows_)
    await tx.run(turnouts.insert(), {"poll_id": 1, "heads": len(cast)})
    whole = sum((area_of(number) for number in everybody), Decimal(0))
    times = {"opens_at": now - timedelta(days=15), "closes_at": now - timedelta(seconds=1)}
    rule = dump_rule(owners_rule())
    await tx.run(update(polls).values(body="owners", roll_area=whole, rule=rule, **times))


@asynccontextmanager
async def serving(path: Path) -> AsyncIterator[App]:
    """The house over this file, its inlet at work."""
    async with town(path) as app:
        task = asyncio.create_task(app.inlet.run())
        yield app
        task.cancel()


async def close(app: App) -> None:
    """The moment of the close comes and is done with, letters written."""
    now = datetime.now(UTC)
    due = Due("poll.close", 1, now)
    await app.admit([Inbound("clock", "close", Address("clock", "poll.close"), now, due)])


def least(path: Path) -> float:
    """Seconds to read roll and ballots in order with plain sqlite3 and chain a hash over them."""
    begun = time.perf_counter()
    with closing(sqlite3.connect(path)) as plain:
        roll = plain.execute("SELECT member_id, area FROM electors WHERE poll_id = 1").fetchall()
        cast = plain.execute(
            "SELECT member_id, choice FROM ballots WHERE poll_id = 1 ORDER BY member_id"
        ).fetchall()
    link = sha256(repr(roll).encode()).digest()
    for member, choice in cast:
        link = sha256(link + f"{member}{choice}".encode()).digest()
    return time.perf_counter() - begun


async def measure(owners: int) -> dict[str, object]:
    """Close in one fresh copy of the house after the other."""
    with TemporaryDirectory() as name:
        ready = await _ready(Path(name), owners)
        times: list[tuple[float, float, float]] = []
        for number in range(HOUSES):
            path = Path(shutil.copy(ready, Path(name) / f"{number}.db"))
            alone = least(path)
            async with serving(path) as app:
                begun, worked = time.perf_counter(), time.process_time()
                await close(app)
                times.append((time.perf_counter() - begun, alone, time.process_time() - worked))
            _check(path)
    ours, plain, processor = (statistics.median(column) for column in zip(*times, strict=True))
    return {
        "bench": "close",
        "owners": owners,
        "seconds": round(ours, 3),
        "processor_seconds": round(processor, 3),
        "plain_seconds": round(plain, 4),
        "ratio": round(statistics.median(one / other for one, other, _ in times), 1),
        "machine": machine(),
    }


async def _ready(folder: Path, owners: int) -> Path:
    path = folder / "ready.db"
    async with town(path, owners) as app:
        await app.database.write(lambda tx: cast_all(tx, owners))
    return path


def _check(path: Path) -> None:
    (found,) = rows(path, "SELECT state, outcome, length(seal) FROM polls")
    assert found == ("closed", "passed", 19), found
    assert rows(path, "SELECT count(*) FROM outbox WHERE once LIKE 'poll:1:%'")[0][0] >= 2


async def profile(owners: int) -> None:
    """Where the time of one close goes, on the writer's thread."""
    with TemporaryDirectory() as name:
        async with serving(await _ready(Path(name), owners)) as app:
            watched = Watched(app.dispatch)
            app.inlet.dispatch = cast_type(Dispatch, watched)
            await close(app)
    report(watched)


def main(arguments: list[str]) -> None:
    numbers = [int(word) for word in arguments if word.isdecimal()]
    owners = numbers[0] if numbers else OWNERS
    if "--profile" in arguments:
        asyncio.run(profile(owners))
        return
    found = asyncio.run(measure(owners))
    print(
        f"{'close of ' + str(owners):<24}{found['seconds']:>9} s{found['processor_seconds']:>9} s of the processor"
    )
    print(f"{'rows read and chained':<24}{found['plain_seconds']:>9} s{found['ratio']:>8}")
    print(json.dumps(found))
    if owners <= OWNERS and float(str(found["seconds"])) >= MOST_SECONDS:
        raise SystemExit("the close is slower than it may be")


if __name__ == "__main__":
    main(sys.argv[1:])
