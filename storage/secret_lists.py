"""The two lists of a secret poll: who took part, and what was cast.

A page of SQLite keeps its cells where they were first put, so that two lists that grow together could be laid side
by side by their cells. A list is therefore written anew, in the order of its keys, with every ballot. It is handed
back to SQLite as it came from there, one text: a poll of thousands must not hold up everybody else.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Executable, Integer, String, bindparam, delete, func, select

from storage.database import Transaction
from storage.tables import participations, secret_ballots


class _List(NamedTuple):
    """A list of a secret poll: how it is read with one entry more (as a JSON array), emptied, and filled from that."""

    read: Executable
    empty: Executable
    fill: Executable


_POLL = bindparam("poll", type_=Integer)
_LISTED = func.json_each(bindparam("listed", type_=String)).table_valued("value").c.value
_RECEIPT = func.json_extract(_LISTED, "$[0]")
_TOOK_PART = _List(
    select(
        func.json_insert(
            func.json_group_array(participations.c.member_id), "$[#]", bindparam("member", type_=Integer)
        )
    ).where(participations.c.poll_id == _POLL),
    delete(participations).where(participations.c.poll_id == _POLL),
    participations.insert().from_select(("poll_id", "member_id"), select(_POLL, _LISTED).order_by(_LISTED)),
)
_BOX = _List(
    select(
        func.json_insert(
            func.json_group_array(func.json_array(secret_ballots.c.receipt, secret_ballots.c.choice)),
            "$[#]",
            func.json_array(bindparam("code", type_=String), bindparam("says", type_=String)),
        )
    ).where(secret_ballots.c.poll_id == _POLL),
    delete(secret_ballots).where(secret_ballots.c.poll_id == _POLL),
    secret_ballots.insert().from_select(
        ("poll_id", "receipt", "choice"),
        select(_POLL, _RECEIPT, func.json_extract(_LISTED, "$[1]")).order_by(_RECEIPT),
    ),
)


async def take_part(tx: Transaction, poll_id: int, member_id: int) -> None:
    """An entry took part."""
    await _write_anew(tx, _TOOK_PART, poll_id, {"member": member_id})


async def drop_in(tx: Transaction, poll_id: int, receipt: str, choice: str) -> None:
    """A ballot is in the box."""
    await _write_anew(tx, _BOX, poll_id, {"code": receipt, "says": choice})


async def _write_anew(tx: Transaction, kept: _List, poll_id: int, another: Mapping[str, object]) -> None:
    """Write a poll's list with one more entry, sorted, as if it had never been shorter."""
    here = {"poll": poll_id}
    row = await tx.row(kept.read, {**here, **another})
    assert row is not None
    await tx.run(kept.empty, here)
    await tx.run(kept.fill, {**here, "listed": row[0]})
