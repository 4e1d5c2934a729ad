"""任务: what is being done."""

from handlers.permissions import DESK, TRIAGE, holds
from handlers.rooms import in_public, require_closed_room
from handlers.routes import Routes, Where
from handlers.tasks import find
from handlers.tasks.views import list_line, public_text, task_card
from handlers.texts import text
from handlers.work import Work
from storage import tasks
from storage.messages import Said
from storage.records import Role, Task, TaskState

routes = Routes()
_LISTED = 15


@routes.command("任务", "tasks", where=Where.STAFF | Where.PRIVATE)
async def say_tasks(work: Work, said: Said, rest: str) -> None:
    """`任务` lists (staff all, others their own), `任务 3` shows one; who is responsible, only to staff and themselves."""
    if rest.strip():
        task, _ = await find.mentioned(work, said, rest, "tasks.usage")
        if in_public(work) or not await find.is_doer(work, task):
            work.answer(await public_text(work, task))
        else:
            work.answer(await task_card(work, task), subject=f"task:{task.id}")
        return
    require_closed_room(work)
    community = await work.community()
    if await holds(work, community, *DESK, *TRIAGE, Role.SUPERVISOR):
        found = await tasks.latest(work.tx, community.id, (TaskState.OPEN,), _LISTED)
        public = [task for task in found if not await find.is_private(work, task)]
        await _show(work, public, "tasks.list_head", "tasks.list_none")
        return
    mine = await tasks.owned_by(work.tx, work.member.id) if work.member else []
    await _show(work, mine, "tasks.list_mine", "tasks.list_none_mine")


async def _show(work: Work, found: list[Task], head: str, none: str) -> None:
    lines = [await list_line(work, task) for task in found]
    work.answer("\n".join([text(head), *lines]) if lines else text(none))
