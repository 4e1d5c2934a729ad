"""A year of a community in one go: everything it was shown, held against everything that was true.

    python -m tests.bench.year [SEED]

52 weekly and 12 monthly meetings around the holidays of 2026, and a dozen called at any hour; some are moved, some
called off; people answer and change their minds; the house is restarted at random moments, killed in the middle of
handling something, told things twice, and is down for three days three times. Half of the time goes into durable
commits (two for each message told), so the file lies in memory where there is such a folder. Prints a table and one
JSON line; fails when a reminder was wrong in any way, when something was forgotten, or when it took a minute or more.
"""

import json
import logging
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from tests.bench.town import machine
from tests.year.calendar import Rates
from tests.year.cast import Size
from tests.year.living import Lived, lived, misremembered
from tests.year.verdict import expected, faults

DAYS = date(2026, 1, 4), date(2026, 12, 31)
SEED = 20261122
MOST_SECONDS = 60
MEMORY = Path("/dev/shm")


def figures(done: Lived) -> dict[str, int]:
    """How much there was of what."""
    life = done.life
    starts = Counter(len(truth.starts) > 1 for truth in life.truths.values())
    return {
        "people": len(life.cast.everybody),
        "recurring": done.planned,
        "meetings": len(life.truths),
        "moved": starts[True],
        "cancelled": sum(truth.cancelled_at is not None for truth in life.truths.values()),
        "deeds": life.deeds,
        "days down": sum((end - begin).days for begin, end in life.down),
        "messages": len(life.ledger.heard),
        "reminders": len(life.ledger.reminded),
        "reminders that had to come": sum(1 for _ in expected(done.evidence)),
    }


def main(seed: int) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    begun, worked = time.monotonic(), time.process_time()
    memory = MEMORY if MEMORY.is_dir() else None
    with (
        TemporaryDirectory(dir=memory) as folder,
        lived(Path(folder), DAYS, Size(), Rates(), seed=seed) as done,
    ):
        seconds, cpu = time.monotonic() - begun, time.process_time() - worked
        counted = figures(done)
        wrong = [*faults(done.evidence), *misremembered(done.life), *map(str, done.life.world.parked())]
    for what, count in counted.items():
        print(f"{what:28}{count:>8}")
    print(*wrong, sep="\n")
    print(f"{'seconds':28}{seconds:>8.1f}   processor {cpu:.1f}   on {machine()}")
    measured = {"seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1), "wrong": len(wrong)}
    print(json.dumps({"bench": "year", "seed": seed, **counted, **measured}))
    return int(bool(wrong) or seconds >= MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEED))
