"""What is due is read from the rows: move a row and the alarm has moved."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.triggers.date import DateTrigger

from bot.clock import SystemClock
from storage.database import Transaction
from storage.tables import polls
from tests.bot.machine import MORNING, REFUSED, Machine, machine
from tests.peers import eventually
from tests.storage.files import filled, rows, run
from tests.world import World

MOVE = "UPDATE polls SET closes_at = ? WHERE id = ?"


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


async def do(made: Machine, statement: str, *values: object) -> None:
    await made.database.reshape(lambda file: file.exec_driver_sql(statement, values))


async def opened(made: Machine, poll: int, closes: datetime) -> None:
    columns = {"id": poll, "community_id": 1, "number": poll, "secrecy": "open", "state": "open"}
    row = filled(polls, **columns, opens_at=MORNING - timedelta(days=1), closes_at=closes)

    async def job(tx: Transaction) -> None:
        await tx.run(polls.insert(), row)

    await made.database.write(job)


async def ring_until(made: Machine, moment: datetime) -> None:
    """Go from one moment to the next, as the clock would."""
    while (coming := await made.clockwork.next_moment()) and coming <= moment:
        made.clock.move(coming)
        await made.clockwork.ring()
        await made.post.drain()
    made.clock.move(moment)


def at(**span: float) -> datetime:
    return MORNING + timedelta(**span)


def test_a_deadline_rings_at_its_moment_and_once(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await opened(made, 1, at(hours=3))
            await ring_until(made, at(hours=2))
            assert made.told() == []
            await ring_until(made, at(days=9))
            assert await made.clockwork.ring() == 0
            return made

    assert run(story()).told() == ["closed 1 at 11-02 04:00"]


def test_a_deadline_moved_later_rings_later(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await opened(made, 1, at(hours=3))
            await ring_until(made, at(hours=2))
            await do(made, MOVE, written(at(hours=5)), 1)
            await ring_until(made, at(hours=4))
            assert made.told() == []
            await ring_until(made, at(days=1))
            return made

    assert run(story()).told() == ["closed 1 at 11-02 06:00"]


def test_a_deadline_moved_earlier_rings_earlier(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await opened(made, 1, at(hours=30))
            await ring_until(made, at(hours=1))
            await do(made, MOVE, written(at(hours=2)), 1)
            await ring_until(made, at(hours=10))
            return made

    assert run(story()).told() == ["closed 1 at 11-02 03:00"]


def test_what_was_ended_by_hand_does_not_ring(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await opened(made, 1, at(hours=3))
            await do(made, "UPDATE polls SET state = 'cancelled' WHERE id = 1")
            await ring_until(made, at(days=9))
            return made

    assert run(story()).told() == []


def test_after_three_days_down_everything_missed_is_rung_once_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def before() -> None:
        async with machine(path) as made:
            for poll, hours in ((1, 50), (2, 3), (3, 20), (4, 100)):
                await opened(made, poll, at(hours=hours))

    async def after() -> Machine:
        async with machine(path, at(days=3)) as made:
            assert await made.clockwork.ring() == 3
            await made.post.drain()
            return made

    run(before())
    made = run(after())
    assert made.told() == [f"closed {poll} at 11-05 01:00" for poll in (2, 3, 1)]
    assert rows(path, "SELECT id FROM polls WHERE state = 'open'") == [(4,)]


def test_many_moments_at_once_are_all_rung(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            for poll in range(1, 101):
                await opened(made, poll, at(hours=3))
            await ring_until(made, at(hours=4))
            return made

    assert len(set(run(story()).told())) == 100


def test_a_clock_set_back_stands_still_and_rings_nothing_twice(tmp_path: Path, monkeypatch: object) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await opened(made, 1, at(hours=3))
            await ring_until(made, at(hours=4))
            made.clock.move(at(hours=1))
            assert made.clock.now() == at(hours=4)
            assert await made.clockwork.ring() == 0
            return made

    assert len(run(story()).told()) == 1


def test_the_systems_clock_never_goes_back(monkeypatch: object) -> None:
    clock = SystemClock()
    before = clock.now()
    clock._latest = before + timedelta(hours=2)
    assert clock.now() == before + timedelta(hours=2)


def test_it_rings_by_itself_when_a_nearer_moment_is_written(tmp_path: Path) -> None:
    class Soon(SystemClock):
        """The machine's own time: the alarm below is a real one."""

    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.clockwork._clock = made.inlet.clock = clock = Soon()
            serving = asyncio.create_task(made.clockwork.run())
            await asyncio.sleep(0.05)
            await opened(made, 1, clock.now() + timedelta(seconds=0.3))
            made.clockwork.wake()
            await eventually(lambda: rows(made.path, "SELECT 1 FROM polls WHERE state = 'closed'"))
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            return made

    made = run(story())
    ((closes, admitted),) = rows(made.path, "SELECT closes_at, at FROM polls JOIN inbox")
    assert admitted >= closes


def test_a_moment_that_breaks_is_parked_and_does_not_ring_without_end(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await do(
                made,
                "CREATE TRIGGER broken BEFORE UPDATE ON polls BEGIN SELECT RAISE(ABORT, 'broken'); END",
            )
            await opened(made, 1, at(hours=3))
            made.clock.move(at(hours=4))
            await made.clockwork.ring()
            await made.clockwork._arm()
            (job,) = made.clockwork._scheduler.get_jobs()
            assert isinstance(job.trigger, DateTrigger)
            assert job.trigger.run_date > made.clock.now() + timedelta(seconds=10)
            await made.clockwork.ring()
            return made

    made = run(story())
    assert rows(made.path, "SELECT state FROM inbox") == [("parked",)]
    assert made.told() == []


def test_a_moment_that_is_refused_is_parked_for_the_operator_instead_of_vanishing(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await opened(made, REFUSED, at(hours=3))
            await ring_until(made, at(hours=3) - timedelta(seconds=1))
            made.clock.move(at(hours=4))
            await made.clockwork.ring()
            await made.clockwork.ring()
            return made

    made = run(story())
    ((state, error),) = rows(made.path, "SELECT state, error FROM inbox")
    assert state == "parked"
    assert "members.unknown" in error


def test_a_batch_that_concerned_nobody_rouses_nobody(world: World) -> None:
    clockwork = world.app.clockwork
    clockwork._woken.clear()
    world.run(world.app.committed([]))
    assert not clockwork._woken.is_set()
