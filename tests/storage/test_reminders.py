"""Reminders planned by an older program are kept, each for whom it was meant."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from storage import schema
from tests.storage.files import house, rows, run

BEFORE = "0009"
MIGRATIONS = Path(schema.__file__).parent / "migrations"


def older_file(path: Path) -> None:
    """A file of the version before reminders had kinds, with a meeting, an item, an answer and two reminders."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        put(connection, "units", id=1, kind="community", name="桂花里")
        put(connection, "topics", id=7, community_id=1, state="open", number=1)
        put(connection, "members", id=3, community_id=1, unit_id=1)
        put(connection, "meetings", id=1, community_id=1, state="called")
        for statement in (
            "INSERT INTO agenda VALUES (1, 1, 7, '', '')",
            "INSERT INTO invitations VALUES (1, 3, 'leave', '生病')",
            "INSERT INTO reminders VALUES (1, 1, 60, '2026-11-14 10:00:00.000000'), (2, 1, -120, NULL)",
        ):
            connection.execute(text(statement))
    engine.dispose()


def put(connection: Connection, table: str, **known: object) -> None:
    """A row with what is known, and as little as the table of that version accepts for the rest."""
    columns = connection.execute(text(f"PRAGMA table_info({table})")).all()
    needed = {row.name: "" if "CHAR" in row.type else 0 for row in columns if row.notnull}
    values = {**needed, **known}
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def test_reminders_answers_and_items_of_an_older_file_survive(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_file(path)

    async def bring_up() -> None:
        async with house(path):
            pass

    run(bring_up())
    assert rows(path, "SELECT meeting_id, kind, minutes, at FROM reminders ORDER BY id") == [
        (1, "meeting", 60, "2026-11-14 10:00:00.000000"),
        (1, "outcomes", -120, None),
    ]
    assert rows(path, "SELECT reply, reason, told_until FROM invitations") == [("leave", "生病", None)]
    assert rows(path, "SELECT topic_id, title, minutes, internal FROM agenda") == [(7, "", 0, "")]
