"""Times that are looked for: the slots offered and what people say of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Search, SearchState, Slot, SlotReply
from storage.rows import many, number, one
from storage.tables import searches, slot_answers, slots

_BY_ID = select(searches).where(searches.c.id == bindparam("id"))
_BY_NUMBER = select(searches).where(
    searches.c.community_id == bindparam("community"), searches.c.number == bindparam("number")
)
_LAST_NUMBER = select(func.max(searches.c.number)).where(searches.c.community_id == bindparam("community"))
_OPEN = (
    select(searches)
    .where(searches.c.community_id == bindparam("community"), searches.c.state == SearchState.OPEN)
    .order_by(searches.c.id)
)
_SLOTS = select(slots).where(slots.c.search_id == bindparam("id")).order_by(slots.c.position)
_REPLIES = (
    select(slot_answers)
    .where(slot_answers.c.search_id == bindparam("id"))
    .order_by(slot_answers.c.position, slot_answers.c.member_id)
)
_ANSWER = insert(slot_answers).values(
    search_id=bindparam("search_id"),
    position=bindparam("position"),
    member_id=bindparam("member_id"),
    answer=bindparam("answer"),
)
_CHANGED = _ANSWER.on_conflict_do_update(
    index_elements=["search_id", "position", "member_id"], set_={"answer": _ANSWER.excluded.answer}
)


async def find(tx: Transaction, search_id: int) -> Search | None:
    """The search with this id, if there is one (buttons may say anything)."""
    return await one(tx, Search, _BY_ID, {"id": search_id})


async def get(tx: Transaction, search_id: int) -> Search:
    """The search with this id, which exists."""
    found = await find(tx, search_id)
    assert found is not None
    return found


async def numbered(tx: Transaction, community_id: int, wanted: int) -> Search | None:
    """The community's search with this number."""
    return await one(tx, Search, _BY_NUMBER, {"community": community_id, "number": wanted})


async def next_number(tx: Transaction, community_id: int) -> int:
    """The number the community's next search gets; searches count on through the years."""
    return await number(tx, _LAST_NUMBER, {"community": community_id}) + 1


async def open_ones(tx: Transaction, community_id: int) -> list[Search]:
    """The searches of a community that are not settled, the oldest first."""
    return await many(tx, Search, _OPEN, {"community": community_id})


async def add(tx: Transaction, new: Search, times: Sequence[datetime]) -> Search:
    """Write a search down with its times, which are numbered from 1 in this order."""
    fields = {name: getattr(new, name) for name in searches.c.keys() if name != "id"}  # noqa: SIM118
    made = await get(tx, await tx.add(searches.insert(), fields))
    rows = [
        {"search_id": made.id, "position": position, "starts_at": at}
        for position, at in enumerate(times, start=1)
    ]
    await tx.run(slots.insert(), rows)
    return made


async def change(tx: Transaction, search_id: int, **columns: object) -> None:
    """Change columns of a search."""
    await tx.run(update(searches).where(searches.c.id == search_id).values(**columns))


async def slots_of(tx: Transaction, search_id: int) -> list[Slot]:
    """The times of a search, in order."""
    return await many(tx, Slot, _SLOTS, {"id": search_id})


async def replies_of(tx: Transaction, search_id: int) -> list[SlotReply]:
    """What everybody said of each time."""
    return await many(tx, SlotReply, _REPLIES, {"id": search_id})


async def answer(tx: Transaction, reply: SlotReply) -> None:
    """Note what somebody says of a time; it takes the place of what they said before."""
    values = {name: getattr(reply, name) for name in slot_answers.c.keys()}  # noqa: SIM118
    await tx.run(_CHANGED, values)
