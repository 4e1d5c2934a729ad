"""One million chatter messages through decoding and the door: memory stays flat and the file untouched.

    python -m tests.bench.chatter [MESSAGES]

Prints resident memory as it goes and one JSON line; fails when it has grown by more than 5 MB after the first tenth.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App
from bot.platforms.telegram_decode import decode
from storage.messages import Inbound
from tests.bench.door import WORDS
from tests.bench.town import ME, chatter, machine, town

MESSAGES, LOT, GROWTH = 1_000_000, 100, 5.0


def resident(process: int | str = "self") -> float:
    """Megabytes of a process that are in memory now."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def pour(app: App, first: int, number: int) -> None:
    """So many messages, in lots as long polling hands them over."""
    for begin in range(first, first + number, LOT):
        lot = []
        for index in range(begin, begin + LOT):
            event = decode(
                json.loads(chatter(index, f"{WORDS[index % len(WORDS)]}{index}")), ME, datetime.now(UTC)
            )
            assert isinstance(event, Inbound)
            lot.append(event)
        await app.admit(lot)


async def measure(messages: int) -> dict[str, object]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "house.db"
        async with town(path, 300) as app:
            serving = asyncio.create_task(app.inlet.run())
            before, begun, memory = path.read_bytes(), time.perf_counter(), []
            for tenth in range(10):
                await pour(app, tenth * messages // 10, messages // 10)
                memory.append(round(resident(), 1))
                print(f"{(tenth + 1) * messages // 10:>10} {memory[-1]:>8} MB", flush=True)
            rate = messages / (time.perf_counter() - begun)
            serving.cancel()
            untouched = path.read_bytes() == before
    return {
        "bench": "chatter",
        "messages": messages,
        "megabytes": memory,
        "growth": round(memory[-1] - memory[0], 1),
        "messages_a_second": round(rate),
        "file_untouched": untouched,
        "machine": machine(),
    }


def main(arguments: list[str]) -> None:
    found = asyncio.run(measure(int(arguments[0]) if arguments else MESSAGES))
    print(json.dumps(found))
    if float(str(found["growth"])) > GROWTH or not found["file_untouched"]:
        raise SystemExit("chatter leaves something behind")


if __name__ == "__main__":
    main(sys.argv[1:])
