"""One writer, one reader: what is committed, what is undone, and what may be awaited."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.database import Database, Transaction, drive, sqlite_path
from tests.storage.files import house, rows, run

ADD = text("INSERT INTO numbers (community_id, kind, year, last) VALUES (1, :kind, 2026, 1)")
UNIT = text("INSERT INTO units (id, kind, name, path) VALUES (1, 'community', '桂花里', '1/')")
KINDS = text("SELECT kind FROM numbers ORDER BY kind")


async def put(tx: Transaction, *kinds: str) -> None:
    for kind in kinds:
        await tx.run(ADD, {"kind": kind})


async def kinds(tx: Transaction) -> list[str]:
    return [row[0] for row in await tx.rows(KINDS)]


async def found(database: Database) -> None:
    async def job(tx: Transaction) -> None:
        await tx.run(UNIT)

    await database.write(job)


def test_what_a_job_wrote_is_there_when_it_returns_and_gone_when_it_raises(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def fails(tx: Transaction) -> None:
        await put(tx, "half", "done")
        raise ValueError("in the middle")

    async def story() -> None:
        async with house(path) as database:
            await found(database)
            await database.write(lambda tx: put(tx, "issue"))
            with pytest.raises(ValueError, match="in the middle"):
                await database.write(fails)
            assert await database.read(kinds) == ["issue"]

    run(story())
    assert rows(path, "SELECT kind FROM numbers") == [("issue",)]


def test_awaiting_anything_but_storage_is_an_error_and_undoes_the_job(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def waits(tx: Transaction) -> None:
        await put(tx, "issue")
        await asyncio.sleep(0)

    async def story() -> None:
        async with house(path) as database:
            await found(database)
            with pytest.raises(RuntimeError, match="awaited something"):
                await database.write(waits)
            await database.write(lambda tx: put(tx, "after"))

    run(story())
    assert rows(path, "SELECT kind FROM numbers") == [("after",)]


def test_driving_a_coroutine_gives_its_result_and_its_error() -> None:
    async def answers() -> int:
        return 7

    async def breaks() -> int:
        raise KeyError("lost")

    assert drive(answers()) == 7
    with pytest.raises(KeyError, match="lost"):
        drive(breaks())


def test_the_reader_sees_what_is_committed_and_nothing_sooner(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def story() -> None:
        async with house(path) as database:
            await found(database)
            halfway, go_on = threading.Event(), threading.Event()

            async def slow(tx: Transaction) -> None:
                await put(tx, "issue")
                halfway.set()
                assert go_on.wait(10)

            writing = asyncio.create_task(database.write(slow))
            await asyncio.to_thread(halfway.wait, 10)
            assert await database.read(kinds) == []
            go_on.set()
            await writing
            assert await database.read(kinds) == ["issue"]

    run(story())


def test_the_reader_cannot_write(tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path / "house.db") as database:
            await found(database)
            with pytest.raises(OperationalError, match="readonly"):
                await database.read(lambda tx: put(tx, "issue"))

    run(story())


def test_jobs_written_at_the_same_time_come_one_after_the_other(tmp_path: Path) -> None:
    more = text("UPDATE numbers SET last = :last")
    last = text("SELECT last FROM numbers")

    async def count(tx: Transaction) -> None:
        row = await tx.row(last)
        assert row is not None
        await tx.run(more, {"last": row[0] + 1})

    async def story() -> int:
        async with house(tmp_path / "house.db") as database:
            await found(database)
            await database.write(lambda tx: put(tx, "issue"))
            await asyncio.gather(*(database.write(count) for _ in range(50)))
            row = await database.read(lambda tx: tx.row(last))
            assert row is not None
            return int(row[0])

    assert run(story()) == 51


def test_another_process_that_commits_is_noticed_and_we_ourselves_are_not(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def story() -> None:
        async with house(path) as database:
            await found(database)
            before = await database.changed_by_others()
            await database.write(lambda tx: put(tx, "topic"))
            assert await database.read(kinds) == ["topic"]
            assert await database.changed_by_others() == before
            with sqlite3.connect(path) as other:
                other.execute("INSERT INTO numbers VALUES (1, 'issue', 2026, 1)")
            other.close()
            assert await database.changed_by_others() != before
            assert await database.read(kinds) == ["issue", "topic"]

    run(story())


def test_foreign_keys_hold_and_the_file_is_written_ahead(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def story() -> None:
        async with house(path) as database:
            with pytest.raises(DBAPIError, match="FOREIGN KEY"):
                await database.write(lambda tx: put(tx, "nowhere"))

            async def settings(tx: Transaction) -> list[object]:
                asked = (text(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys"))
                return [row[0] for one in asked for row in await tx.rows(one)]

            assert await database.write(settings) == ["wal", 2, 1]

    run(story())


def test_writes_are_counted_and_queries_are_not(tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path / "house.db") as database:
            await found(database)

            async def job(tx: Transaction) -> int:
                await kinds(tx)
                assert tx.writes == 0
                await put(tx, "issue", "topic")
                return tx.writes

            assert await database.write(job) == 2

    run(story())


def test_a_job_runs_on_the_connections_own_thread(tmp_path: Path) -> None:
    """The ground this stands on: aiosqlite runs what `_execute` is given on the one thread that owns `_conn`."""
    names: set[str] = set()

    async def job(tx: Transaction) -> None:
        names.add(threading.current_thread().name)
        await kinds(tx)

    async def story() -> None:
        async with house(tmp_path / "house.db") as database:
            await database.write(job)
            await database.write(job)

    run(story())
    assert len(names) == 1
    assert threading.current_thread().name not in names


def test_aiosqlite_is_as_we_lean_on_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with aiosqlite.connect(tmp_path / "plain.db") as connection:
            assert isinstance(connection._conn, sqlite3.Connection)
            order = await asyncio.gather(
                *(
                    connection._execute(lambda number=number: number)  # type: ignore[no-untyped-call]
                    for number in range(5)
                )
            )
            assert order == list(range(5))
            with pytest.raises(ZeroDivisionError):
                await connection._execute(lambda: 1 // 0)  # type: ignore[no-untyped-call]

    run(story())


@pytest.mark.parametrize(
    "url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "postgresql://localhost/yishi", "yishi.db"]
)
def test_only_a_file_can_be_opened(url: str) -> None:
    with pytest.raises(ValueError, match=url or None):
        sqlite_path(url)


def test_a_file_that_is_no_database_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "picture.db"
    path.write_bytes(b"\x89PNG, and not a database at all" * 100)

    async def story() -> None:
        with pytest.raises(sqlite3.DatabaseError, match="not a database"):
            await Database.open(f"sqlite:///{path}")

    run(story())
    assert path.read_bytes().startswith(b"\x89PNG")
