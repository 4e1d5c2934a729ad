"""`yishi demo`: a whole story, told by the real house with the console standing in for the chats."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.front import Refused, command
from bot.cli.options import AsJson, ConfigFile
from handlers.texts import text

Db = Annotated[Path | None, typer.Option("--db", metavar="FILE", help=text("cli_option.demo_db"))]


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "demo")
    def demo(db: Db = None, as_json: AsJson = False, config: ConfigFile = None) -> None:
        from bot.cli.logs import begin_logging
        from bot.cli.opening import settle
        from bot.cli.playing import play

        settle(
            config
        )  # the story brings its own community; a configuration that is wrong is still said to be
        if db is not None and db.exists():
            raise Refused(text("demo.db_exists", path=db))
        begin_logging(str)
        asyncio.run(play(db, as_json=as_json))
