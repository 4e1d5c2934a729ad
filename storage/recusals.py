"""Who takes no part in deciding a topic."""

from sqlalchemy import bindparam, delete, func, select

from storage.database import Transaction
from storage.records import Recusal
from storage.rows import many, number, one
from storage.tables import electors, polls, recusals

_IN_POLL = (
    select(func.count())
    .select_from(recusals)
    .join(polls, polls.c.topic_id == recusals.c.topic_id)
    .join(electors, (electors.c.poll_id == polls.c.id) & (electors.c.member_id == recusals.c.member_id))
    .where(polls.c.id == bindparam("poll"))
)


async def add(tx: Transaction, recusal: Recusal) -> None:
    """Somebody takes no part in a topic."""
    await tx.run(recusals.insert(), {name: getattr(recusal, name) for name in recusals.c.keys()})  # noqa: SIM118


async def of_member(tx: Transaction, topic_id: int, member_id: int) -> Recusal | None:
    """Whether and why somebody takes no part in a topic."""
    mine = select(recusals).where(recusals.c.topic_id == topic_id, recusals.c.member_id == member_id)
    return await one(tx, Recusal, mine)


async def of_topic(tx: Transaction, topic_id: int) -> list[Recusal]:
    """Everybody who takes no part in a topic."""
    return await many(tx, Recusal, select(recusals).where(recusals.c.topic_id == topic_id))


async def count_in(tx: Transaction, poll_id: int) -> int:
    """How many persons of a poll's frozen roll take no part."""
    return await number(tx, _IN_POLL, {"poll": poll_id})


async def lift(tx: Transaction, topic_id: int, member_id: int) -> None:
    """Somebody may take part again."""
    await tx.run(delete(recusals).where(recusals.c.topic_id == topic_id, recusals.c.member_id == member_id))
