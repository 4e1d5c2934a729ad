"""`yishi paper`: a paper as a file for the operator, made and numbered where nobody has made it yet."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Refused, command
from bot.cli.options import ConfigFile, UnitName
from handlers.texts import text

if TYPE_CHECKING:
    from bot.config import Config
    from handlers.work import Work
    from storage.records import StoredPaper

What = Annotated[str, typer.Argument(metavar="REF", help=text("cli_option.paper_ref"))]
Kind = Annotated[str, typer.Argument(metavar="KIND", help=text("cli_option.paper_kind"))]
More = Annotated[str, typer.Option("--with", metavar="TEXT", help=text("cli_option.paper_with"))]
Out = Annotated[str, typer.Option("--out", "-o", metavar="FILE", help=text("cli_option.paper_out"))]


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "paper")
    def paper(
        ref: What, kind: Kind, *, out: Out, more: More = "", unit: UnitName = "", config: ConfigFile = None
    ) -> None:
        from bot.cli.opening import settle

        path = Path(out)
        if path.exists():
            raise Refused(text("cli.paper_exists", path=path))
        stored = asyncio.run(_made(settle(config), f"{kind} {ref} {more}", unit))
        _write(path, stored)
        typer.echo(text("cli.paper_written", path=path, number=stored.number, title=stored.title))


async def _made(config: "Config", words: str, unit: str) -> "StoredPaper":
    from bot.cli.acting import act
    from bot.cli.opening import opened
    from bot.cli.places import communities, community_name
    from bot.config.handed import house_settings
    from handlers.office.asking import read_wish
    from handlers.office.making import Maker

    async def job(work: "Work") -> "StoredPaper":
        name = unit or await community_name(work.tx, config)
        found = next((one for one in await communities(work.tx) if one.name == name), None)
        if found is None:
            raise Refused(text("cli.unknown_unit", unit=name))
        return await Maker(work, found).find_or_make(read_wish(words))

    async with opened(config.storage.url) as database:
        return await act(database, house_settings(config), job)


def _write(path: Path, stored: "StoredPaper") -> None:
    """Write the file whole or not at all, for its owner alone: the full edition names people."""
    from bot.papers.making import drawn
    from handlers.papers.model import Edition
    from handlers.papers.stored import parse_filed

    content = drawn(parse_filed(stored.body), Edition.FULL)
    assert content is not None, "every paper has a full edition"
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as fault:
        raise Refused(text("cli.unwritable", path=path, reason=fault.strerror)) from None
