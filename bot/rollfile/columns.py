"""Which column is which: the headings people really use."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from re import sub

from bot.rollfile.records import Remarks
from bot.rollfile.sheets import Line, Table

HEADING_WITHIN = 10
"""A title and a line of remarks may stand above the headings."""


class Column(StrEnum):
    """The columns of a roll, by their standard headings."""

    NAME = "姓名"
    ROLES = "角色"
    UNIT = "单元"
    DOOR = "房号"
    AREA = "面积"
    PHONE = "手机"
    USE = "用途"
    COUNT = "数量"
    BORN = "出生日期"
    AGE = "年龄"
    TELEGRAM = "telegram"
    WECOM = "wecom"
    OPENID = "openid"


@dataclass(frozen=True, slots=True)
class Heading:
    """The line of headings and where each column that was found stands, with its heading as written."""

    line: Line
    places: Mapping[Column, int]

    def written(self, column: Column) -> str:
        """The heading of a column as the file has it; the standard word where the file has none."""
        place = self.places.get(column)
        return column.value if place is None else self.line.cells[place].strip()


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """The tables of words.toml."""
    return tomllib.loads(files("bot.rollfile").joinpath("words.toml").read_text("utf-8"))


@cache
def _synonyms() -> dict[str, Column]:
    return {_plain(word): Column(column) for column, others in words()["columns"].items() for word in others}


def _plain(heading: str) -> str:
    """A heading without width, case, spaces, marks of duty and what stands in brackets."""
    narrow = unicodedata.normalize("NFKC", heading).lower()
    return sub(r"\(.*?\)|\[.*?\]|【.*?】|[\s*:_-]", "", narrow)


def _exactly(cell: str) -> Column | None:
    plain = _plain(cell)
    return next((column for column in Column if column == plain), None)


def find_heading(tables: Sequence[Table]) -> tuple[Heading, Table] | None:
    """The best line of headings, which must have 姓名, and the written lines below it."""
    found: list[tuple[Heading, Table]] = []
    for table in tables:
        written = [line for line in table.lines if not line.blank]
        for position, line in enumerate(written[:HEADING_WITHIN]):
            places = _places(line)
            if Column.NAME in places:
                found.append((Heading(line, places), replace(table, lines=tuple(written[position + 1 :]))))
                break
    return max(found, key=lambda pair: len(pair[0].places), default=None)


def _places(line: Line) -> dict[Column, int]:
    """Standard headings first; a synonym is taken only for a column that has no standard heading."""
    places: dict[Column, int] = {}
    for recognise in (_exactly, lambda cell: _synonyms().get(_plain(cell))):
        for place, cell in enumerate(line.cells):
            column = recognise(cell)
            if column and place not in places.values():
                places.setdefault(column, place)
    return places


def remark_on(heading: Heading, remarks: Remarks) -> None:
    """Say which headings were guessed, which are of no use to us, and which stand for a column already found."""
    at = heading.line.number
    column_at = {place: column for column, place in heading.places.items()}
    for place, cell in enumerate(heading.line.cells):
        written = cell.strip()
        if place in column_at:
            if _exactly(cell) is None:
                remarks.note("column_guessed", at, written=written, meant=column_at[place])
            continue
        twin = _exactly(cell) or _synonyms().get(_plain(cell))
        if twin:
            remarks.warn("column_twice", at, written=written, used=heading.written(twin))
        elif written:
            remarks.warn("column_unknown", at, written=written, options="、".join(Column))
    if Column.ROLES not in heading.places:
        remarks.note("no_roles", at)
