"""完成 and 确认完成: an owner's word, and somebody else's."""

from handlers.events import StageDecided, TaskClosed, TaskReported
from handlers.labels import label
from handlers.refusals import Refusal
from handlers.routes import Routes, Where, press
from handlers.tasks import find
from handlers.tasks.rules import WHOLE
from handlers.tasks.telling import say_to_owner
from handlers.tasks.views import money_part, owner_name
from handlers.texts import text
from handlers.work import Work
from storage import cases, tasks
from storage.messages import Button, Card, Said
from storage.records import Role, Task, TaskReport, TaskState

routes = Routes()


@routes.press("task.done")
async def press_done(work: Work, arguments: tuple[str, ...]) -> None:
    """完成."""
    await _say_done(work, await find.pressed(work, arguments))


@routes.command("完成", "done", where=Where.STAFF | Where.PRIVATE)
async def say_done(work: Work, said: Said, rest: str) -> None:
    """`完成 任务3`; whoever has but one task need not say which."""
    task, _ = await find.own_or_mentioned(work, said, rest, "tasks.done_usage")
    await _say_done(work, task)


@routes.press("task.confirm")
async def press_confirm(work: Work, arguments: tuple[str, ...]) -> None:
    """确认完成."""
    await confirm(work, await find.pressed(work, arguments))


@routes.command("确认完成", "confirm", where=Where.STAFF | Where.PRIVATE)
async def say_confirm(work: Work, said: Said, rest: str) -> None:
    """`确认完成 任务3`."""
    task, _ = await find.mentioned(work, said, rest, "tasks.confirm_usage")
    await confirm(work, task)


@routes.press("task.redo")
async def press_redo(work: Work, arguments: tuple[str, ...]) -> None:
    """还没完成."""
    await redo(work, await find.pressed(work, arguments), "")


@routes.command("退回任务", where=Where.STAFF | Where.PRIVATE)
async def say_redo(work: Work, said: Said, rest: str) -> None:
    """`退回任务 3 差什么`."""
    task, reason = await find.mentioned(work, said, rest, "tasks.redo_usage")
    await redo(work, task, reason)


async def confirm(work: Work, task: Task) -> None:
    """Somebody who answers for the task, and is not its owner, says that it is done."""
    await find.require_manager(work, task, Role.SUPERVISOR)
    find.require_open(task)
    member = await work.someone()
    if member.id == task.owner_id and not await find.is_private(work, task):
        raise Refusal("tasks.confirm_own")
    await close(work, task)
    work.answer(text("tasks.confirmed", label=label("task", task)))


async def redo(work: Work, task: Task, reason: str) -> None:
    """What was reported done is not: the owner hears so."""
    await find.require_manager(work, task, Role.SUPERVISOR)
    find.require_open(task)
    said = text(
        "tasks.redone_owner",
        label=label("task", task),
        reason=text("tasks.redo_reason", reason=reason) if reason else "",
        number=task.number,
    )
    member = await work.someone()
    note = text("tasks.redo_note", reason=reason).strip()
    await tasks.report(work.tx, TaskReport(0, task.id, member.id, task.percent, task.spent, note, work.now))
    work.refresh(f"task:{task.id}")
    await say_to_owner(work, task, said, f"redo:{work.event.event_id}")
    work.answer(text("tasks.redone", label=label("task", task)))


async def close(work: Work, task: Task) -> None:
    """The task is done; with the last one of a stage, so is the stage."""
    await tasks.change(work.tx, task.id, state=TaskState.DONE, percent=WHOLE, remind_at=None, report_at=None)
    await work.record(TaskClosed(task.id, TaskState.DONE))
    work.refresh(f"task:{task.id}")
    said = text("tasks.confirmed_owner", label=label("task", task), title=task.title)
    await say_to_owner(work, task, said, "confirmed")
    if task.step_id is not None and await _completes(work, task.step_id):
        await work.record(StageDecided(task.step_id, "done"))


async def _completes(work: Work, step_id: int) -> bool:
    """Whether nothing that a stage waits for is left, and it still waits."""
    step = await cases.step_of(work.tx, step_id)
    waiting = [task for task in await tasks.of_step(work.tx, step_id) if task.state is TaskState.OPEN]
    return step.left_at is None and not waiting


async def _say_done(work: Work, task: Task) -> None:
    """The owner says so; the office is asked to look. Whoever answers for the task and looks at it confirms it."""
    find.require_open(task)
    await find.require_doer(work, task)
    member = await work.someone()
    if member.id != task.owner_id and await find.manages(work, task, Role.SUPERVISOR):
        await confirm(work, task)
        return
    if await find.is_private(work, task) and await find.manages(work, task):
        await confirm(work, task)
        return
    if await _asked_already(work, task):
        work.answer(text("tasks.done_asked"))
        return
    after = await tasks.change(work.tx, task.id, percent=WHOLE)
    await tasks.report(
        work.tx, TaskReport(0, task.id, member.id, WHOLE, task.spent, text("tasks.done_note"), work.now)
    )
    await work.record(TaskReported(task.id, WHOLE))
    work.refresh(f"task:{task.id}")
    await _ask_to_confirm(work, after)
    work.answer(text("tasks.done_asked"))


async def _asked_already(work: Work, task: Task) -> bool:
    """Whether the office was asked and has not answered yet: the owner's last word was that it is done."""
    reports = await tasks.reports_of(work.tx, task.id)
    return bool(reports) and reports[-1].percent == WHOLE and reports[-1].text == text("tasks.done_note")


async def _ask_to_confirm(work: Work, task: Task) -> None:
    words = text(
        "tasks.done_confirm",
        label=label("task", task),
        title=task.title,
        owner=await owner_name(work, task),
        money=money_part(task.budget, task.spent),
    )
    buttons = (
        Button(text("tasks.confirm_button"), press("task.confirm", task.id)),
        Button(text("tasks.redo_button"), press("task.redo", task.id)),
    )
    for address in await find.office(work, task):
        once = f"task:{task.id}:done:{work.event.event_id}:{address}"
        work.say(address, Card(words, (buttons,)), once=once)
