"""How long a voter looks at a turning spinner: from the press to the answer shown, through the whole house.

    python -m tests.bench.answers [VOTERS] [SECONDS]

1,000 voters press within 60 seconds, at moments drawn by chance, and then another 1,000 all at once, as the worst
case. Inlet, dispatch, file and post office work as in service; the platform answers after DELAY as a network does.
Prints p50 and p99 for both and one JSON line; fails when p99 of the minute is not below 300 ms.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App
from bot.clock import SystemClock
from bot.platforms.base import Pace
from bot.platforms.console import Console
from bot.platforms.telegram_decode import decode
from storage import schema
from storage.database import Database
from storage.messages import Act, Address, Inbound, Outgoing, Urgency
from tests.bench.town import ME, SETTINGS, found, machine, vote
from tests.storage.files import rows

VOTERS, SECONDS, MOST_MS = 1000, 60.0, 300.0
DELAY = 0.03
CHOICES = ("for", "against", "abstain")
PACE = Pace(20, timedelta(minutes=1), 30, timedelta(seconds=3))


@dataclass
class Distant(Console):
    """A console as far away as a platform's server, and as slow to be spoken to; it notes when each press was answered."""

    answered: dict[str, float] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def pace(self, address: Address) -> Pace:
        del address
        return PACE

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        await asyncio.sleep(DELAY)
        if outgoing.act is Act.ANSWER:
            self.answered[outgoing.message_id] = time.perf_counter()
            async with self.news:
                self.news.notify_all()
        return await Console.perform(self, outgoing, urgency)


@asynccontextmanager
async def served(path: Path, people: int) -> AsyncIterator[tuple[App, Distant]]:
    """A house in service, but for the platform's ears: the bench presses."""
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    await database.write(lambda tx: found(tx, people, datetime.now(UTC)))
    distant = Distant("telegram")
    app = await App.open(database, {"telegram": distant}, SystemClock(), SETTINGS)
    stop = asyncio.Event()
    service = asyncio.create_task(app.serve(stop))
    try:
        yield app, distant
    finally:
        stop.set()
        await service
        await database.close()


async def press(app: App, number: int, after: float, begun: dict[str, float]) -> None:
    """One voter presses after a while."""
    await asyncio.sleep(after)
    event = decode(json.loads(vote(number, CHOICES[number % 3], number)), ME, datetime.now(UTC))
    assert isinstance(event, Inbound)
    begun[str(10**18 + number)] = time.perf_counter()
    await app.admit([event])


async def presses(app: App, distant: Distant, voters: range, moments: Sequence[float]) -> list[float]:
    """Milliseconds from press to answer, of each voter."""
    begun: dict[str, float] = {}
    await asyncio.gather(*(press(app, number, at, begun) for number, at in zip(voters, moments, strict=True)))
    async with asyncio.timeout(60), distant.news:
        await distant.news.wait_for(lambda: begun.keys() <= distant.answered.keys())
    return [(distant.answered[query] - at) * 1000 for query, at in begun.items()]


async def measure(voters: int, seconds: float) -> dict[str, object]:
    chance = random.Random(1)
    with TemporaryDirectory() as name:
        path = Path(name) / "house.db"
        async with served(path, 2 * voters) as (app, distant):
            spread = await presses(
                app, distant, range(1, voters + 1), [chance.uniform(0, seconds) for _ in range(voters)]
            )
            at_once = await presses(app, distant, range(voters + 1, 2 * voters + 1), [0.0] * voters)
        assert rows(path, "SELECT count(*) FROM ballots") == [(2 * voters,)]
    return {
        "bench": "answers",
        "voters": voters,
        "seconds": seconds,
        "platform_ms": DELAY * 1000,
        **_figures("minute", spread),
        **_figures("at_once", at_once),
        "machine": machine(),
    }


def _figures(name: str, times: list[float]) -> dict[str, float]:
    parts = statistics.quantiles(times, n=100)
    return {f"{name}_p50_ms": round(parts[49], 1), f"{name}_p99_ms": round(parts[98], 1)}


def main(arguments: list[str]) -> None:
    voters = int(arguments[0]) if arguments else VOTERS
    seconds = float(arguments[1]) if len(arguments) > 1 else SECONDS
    result = asyncio.run(measure(voters, seconds))
    for name, told in (("minute", f"within {seconds:g} s"), ("at_once", "all at once")):
        print(f"{told:<16} p50{result[f'{name}_p50_ms']:>9} ms   p99{result[f'{name}_p99_ms']:>9} ms")
    print(json.dumps(result))
    if float(str(result["minute_p99_ms"])) >= MOST_MS:
        raise SystemExit("answers are slower than they may be")


if __name__ == "__main__":
    main(sys.argv[1:])
