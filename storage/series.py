"""Meetings that come round, and the meetings that came of them."""

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.records import Meeting, Series
from storage.rows import many, one
from storage.tables import meetings, series

_BY_ID = select(series).where(series.c.id == bindparam("id"))
_ALL = select(series).where(series.c.community_id == bindparam("community")).order_by(series.c.id)
_MEETINGS = (
    select(meetings)
    .where(meetings.c.series_id == bindparam("id"))
    .order_by(meetings.c.starts_at, meetings.c.id)
)


async def get(tx: Transaction, series_id: int) -> Series:
    """The series with this id, which exists."""
    found = await one(tx, Series, _BY_ID, {"id": series_id})
    assert found is not None
    return found


async def all_of(tx: Transaction, community_id: int) -> list[Series]:
    """Every series of a community, ended ones too, the oldest first: its place in this list is its number."""
    return await many(tx, Series, _ALL, {"community": community_id})


async def meetings_of(tx: Transaction, series_id: int) -> list[Meeting]:
    """The meetings that came of a series, in the order of their starts."""
    return await many(tx, Meeting, _MEETINGS, {"id": series_id})


async def add(tx: Transaction, new: Series) -> Series:
    """Write a new series down; the id is the database's to give."""
    fields = {name: getattr(new, name) for name in series.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(series.insert(), fields))


async def change(tx: Transaction, series_id: int, **columns: object) -> None:
    """Change columns of a series."""
    await tx.run(update(series).where(series.c.id == series_id).values(**columns))
