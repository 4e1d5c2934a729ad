"""The database: one writer that takes a whole batch in one hop, and a reader that never waits for it.

Handlers are coroutines that await nothing but a `Transaction`. On SQLite the transaction answers at once, so a
whole batch of handlers is driven to its end on the connection's own thread, in one hop, between one BEGIN and one
COMMIT. How statements run is decided here and nowhere else.
"""

import sqlite3
from collections.abc import Callable, Coroutine, Generator, Sequence
from pathlib import Path
from typing import TypeVar

import aiosqlite
from sqlalchemy import Connection, Executable, create_engine, event
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.engine import CursorResult, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from storage.prepared import Cell, Line, Shelf, Values

T = TypeVar("T")
Result = CursorResult[*tuple[Cell, ...]]

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "cache_size=-16000",
)


class Transaction:
    """What a handler may await. `writes` counts the statements that could have changed something.

    `traceless`: what it overwrites is wiped from the file, and its steps from the log beside it, once it is committed.
    """

    __slots__ = ("_connection", "_file", "_shelf", "traceless", "writes")

    def __init__(self, connection: Connection, file: sqlite3.Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._file = file
        self._shelf = shelf
        self.writes = 0
        self.traceless = False

    async def leave_no_trace(self) -> None:
        """From here on nothing that this transaction replaces can be read back from the file or its log."""
        self.traceless = True
        self._file.execute("PRAGMA secure_delete=ON")

    async def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Line]:
        """All rows of a query."""
        if ready := self._shelf.find(statement, values):
            return ready.rows(self._file, values)
        return self._execute(statement, values).fetchall()

    async def row(self, statement: Executable, values: Values | None = None) -> Line | None:
        """The first row, or None."""
        if ready := self._shelf.find(statement, values):
            return ready.row(self._file, values)
        return self._execute(statement, values).fetchone()

    async def run(self, statement: Executable, values: Values | None = None) -> int:
        """Change something; the number of rows touched."""
        self.writes += 1
        if ready := self._shelf.find(statement, values):
            return ready.touch(self._file, values)[0]
        return self._execute(statement, values).rowcount

    async def add(self, statement: Executable, values: Values | None = None) -> int:
        """Insert one row and return its integer key."""
        self.writes += 1
        if ready := self._shelf.find(statement, values):
            return ready.touch(self._file, values)[1]
        key = self._execute(statement, values).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _execute(self, statement: Executable, values: Values | None) -> Result:
        result = self._connection.execute(statement, values)
        assert isinstance(result, CursorResult)
        return result


Job = Callable[[Transaction], Coroutine[object, object, T]]


class _Thread(aiosqlite.Connection):
    """An aiosqlite connection on whose thread anything may be run."""

    async def call(self, function: Callable[[], T]) -> T:
        result: T = await self._execute(function)  # type: ignore[no-untyped-call]
        return result

    @property
    def raw(self) -> sqlite3.Connection:
        return self._conn

    def __await__(self) -> Generator[object, None, "_Thread"]:
        yield from super().__await__()
        return self


class Tools:
    """What the statements of one connection are made with: SQLAlchemy's engine and a shelf.

    They outlast the connection: what one has compiled or written out need not be made again for the next.
    """

    def __init__(self, begin: str) -> None:
        self.shelf = Shelf(dialect())
        self._thread: _Thread | None = None
        # What a statement was given may be somebody's secret: it stays out of errors and whatever keeps them.
        self.engine = create_engine(
            "sqlite://", creator=self._connection, poolclass=StaticPool, hide_parameters=True
        )
        event.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql(begin))

    def take(self, thread: _Thread) -> None:
        """From now on statements run on this connection; whoever opened it closes it."""
        self.engine.dispose(close=False)
        self._thread = thread

    def _connection(self) -> sqlite3.Connection:
        assert self._thread is not None
        return self._thread.raw


Shelves = tuple[Tools, Tools]
"""What the writer works with, and what the reader works with: each is used by its own thread."""


def new_shelves() -> Shelves:
    """Tools that have made nothing yet."""
    return Tools("BEGIN IMMEDIATE"), Tools("BEGIN")


class Database:
    """An open SQLite file. Make one with `Database.open`."""

    def __init__(self, writer: "_Lane", reader: "_Lane", path: Path) -> None:
        self._writer = writer
        self._reader = reader
        self.path = path

    @classmethod
    async def open(cls, url: str, shelves: Shelves | None = None) -> "Database":
        """Open `sqlite:///file.db`, creating an empty file if there is none. ValueError for any other URL.

        `shelves` are those of another database of this process, which is closed by now.
        """
        path, (for_writing, for_reading) = sqlite_path(url), shelves or new_shelves()
        writer = await _Lane.open(path, for_writing, PRAGMAS)
        reader = await _Lane.open(path, for_reading, (*PRAGMAS, "query_only=ON"))
        return cls(writer, reader, path)

    async def write(self, job: Job[T]) -> T:
        """Run `job` in a transaction of its own: committed when it returns, undone when it raises."""
        return await self._writer.run(job)

    async def read(self, job: Job[T]) -> T:
        """Run `job` on what is committed; it cannot write."""
        return await self._reader.run(job)

    async def reshape(self, change: Callable[[Connection], T]) -> T:
        """Run a change of the schema itself, in one transaction."""
        return await self._writer.run_plain(change)

    async def changed_by_others(self) -> int:
        """A number that changes when another process has committed something; what we commit leaves it alone."""
        return await self._writer.pragma("data_version")

    async def close(self) -> None:
        """Finish what is under way and close the file."""
        await self._reader.close()
        await self._writer.close()


class _Lane:
    """A connection, its thread, and SQLAlchemy speaking to it from there."""

    def __init__(self, thread: _Thread, tools: Tools) -> None:
        self._thread = thread
        self._engine = tools.engine
        self._shelf = tools.shelf

    @classmethod
    async def open(cls, path: Path, tools: Tools, pragmas: Sequence[str]) -> "_Lane":
        thread = await _Thread(lambda: sqlite3.connect(path, isolation_level=None), iter_chunk_size=64)

        def prepare() -> None:
            for pragma in pragmas:
                thread.raw.execute(f"PRAGMA {pragma}")

        try:
            await thread.call(prepare)
        except sqlite3.Error:
            await thread.close()
            raise
        tools.take(thread)
        return cls(thread, tools)

    async def run(self, job: Job[T]) -> T:
        def hop() -> T:
            with self._engine.begin() as connection:
                transaction = Transaction(connection, self._thread.raw, self._shelf)
                result = drive(job(transaction))
            if transaction.traceless:
                self._wipe_log()
            return result

        return await self._thread.call(hop)

    def _wipe_log(self) -> None:
        """The log holds the pages as they were before and after each commit: one look at it would tell their order."""
        self._thread.raw.execute("PRAGMA secure_delete=OFF")
        self._thread.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    async def run_plain(self, change: Callable[[Connection], T]) -> T:
        def hop() -> T:
            with self._engine.begin() as connection:
                return change(connection)

        return await self._thread.call(hop)

    async def pragma(self, name: str) -> int:
        def ask() -> int:
            return int(self._thread.raw.execute(f"PRAGMA {name}").fetchone()[0])

        return await self._thread.call(ask)

    async def close(self) -> None:
        await self._thread.close()


def drive(coroutine: Coroutine[object, object, T]) -> T:
    """Run a coroutine that never has to wait. RuntimeError if it awaits anything but storage."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    coroutine.close()
    raise RuntimeError("a handler awaited something that is not storage")


def sqlite_path(url: str) -> Path:
    """Return the file behind `sqlite:///…`. ValueError for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError(url) from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise ValueError(url)
    return Path(parsed.database)
