"""All papers of a meeting of 200 people, beside python-docx saving plain tables of the same size in the same run.

    python -m tests.bench.papers [PEOPLE]

Notice, sign-in sheet, record, minutes, resolution, count sheet, board notice and PEOPLE (200) ballots four to a page
with a code each, assembled from facts, kept as JSON, read back and rendered. Medians of several rounds that take
turns, in seconds of the processor, so that what else the machine does is not counted; prints a table and one JSON
line, and fails above 2 s.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO

from docx import Document

from bot.papers.ballots import Layout, render_ballots
from bot.papers.codes import qr_png
from bot.papers.sheets import render_docx
from handlers.papers.ballot import ballot_paper
from handlers.papers.minutes import minutes_paper
from handlers.papers.model import Paper
from handlers.papers.sign_in import sign_in_paper
from handlers.papers.stored import dump, parse
from tests.handlers.papers import desk
from tests.handlers.papers.pile import FULL, INSIDE, PUBLIC, SORTS

ROUNDS, LIMIT = 5, 2.0


def kept(paper: Paper) -> Paper:
    return parse(dump(paper))


def sheets(people: int) -> int:
    """Every paper but the ballots; returns their bytes."""
    papers = [sort.paper(FULL) for sort in SORTS if sort.kind not in INSIDE]
    papers += [minutes_paper(desk.minutes(10), edition) for edition in (FULL, PUBLIC)]
    papers.append(sign_in_paper(desk.sign_in(people), FULL))
    return sum(len(render_docx(kept(paper))) for paper in papers)


def stack(people: int) -> int:
    """The ballots; every code is drawn anew."""
    qr_png.cache_clear()
    ballots = [kept(ballot_paper(desk.ballot(number), FULL)) for number in range(1, people + 1)]
    return len(render_ballots(ballots, Layout.FOUR))


def plain(people: int) -> int:
    """What the library takes to save one empty table of the sign-in sheet's size."""
    document, packed = Document(), BytesIO()
    document.add_table(people + 1, 6)
    document.save(packed)
    return len(packed.getvalue())


def timed(made: Callable[[int], int], people: int) -> tuple[float, int]:
    begun = time.process_time()
    size = made(people)
    return time.process_time() - begun, size


def measure(people: int) -> dict[str, float]:
    ways = {"sheets": sheets, "ballots": stack, "plain": plain}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, made in ways.items():
            seconds, size = timed(made, people)
            assert size > 10_000
            taken[name].append(seconds)
    found = {name: statistics.median(seconds) for name, seconds in taken.items()}
    total = found["sheets"] + found["ballots"]
    return {**found, "total": total, "ratio": total / found["plain"]}


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    found = measure(people)
    for name, value in found.items():
        print(f"{name:>8}  {value:8.3f}{'' if name == 'ratio' else ' s'}")
    print(
        json.dumps(
            {"bench": "papers", "people": people, **{name: round(value, 4) for name, value in found.items()}}
        )
    )
    if people <= 200 and found["total"] > LIMIT:
        print(f"papers for {people} people took more than {LIMIT} s")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
