import sqlite3
from pathlib import Path

import pytest

from storage import schema
from tests.bot.cli.desk import Desk


def test_it_makes_an_empty_database(desk: Desk) -> None:
    assert "已建立" in desk.done("migrate")
    assert desk.rows("SELECT version_num FROM alembic_version") == [(schema.head(),)]
    assert "不用动" in desk.done("migrate")
    assert not list(desk.folder.glob("*.bak"))


def test_an_older_database_is_copied_and_brought_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.has_a_roll()
    people = desk.rows("SELECT * FROM members")
    _pretend_older(desk, monkeypatch)
    shown = desk.done("migrate")
    (copy,) = desk.folder.glob("*.bak")
    assert copy.name in shown
    assert copy.stat().st_mode & 0o777 == 0o600
    assert desk.rows("SELECT version_num FROM alembic_version") == [(schema.head(),)]
    assert desk.rows("SELECT * FROM members") == people
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT * FROM members").fetchall() == people
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0000",)]
    kept.close()


def _pretend_older(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file one step behind, and a step that brings it up."""
    desk.changes("UPDATE alembic_version SET version_num = '0000'")

    async def version(database: object) -> str:
        del database
        return str(desk.rows("SELECT version_num FROM alembic_version")[0][0])

    async def upgrade(database: object) -> None:
        del database
        desk.changes("UPDATE alembic_version SET version_num = ?", schema.head())

    monkeypatch.setattr(schema, "version", version)
    monkeypatch.setattr(schema, "upgrade", upgrade)


def test_a_newer_database_is_left_alone(desk: Desk) -> None:
    desk.has_a_roll()
    desk.changes("UPDATE alembic_version SET version_num = '9999'")
    assert "请升级程序" in desk.refused("migrate")
    assert not list(desk.folder.glob("*.bak"))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b"not a database, but long enough to look like one" * 50), "不像完好"),
        (
            lambda path: sqlite3.connect(path).execute("CREATE TABLE other (id)").connection.close(),
            "别的程序",
        ),
    ],
    ids=["rubbish", "foreign"],
)
def test_a_file_that_is_not_ours_is_left_alone(desk: Desk, make: object, said: str) -> None:
    assert callable(make)
    make(desk.database)
    before = desk.database.read_bytes()
    assert said in desk.refused("migrate")
    assert desk.database.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(desk: Desk) -> None:
    desk.configures('[storage]\nurl = "sqlite:///nowhere/yishi.db"\n')
    assert "nowhere" in desk.refused("migrate", "-c", "config.toml")
    assert not Path("nowhere").exists()
