"""What reading one update costs, beside PTB's own reading of the same updates in the same run.

    python -m tests.bench.telegram_decode

Prints a table and one JSON line. `bytes` is json.loads and our decode together: everything between the socket and
the door.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from telegram import Update

from bot.platforms.telegram_decode import Me, decode
from bot.platforms.wire import Table

FIXTURES = Path(__file__).parent.parent / "bot" / "platforms" / "fixtures" / "telegram_updates.json"
KINDS = ("text", "photo", "reply", "press")
ROUNDS, TIMES = 5, 4000
ME = Me(666, "yishi_bot")


def microseconds(work: Callable[[], object]) -> float:
    """The best of several rounds, for one call."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(TIMES):
            work()
        best = min(best, time.perf_counter() - started)
    return best / TIMES * 1e6


def measured(kind: str, update: Table, now: datetime) -> dict[str, float | str]:
    raw = json.dumps(update, ensure_ascii=False).encode()
    ours = microseconds(lambda: decode(update, ME, now))
    whole = microseconds(lambda: decode(json.loads(raw), ME, now))
    theirs = microseconds(lambda: Update.de_json(update, None))
    return {"kind": kind, "decode": ours, "bytes": whole, "de_json": theirs, "ratio": whole / theirs}


def main() -> None:
    updates = json.loads(FIXTURES.read_text("utf-8"))
    now = datetime.now(UTC)
    rows = [measured(kind, updates[kind], now) for kind in KINDS]
    print(f"{'update':<8}{'decode µs':>11}{'bytes µs':>11}{'de_json µs':>12}{'bytes : de_json':>17}")
    for row in rows:
        print(
            f"{row['kind']:<8}{row['decode']:>11.2f}{row['bytes']:>11.2f}{row['de_json']:>12.2f}{row['ratio']:>17.3f}"
        )
    print(json.dumps({"bench": "telegram_decode", "rows": rows}))


if __name__ == "__main__":
    main()
