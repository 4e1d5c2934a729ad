"""Stages that wait for a body to meet."""

from datetime import datetime

from sqlalchemy import bindparam, exists, select, update

from storage.database import Transaction
from storage.records import MeetingState, Wait
from storage.rows import many, one
from storage.tables import agenda, meetings, topics, waits

_OPEN = waits.c.over_at.is_(None)
_OF_TOPIC = (
    select(waits).where(waits.c.topic_id == bindparam("topic"), _OPEN).order_by(waits.c.step_id.desc())
)
_BY_STEP = select(waits).where(waits.c.step_id == bindparam("step"))
_BEFORE_A_MEETING = exists().where(
    agenda.c.topic_id == waits.c.topic_id,
    agenda.c.outcome == "",
    agenda.c.note == "",
    meetings.c.id == agenda.c.meeting_id,
    meetings.c.state == MeetingState.CALLED,
    meetings.c.body == waits.c.body,
)
_UNCALLED = (
    select(waits)
    .join(topics, topics.c.id == waits.c.topic_id)
    .where(topics.c.community_id == bindparam("community"), _OPEN, ~_BEFORE_A_MEETING)
    .order_by(waits.c.step_id)
)


async def add(tx: Transaction, wait: Wait) -> None:
    """A stage was entered that a body's meeting is to decide."""
    await tx.run(waits.insert(), {name: getattr(wait, name) for name in waits.c.keys()})  # noqa: SIM118


async def of_step(tx: Transaction, step_id: int) -> Wait | None:
    """The wait of this stage, over or not."""
    return await one(tx, Wait, _BY_STEP, {"step": step_id})


async def of_topic(tx: Transaction, topic_id: int) -> Wait | None:
    """What the topic waits for now; None when no meeting is to decide it."""
    return await one(tx, Wait, _OF_TOPIC, {"topic": topic_id})


async def uncalled(tx: Transaction, community_id: int) -> list[Wait]:
    """What waits in a community for a meeting that nobody has called yet, oldest first."""
    return await many(tx, Wait, _UNCALLED, {"community": community_id})


async def end(tx: Transaction, step_id: int, now: datetime) -> bool:
    """The stage is decided or left; False when it was not waiting."""
    mine = update(waits).where(waits.c.step_id == step_id, _OPEN)
    return bool(await tx.run(mine.values(over_at=now)))
