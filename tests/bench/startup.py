"""Starting with 100,000 issues in the database, and what an idle house keeps in memory.

    python -m tests.bench.startup [ISSUES]

Each start is `yishi run` as a process of its own: from its first instruction until it says that it has started.
Telegram is not there, so that it stays idle. Prints one JSON line; fails above a second or 120 MB.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import Transaction
from storage.tables import issues
from tests.bench.chatter import resident
from tests.bench.town import machine, town
from tests.peers import ROOT, free_port
from tests.storage.files import filled

STARTS, IDLE, SECONDS, MEGABYTES = 5, 3, 1.0, 120
CONFIG = """
[storage]
url = "sqlite:///house.db"
[telegram]
base_url = "http://127.0.0.1:9"
[community]
name = "桂花里社区"
[web]
port = {port}
"""


async def fill(path: Path, number: int) -> None:
    async with town(path, 300) as app:
        for first in range(1, number + 1, 10_000):
            await app.database.write(partial(_issues, numbers=range(first, first + 10_000)))


async def _issues(tx: Transaction, numbers: range) -> None:
    now = datetime.now(UTC)
    usual = {"community_id": 1, "unit_id": 1, "group_id": 1, "kind": "issue", "category": "building"}
    rows = [
        filled(
            issues,
            id=number,
            year=2020 + number // 20_000,
            number=number,
            # Nine in ten are over, as in a house that has run for years.
            state="filed" if number % 10 == 0 else "closed",
            level="u2",
            reporter_id=1 + number % 300,
            text=f"{number % 40}号楼{number % 6}单元路灯不亮，晚上看不见路，请尽快来修",
            message_id=str(number),
            filed_at=now - timedelta(minutes=number),
            **usual,
        )
        for number in numbers
    ]
    await tx.run(issues.insert(), rows)


def start(folder: Path) -> tuple[float, float]:
    """(seconds until it has started, megabytes after some idle seconds)."""
    (folder / "config.toml").write_text(CONFIG.format(port=free_port()), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": "123456:idle"}
    command = (sys.executable, "-m", "bot", "run", "-c", "config.toml")
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        assert any('"started"' in line for line in program.stderr), "it never started"
        seconds = time.perf_counter() - begun
        time.sleep(IDLE)
        megabytes = resident(program.pid)
        program.kill()
    return seconds, megabytes


def main(arguments: list[str]) -> None:
    number = int(arguments[0]) if arguments else 100_000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "house.db"
        asyncio.run(fill(path, number))
        starts = [start(path.parent) for _ in range(STARTS)]
    seconds, megabytes = (statistics.median(column) for column in zip(*starts, strict=True))
    found = {"bench": "startup", "issues": number, "seconds": round(seconds, 3), "machine": machine()}
    print(f"{number} issues: ready after {seconds:.2f} s, {megabytes:.0f} MB when idle")
    print(json.dumps(found | {"megabytes": round(megabytes, 1)}))
    if seconds > SECONDS or megabytes > MEGABYTES:
        raise SystemExit("it starts too slowly, or keeps too much in memory")


if __name__ == "__main__":
    main(sys.argv[1:])
