"""What comes in is admitted once, with its answers, whatever its neighbours do."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.inlet import ENVELOPE, StorageDownError
from handlers.texts import text
from storage import inbox
from storage.messages import Said, Sender
from tests.bot.machine import HOME, Machine, machine
from tests.storage.files import rows, run

UNKNOWN = text("members.unknown")
APOLOGY = text("dispatch.apology")


def admitted(path: Path) -> list[tuple[str, str]]:
    return [
        (event, state) for event, state in rows(path, "SELECT event_id, state FROM inbox ORDER BY event_id")
    ]


def test_a_batch_is_one_transaction_and_everybody_is_answered(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await made.says("write a", "write b", "no", "write c")
            return made

    made = run(story())
    assert made.batches == [4]
    assert made.written() == {"a", "b", "c"}
    assert made.told() == ["wrote a", "wrote b", UNKNOWN, "wrote c"]
    assert admitted(made.path) == [(f"e{number}", "done") for number in range(1, 5)]


def test_what_arrives_while_a_batch_is_written_makes_the_next_one(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await asyncio.gather(
                *(made.inlet.admit([made.event(f"write {number}")]) for number in range(200))
            )
            return made

    made = run(story())
    assert len(made.written()) == 200
    assert max(made.batches) == 64
    assert sum(made.batches) == 200


def test_an_event_told_twice_in_one_batch_is_acted_on_once(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await made.inlet.admit([made.event("write a", "e1"), made.event("write a", "e1")])
            await made.post.drain()
            return made

    made = run(story())
    assert made.batches == [1]
    assert made.written() == {"a"}
    assert made.told() == ["wrote a"]


def test_an_event_delivered_again_after_a_restart_is_acted_on_once(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def life() -> list[str]:
        async with machine(path) as made:
            await made.inlet.admit([made.event("write a", "e1"), made.event("no", "e2")])
            await made.post.drain()
            return made.told()

    assert run(life()) == ["wrote a", UNKNOWN]
    assert run(life()) == []


def test_a_bug_in_one_event_harms_no_neighbour(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await made.says("write a", "bug", "write b", "late", "write c")
            return made

    made = run(story())
    assert made.written() == {"a", "b", "c"}
    assert made.told() == ["wrote a", APOLOGY, "wrote b", UNKNOWN, "wrote c"]
    assert admitted(made.path) == [
        ("e1", "done"),
        ("e2", "parked"),
        ("e3", "done"),
        ("e4", "done"),
        ("e5", "done"),
    ]


def test_a_refusal_after_writing_leaves_nothing_but_its_answer(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await made.says("late")
            return made

    made = run(story())
    assert made.written() == set()
    assert made.told() == [UNKNOWN]
    assert admitted(made.path) == [("e1", "done")]


def test_a_parked_event_is_kept_whole_apologised_for_once_and_can_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def story() -> Machine:
        async with machine(path) as made:
            await made.says("bug report")
            await made.inlet.admit([made.event("bug report", "e1")])
            await made.post.drain()
            assert made.told() == [APOLOGY]
            (kept,) = await made.database.read(inbox.parked)
            assert kept.error == "LookupError: a bug of ours"
            event = ENVELOPE.validate_json(kept.body)
            assert event.content == Said("m1", "bug report")
            assert event.sender == Sender("u1", "张三")
            await made.database.write(lambda tx: inbox.forget(tx, kept.platform, kept.event_id))
            await made.inlet.admit([event])
            await made.post.drain()
            return made

    assert run(story()).told() == [APOLOGY, APOLOGY]


def test_what_does_not_concern_us_is_confirmed_without_a_batch(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            said = made.event("吃了吗")
            group = type(said)(
                said.platform, said.event_id, type(HOME)("console", "-1"), said.at, said.content, said.sender
            )
            await made.inlet.admit([group])
            return made

    made = run(story())
    assert made.batches == []
    assert admitted(made.path) == []


async def _fill(made: Machine) -> None:
    """No page more than the file has now."""
    await made.database.reshape(
        lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1").fetchall()
    )


async def _make_room(made: Machine) -> None:
    await made.database.reshape(
        lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1000000").fetchall()
    )


def test_a_full_disk_admits_nothing_and_loses_nothing(tmp_path: Path) -> None:
    long = "x" * 3000
    path = tmp_path / "house.db"

    async def story() -> Machine:
        async with machine(path) as made:
            await _fill(made)
            events = [made.event(f"write {number}{long}") for number in range(20)]
            with pytest.raises(StorageDownError):
                await made.inlet.admit(events)
            kept = {event for event, _ in admitted(path)}
            assert len(kept) < 20, "the disk was not full"
            await _make_room(made)
            await made.inlet.admit(events)
            await made.post.drain()
            return made

    made = run(story())
    assert len(made.written()) == 20
    assert len(made.told()) == 20
    assert len(admitted(path)) == 20
    assert {state for _, state in admitted(path)} == {"done"}


def test_a_file_locked_by_somebody_else_is_waited_for_and_then_offered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.PRAGMAS", ("journal_mode=WAL", "busy_timeout=50"))
    path = tmp_path / "house.db"

    async def story() -> Machine:
        async with machine(path) as made:
            with closing(sqlite3.connect(path, isolation_level=None)) as somebody:
                somebody.execute("BEGIN IMMEDIATE")
                with pytest.raises(StorageDownError):
                    await made.inlet.admit([made.event("write a", "e1")])
                somebody.execute("ROLLBACK")
            await made.inlet.admit([made.event("write a", "e1")])
            return made

    assert run(story()).written() == {"a"}


def test_the_inlet_goes_on_after_everything_that_went_wrong(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await _fill(made)
            with pytest.raises(StorageDownError):
                await made.inlet.admit([made.event("write " + "x" * 90_000)])
            await _make_room(made)
            await made.says("bug", "late", "write last")
            return made

    assert run(story()).told() == [APOLOGY, UNKNOWN, "wrote last"]
