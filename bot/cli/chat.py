"""`yishi chat`: one person talks to the house, on a screen of its own."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.front import Refused, command
from bot.cli.options import ConfigFile, UnitName
from handlers.texts import text

As = Annotated[str, typer.Option("--as", metavar="NAME", help=text("cli_option.as_person"))]
In = Annotated[str, typer.Option("--in", metavar="GROUP", help=text("cli_option.in_group"))]
Db = Annotated[Path | None, typer.Option("--db", metavar="FILE", help=text("cli_option.db"))]


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "chat")
    def chat(name: As, group: In = "", unit: UnitName = "", db: Db = None, config: ConfigFile = None) -> None:
        from bot.cli.logs import begin_logging
        from bot.cli.opening import settle
        from bot.cli.talking import Wanted, talk
        from storage.database import sqlite_path
        from storage.standing import held

        settled = settle(config)
        url = f"sqlite:///{db}" if db else settled.storage.url
        path = sqlite_path(url)
        if not path.absolute().parent.is_dir():
            raise Refused(text("cli.no_folder", folder=path.absolute().parent))
        begin_logging(str)
        with held(path) as alone:
            if not alone:
                raise Refused(text("cli.database_busy", path=path))
            asyncio.run(talk(settled, url, Wanted(name.strip(), group.strip(), unit)))
