"""A whole stretch of time lived, and what is to be said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from tests.world import World
from tests.year.calendar import Rates, fill
from tests.year.cast import Size, cast_of
from tests.year.ledger import Ledger
from tests.year.life import Life
from tests.year.truth import ZONE
from tests.year.verdict import Evidence

AFTERWARDS = timedelta(days=4)
REPLIES = {None: "none", True: "coming", False: "leave"}


@dataclass(frozen=True)
class Lived:
    """`planned` meetings that recur were planned; the rest is what came of it."""

    life: Life
    planned: int
    evidence: Evidence


@contextmanager
def lived(
    folder: Path,
    days: tuple[date, date],
    size: Size,
    rates: Rates,
    *,
    seed: int,
) -> Iterator[Lived]:
    """Live from one day to another by a seed; the same seed gives the same life."""
    first, last = days
    start = datetime.combine(first, time(8), ZONE).astimezone(UTC)
    world = World(folder, start=start)
    try:
        ledger = Ledger(world.clock.now)
        world.consoles["console"].show = ledger.show
        life = Life(world, cast_of(world, size), Random(seed), ledger, rates.rough)
        planned = fill(life, first, last, rates)
        life.live(datetime.combine(last, time(23), ZONE).astimezone(UTC) + AFTERWARDS)
        yield Lived(life, planned, evidence_of(life))
    finally:
        world.close()


def evidence_of(life: Life) -> Evidence:
    """What has happened in a life so far, to be judged."""
    world = life.world
    return Evidence(life.cast, life.ledger, life.truths, world.settings.remind, world.groups, life.down)


def misremembered(life: Life) -> list[str]:
    """Where the house remembers something else than what happened: starts, meetings called off, answers."""
    meetings = life.world.rows("SELECT number, id, starts_at, state = 'cancelled' FROM meetings")
    found = [f"{len(meetings)} meetings of {len(life.truths)}"] if len(meetings) != len(life.truths) else []
    for number, key, starts_at, cancelled in meetings:
        truth = life.truths[number]
        if datetime.fromisoformat(starts_at).replace(tzinfo=UTC) != truth.begins:
            found.append(f"会{number} starts {starts_at}, not {truth.begins}")
        if bool(cancelled) != bool(truth.cancelled_at):
            found.append(f"会{number} is not as it was left")
        said = dict(life.world.rows("SELECT member_id, reply FROM invitations WHERE meeting_id = ?", key))
        meant = {person.id: REPLIES[truth.comes(person)] for person in truth.body.roll}
        found += [f"会{number}: {who} said {meant[who]}" for who in meant if said[who] != meant[who]]
    return found
