"""What the post office writes of one moment is one commit; what fails in it stands alone."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.post_book import Book
from storage.database import Database, Job, Transaction
from storage.messages import Address
from tests.bot.machine import Machine, machine, say
from tests.peers import eventually
from tests.storage.files import rows, run

_WRITE = text("INSERT INTO numbers (community_id, kind, year, last) VALUES (1, :kind, 2026, 1)")


class Counting:
    """Stands before a database and counts its transactions."""

    def __init__(self, database: Database) -> None:
        self.write_through, self.commits = database.write, 0

    async def write(self, job: Job[object]) -> object:
        self.commits += 1
        return await self.write_through(job)


def counting(made: Machine) -> Counting:
    found = Counting(made.database)
    made.database.write = found.write  # type: ignore[method-assign,assignment]
    return found


def test_letters_to_many_chats_of_one_moment_take_a_handful_of_commits(tmp_path: Path) -> None:
    async def story() -> tuple[Machine, int]:
        async with machine(tmp_path / "house.db") as made:
            await made.letters(*(say(f"to {chat}", Address("console", f"c{chat}")) for chat in range(200)))
            counted = counting(made)
            await made.post.drain()
            return made, counted.commits

    made, commits = run(story())
    assert len(set(made.told())) == len(made.told()) == 200
    assert set(made.states()) == {"sent"}
    assert commits <= 4


async def write(tx: Transaction, kind: str) -> str:
    await tx.run(_WRITE, {"kind": kind})
    if kind == "bad":
        raise LookupError(kind)
    return f"wrote {kind}"


def test_a_job_that_fails_has_written_nothing_and_keeps_no_other_from_writing(tmp_path: Path) -> None:
    async def story() -> list[str | BaseException]:
        async with machine(tmp_path / "house.db") as made:
            book = Book(made.database)
            jobs = (book.write(lambda tx, kind=kind: write(tx, kind)) for kind in ("a", "bad", "b"))  # type: ignore[misc]
            return await asyncio.gather(*jobs, return_exceptions=True)

    first, failed, last = run(story())
    assert (first, last) == ("wrote a", "wrote b")
    assert isinstance(failed, LookupError)
    assert rows(tmp_path / "house.db", "SELECT kind FROM numbers ORDER BY kind") == [("a",), ("b",)]


@pytest.mark.parametrize("ticks", range(5))
def test_told_to_stop_at_the_moment_it_is_woken_the_post_office_stops(tmp_path: Path, ticks: int) -> None:
    async def story() -> bool:
        async with machine(tmp_path / "house.db") as made:
            serving = asyncio.create_task(made.post.run())
            await eventually(lambda: made.post._woken._waiters)
            made.post.wake()
            for _ in range(ticks):
                await asyncio.sleep(0)
            serving.cancel()
            await asyncio.wait({serving}, timeout=5)
            return serving.cancelled()

    assert run(story())
