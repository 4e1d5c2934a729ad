"""The whole program killed at random moments while updates arrive from a Bot API emulator.

    python -m tests.bench.crash [UPDATES] [KILLS] [SEED]

500 updates and 20 kills unless told otherwise. Ends with one JSON line, or with what was lost or doubled.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.crash import ordeal
from tests.e2e.neighbourhood import Plan
from tests.peers import telegram_server


async def run(updates: int, kills: int, seed: int) -> dict[str, object]:
    fifth = updates // 5
    plan = Plan(updates - 4 * fifth + fifth // 2, fifth, 2 * fifth - fifth // 2, fifth, 12, 3.0)
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        async with telegram_server() as server:
            found = await ordeal(Path(folder), server, plan, kills, seed)
    return {
        "bench": "crash",
        "kills": kills,
        "seed": seed,
        **found,
        "seconds": round(time.monotonic() - begun),
    }


def main(arguments: list[int]) -> None:
    updates, kills, seed = (*arguments, *(500, 20, 20261122)[len(arguments) :])
    print(json.dumps(asyncio.run(run(updates, kills, seed))))


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
