"""`yishi poll roll`: the frozen electorate of a poll for the official system; who voted and how is no part of it."""

import asyncio
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Misused, Refused, command, family
from bot.cli.options import ConfigFile, UnitName
from handlers.texts import text

if TYPE_CHECKING:
    from bot.cli.polls import Wanted
    from bot.config import Config
    from storage.database import Transaction

Number = Annotated[str, typer.Argument(metavar="N", help=text("cli_option.poll_number"))]
Year = Annotated[int | None, typer.Option("--year", min=1, metavar="YEAR", help=text("cli_option.year"))]
Out = Annotated[str, typer.Option("--out", "-o", metavar="FILE", help=text("cli_option.roll_out"))]
COLUMNS = ("door", "area", "heads", "persons", "reason")


def enter(app: typer.Typer) -> None:
    """Add the command."""
    polls = family(app, "poll")

    @command(polls, "poll_roll", "roll")
    def roll(
        number: Number, *, out: Out = "", unit: UnitName = "", year: Year = None, config: ConfigFile = None
    ) -> None:
        from bot.cli.opening import settle
        from bot.cli.polls import read_wanted

        wanted = read_wanted(number, unit, year)
        if wanted is None:
            raise Misused(text("recount.export_number"))
        rows = asyncio.run(_read(settle(config), wanted))
        if out:
            _write(Path(out), _table(rows))
            typer.echo(text("cli.poll_roll_written", path=out, count=len(rows)))
        else:
            typer.echo(_table(rows), nl=False)


async def _read(config: "Config", wanted: "Wanted") -> list[tuple[str, ...]]:
    from bot.cli.opening import opened

    async with opened(config.storage.url) as database:
        return await database.read(lambda tx: roll_rows(tx, wanted))


async def roll_rows(tx: "Transaction", wanted: "Wanted") -> list[tuple[str, ...]]:
    """A line for each entry: its doors, area in m² ("" where none is kept), one head, persons, why it is there."""
    from bot.cli.polls import poll_meant
    from handlers.bodies.catalogue import Counts, body
    from handlers.bodies.doors import doors_in
    from storage import polls

    poll = await poll_meant(tx, wanted)
    with_doors = body(poll.body).counts is not Counts.PERSON
    sharing: dict[int, int] = {}
    for one in await polls.entitled(tx, poll.id):
        sharing[one.entry_id] = sharing.get(one.entry_id, 0) + (not one.barred)
    return [
        (
            text("electorate.and").join(doors_in(entry.reason)) if with_doors else "",
            "" if entry.area is None else f"{entry.area:f}",
            "1",
            str(sharing[entry.entry_id]),
            entry.reason,
        )
        for entry in await polls.electorate(tx, poll.id)
    ]


def _table(rows: list[tuple[str, ...]]) -> str:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow([text(f"cli_column.roll_{name}") for name in COLUMNS])
    lines.writerows(rows)
    return written.getvalue()


def _write(path: Path, table: str) -> None:
    """A new file that only its owner can read; what is there already is never written over."""
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(table, "utf-8-sig")
    except FileExistsError:
        raise Refused(text("cli.poll_roll_exists", path=path)) from None
    except OSError as fault:
        raise Refused(text("cli.unwritable", path=path, reason=fault.strerror or "")) from None
