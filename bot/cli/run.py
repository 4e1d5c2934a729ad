"""`yishi run`: the program itself."""

import asyncio
import gc
from typing import TYPE_CHECKING

import typer

from bot.cli.front import Refused, command
from bot.cli.options import ConfigFile
from handlers.texts import text

if TYPE_CHECKING:
    import socket

    from bot.config import Config


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "run")
    def run(config: ConfigFile = None) -> None:
        from bot.cli.logs import begin_logging
        from bot.cli.opening import settle
        from bot.cli.serving import serve
        from bot.config.handed import masked
        from storage.database import sqlite_path
        from storage.standing import held

        settled = settle(config)
        path = sqlite_path(settled.storage.url)
        reasons = asyncio.run(_reasons_not_to(settled))
        door, reasons = _door(settled, reasons)
        if reasons:
            raise Refused(text("cli.run_refused"), *reasons)
        begin_logging(masked(settled))
        gc.freeze()  # what is loaded by now stays for good; walking it again costs a large close a third of its time
        with held(path) as alone:
            if not alone:
                raise Refused(text("cli.database_busy", path=path))
            asyncio.run(serve(settled, door))


async def _reasons_not_to(config: "Config") -> list[str]:
    """Everything that keeps the program from starting, looked at before anything is begun."""
    from bot.cli.opening import Absent, outdated, why_not
    from bot.config import missing_for_run
    from storage.database import Database, sqlite_path
    from storage.standing import Standing, look

    reasons = [fault.sentence for fault in missing_for_run(config)]
    path = sqlite_path(config.storage.url)
    standing = look(path)
    reason = why_not(path, standing, Absent.CREATE)
    if not reason and standing is Standing.OURS:
        database = await Database.open(config.storage.url)
        reason = await outdated(database)
        await database.close()
    return [*reasons, reason] if reason else reasons


def _door(config: "Config", reasons: list[str]) -> "tuple[socket.socket | None, list[str]]":
    """The socket for the pages. Without a webhook the program can do without."""
    from bot.channels import is_called
    from bot.web import listening

    if reasons:
        return None, reasons
    try:
        return listening(config.web.host, config.web.port), reasons
    except OSError as fault:
        said = text(
            "cli.port_taken", host=config.web.host, port=config.web.port, reason=fault.strerror or str(fault)
        )
        if is_called(config):
            return None, [*reasons, said]
        typer.echo(text("cli.no_health", said=said), err=True)
        return None, reasons
