"""Rolls as offices keep them (.csv, .xlsx), read into people; nothing is written anywhere."""

from pathlib import Path

from bot.rollfile.columns import find_heading, remark_on
from bot.rollfile.merging import People
from bot.rollfile.records import Flat as Flat
from bot.rollfile.records import Held as Held
from bot.rollfile.records import Remarks
from bot.rollfile.records import RollFile as RollFile
from bot.rollfile.records import RollRow as RollRow
from bot.rollfile.records import RowFault as RowFault
from bot.rollfile.records import Severity as Severity
from bot.rollfile.rows import RowReader
from bot.rollfile.sheets import read_tables


def read_roll(path: Path) -> RollFile:
    """The people of a roll and every remark on it. Never raises for what a file is or holds."""
    remarks = Remarks()
    tables = read_tables(path, remarks)
    found = find_heading(tables)
    if found is None:
        if tables:
            remarks.error("no_heading")
        return RollFile((), tuple(remarks.made))
    heading, table = found
    remark_on(heading, remarks)
    for other in tables:
        if other.name not in ("", table.name) and other.lines:
            remarks.warn("sheet_left", name=other.name, used=table.name)
    people, reader = People(remarks), RowReader(heading, remarks)
    for line in table.lines:
        row = reader.read(line)
        if row:
            people.add(row)
    if table.broken_at:
        remarks.error("open_quote", table.broken_at)
    return RollFile(tuple(people.rows), tuple(sorted(remarks.made, key=lambda made: made.line)))
