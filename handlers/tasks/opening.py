"""Where tasks come from: a stage that is to be carried out, and promises made with a decision."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from handlers.bodies import name_of, people
from handlers.events import Promise, PromisesMade, StageBrief, StageEntered, StageLeft, TaskOpened
from handlers.moments import local_date
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.tasks.rules import month_later, next_moment
from handlers.tasks.telling import ask_to_assign, tell_owner
from handlers.texts import text
from handlers.work import Work
from storage import members, tasks, topics, units
from storage.records import Member, Task, TaskState, Topic

routes = Routes()
_LISTED_ELSEWHERE = "item_owner"
_TITLE = 200


class Telling(StrEnum):
    """Whether everybody hears of it every month: what was decided, yes; what only prepares a decision, no."""

    MONTHLY = "monthly"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, who for now answers for it, and by when. `step_id`: the stage that it decides."""

    title: str
    owner: Member | None
    party: str
    due_on: date | None
    step_id: int | None
    telling: Telling


@routes.on(StageEntered)
async def stage_entered(work: Work, event: StageEntered) -> None:
    """A stage is to be carried out: what is under way already goes on under it, else a task is opened."""
    if event.brief.kind != "task":
        return
    topic = await topics.get(work.tx, event.topic_id)
    title = text("tasks.title", topic=topic.title, stage=event.brief.name)
    under_way = await _under_way(work, topic, title, event.brief)
    for task in under_way:
        await _carry_over(work, task, event)
    if not under_way:
        await open_task(work, topic, await _order(work, event, title))


@routes.on(StageLeft)
async def stage_left(work: Work, event: StageLeft) -> None:
    """The case has gone another way: what the stage asked for is dropped."""
    for task in await tasks.of_step(work.tx, event.step_id):
        if task.state is TaskState.OPEN:
            await tasks.change(work.tx, task.id, state=TaskState.DROPPED, remind_at=None, report_at=None)
            work.refresh(f"task:{task.id}")


@routes.on(PromisesMade)
async def promised(work: Work, event: PromisesMade) -> None:
    """Conditions, things sent back and what was agreed: each has its own task.

    What was agreed belongs to the step that agreed on it, so that the stage that carries it out finds it.
    """
    topic = await topics.get(work.tx, event.topic_id)
    step_id = event.step_id if event.purpose == "carry" else None
    for promise in event.promises:
        order = await _promised(work, topic, promise)
        telling = Telling.NEVER if event.purpose == "refine" else Telling.MONTHLY
        await open_task(work, topic, replace(order, step_id=step_id, telling=telling))


async def open_task(work: Work, topic: Topic, order: Order) -> Task:
    """Write a task down, tell its owner, and ask the desk for whatever is missing."""
    zone = work.settings.zone
    year = local_date(work.now, zone).year
    number = await units.next_number(work.tx, topic.community_id, "task", year)
    made = Task(
        id=0,
        community_id=topic.community_id,
        year=year,
        number=number,
        topic_id=topic.id,
        step_id=order.step_id,
        title=order.title[:_TITLE],
        owner_id=order.owner.id if order.owner else None,
        party=order.party,
        due_on=order.due_on,
        budget=None,
        spent=None,
        percent=0,
        state=TaskState.OPEN,
        remind_at=next_moment(order.due_on, work.now, zone),
        report_at=await _first_report(work, topic, order),
        created_at=work.now,
    )
    task = await tasks.add(work.tx, made)
    await work.record(TaskOpened(task.id))
    await ask_to_assign(work, task)
    await tell_owner(work, task)
    return task


async def _first_report(work: Work, topic: Topic, order: Order) -> datetime | None:
    if order.telling is Telling.NEVER or await kept_private(work, topic.id):
        return None
    return month_later(work.now, work.settings.zone)


async def named(work: Work, community_id: int, written: str) -> Member | None:
    """The member of this name (李四, or 李四@3-2-502 where there are several); None for a party that is no member."""
    name, _, door = written.partition("@")
    found = await members.named(work.tx, community_id, name.strip())
    if len(found) > 1 and door:
        found = [member for member in found if member.door == door.strip()]
    if len(found) > 1:
        raise Refusal("tasks.assign_ambiguous", count=len(found), name=name.strip(), door=found[0].door)
    return found[0] if found else None


async def _under_way(work: Work, topic: Topic, title: str, brief: StageBrief) -> list[Task]:
    """Open tasks of earlier steps of which this stage is the continuation."""
    earlier = [
        task
        for task in await tasks.of_topic(work.tx, topic.id)
        if task.state is TaskState.OPEN and task.step_id is not None
    ]
    return [task for task in earlier if brief.body == _LISTED_ELSEWHERE or task.title == title[:_TITLE]]


async def _carry_over(work: Work, task: Task, event: StageEntered) -> None:
    zone = work.settings.zone
    due_on = local_date(event.brief.limit, zone) if event.brief.limit else task.due_on
    await tasks.change(
        work.tx,
        task.id,
        step_id=event.step_id,
        due_on=due_on,
        remind_at=next_moment(due_on, work.now, zone),
    )
    work.refresh(f"task:{task.id}")


async def _order(work: Work, event: StageEntered, title: str) -> Order:
    """One person in the body is the owner; of several the desk names one, until then the body answers."""
    brief = event.brief
    due_on = local_date(brief.limit, work.settings.zone) if brief.limit else None
    decided = brief.body == _LISTED_ELSEWHERE
    telling = Telling.MONTHLY if decided else Telling.NEVER
    order = Order(title, None, "", due_on, event.step_id, telling)
    if decided:
        return order
    found = await people(work, brief.body, event.topic_id)
    if len(found) == 1:
        return replace(order, owner=found[0])
    return replace(order, party=name_of(brief.body))


async def _promised(work: Work, topic: Topic, promise: Promise) -> Order:
    try:
        owner = await named(work, topic.community_id, promise.owner) if promise.owner else None
    except Refusal:
        owner = None  # several of that name: the desk says which
    party = "" if owner else promise.owner
    return Order(promise.title, owner, party, promise.due_on, None, Telling.NEVER)
