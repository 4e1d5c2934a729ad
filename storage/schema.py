"""Which version of the schema a file has, and how it gets to ours. Forward only."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from storage.database import Database

VERSIONS: Final = tuple(f"{step:04}" for step in range(1, 13))
"""Every step there is, in order; the last is ours. Known by heart, so that a start need not read the scripts."""

_FOLDER = Path(__file__).parent / "migrations"


class NewerSchemaError(Exception):
    """The file was written by a newer version of the program: nothing here may touch it."""


async def version(database: Database) -> str | None:
    """The file's version; None for an empty one. NewerSchemaError when we do not know it."""
    return await database.reshape(_version)


def head() -> str:
    """The version this program works with."""
    return VERSIONS[-1]


async def upgrade(database: Database) -> None:
    """Bring the file to our version, in one transaction. NewerSchemaError when it is past it."""
    await database.reshape(_upgrade)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in VERSIONS:
        raise NewerSchemaError(str(found))
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a start that changes nothing does without it
    from alembic.config import Config  # noqa: PLC0415

    _version(connection)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
