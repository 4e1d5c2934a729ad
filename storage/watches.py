"""How long bodies have not met."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.records import Meeting, MeetingState, Watch
from storage.rows import many, one
from storage.tables import meetings, watches

_BY_ID = select(watches).where(watches.c.id == bindparam("id"))
_OF_BODY = select(watches).where(
    watches.c.community_id == bindparam("community"), watches.c.body == bindparam("body")
)


async def find(tx: Transaction, watch_id: int) -> Watch | None:
    """The watch with this id."""
    return await one(tx, Watch, _BY_ID, {"id": watch_id})


async def of_body(tx: Transaction, community_id: int, body: str) -> Watch | None:
    """The watch over a body of a community."""
    return await one(tx, Watch, _OF_BODY, {"community": community_id, "body": body})


async def add(tx: Transaction, new: Watch) -> None:
    """Begin to watch over a body."""
    fields = {name: getattr(new, name) for name in watches.c.keys() if name != "id"}  # noqa: SIM118
    await tx.run(watches.insert(), fields)


async def change(tx: Transaction, watch_id: int, last_at: datetime | None, at: datetime | None) -> None:
    """When the body met last, and when it is looked at next."""
    mine = update(watches).where(watches.c.id == watch_id)
    await tx.run(mine.values(last_at=last_at, at=at))


async def meetings_of(tx: Transaction, community_id: int, bodies: Sequence[str]) -> list[Meeting]:
    """The meetings of these bodies that are called or were held, in the order of their starts."""
    mine = (
        meetings.c.community_id == community_id,
        meetings.c.body.in_(bodies),
        meetings.c.state != MeetingState.CANCELLED,
    )
    return await many(tx, Meeting, select(meetings).where(*mine).order_by(meetings.c.starts_at))
