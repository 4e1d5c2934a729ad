"""进展: owners say how far it is."""

from handlers.events import TaskReported
from handlers.labels import label
from handlers.money import ten_thousands
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.tasks import find
from handlers.tasks.rules import WHOLE, Progress, read_progress
from handlers.tasks.telling import tell_office
from handlers.tasks.views import money_part
from handlers.texts import text
from handlers.work import Work
from storage import issues, tasks
from storage.messages import Said
from storage.records import Attachment, Task, TaskReport

routes = Routes()


@routes.command("进展", "progress", where=Where.STAFF | Where.PRIVATE)
async def say_progress(work: Work, said: Said, rest: str) -> None:
    """`进展 任务3 60% 已付5万 …` with photos; the number may be left out by whoever has but one task."""
    task, words = await find.own_or_mentioned(work, said, rest, "tasks.report_usage")
    await find.require_doer(work, task)
    find.require_open(task)
    progress = read_progress(words)
    counted = progress.percent is not None or progress.spent is not None or bool(said.files)
    # In a group 进展 怎么样 is talk, unless it names the task or answers its card.
    talk = words == rest and not work.event.private and not said.reply_to
    if not counted and (talk or not progress.text):
        raise Refusal("tasks.report_usage")
    after = await _write_down(work, task, progress, said)
    work.refresh(f"task:{task.id}")
    await work.record(TaskReported(task.id, after.percent))
    await _warn_of_overspending(work, task, after)
    work.answer(_confirmation(after, len(said.files)))


async def _write_down(work: Work, task: Task, progress: Progress, said: Said) -> Task:
    member = await work.someone()
    percent = task.percent if progress.percent is None else progress.percent
    spent = task.spent if progress.spent is None else progress.spent
    made = TaskReport(0, task.id, member.id, percent, spent, progress.text, work.now)
    report_id = await tasks.report(work.tx, made)
    for file in said.files:
        attachment = Attachment(0, f"report:{report_id}", work.event.platform, file.kind, file.ref, file.name)
        await issues.attach(work.tx, attachment)
    return await tasks.change(work.tx, task.id, percent=percent, spent=spent)


async def _warn_of_overspending(work: Work, before: Task, after: Task) -> None:
    if not _overspent(after) or before.spent == after.spent:
        return
    assert after.spent is not None
    assert after.budget is not None
    said = text(
        "tasks.over_budget_desk",
        label=label("task", after),
        spent=ten_thousands(after.spent),
        budget=ten_thousands(after.budget),
    )
    await tell_office(work, after, said, f"overspent:{after.spent}")


def _overspent(task: Task) -> bool:
    return task.spent is not None and task.budget is not None and task.spent > task.budget


def _confirmation(task: Task, photos: int) -> str:
    said = text(
        "tasks.reported",
        label=label("task", task),
        percent=task.percent,
        money=money_part(task.budget, task.spent),
        photos=text("tasks.reported_photos", count=photos) if photos else "",
    )
    if task.budget is not None and _overspent(task):
        said = text("tasks.over_budget", said=said, budget=ten_thousands(task.budget))
    return text("tasks.reported_whole", said=said, number=task.number) if task.percent == WHOLE else said
