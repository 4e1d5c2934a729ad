"""How the house of a world is founded, served and killed."""

import asyncio
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from bot.app import App
from storage import schema
from storage.database import Database, Shelves, new_shelves


class Killed(Exception):
    """The process is gone, right after a commit."""


@cache
def empty_database() -> bytes:
    """The file of a new house, made once by the migrations and copied for every world."""
    path = Path(mkdtemp()) / "empty.db"

    async def make() -> None:
        database = await Database.open(f"sqlite:///{path}")
        await schema.upgrade(database)
        await database.close()

    asyncio.run(make())
    return path.read_bytes()


@cache
def written_out() -> Shelves:
    """Every house of the stories speaks the same statements, however often it is killed."""
    return new_shelves()


async def until_killed(app: App) -> None:
    """Serve the inlet; a kill reaches whoever waits for the event, as a broken line would."""
    inlet = app.inlet
    while True:
        try:
            await inlet.run()
        except Killed as killed:
            inlet.fail_waiting(killed)
