"""Tasks and what their owners reported."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.records import Task, TaskReport, TaskState
from storage.rows import many, one
from storage.tables import task_reports, tasks

_BY_ID = select(tasks).where(tasks.c.id == bindparam("id"))
_BY_NUMBER = (
    select(tasks)
    .where(tasks.c.community_id == bindparam("community"), tasks.c.number == bindparam("number"))
    .order_by(tasks.c.year.desc())
    .limit(1)
)
_REPORTS = select(task_reports).where(task_reports.c.task_id == bindparam("id")).order_by(task_reports.c.id)


async def get(tx: Transaction, task_id: int) -> Task:
    """The task with this id."""
    task = await find(tx, task_id)
    assert task is not None
    return task


async def find(tx: Transaction, task_id: int) -> Task | None:
    """The task with this id, if there is one (buttons may say anything)."""
    return await one(tx, Task, _BY_ID, {"id": task_id})


async def numbered(tx: Transaction, community_id: int, number: int) -> Task | None:
    """The newest task of the community with this number."""
    return await one(tx, Task, _BY_NUMBER, {"community": community_id, "number": number})


async def of_topic(tx: Transaction, topic_id: int) -> list[Task]:
    """Every task of a topic, oldest first."""
    return await many(tx, Task, select(tasks).where(tasks.c.topic_id == topic_id).order_by(tasks.c.id))


async def of_step(tx: Transaction, step_id: int) -> list[Task]:
    """The tasks that a stage waits for."""
    return await many(tx, Task, select(tasks).where(tasks.c.step_id == step_id).order_by(tasks.c.id))


async def latest(tx: Transaction, community_id: int, states: Sequence[TaskState], count: int) -> list[Task]:
    """The newest tasks of a community that are in one of these states, newest first."""
    statement = select(tasks).where(tasks.c.community_id == community_id, tasks.c.state.in_(list(states)))
    return await many(tx, Task, statement.order_by(tasks.c.id.desc()).limit(count))


async def owned_by(tx: Transaction, member_id: int) -> list[Task]:
    """The open tasks somebody answers for, oldest first."""
    mine = select(tasks).where(tasks.c.owner_id == member_id, tasks.c.state == TaskState.OPEN)
    return await many(tx, Task, mine.order_by(tasks.c.id))


async def add(tx: Transaction, task: Task) -> Task:
    """Write a new task down; the id is the database's to give."""
    fields = {name: getattr(task, name) for name in tasks.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(tasks.insert(), fields))


async def change(tx: Transaction, task_id: int, **columns: object) -> Task:
    """Change columns of a task; the task as it is then."""
    await tx.run(update(tasks).where(tasks.c.id == task_id).values(**columns))
    return await get(tx, task_id)


async def report(tx: Transaction, made: TaskReport) -> int:
    """Write down what an owner said; the report's id."""
    fields = {name: getattr(made, name) for name in task_reports.c.keys() if name != "id"}  # noqa: SIM118
    return await tx.add(task_reports.insert(), fields)


async def reports_of(tx: Transaction, task_id: int) -> list[TaskReport]:
    """What was said of a task, oldest first."""
    return await many(tx, TaskReport, _REPORTS, {"id": task_id})
