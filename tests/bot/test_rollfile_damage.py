"""Files that are no roll, or half of one: a sentence for each, and nothing lost unsaid."""

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.rollfile import RollFile, Severity, read_roll
from handlers.texts import text

HEADING = "姓名,角色,单元,房号,面积,手机,telegram,wecom,openid\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roll.csv"


def roll(file: Path, content: str, encoding: str = "utf-8") -> RollFile:
    file.write_bytes(content.encode(encoding))
    return read_roll(file)


def told(found: RollFile, severity: Severity) -> list[tuple[int, str]]:
    return [(fault.line, fault.key) for fault in found.faults if fault.severity is severity]


def workbook(file: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file


CELLS = st.text(alphabet="张三居民网格员、,;\"'\n\t 0123456789-./@年月日E+代表x", max_size=12)


def test_a_date_that_was_a_door_is_refused_in_a_workbook(tmp_path: Path) -> None:
    made = workbook(tmp_path / "roll.xlsx", ("姓名", "房号"), ("张三", date(2026, 3, 2)), ("李四", "3-2"))
    found = read_roll(made)
    assert [row.name for row in found.rows] == ["李四"]
    assert [(fault.line, fault.column, fault.key) for fault in found.errors] == [(2, "房号", "date_door")]


def test_sheets_that_were_not_read_are_named(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "说明"
    first.append(["这是名册"])
    second = book.create_sheet("名册")
    second.append(["姓名", "手机"])
    second.append(["张三", "19900001111"])
    hidden = book.create_sheet("旧")
    hidden.append(["姓名", "手机", "角色"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "roll.xlsx")
    found = read_roll(tmp_path / "roll.xlsx")
    assert [row.name for row in found.rows] == ["张三"]
    assert [dict(fault.values)["name"] for fault in found.faults if fault.key == "sheet_left"] == ["说明"]


def test_an_open_quotation_mark_does_not_swallow_the_rest_unsaid(file: Path) -> None:
    found = roll(file, '姓名,房号\n张三,1\n李四,"2\n王五,3\n赵六,4\n钱七,5\n孙八,6\n')
    assert [row.name for row in found.rows] == ["张三"]
    assert told(found, Severity.ERROR) == [(3, "open_quote")]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "no_heading"),
        (b"\n\n", "no_heading"),
        ("张三,居民\n".encode(), "no_heading"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"PK\x03\x04 but nothing more", "not_workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_text"),
        (b"\xff\xff\xff", "not_text"),
    ],
)
def test_a_file_that_is_no_roll_is_refused_in_a_sentence(file: Path, content: bytes, key: str) -> None:
    file.write_bytes(content)
    found = read_roll(file)
    assert found.rows == ()
    assert told(found, Severity.ERROR) == [(0, key)]
    assert found.errors[0].sentence == text(f"roll.{key}")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    found = read_roll(tmp_path / "none.csv")
    assert [fault.key for fault in found.errors] == ["unreadable"]
    assert "none.csv" in found.errors[0].sentence


def test_a_document_that_only_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    whole = io.BytesIO()
    book = Workbook()
    book.save(whole)
    (tmp_path / "cut.xlsx").write_bytes(whole.getvalue()[:-200])
    assert [fault.key for fault in read_roll(tmp_path / "cut.xlsx").errors] == ["not_workbook"]


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "roll.csv"
    file.write_bytes(content)
    assert all(fault.sentence for fault in read_roll(file).faults)


@given(st.lists(st.lists(CELLS, max_size=10), max_size=8))
def test_no_cells_make_the_reader_fail_and_no_line_is_lost_silently(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    quoted = [
        ",".join('"' + cell.replace('"', '""').replace("\n", " ") + '"' for cell in row) for row in rows
    ]
    file = tmp_path_factory.mktemp("any") / "roll.csv"
    found = roll(file, HEADING + "\n".join(quoted))
    named = {row.line for row in found.rows} | {fault.line for fault in found.faults}
    filled = {number for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)}
    assert filled <= named
    assert all(fault.sentence for fault in found.faults)
