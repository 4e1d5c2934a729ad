"""指派 and 取消任务."""

from dataclasses import dataclass, replace

from handlers.events import TaskClosed
from handlers.labels import label
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.routes import Routes, Where
from handlers.tasks import find
from handlers.tasks.opening import named
from handlers.tasks.rules import Assignment, next_moment, read_assignment
from handlers.tasks.telling import say_to_owner, tell_owner
from handlers.tasks.views import due_part, money_part, owner_name
from handlers.texts import text
from handlers.work import Work
from storage import tasks
from storage.messages import Said
from storage.records import Task, TaskState

routes = Routes()


@routes.command("指派", "assign", where=Where.STAFF | Where.PRIVATE)
async def say_assign(work: Work, said: Said, rest: str) -> None:
    """`指派 任务3 李四 12月20日 18.6万`."""
    require_closed_room(work)
    task, words = await find.mentioned(work, said, rest, "tasks.assign_usage")
    await find.require_manager(work, task)
    find.require_open(task)
    order = read_assignment(words, work.now, work.settings.zone)
    if not (order.owner or order.due_on or order.budget is not None):
        raise Refusal("tasks.assign_usage")
    assigned = await _assign(work, task, order)
    told = await tell_owner(work, assigned)
    if assigned.owner_id != task.owner_id:
        gone = text("tasks.taken_over", label=label("task", task))
        await say_to_owner(work, task, gone, f"gone:{work.event.event_id}")
    work.refresh(f"task:{task.id}")
    work.answer(await _confirmation(work, _Assigned(assigned, order.owner != "", told)))


@routes.command("取消任务", where=Where.STAFF | Where.PRIVATE)
async def say_drop(work: Work, said: Said, rest: str) -> None:
    """`取消任务 3 理由`; not the only thing a stage waits for."""
    require_closed_room(work)
    task, reason = await find.mentioned(work, said, rest, "tasks.drop_usage")
    await find.require_manager(work, task)
    find.require_open(task)
    if not reason:
        raise Refusal("tasks.drop_usage")
    if task.step_id and len(await tasks.of_step(work.tx, task.step_id)) == 1:
        raise Refusal("tasks.drop_last", label=label("task", task), number=task.number)
    await tasks.change(work.tx, task.id, state=TaskState.DROPPED, remind_at=None, report_at=None)
    await work.record(TaskClosed(task.id, TaskState.DROPPED))
    work.refresh(f"task:{task.id}")
    gone = text("tasks.dropped_owner", label=label("task", task), reason=reason)
    await say_to_owner(work, task, gone, "dropped")
    work.answer(text("tasks.dropped", label=label("task", task), reason=reason))


@dataclass(frozen=True, slots=True)
class _Assigned:
    """A task that was assigned; whether somebody new was named, and whether they could be told."""

    task: Task
    named: bool
    told: bool


async def _assign(work: Work, task: Task, order: Assignment) -> Task:
    owner = await named(work, task.community_id, order.owner) if order.owner else None
    after = replace(
        task,
        due_on=order.due_on or task.due_on,
        budget=task.budget if order.budget is None else order.budget,
    )
    if order.owner:
        after = replace(after, owner_id=owner.id if owner else None, party="" if owner else order.owner)
    return await tasks.change(
        work.tx,
        task.id,
        owner_id=after.owner_id,
        party=after.party,
        due_on=after.due_on,
        budget=after.budget,
        remind_at=next_moment(after.due_on, work.now, work.settings.zone),
    )


async def _confirmation(work: Work, done: _Assigned) -> str:
    task = done.task
    key = "tasks.assigned"
    if done.named and task.owner_id is None:
        key = "tasks.assigned_party"
    elif task.owner_id is not None and not done.told:
        key = "tasks.assigned_unreachable"
    return text(
        key,
        label=label("task", task),
        owner=await owner_name(work, task),
        due=due_part(task.due_on),
        money=money_part(task.budget, task.spent),
    )
