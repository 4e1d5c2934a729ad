"""What a task looks like to those who do it and those who answer for it."""

from datetime import date
from decimal import Decimal

from handlers.intake.masking import mask
from handlers.labels import label, topic_label
from handlers.moments import day
from handlers.money import ten_thousands
from handlers.routes import Routes, press
from handlers.texts import term, text
from handlers.work import Work
from storage import members, tasks, topics
from storage.messages import Button, Card
from storage.records import Task, TaskState

routes = Routes()
_SHOWN = 200


@routes.card("task")
async def draw(work: Work, task_id: int) -> Card | None:
    """The task's card as it is now."""
    task = await tasks.find(work.tx, task_id)
    return await task_card(work, task) if task else None


async def task_card(work: Work, task: Task) -> Card:
    """For staff and the owner only: it names who is responsible."""
    if task.state is not TaskState.OPEN:
        return Card(await _done_text(work, task))
    words = text(
        "tasks.card",
        label=label("task", task),
        topic=await topic_part(work, task),
        title=task.title,
        owner=await owner_name(work, task),
        due=due_part(task.due_on),
        money=money_part(task.budget, task.spent),
        percent=task.percent,
        latest=await _latest(work, task),
    )
    return Card(words, ((Button(text("tasks.done_button"), press("task.done", task.id)),),))


async def public_text(work: Work, task: Task) -> str:
    """What everybody may know of a task: not who is responsible."""
    return text(
        "tasks.public",
        label=label("task", task),
        topic=await topic_part(work, task),
        title=mask(task.title),
        state=term("task_state", task.state),
        percent=task.percent,
        due=due_part(task.due_on),
        money=money_part(task.budget, task.spent),
    )


async def owner_name(work: Work, task: Task) -> str:
    """Who is responsible, for staff."""
    if task.owner_id is not None:
        return (await members.get(work.tx, task.owner_id)).name
    return task.party or text("tasks.nobody")


async def topic_part(work: Work, task: Task) -> str:
    """（议7）, or nothing."""
    if task.topic_id is None:
        return ""
    return text("tasks.card_topic", topic=topic_label(await topics.get(work.tx, task.topic_id)))


def due_part(due_on: date | None) -> str:
    """· 12月20日（周日）前, or nothing."""
    return text("tasks.due", day=day(due_on)) if due_on else ""


def money_part(budget: Decimal | None, spent: Decimal | None) -> str:
    """· 已付 5.0 / 18.6 万元, or what of it is known."""
    if budget is None:
        return text("tasks.money_only_spent", spent=ten_thousands(spent)) if spent is not None else ""
    whole = ten_thousands(budget)
    if spent is None:
        return text("tasks.money", budget=whole)
    return text("tasks.money_spent", spent=ten_thousands(spent), budget=whole)


async def list_line(work: Work, task: Task) -> str:
    """One line of a list for staff."""
    return text(
        "tasks.list_line",
        label=label("task", task),
        title=task.title,
        owner=await owner_name(work, task),
        due=due_part(task.due_on),
        percent=task.percent,
    )


async def _latest(work: Work, task: Task) -> str:
    reports = [report for report in await tasks.reports_of(work.tx, task.id) if report.text]
    if not reports:
        return ""
    shown = reports[-1].text if len(reports[-1].text) <= _SHOWN else reports[-1].text[:_SHOWN] + "…"
    return text("tasks.latest", day=day(reports[-1].at, work.settings.zone), text=shown)


async def _done_text(work: Work, task: Task) -> str:
    return text(
        "tasks.card_done",
        label=label("task", task),
        topic=await topic_part(work, task),
        title=task.title,
        state=term("task_state", task.state),
        owner=await owner_name(work, task),
        money=money_part(task.budget, task.spent),
    )
