"""What a file is, before anything is opened in it or written to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path


class Standing(StrEnum):
    """Nothing there, an empty file, a file of ours, another program's database, or no database at all."""

    MISSING = "missing"
    EMPTY = "empty"
    OURS = "ours"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


def look(path: Path) -> Standing:
    """Say what the file is, without changing it."""
    if not path.exists():
        return Standing.MISSING
    try:
        with _read_only(path) as file:
            tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return Standing.UNREADABLE
    if not tables:
        return Standing.EMPTY
    return Standing.OURS if {"alembic_version", "outbox"} <= tables else Standing.FOREIGN


def damage(path: Path) -> list[str]:
    """What SQLite's own integrity check and its check of foreign keys complain about; nothing when all is well."""
    try:
        with _read_only(path) as file:
            broken = [str(row[0]) for row in file.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            loose = [f"{row[0]} -> {row[2]}" for row in file.execute("PRAGMA foreign_key_check").fetchmany(5)]
    except sqlite3.Error as fault:
        return [str(fault)]
    return broken + loose


def copy(path: Path, to: Path) -> None:
    """Copy the database as it is at this moment, whoever is writing to it. FileExistsError where something is."""
    to.touch(mode=0o600, exist_ok=False)
    with _read_only(path) as file:
        copied = sqlite3.connect(to)
        try:
            file.backup(copied)
        finally:
            copied.close()


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the database for one process; False when another holds it. The hold ends with the process, however it ends."""
    lock = sqlite3.connect(path.with_name(f"{path.name}.lock"), timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        yield True
    finally:
        lock.close()


def is_running(path: Path) -> bool:
    """Whether a process holds the database just now; looking leaves nothing behind."""
    if not path.with_name(f"{path.name}.lock").exists():
        return False
    with held(path) as alone:
        return not alone


@contextmanager
def _read_only(path: Path) -> Iterator[sqlite3.Connection]:
    file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        yield file
    finally:
        file.close()
