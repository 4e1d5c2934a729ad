"""A line of the file as one person, or everything that is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.account import Account
from bot.rollfile.cells import (
    Unreadable,
    read_age,
    read_area,
    read_born,
    read_count,
    read_door,
    read_name,
    read_openid,
    read_phone,
    read_roles,
    read_telegram,
    read_unit,
    read_use,
    read_wecom,
)
from bot.rollfile.columns import Column, Heading
from bot.rollfile.records import Flat, Remarks, RollRow
from bot.rollfile.sheets import Line
from handlers.texts import term
from storage.records import Role, UnitUse

Read = TypeVar("Read")

TOLD_ONLY = frozenset({"telegram_name"})
"""What is wrong with a cell but not with its row: the row is taken without the cell."""

FORMULA_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


def _refuse_date(column: Column) -> None:
    raise Unreadable("date_door" if column is Column.DOOR else "date_cell")


def _refuse_formula_error(written: str) -> None:
    if FORMULA_ERROR.fullmatch(written.strip()):
        raise Unreadable("formula_error")


@dataclass(slots=True)
class RowReader:
    """Reads the lines under one heading."""

    heading: Heading
    remarks: Remarks
    guessed: set[str] = field(default_factory=set)

    def read(self, line: Line) -> RollRow | None:
        """The person of a line, or None once all that is wrong with it has been noted."""
        before = self.remarks.errors
        self._check_length(line)
        name = self._cell(line, Column.NAME, read_name, "")
        roles = self._roles(line)
        unit = self._cell(line, Column.UNIT, read_unit, "")
        door = self._cell(line, Column.DOOR, read_door, "")
        area = self._cell(line, Column.AREA, read_area, None)
        phone = self._cell(line, Column.PHONE, read_phone, "")
        row = RollRow(line.number, name, roles, unit, door, area, phone, self._accounts(line))
        row = self._with_flats(line, self._with_age(line, row))
        if self.remarks.errors > before:
            return None
        if not unit and Column.UNIT in self.heading.places:
            self.remarks.warn("no_unit", line.number, self.heading.written(Column.UNIT))
        return row

    def _with_age(self, line: Line, row: RollRow) -> RollRow:
        born = self._cell(line, Column.BORN, read_born, None)
        return replace(row, born=born, age=self._cell(line, Column.AGE, read_age, None))

    def _with_flats(self, line: Line, row: RollRow) -> RollRow:
        """An owner's door is what they own; where nobody can live they have no home by it."""
        said = self._cell(line, Column.USE, read_use, None)
        count = self._cell(line, Column.COUNT, read_count, None)
        lived_in = said in {None, UnitUse.FLAT}
        if Role.OWNER not in row.roles or not row.door:
            if not lived_in:
                self.remarks.error("use_of_nothing", line.number, self.heading.written(Column.USE))
            return row
        flats = (Flat(row.line, row.unit, row.door, row.area, said, count),)
        if lived_in:
            return replace(row, flats=flats)
        if row.area is None:
            self.remarks.error("use_without_area", line.number, self.heading.written(Column.AREA))
        return replace(row, flats=flats, door="", area=None)

    def _check_length(self, line: Line) -> None:
        if any(cell.strip() for cell in line.cells[len(self.heading.line.cells) :]):
            self.remarks.error("too_many_cells", line.number)

    def _roles(self, line: Line) -> tuple[Role, ...]:
        nothing: tuple[tuple[Role, ...], tuple[str, ...]] = ((), ())
        roles, words = self._cell(line, Column.ROLES, read_roles, nothing)
        for word in words:
            if word not in self.guessed:
                self.guessed.add(word)
                meant = term("role", read_roles(word)[0][0])
                self.remarks.note("role_guessed", line.number, "", written=word, meant=meant)
        return roles

    def _accounts(self, line: Line) -> tuple[Account, ...]:
        found = (
            self._cell(line, Column.TELEGRAM, read_telegram, None),
            self._cell(line, Column.WECOM, read_wecom, None),
            self._cell(line, Column.OPENID, read_openid, None),
        )
        return tuple(account for account in found if account)

    def _cell(self, line: Line, column: Column, read: Callable[[str], Read], otherwise: Read) -> Read:
        place = self.heading.places.get(column)
        written = line.cells[place] if place is not None and place < len(line.cells) else ""
        try:
            if place in line.dates and column is not Column.BORN:
                _refuse_date(column)
            _refuse_formula_error(written)
            return read(written)
        except Unreadable as problem:
            say = self.remarks.warn if problem.key in TOLD_ONLY else self.remarks.error
            say(problem.key, line.number, self.heading.written(column), **problem.values)
            return otherwise
