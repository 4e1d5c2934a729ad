"""`yishi poll export`: a closed poll as a file that anybody can count again."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Misused, Refused, command, family
from bot.cli.options import ConfigFile, UnitName
from handlers.texts import text

if TYPE_CHECKING:
    from bot.cli.polls import Closed, Wanted
    from bot.config import Config

Number = Annotated[str, typer.Argument(metavar="N", help=text("cli_option.poll_number"))]
Year = Annotated[int | None, typer.Option("--year", min=1, metavar="YEAR", help=text("cli_option.year"))]
Out = Annotated[str, typer.Option("--out", "-o", metavar="FILE", help=text("cli_option.out"))]
_SCREEN = "-"


def enter(app: typer.Typer) -> None:
    """Add the command."""
    polls = family(app, "poll")

    @command(polls, "poll_export", "export")
    def export(
        number: Number, *, out: Out = "", unit: UnitName = "", year: Year = None, config: ConfigFile = None
    ) -> None:
        from bot.cli.opening import settle
        from bot.cli.polls import read_wanted

        wanted = read_wanted(number, unit, year)
        if wanted is None:
            raise Misused(text("recount.export_number"))
        closed = asyncio.run(_read(settle(config), wanted))
        if out == _SCREEN:
            typer.echo(closed.file, nl=False)
        else:
            _write(closed, Path(out or closed.name))


async def _read(config: "Config", wanted: "Wanted") -> "Closed":
    from bot.cli.opening import opened
    from bot.cli.polls import closed_poll

    async with opened(config.storage.url) as database:
        return await database.read(lambda tx: closed_poll(tx, wanted))


def _write(closed: "Closed", path: Path) -> None:
    """Write the file whole or not at all; only an earlier export of the same poll is written over."""
    from bot.recount.reading import Unreadable, parse

    try:
        if path.exists() and not closed.is_told_by(parse(path.read_text("utf-8"))):
            raise Refused(text("recount.export_exists", path=path))
        unfinished = path.with_name(f"{path.name}.part")
        unfinished.write_text(closed.file, "utf-8")
        unfinished.replace(path)
    except (Unreadable, UnicodeDecodeError):
        raise Refused(text("recount.export_exists", path=path)) from None
    except OSError as fault:
        raise Refused(text("cli.unwritable", path=path, reason=fault.strerror)) from None
    typer.echo(text("recount.exported", poll=closed.label, path=path, seal=closed.seal))
