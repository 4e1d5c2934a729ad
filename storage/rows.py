"""Rows become records: columns and fields have the same names in the same order."""

from typing import TypeVar

from sqlalchemy import Executable

from storage.database import Transaction
from storage.prepared import Line, Values

R = TypeVar("R")


async def one(
    tx: Transaction, record: type[R], statement: Executable, values: Values | None = None
) -> R | None:
    """The first row as a record, or None."""
    row = await tx.row(statement, values)
    return None if row is None else _read(record, row)


async def many(
    tx: Transaction, record: type[R], statement: Executable, values: Values | None = None
) -> list[R]:
    """Every row as a record."""
    return [_read(record, row) for row in await tx.rows(statement, values)]


async def number(tx: Transaction, statement: Executable, values: Values | None = None) -> int:
    """A single integer, 0 when there is none."""
    row = await tx.row(statement, values)
    return int(row[0] or 0) if row else 0


def _read(record: type[R], row: Line) -> R:
    return record(*row)  # a test holds every record to its table's columns
