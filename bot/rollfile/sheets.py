"""From a file to lines of cells: encodings, separators, workbooks."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.rollfile.records import Remarks

LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 10 * LARGEST
MOST_LINES_IN_A_CELL = 4
SEPARATORS = (",", "\t", ";", "，", "；", "|")
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its number in the file, from 1, and its cells as text.

    `dates` are the positions of cells that the office program holds for dates.
    """

    number: int
    cells: tuple[str, ...]
    dates: frozenset[int] = frozenset()

    @property
    def blank(self) -> bool:
        """Whether nothing is written there."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one table; at line `broken_at` reading had to stop, 0 = it is whole. A sheet has a name."""

    lines: tuple[Line, ...]
    broken_at: int = 0
    name: str = ""


def read_tables(path: Path, remarks: Remarks) -> list[Table]:
    """Every table the file may be meant as: the sheets of a workbook, or a text under each separator."""
    try:
        if path.stat().st_size > LARGEST:
            remarks.error("too_big", limit=LARGEST // 1024 // 1024)
            return []
        content = path.read_bytes()
    except OSError:
        remarks.error("unreadable", path=path)
        return []
    if content.startswith(OLD_WORKBOOK):
        remarks.error("old_workbook")
        return []
    if content.startswith(ZIP):
        return _workbook(content, remarks)
    return _text_tables(content, remarks)


def _text_tables(content: bytes, remarks: Remarks) -> list[Table]:
    written = _decode(content)
    if written is None:
        remarks.error("not_text")
        return []
    separators = [separator for separator in SEPARATORS if separator in written]
    return [_separated(written, separator) for separator in separators or SEPARATORS[:1]]


def _decode(content: bytes) -> str | None:
    """Text in UTF-8, in UTF-16 with its mark, or else in GB 18030, which contains GBK; None: no text at all."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            written = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in written else written
    return None


def _separated(written: str, separator: str) -> Table:
    """Lines of cells; a cell that runs on over several lines is an open quotation mark, and nothing after it is sure."""
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=separator)
    lines: list[Line] = []
    number = 1
    try:
        for cells in reader:
            if reader.line_num - number >= MOST_LINES_IN_A_CELL:
                return Table(tuple(lines), broken_at=number)
            lines.append(Line(number, tuple(cells)))
            number = reader.line_num + 1
    except csv.Error:
        return Table(tuple(lines), broken_at=number)
    return Table(tuple(lines))


def _workbook(content: bytes, remarks: Remarks) -> list[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                remarks.error("too_big", limit=LARGEST // 1024 // 1024)
                return []
        return _sheets(content)
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError):
        remarks.error("not_workbook")
        return []


def _sheets(content: bytes) -> list[Table]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of decorations that are none of our business
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [
            Table(tuple(_lines(sheet.iter_rows())), name=str(sheet.title))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]


def _lines(rows: Iterable[tuple[object, ...]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        values = [getattr(cell, "value", None) for cell in row]
        dates = frozenset(place for place, value in enumerate(values) if isinstance(value, date | time))
        line = Line(number, tuple(_as_written(value) for value in values), dates)
        if not line.blank:
            yield line


def _as_written(value: object) -> str:
    """A cell as a person sees it: whole numbers without a point, nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
