"""Statements written out once: SQLAlchemy says what the SQL is, sqlite3 runs it.

SQLAlchemy's way to the cursor and back takes several times what SQLite itself does. A statement that is a constant
of its module is therefore compiled a single time; after that only its values and rows are turned to and fro, by the
types of its columns. A statement made for one occasion goes SQLAlchemy's way.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Delete, Executable, Insert, Row, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

# What a database gives and takes has the types of its columns, which Python learns nowhere but there.
Cell = Any  # type: ignore[explicit-any]
Line = Row[*tuple[Cell, ...]]
Type = TypeEngine[Cell]
One = Mapping[str, object]
Values = One | Sequence[One]
Shape = tuple[str, ...]

_NOTHING: One = {}


class Turn(Protocol):
    """Turns what Python has into what SQLite keeps, or back."""

    def __call__(self, value: Cell) -> Cell:
        """The same value on the other side."""
        ...


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as sqlite3 takes it.

    `takes` are the names behind its marks, `fixed` what some of them always are; `places` finds a column by its
    name, the first of that name.
    """

    sql: str
    takes: tuple[tuple[str, Turn | None], ...]
    fixed: One
    gives: SimpleResultMetaData
    places: dict[Cell, int]
    turns: list[Turn | None] | None

    def rows(self, file: sqlite3.Connection, values: Values | None) -> list[Line]:
        """Every row."""
        gives, turns, places = self.gives, self.turns, self.places
        return [Row(gives, turns, places, cells) for cells in self._run(file, values).fetchall()]

    def row(self, file: sqlite3.Connection, values: Values | None) -> Line | None:
        """The first row, or None."""
        cursor = self._run(file, values)
        cells = cursor.fetchone()
        cursor.close()
        return None if cells is None else Row(self.gives, self.turns, self.places, cells)

    def touch(self, file: sqlite3.Connection, values: Values | None) -> tuple[int, int]:
        """How many rows were touched, and the key of the last one inserted."""
        cursor = self._run(file, values)
        touched = cursor.rowcount, cursor.lastrowid or 0
        cursor.close()
        return touched

    def _run(self, file: sqlite3.Connection, values: Values | None) -> sqlite3.Cursor:
        try:
            if isinstance(values, Sequence):
                return file.executemany(self.sql, [self._cells(one) for one in values])
            return file.execute(self.sql, self._cells(values or _NOTHING))
        except sqlite3.Error as error:
            raise DBAPIError.instance(self.sql, None, error, sqlite3.Error, hide_parameters=True) from error

    def _cells(self, values: One) -> list[Cell]:
        given = {**self.fixed, **values} if self.fixed else values
        return [turn(given[name]) if turn else given[name] for name, turn in self.takes]


@dataclass(slots=True)
class Shelf:
    """The statements of one connection that were run before; used by its thread alone."""

    dialect: Dialect
    _seen: WeakKeyDictionary[Executable, dict[Shape, Prepared | None]] = field(
        default_factory=WeakKeyDictionary
    )

    def find(self, statement: Executable, values: Values | None) -> Prepared | None:
        """The statement, written out; None the first time it is met and where that cannot be done."""
        shapes = self._seen.get(statement)
        if shapes is None:
            self._seen[statement] = {}
            return None
        shape = _shape(values) if isinstance(statement, Insert | Update | Delete) else ()
        if shape not in shapes:
            shapes[shape] = _prepare(statement, shape, self.dialect)
        return shapes[shape]


def _shape(values: Values | None) -> Shape:
    if isinstance(values, Sequence):
        return tuple(values[0]) if values else ()
    return tuple(values or ())


def _prepare(statement: Executable, shape: Shape, dialect: Dialect) -> Prepared | None:
    """Write it out; None for what SQLAlchemy has to finish anew each time: lists of unknown length, defaults of ours."""
    if isinstance(statement, Select):
        given = statement.column_descriptions
    elif isinstance(statement, Insert | Update | Delete):
        given = statement.returning_column_descriptions
    else:
        return None
    compiled = statement.compile(dialect=dialect, column_keys=list(shape))
    assert isinstance(compiled, SQLCompiler)
    names = compiled.positiontup
    if names is None or _unfinished(compiled):
        return None
    turns = [_from_cell(one["type"], dialect) for one in given]
    columns = [one["name"] for one in given]
    return Prepared(
        compiled.string,
        tuple((name, _to_cell(compiled.binds[name].type, dialect)) for name in names),
        {name: bind.value for name, bind in compiled.binds.items() if name in names and not bind.required},
        SimpleResultMetaData(columns),
        {name: place for place, name in reversed(list(enumerate(columns)))},
        turns if any(turns) else None,
    )


def _unfinished(compiled: SQLCompiler) -> bool:
    return bool(
        compiled.post_compile_params
        or compiled.literal_execute_params
        or compiled.insert_prefetch
        or compiled.update_prefetch
        or compiled.implicit_returning
        or any(bind.callable for bind in compiled.binds.values())
    )


def _to_cell(kind: Type, dialect: Dialect) -> Turn | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_cell(kind: Type, dialect: Dialect) -> Turn | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
