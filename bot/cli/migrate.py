"""`yishi migrate`: the database is copied, then brought to our version."""

import asyncio
from datetime import datetime
from pathlib import Path

import typer

from bot.cli.front import Refused, command
from bot.cli.options import ConfigFile
from handlers.texts import text


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "migrate")
    def migrate(config: ConfigFile = None) -> None:
        from bot.cli.opening import settle

        asyncio.run(_migrate(settle(config).storage.url))


async def _migrate(url: str) -> None:
    from bot.cli.opening import Absent, opened, why_not
    from storage.database import sqlite_path
    from storage.standing import Standing, held, look

    path = sqlite_path(url)
    standing = look(path)
    reason = why_not(path, standing, Absent.CREATE)
    if reason:
        raise Refused(reason)
    with held(path) as alone:
        if not alone:
            raise Refused(text("cli.database_busy", path=path))
        if standing is Standing.OURS:
            await _upgrade(url, path)
            return
        async with opened(url, Absent.CREATE):
            typer.echo(text("cli.migrate_made", path=path))


async def _upgrade(url: str, path: Path) -> None:
    from storage import schema
    from storage.database import Database
    from storage.standing import copy

    database = await Database.open(url)
    try:
        before, head = await schema.version(database), schema.head()
        if before == head:
            typer.echo(text("cli.migrate_nothing", version=head))
            return
        saved = _beside(path)
        copy(path, saved)
        typer.echo(text("cli.migrate_saved", path=saved))
        await schema.upgrade(database)
        typer.echo(text("cli.migrate_done", before=before, version=head))
    except schema.NewerSchemaError:
        raise Refused(text("cli.database_newer", path=path)) from None
    finally:
        await database.close()


def _beside(path: Path) -> Path:
    """A name for the copy that nothing has yet."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return path.with_name(f"{path.name}.{stamp}.bak")
