"""举手: who wants to speak, who speaks, and who has spoken."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.records import Hand
from storage.rows import many, one
from storage.tables import hands

_BY_ID = select(hands).where(hands.c.id == bindparam("id"))
_MINE = (hands.c.meeting_id == bindparam("meeting"), hands.c.over_at.is_(None))
_OPEN = select(hands).where(*_MINE).order_by(hands.c.raised_at, hands.c.id)
_CALLED = (
    select(hands)
    .where(hands.c.meeting_id == bindparam("meeting"), hands.c.called_at.is_not(None))
    .order_by(hands.c.called_at.desc(), hands.c.id.desc())
    .limit(1)
)


async def find(tx: Transaction, hand_id: int) -> Hand | None:
    """The hand with this id."""
    return await one(tx, Hand, _BY_ID, {"id": hand_id})


async def up(tx: Transaction, meeting_id: int) -> list[Hand]:
    """Whoever wants to speak or speaks now, in the order of the hands."""
    return await many(tx, Hand, _OPEN, {"meeting": meeting_id})


async def last_called(tx: Transaction, meeting_id: int) -> Hand | None:
    """Who was given the word last."""
    return await one(tx, Hand, _CALLED, {"meeting": meeting_id})


async def raise_hand(tx: Transaction, meeting_id: int, member_id: int, now: datetime) -> int:
    """Somebody wants to speak; the id of the hand."""
    row = {"meeting_id": meeting_id, "member_id": member_id, "raised_at": now}
    return await tx.add(hands.insert(), {**row, "called_at": None, "ends_at": None, "over_at": None})


async def give_word(tx: Transaction, hand_id: int, now: datetime, ends_at: datetime | None) -> None:
    """Somebody speaks now, until `ends_at` or as long as they like."""
    await tx.run(update(hands).where(hands.c.id == hand_id).values(called_at=now, ends_at=ends_at))


async def forget_end(tx: Transaction, hand_id: int) -> None:
    """The end of the time was told."""
    await tx.run(update(hands).where(hands.c.id == hand_id).values(ends_at=None))


async def lower(tx: Transaction, hand_id: int, now: datetime) -> None:
    """Somebody has spoken, or wants to no more."""
    await tx.run(update(hands).where(hands.c.id == hand_id).values(over_at=now, ends_at=None))


async def lower_all(tx: Transaction, meeting_id: int, now: datetime) -> None:
    """The meeting is over: nobody waits to speak."""
    mine = update(hands).where(hands.c.meeting_id == meeting_id, hands.c.over_at.is_(None))
    await tx.run(mine.values(over_at=now, ends_at=None))
