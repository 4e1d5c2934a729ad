"""Database files for tests: new ones, and facts read back through a connection of one's own."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Table

from storage import schema
from storage.database import Database

T = TypeVar("T")


def run(job: Coroutine[object, object, T]) -> T:
    return asyncio.run(asyncio.wait_for(job, 60))


@asynccontextmanager
async def house(path: Path) -> AsyncIterator[Database]:
    """A database with our schema."""
    database = await Database.open(f"sqlite:///{path}")
    try:
        await schema.upgrade(database)
        yield database
    finally:
        await database.close()


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
