"""When telling fails: what is tried again, what is set aside, and that nothing important is told twice."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.platforms.base import (
    ChatMoved,
    Doubtful,
    Rejected,
    SendError,
    TryLater,
    Unavailable,
    Unreachable,
)
from storage import outbox
from storage.database import Job
from storage.messages import Address
from tests.bot.machine import Machine, machine, say
from tests.storage.files import rows, run

OTHER = Address("console", "-2")


def test_a_pause_asked_for_in_one_chat_holds_up_that_chat_alone(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [TryLater(timedelta(seconds=20))]
            await made.letters(say("a"), say("b"), say("c", OTHER))
            await made.post.drain()
            assert made.told() == ["c"]
            await made.later(seconds=19)
            assert made.told() == ["c"]
            await made.later(seconds=2)
            return made

    assert run(story()).told() == ["c", "a", "b"]


def test_a_line_that_is_down_is_tried_again_more_and_more_patiently(tmp_path: Path) -> None:
    async def story() -> list[float]:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [Unavailable("no route")] * 3
            await made.letters(say("a", once="verdict"))
            await made.post.drain()
            waits = []
            while not made.told():
                (letter,) = await made.database.read(outbox.pending)
                waits.append((letter.not_before - made.clock.now()).total_seconds())
                assert letter.attempts == len(waits)
                await made.later(seconds=waits[-1])
            return waits

    waits = run(story())
    assert waits == sorted(waits)
    assert len(waits) == 3


@pytest.mark.parametrize(
    ("once", "state", "told"), [("verdict", "doubtful", []), (None, "sent", ["a"])], ids=["once", "ordinary"]
)
def test_what_may_have_been_told_is_repeated_only_if_that_does_no_harm(
    tmp_path: Path, once: str | None, state: str, told: list[str]
) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [Doubtful("the line broke")]
            await made.letters(say("a", once=once))
            await made.post.drain()
            await made.later(hours=1)
            return made

    made = run(story())
    assert made.told() == told
    assert made.states() == [state]


@pytest.mark.parametrize(
    ("once", "state", "told"), [("verdict", "doubtful", []), (None, "sent", ["a"])], ids=["once", "ordinary"]
)
def test_killed_while_telling_the_important_is_set_aside_and_the_ordinary_told_again(
    tmp_path: Path, once: str | None, state: str, told: list[str]
) -> None:
    path = tmp_path / "house.db"

    async def first_life() -> None:
        async with machine(path) as made:
            reached = asyncio.Event()

            async def stuck() -> None:
                reached.set()
                await asyncio.Event().wait()

            made.console.meanwhile = [stuck]
            await made.letters(say("a", once=once))
            telling = asyncio.create_task(made.post.drain())
            await asyncio.wait_for(reached.wait(), 10)
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def second_life() -> Machine:
        async with machine(path) as made:
            await made.post.drain()
            return made

    run(first_life())
    assert rows(path, "SELECT state FROM outbox") == [("sending",)]
    made = run(second_life())
    assert made.told() == told
    assert made.states() == [state]


@pytest.mark.parametrize("fault", [Unreachable("blocked"), Rejected("too strange")])
def test_what_cannot_be_told_is_set_aside_and_the_next_is_told(tmp_path: Path, fault: SendError) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [fault]
            await made.letters(say("a"), say("b"))
            await made.post.drain()
            await made.later(hours=1)
            return made

    made = run(story())
    assert made.told() == ["b"]
    assert made.states() == ["failed", "sent"]
    ((error,),) = rows(made.path, "SELECT error FROM outbox WHERE state = 'failed'")
    assert str(fault) in error


def test_whoever_has_shut_the_door_is_not_written_to_again(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    member = "INSERT INTO members (id, community_id, name, unit_id, door, phone, code, joined_at)"

    async def story() -> None:
        async with machine(path) as made:
            await made.database.reshape(
                lambda file: (
                    file.exec_driver_sql(f"{member} VALUES (1, 1, '张三', 1, '', '', '', '2026-11-01')"),
                    file.exec_driver_sql("INSERT INTO identities VALUES ('console', 'u1', 1, '张三', 'u1')"),
                )
            )
            made.console.faults = [Unreachable("blocked")]
            await made.letters(say("a"))
            await made.post.drain()

    run(story())
    assert rows(path, "SELECT private_chat FROM identities") == [("",)]


def test_a_chat_that_has_moved_is_told_at_its_new_place(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [ChatMoved("-100777")]
            await made.letters(say("a", OTHER), say("b", OTHER), say("c"))
            await made.post.drain()
            return made

    made = run(story())
    there = [one.card.text for one in made.console.shown if one.address == Address("console", "-100777")]
    assert there == ["a", "b"]
    assert made.told().count("c") == 1


def test_an_unheard_whisper_is_lost_and_harms_nobody(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [Unreachable("blocked")]
            await made.says("secret vote")
            await made.says("write a")
            return made

    assert run(story()).told() == ["wrote a"]


def test_a_channel_that_breaks_over_a_whisper_harms_nobody(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [KeyError("a bug in a channel")]  # type: ignore[list-item]
            await made.says("secret vote")
            await made.says("write a")
            return made

    assert run(story()).told() == ["wrote a"]


def test_a_platform_that_breaks_in_an_unforeseen_way_stops_neither_the_post_nor_the_letter(
    tmp_path: Path,
) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            made.console.faults = [KeyError("a bug in a channel")]  # type: ignore[list-item]
            await made.letters(say("a"), say("b"), say("c", OTHER))
            await made.post.drain()
            await made.later(hours=1)
            return made

    made = run(story())
    assert sorted(made.told()) == ["a", "b", "c"]
    assert set(made.states()) == {"sent"}


def test_a_full_disk_after_telling_is_waited_for_and_nothing_is_told_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post_book.DISK_AGAIN", 0.01)

    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            write, tries = made.database.write, iter(range(10))

            async def full(job: Job[object]) -> object:
                if next(tries) < 5:
                    raise OperationalError(
                        "UPDATE", None, sqlite3.OperationalError("database or disk is full")
                    )
                return await write(job)

            async def fill() -> None:
                made.post.database.write = full  # type: ignore[method-assign,assignment]

            made.console.meanwhile = [fill]
            await made.letters(say("a", once="verdict"), say("b"))
            await made.post.drain()
            assert next(tries) > 5
            return made

    made = run(story())
    assert made.told() == ["a", "b"]
    assert made.states() == ["sent", "sent"]
