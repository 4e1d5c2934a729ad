"""Whatever is done to meetings, in whatever order and at whatever hour, nobody is reminded wrongly."""

from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.world import World
from tests.year.cast import Size, cast_of
from tests.year.ledger import Ledger
from tests.year.life import Life
from tests.year.living import evidence_of, misremembered
from tests.year.truth import Truth
from tests.year.verdict import faults

AHEAD = tuple(timedelta(hours=hours) for hours in (2, 13, 25, 26, 50, 172, 200))
SHIFTS = tuple(timedelta(minutes=minutes) for minutes in (-1440, -125, 30, 185, 725, 1440))
DOWN = tuple(timedelta(hours=hours) for hours in (0, 1, 5, 11, 22, 30, 72))
Step = tuple[int, str, int]
STEPS = st.lists(
    st.tuples(
        st.integers(1, 3000),
        st.sampled_from(("call", "answer", "answer", "move", "move", "back", "cancel", "down")),
        st.integers(0, 20),
    ),
    min_size=2,
    max_size=9,
)


def happen(life: Life, step: Step) -> None:
    """Let some minutes pass and one thing be done, to the meeting called last or the one before it."""
    minutes, what, which = step
    life.world.later(minutes=minutes)
    truths = list(life.truths.values())
    truth = truths[-1 - which % min(len(truths), 2)]
    if what == "call":
        life.call(life.cast.delegates, life.now + AHEAD[which % len(AHEAD)])
    elif what == "down":
        life.sleep(DOWN[which % len(DOWN)])
    else:
        _to_meeting(life, truth, what, which)


def _to_meeting(life: Life, truth: Truth, what: str, which: int) -> None:
    if what == "answer":
        life.answer(truth, truth.body.roll[which % len(truth.body.roll)], comes=which % 3 == 0)
    elif what == "move":
        life.move(truth, truth.begins + SHIFTS[which % len(SHIFTS)])
    elif what == "back":
        life.move(truth, truth.starts[0][1])
    else:
        life.cancel(truth)


@settings(
    max_examples=18, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
)
@given(ahead=st.sampled_from(AHEAD), steps=STEPS)
@example(ahead=AHEAD[2], steps=[(30, "down", 4)])
@example(ahead=AHEAD[4], steps=[(600, "move", 5), (30, "back", 0), (1500, "down", 5)])
@example(ahead=AHEAD[4], steps=[(850, "move", 1), (400, "down", 3), (10, "answer", 1)])
def test_no_order_of_moves_answers_standstills_and_cancellations_reminds_anybody_wrongly(
    ahead: timedelta, steps: list[Step]
) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        try:
            ledger = Ledger(world.clock.now)
            world.consoles["console"].show = ledger.show
            size = Size(committee=1, party=2, representatives=2, bystanders=1, unreached=2)
            life = Life(world, cast_of(world, size), Random(len(steps)), ledger)
            assert life.call(life.cast.delegates, life.now + ahead)
            for step in steps:
                happen(life, step)
            last = max(truth.begins for truth in life.truths.values())
            world.later(until=max(last, life.now) + timedelta(days=1))
            assert faults(evidence_of(life)) == []
            assert misremembered(life) == []
            assert world.parked() == []
        finally:
            world.close()
