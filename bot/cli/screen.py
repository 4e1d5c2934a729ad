"""What a command shows: tables for people, one JSON object a line for machines."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Protocol

import typer

from handlers.texts import text

if TYPE_CHECKING:
    from dataclasses import Field
    from zoneinfo import ZoneInfo

    from rich.console import Console

_UNSEEN_WIDTH = 160
"""Columns where nobody looks on: wide enough that a pipe gets whole cells."""


class Record(Protocol):
    """Any of the records of the storage."""

    __dataclass_fields__: ClassVar[dict[str, "Field[object]"]]


def screen() -> "Console":
    """The terminal, or a wide page where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _UNSEEN_WIDTH, highlight=False, emoji=False)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Print rows under the headings `cli_column.…`, or the sentence `empty` when there are none."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(text(f"cli_column.{column}"), overflow="fold")
    for row in rows:
        table.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    if table.row_count:
        screen().print(table)
    else:
        typer.echo(text(empty))


def show_json(row: object) -> None:
    """Print one object on a line of its own."""
    typer.echo(json.dumps(row, ensure_ascii=False))


def plain(record: Record) -> dict[str, object]:
    """A record as JSON has it: moments in UTC, exact numbers as text, ids in English."""
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def local(moment: datetime | None, zone: "ZoneInfo") -> str:
    """A moment on the community's own clock, for tables; "" for none."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
