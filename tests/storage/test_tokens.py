"""Passes and codes are shared by every process, and good only as long as they are good."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import schema, tokens
from storage.database import Transaction
from storage.tokens import Token
from tests.storage.files import house, rows, run

NOW = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def kept(path: Path, *them: Token) -> None:
    async with house(path) as database:
        await schema.upgrade(database)

        async def keep_all(tx: Transaction) -> None:
            for one in them:
                await tokens.keep(tx, one)

        await database.write(keep_all)


async def found(path: Path, name: str, now: datetime) -> Token | None:
    async with house(path) as database:
        return await database.read(lambda tx: tokens.find(tx, name, now))


def test_the_newest_of_a_name_is_found_by_another_process_until_it_expires(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    old, new = Token("wecom_app:ww1", "OLD", NOW + HOUR), Token("wecom_app:ww1", "NEW", NOW + 2 * HOUR)
    run(kept(path, old, new, Token("other", "X", NOW + HOUR)))
    assert run(found(path, "wecom_app:ww1", NOW)) == new
    assert run(found(path, "wecom_app:ww1", NOW + 2 * HOUR)) is None
    assert run(found(path, "nobody", NOW)) is None


def test_what_is_used_up_or_outlived_is_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    run(kept(path, Token("a", "1", NOW), Token("b", "2", NOW + HOUR), Token("c", "3", NOW + HOUR)))

    async def tidy() -> int:
        async with house(path) as database:
            await database.write(lambda tx: tokens.forget(tx, "b"))
            return await database.write(lambda tx: tokens.prune(tx, NOW))

    assert run(tidy()) == 1
    assert rows(path, "SELECT name FROM tokens") == [("c",)]


def test_a_value_is_not_shown() -> None:
    assert "SECRET" not in repr(Token("a", "SECRET", NOW))
