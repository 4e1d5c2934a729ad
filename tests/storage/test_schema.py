"""How a file gets to our schema, and what the schema refuses."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from storage import schema
from storage.database import Database
from storage.tables import metadata
from tests.storage.files import house, opened, rows, run

NEWER = "9999"


async def migrate(path: Path) -> str | None:
    async with opened(path) as database:
        await schema.upgrade(database)
        return await schema.version(database)


def clauses(sql: str) -> tuple[str, ...]:
    """The parts of a CREATE statement, whatever order later ALTERs have left them in."""
    head, _, rest = re.sub(r"\s+", " ", sql).partition("(")
    body, _, tail = rest.rpartition(")")
    parts, depth = [""], 0
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return (head.strip(), *sorted(part.strip() for part in parts), tail.strip())


def shape(path: Path) -> dict[str, tuple[str, ...]]:
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    return {name: clauses(sql) for name, sql in rows(path, query) if name != "alembic_version"}


def test_the_migrations_make_exactly_the_tables_the_program_speaks_to(tmp_path: Path) -> None:
    migrated, wanted = tmp_path / "migrated.db", tmp_path / "wanted.db"
    assert run(migrate(migrated)) == schema.head()
    engine = create_engine(f"sqlite:///{wanted}")
    metadata.create_all(engine)
    engine.dispose()
    assert shape(migrated) == shape(wanted)
    assert len(shape(migrated)) > 50


def test_alembic_sees_no_difference_either(tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async def compare() -> list[object]:
        async with house(tmp_path / "house.db") as database:
            return await database.reshape(differences)

    assert run(compare()) == []


def test_bringing_a_file_up_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    run(migrate(path))
    before = shape(path)
    run(migrate(path))
    assert shape(path) == before


def test_an_empty_file_has_no_version_and_gets_ours(tmp_path: Path) -> None:
    async def look() -> tuple[str | None, str | None]:
        database = await Database.open(f"sqlite:///{tmp_path / 'house.db'}")
        before = await schema.version(database)
        await schema.upgrade(database)
        after = await schema.version(database)
        await database.close()
        return before, after

    assert run(look()) == (None, schema.head())


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    run(migrate(path))
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = ?", (NEWER,))
        newer.execute("DROP TABLE followups")
        newer.commit()
    before = shape(path)
    with pytest.raises(schema.NewerSchemaError, match=NEWER):
        run(migrate(path))
    assert shape(path) == before
    assert rows(path, "SELECT version_num FROM alembic_version") == [(NEWER,)]


def test_a_migration_that_breaks_off_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE outbox (here INTEGER)")
    with pytest.raises(Exception, match="already exists"):
        run(migrate(path))
    assert [name for (name,) in rows(path, "SELECT name FROM sqlite_master")] == ["outbox"]


def test_the_journal_is_only_ever_added_to(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    run(migrate(path))
    with closing(sqlite3.connect(path)) as somebody:
        line = (1, "2026-11-02", "PollOpened", "poll:1", "{}")
        somebody.execute("INSERT INTO journal (id, at, event, subject, detail) VALUES (?, ?, ?, ?, ?)", line)
        somebody.commit()
        for change in ("UPDATE journal SET detail = ''", "DELETE FROM journal"):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                somebody.execute(change)
    assert rows(path, "SELECT * FROM journal") == [(1, "2026-11-02", None, "PollOpened", "poll:1", "{}")]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ballots", {"poll_id": 1, "member_id": 1, "choice": "maybe", "cast_at": "2026", "witness": ""}),
        ("turnouts", {"poll_id": 1, "heads": -1}),
        ("inbox", {"platform": "p", "event_id": "e", "at": "2026", "state": "lost", "body": "", "error": ""}),
        ("followups", {"survey_id": 1, "member_id": 1, "answer": None}),
    ],
)
def test_the_database_itself_refuses_what_must_not_be(
    tmp_path: Path, table: str, columns: dict[str, object]
) -> None:
    path = tmp_path / "house.db"
    run(migrate(path))
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    with (
        closing(sqlite3.connect(path)) as somebody,
        pytest.raises(sqlite3.IntegrityError, match="constraint"),
    ):
        somebody.execute(statement, tuple(columns.values()))


def test_a_secret_ballot_has_no_row_number_and_no_moment(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    run(migrate(path))
    for table in ("secret_ballots", "participations"):
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            rows(path, f"SELECT rowid FROM {table}")
        assert not [
            name for (_, name, kind, *_) in rows(path, f"PRAGMA table_info({table})") if "DATE" in kind
        ]


def test_the_versions_known_by_heart_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == schema.VERSIONS
