"""What a roll file says, once read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from bot.account import Account
from handlers.texts import text
from storage.records import Role, UnitUse


class Held(NamedTuple):
    """A role and the unit, as a path of names, it is held in."""

    role: Role
    unit: str


@dataclass(frozen=True, slots=True)
class Flat:
    """What a line says somebody owns: `count` like units with their total `area` in m²; None for what is left out.

    `unit` is the path of names on the same line, which tells bare numbers of doors apart.
    """

    line: int
    unit: str
    door: str
    area: Decimal | None
    use: UnitUse | None = None
    count: int | None = None

    @property
    def place(self) -> str:
        """The door as it is told from all others of the file."""
        return placed(self.unit, self.door)


def placed(unit: str, door: str) -> str:
    """A door that names no building is told apart by its unit."""
    return door if re.search(r"\D", door) else f"{unit}/{door}"


@dataclass(frozen=True, slots=True)
class RollRow:
    """A person. `line` is the first line that names them; `unit` a path of names divided by slashes, "" if none.

    `roles` are held in `unit`, `elsewhere` in other units; `area` is in m²; `phone` has digits only. `flats` are an
    owner's. `born` and `age` are read to find the minors and go no further than the import.
    """

    line: int
    name: str
    roles: tuple[Role, ...]
    unit: str
    door: str
    area: Decimal | None
    phone: str
    accounts: tuple[Account, ...]
    elsewhere: tuple[Held, ...] = ()
    flats: tuple[Flat, ...] = ()
    born: date | None = None
    age: int | None = None


class Severity(StrEnum):
    """ERROR: the row (or, without a line, the file) is left out; WARNING: taken, but look; NOTE: how it was read."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class RowFault:
    """One remark on a file: `line` counts from 1, 0 = the whole file; `column` is the heading as written, or ""."""

    line: int
    column: str
    severity: Severity
    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The remark as a person reads it, with its place."""
        said = text(f"roll.{self.key}", **dict(self.values))
        if not self.line:
            return said
        place = "at_cell" if self.column else "at_line"
        return text(f"roll.{place}", line=self.line, column=self.column, said=said)


@dataclass(frozen=True, slots=True)
class RollFile:
    """The people of a file in its order, and everything to be said about it in the order of its lines."""

    rows: tuple[RollRow, ...]
    faults: tuple[RowFault, ...]

    @property
    def errors(self) -> tuple[RowFault, ...]:
        """What was left out."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)


class Remarks:
    """Collects what is to be said about one file."""

    def __init__(self) -> None:
        self.made: list[RowFault] = []
        self.errors = 0

    def error(self, key: str, line: int = 0, column: str = "", **values: object) -> None:
        """Note a row or file that is left out."""
        self.errors += 1
        self._add(Severity.ERROR, key, line, column, values)

    def warn(self, key: str, line: int = 0, column: str = "", **values: object) -> None:
        """Note something taken that should be looked at."""
        self._add(Severity.WARNING, key, line, column, values)

    def note(self, key: str, line: int = 0, column: str = "", **values: object) -> None:
        """Note how something was understood."""
        self._add(Severity.NOTE, key, line, column, values)

    def _add(
        self, severity: Severity, key: str, line: int, column: str, values: Mapping[str, object]
    ) -> None:
        filled = tuple((name, str(value)) for name, value in values.items())
        self.made.append(RowFault(line, column, severity, key, filled))
