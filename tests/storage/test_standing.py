import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from storage.standing import Standing, copy, damage, held, look
from tests.storage.files import empty_database


def ours(folder: Path) -> Path:
    path = folder / "yishi.db"
    path.write_bytes(empty_database())
    return path


def test_a_file_is_known_for_what_it_is_and_not_changed_by_the_look(tmp_path: Path) -> None:
    empty, foreign, rubbish = (tmp_path / name for name in ("empty.db", "foreign.db", "rubbish.db"))
    empty.touch()
    sqlite3.connect(foreign).execute("CREATE TABLE theirs (id)").connection.close()
    rubbish.write_bytes(b"no database, however long it may go on" * 100)
    files = {
        tmp_path / "nothing.db": Standing.MISSING,
        empty: Standing.EMPTY,
        foreign: Standing.FOREIGN,
        rubbish: Standing.UNREADABLE,
        ours(tmp_path): Standing.OURS,
    }
    before = {path: path.read_bytes() for path in files if path.exists()}
    assert {path: look(path) for path in files} == files
    assert {path: path.read_bytes() for path in files if path.exists()} == before


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert look(tmp_path) is Standing.UNREADABLE


def test_a_whole_file_has_no_damage_and_a_broken_one_has(tmp_path: Path) -> None:
    path = ours(tmp_path)
    assert damage(path) == []
    loose = sqlite3.connect(path)
    with loose:
        loose.execute("INSERT INTO holdings VALUES (99, 'resident', 98)")
    loose.close()
    assert damage(path) == ["holdings -> units", "holdings -> members"]
    path.write_bytes(path.read_bytes()[:8192] + b"\xff" * 8192)
    assert damage(path)


def test_a_copy_holds_what_was_committed_and_never_covers_a_file(tmp_path: Path) -> None:
    path, saved = ours(tmp_path), tmp_path / "saved.db"
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode=WAL")
    with writer:
        writer.execute("INSERT INTO units VALUES (1, NULL, 'community', '桂花里社区', '1/')")
    copy(path, saved)
    writer.close()
    with sqlite3.connect(saved) as kept:
        assert kept.execute("SELECT name FROM units").fetchall() == [("桂花里社区",)]
    kept.close()
    with pytest.raises(FileExistsError):
        copy(path, saved)


def test_a_database_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    path = ours(tmp_path)
    with held(path) as first, held(path) as second:
        assert (first, second) == (True, False)
    with held(path) as again:
        assert again


def test_the_hold_of_a_killed_process_is_gone(tmp_path: Path) -> None:
    path = ours(tmp_path)
    program = (
        "import sys, time; from pathlib import Path; from storage.standing import held\n"
        "with held(Path(sys.argv[1])) as alone: print(alone, flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    with held(path) as alone:
        assert not alone
    holder.kill()
    holder.communicate()
    with held(path) as alone:
        assert alone
