"""Moments of tasks: before and after their day, and the monthly word to everybody."""

from dataclasses import dataclass
from datetime import date

from handlers.audience import publication_groups
from handlers.events import StageDecided, TaskOverdue
from handlers.intake.masking import mask
from handlers.labels import label, topic_label
from handlers.moments import day, day_end, local_date
from handlers.money import ten_thousands
from handlers.routes import Routes
from handlers.tasks import find
from handlers.tasks.rules import month_later, next_moment, overdue
from handlers.tasks.telling import owner_address, say_to_owner, tell_office
from handlers.tasks.views import owner_name
from handlers.texts import text
from handlers.work import Work
from storage import cases, tasks, topics, units
from storage.messages import Due
from storage.records import Task, TaskReport, TaskState

routes = Routes()


@routes.due("task.remind")
async def remind(work: Work, due: Due) -> None:
    """Before the day its owner is told; after it, those who answer for the task, once."""
    task = await tasks.get(work.tx, due.subject)
    if task.remind_at is None or task.remind_at > work.now:
        return
    zone = work.settings.zone
    await tasks.change(work.tx, task.id, remind_at=next_moment(task.due_on, work.now, zone))
    if task.due_on is None:
        return
    if overdue(task.due_on, work.now, zone):
        await _escalate(work, task, task.due_on)
    else:
        await _remind(work, task, task.due_on)


@routes.due("task.report")
async def monthly(work: Work, due: Due) -> None:
    """One message a month for each topic, with what its owners reported; who reported nothing is told to the desk."""
    task = await tasks.get(work.tx, due.subject)
    if task.report_at is None or task.report_at > work.now:
        return  # told together with another task of its topic
    if task.topic_id is None or await find.is_private(work, task):
        await tasks.change(work.tx, task.id, report_at=None)
        return
    told = [await _take_turn(work, one) for one in await _in_turn(work, task.topic_id)]
    await _publish(work, task.topic_id, [turn for turn in told if turn.report])
    for turn in told:
        if turn.report is None:
            await _tell_silence(work, turn.task)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A task whose month is over, and the last report of that month."""

    task: Task
    report: TaskReport | None


async def _in_turn(work: Work, topic_id: int) -> list[Task]:
    return [
        task
        for task in await tasks.of_topic(work.tx, topic_id)
        if task.state is TaskState.OPEN and task.report_at is not None and task.report_at <= work.now
    ]


async def _take_turn(work: Work, task: Task) -> _Turn:
    assert task.report_at is not None
    reports = await tasks.reports_of(work.tx, task.id)
    since = _month_before(task)
    new = [report for report in reports if local_date(report.at, work.settings.zone) >= since]
    await tasks.change(work.tx, task.id, report_at=month_later(work.now, work.settings.zone))
    return _Turn(task, new[-1] if new else None)


def _month_before(task: Task) -> date:
    """The first day of the month that is over: 31 days before its end."""
    assert task.report_at is not None
    return date.fromordinal(task.report_at.date().toordinal() - 31)


async def _publish(work: Work, topic_id: int, turns: list[_Turn]) -> None:
    if not turns:
        return
    topic = await topics.get(work.tx, topic_id)
    community = await units.get(work.tx, topic.community_id)
    lines = "\n".join(_line(turn) for turn in turns)
    said = text("tasks.progress", topic=topic_label(topic), lines=lines)
    today = local_date(work.now, work.settings.zone)
    for place in await publication_groups(work, topic.id, community):
        work.say(place, said, once=f"topic:{topic.id}:progress:{today}:{place}")


def _line(turn: _Turn) -> str:
    task, report = turn.task, turn.report
    words = mask(report.text).strip("。；; ") if report else ""
    money = ""
    if task.budget is not None and task.spent is not None:
        spent, budget = ten_thousands(task.spent), ten_thousands(task.budget)
        money = text("tasks.progress_money", spent=spent, budget=budget)
    return text(
        "tasks.progress_line",
        text=text("tasks.progress_text", text=words) if words else "",
        percent=task.percent,
        money=money,
        due=text("tasks.progress_due", day=day(task.due_on)) if task.due_on else "",
    )


async def _tell_silence(work: Work, task: Task) -> None:
    month = local_date(work.now, work.settings.zone)
    values = {"label": label("task", task), "title": task.title}
    owner = await owner_name(work, task)
    await tell_office(work, task, text("tasks.silent_desk", owner=owner, **values), f"silent:{month}")
    await say_to_owner(
        work, task, text("tasks.silent_owner", number=task.number, **values), f"silent:{month}"
    )


async def _remind(work: Work, task: Task, due_on: date) -> None:
    days = (due_on - local_date(work.now, work.settings.zone)).days
    left = text("tasks.left_days", count=days) if days else text("tasks.left_today")
    values = {"label": label("task", task), "left": left, "day": day(due_on)}
    values |= {"title": task.title, "number": str(task.number)}
    once = f"remind:{due_on}:{days}"
    if await owner_address(work, task):
        ends = day_end(due_on, work.settings.zone)
        await say_to_owner(work, task, text("tasks.remind", **values), once, not_after=ends)
    else:
        owner = await owner_name(work, task)
        named = task.owner_id is not None or task.party
        words = (
            text("tasks.remind_owner", owner=owner, **values)
            if named
            else text("tasks.remind_nobody", **values)
        )
        await tell_office(work, task, words, once)


async def _escalate(work: Work, task: Task, due_on: date) -> None:
    values = {"label": label("task", task), "day": day(due_on), "title": task.title}
    said = text(
        "tasks.overdue",
        percent=task.percent,
        owner=await owner_name(work, task),
        number=task.number,
        **values,
    )
    await tell_office(work, task, said, f"overdue:{due_on}")
    to_owner = text("tasks.overdue_owner", number=task.number, **values)
    await say_to_owner(work, task, to_owner, f"overdue:{due_on}")
    await work.record(TaskOverdue(task.id))
    if task.step_id is not None and (await cases.step_of(work.tx, task.step_id)).left_at is None:
        note = text("tasks.overdue_note", label=label("task", task), day=day(due_on), percent=task.percent)
        await work.record(StageDecided(task.step_id, "overdue", note))
