"""What a secret poll leaves in its file: two lists in the order of their keys, and an empty log."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage import polls
from storage.database import Transaction
from storage.tables import members, units
from storage.tables import polls as poll_table
from tests.storage.files import filled, house, run

ARRIVED = [(5, "K7"), (2, "3F"), (8, "9Q"), (1, "M2"), (7, "A8"), (3, "X4"), (6, "2B"), (4, "Q5")]
_LEAF, _HEADER = 10, 8
_AT = {"opens_at": datetime(2026, 11, 2, tzinfo=UTC), "closes_at": datetime(2026, 11, 5, tzinfo=UTC)}


async def a_poll(tx: Transaction) -> None:
    await tx.run(units.insert(), filled(units, id=1, kind="community", name="桂花里社区", path="1/"))
    for member, _ in ARRIVED:
        row = filled(members, id=member, community_id=1, unit_id=1, joined_at=_AT["opens_at"])
        await tx.run(members.insert(), row)
    fields = filled(
        poll_table, id=1, community_id=1, year=2026, number=1, secrecy="secret", state="open", **_AT
    )
    await tx.run(poll_table.insert(), fields)


def cells_in_key_order(path: Path, table: str) -> list[int]:
    """Where in its page each cell of a small table without row numbers lies, by the order of the keys."""
    with closing(sqlite3.connect(path)) as file:
        (size,) = file.execute("PRAGMA page_size").fetchone()
        (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    page = path.read_bytes()[(root - 1) * size : root * size]
    assert page[0] == _LEAF
    count = int.from_bytes(page[3:5], "big")
    return [
        int.from_bytes(page[_HEADER + 2 * place : _HEADER + 2 * place + 2], "big") for place in range(count)
    ]


def empty(log: Path) -> bool:
    return log.stat().st_size == 0


def test_the_file_keeps_no_order_in_which_secret_ballots_came(tmp_path: Path) -> None:
    path, log = tmp_path / "house.db", tmp_path / "house.db-wal"

    async def story() -> None:
        async with house(path) as database:
            await database.write(a_poll)
            for member, receipt in ARRIVED:

                async def cast(tx: Transaction, member: int = member, receipt: str = receipt) -> None:
                    await polls.cast_secretly(tx, 1, member, receipt, "for")

                await database.write(cast)
                assert empty(log)
            await database.write(lambda tx: polls.recast_secretly(tx, 1, "9Q", "against"))
            assert empty(log)

    run(story())
    for table in ("participations", "secret_ballots"):
        places = cells_in_key_order(path, table)
        assert len(places) == len(ARRIVED)
        assert places == sorted(places, reverse=True), f"the cells of {table} lie as they came"
