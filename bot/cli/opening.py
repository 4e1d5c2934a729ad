"""From what the operator wrote to a configuration and an open database, or every reason why not."""

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum
from pathlib import Path

from bot.cli.front import Refused
from bot.config import BadConfig, Config, load_config
from handlers.texts import text
from storage import schema
from storage.database import Database, sqlite_path
from storage.standing import Standing, look


class Absent(Enum):
    """What to do where there is no database yet."""

    REFUSE = "refuse"
    CREATE = "create"


def settle(file: Path | None) -> Config:
    """The configuration. Refused with every fault found in it."""
    try:
        return load_config(file, os.environ)
    except BadConfig as bad:
        raise Refused(*(fault.sentence for fault in bad.faults)) from None


@asynccontextmanager
async def opened(url: str, absent: Absent = Absent.REFUSE) -> AsyncIterator[Database]:
    """The database, of our version; made where there is none and `absent` allows. Refused with the reason."""
    path = sqlite_path(url)
    standing = look(path)
    reason = why_not(path, standing, absent)
    if reason:
        raise Refused(reason)
    try:
        if standing is Standing.MISSING:
            path.touch(mode=0o600)
        database = await Database.open(url)
    except (sqlite3.Error, OSError):
        raise Refused(text("cli.database_unreadable", path=path)) from None
    try:
        await _make_ready(database, standing)
        yield database
    finally:
        await database.close()


def why_not(path: Path, standing: Standing, absent: Absent) -> str:
    """Why this file cannot be opened as our database; "" when it can."""
    if standing in {Standing.UNREADABLE, Standing.FOREIGN}:
        return text(f"cli.database_{standing.value}", path=path)
    if standing is not Standing.MISSING:
        return ""
    if absent is Absent.REFUSE:
        return text("cli.database_missing", path=path)
    return "" if path.absolute().parent.is_dir() else text("cli.no_folder", folder=path.absolute().parent)


async def _make_ready(database: Database, standing: Standing) -> None:
    if standing is not Standing.OURS:
        await schema.upgrade(database)
    reason = await outdated(database)
    if reason:
        raise Refused(reason)


async def outdated(database: Database) -> str:
    """Why this program does not fit the file's version; "" when it does."""
    try:
        found = await schema.version(database)
    except schema.NewerSchemaError:
        return text("cli.database_newer", path=database.path)
    return "" if found == schema.head() else text("cli.database_older", path=database.path)
