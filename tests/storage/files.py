"""Database files for tests: new ones, and facts read back through a connection of one's own."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import Table

from storage import schema
from storage.database import Database

T = TypeVar("T")


def run(job: Coroutine[object, object, T]) -> T:
    return asyncio.run(asyncio.wait_for(job, 60))


@cache
def empty_database() -> bytes:
    """The file of a new house, made once by the migrations and copied for every other."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        run(_migrated(path))
        return path.read_bytes()


async def _migrated(path: Path) -> None:
    async with opened(path) as database:
        await schema.upgrade(database)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """A database with whatever is in the file."""
    database = await Database.open(f"sqlite:///{path}")
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def house(path: Path) -> AsyncIterator[Database]:
    """A database with our schema; an older file is brought up."""
    await asyncio.to_thread(_found, path)
    async with opened(path) as database:
        if await schema.version(database) != schema.head():
            await schema.upgrade(database)
        yield database


def _found(path: Path) -> None:
    if not path.exists():
        path.write_bytes(empty_database())


def filled(table: Table, **known: object) -> dict[str, object]:
    """A row with what is known, and as little as the table accepts for the rest."""
    rest = {
        column.name: "" if column.type.python_type is str else 0
        for column in table.columns
        if not column.nullable and column.name not in {*known, "id"}
    }
    return rest | known


def rows(path: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as fresh:
        return fresh.execute(query, values).fetchall()
