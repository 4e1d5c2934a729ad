"""Notices and the objections to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction
from storage.records import Notice, NoticeState, Objection
from storage.rows import many, one
from storage.tables import notices, objections

_BY_ID = select(notices).where(notices.c.id == bindparam("id"))
_OF_STEP = select(notices).where(notices.c.step_id == bindparam("step"))
_BY_NUMBER = (
    select(notices)
    .where(notices.c.community_id == bindparam("community"), notices.c.number == bindparam("number"))
    .order_by(notices.c.year.desc())
    .limit(1)
)
_OBJECTION = select(objections).where(objections.c.id == bindparam("id"))


async def get(tx: Transaction, notice_id: int) -> Notice:
    """The notice with this id."""
    notice = await find(tx, notice_id)
    assert notice is not None
    return notice


async def find(tx: Transaction, notice_id: int) -> Notice | None:
    """The notice with this id, if there is one (buttons may say anything)."""
    return await one(tx, Notice, _BY_ID, {"id": notice_id})


async def numbered(tx: Transaction, community_id: int, number: int) -> Notice | None:
    """The newest notice of the community with this number."""
    return await one(tx, Notice, _BY_NUMBER, {"community": community_id, "number": number})


async def of_step(tx: Transaction, step_id: int) -> Notice | None:
    """The notice that a stage waits for."""
    return await one(tx, Notice, _OF_STEP, {"step": step_id})


async def of_topic(tx: Transaction, topic_id: int) -> list[Notice]:
    """Every notice of a topic, oldest first."""
    return await many(
        tx, Notice, select(notices).where(notices.c.topic_id == topic_id).order_by(notices.c.id)
    )


async def latest(
    tx: Transaction, community_id: int, states: Sequence[NoticeState], count: int
) -> list[Notice]:
    """The newest notices of a community that are in one of these states, newest first."""
    statement = select(notices).where(
        notices.c.community_id == community_id, notices.c.state.in_(list(states))
    )
    return await many(tx, Notice, statement.order_by(notices.c.id.desc()).limit(count))


async def add(tx: Transaction, notice: Notice) -> Notice:
    """Write a new notice down; the id is the database's to give."""
    fields = {name: getattr(notice, name) for name in notices.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(notices.insert(), fields))


async def change(tx: Transaction, notice_id: int, **columns: object) -> Notice:
    """Change columns of a notice; the notice as it is then."""
    await tx.run(update(notices).where(notices.c.id == notice_id).values(**columns))
    return await get(tx, notice_id)


async def objection(tx: Transaction, objection_id: int) -> Objection | None:
    """The objection with this id, if there is one."""
    return await one(tx, Objection, _OBJECTION, {"id": objection_id})


async def objections_to(tx: Transaction, notice_id: int) -> list[Objection]:
    """Every objection to a notice, oldest first."""
    statement = select(objections).where(objections.c.notice_id == notice_id)
    return await many(tx, Objection, statement.order_by(objections.c.id))


async def counts(tx: Transaction, notice_id: int) -> tuple[int, int]:
    """How many objections a notice has met, and how many of them were answered."""
    row = await tx.row(
        select(func.count(), func.count(objections.c.answered_at)).where(objections.c.notice_id == notice_id)
    )
    assert row is not None
    return int(row[0]), int(row[1])


async def object_to(tx: Transaction, made: Objection) -> int:
    """Write an objection down; its id."""
    fields = {name: getattr(made, name) for name in objections.c.keys() if name != "id"}  # noqa: SIM118
    return await tx.add(objections.insert(), fields)


async def change_objection(tx: Transaction, objection_id: int, **columns: object) -> None:
    """Change columns of an objection."""
    await tx.run(update(objections).where(objections.c.id == objection_id).values(**columns))


async def next_reminder(tx: Transaction, objection_id: int, at: datetime | None) -> None:
    """When the office is reminded of an objection next; None: never again."""
    await change_objection(tx, objection_id, remind_at=at)
