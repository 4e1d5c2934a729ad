"""Finding the task somebody means, in their own community, and whether they may deal with it."""

import re

from handlers.audience import desk, private_address, staff
from handlers.keys import first_key
from handlers.labels import label, read_mention
from handlers.permissions import DESK, holds, require
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import cards, tasks, units
from storage.messages import Address, Said
from storage.records import Role, Task, TaskState

_RECENT = 3
# 任务3 60%, 3 60% and 3号 name a task; 60% and 5万 are what is reported.
_NAMES_TASK = re.compile(r"\s*(?:任务|\d{1,6}\s*[号#]?(?:\s|$))")
_DOERS = (Role.PROPERTY, Role.RESPONDER)


async def mentioned(work: Work, said: Said, rest: str, usage: str) -> tuple[Task, str]:
    """The task a sentence names, or that the card replied to is about; and the words after it."""
    if (
        (replied := await replied_to(work, said))
        and not rest.strip()[:1].isdigit()
        and "任务" not in rest[:3]
    ):
        return replied, rest.strip()
    mention = read_mention(rest, usage)
    return await numbered(work, mention.number), mention.rest


async def replied_to(work: Work, said: Said) -> Task | None:
    """The task whose card somebody replies to."""
    if not said.reply_to:
        return None
    card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
    noun, _, key = card.subject.partition(":") if card else ("", "", "")
    return await tasks.find(work.tx, int(key)) if noun in ("task", "mine") else None


async def own_or_mentioned(work: Work, said: Said, rest: str, usage: str) -> tuple[Task, str]:
    """The task that is meant; whoever has but one need not say which."""
    if await replied_to(work, said) or _NAMES_TASK.match(rest) or work.member is None:
        return await mentioned(work, said, rest, usage)
    mine = await tasks.owned_by(work.tx, work.member.id)
    if len(mine) == 1:
        return mine[0], rest
    if mine:
        raise Refusal("tasks.report_whose", labels="、".join(label("task", task) for task in mine))
    raise Refusal("tasks.report_none")


async def numbered(work: Work, number: int) -> Task:
    """The task with this number that who acts may know of. Refusal that names the latest ones."""
    community = await work.community()
    found = await tasks.numbered(work.tx, community.id, number)
    if found and await may_see(work, found):
        return found
    latest = await tasks.latest(work.tx, community.id, tuple(TaskState), _RECENT)
    names = "、".join([label("task", task) for task in latest if await may_see(work, task)])
    hint = text("tasks.not_found_latest", labels=names) if names else ""
    raise Refusal("tasks.not_found", number=number, latest=hint)


async def pressed(work: Work, arguments: tuple[str, ...]) -> Task:
    """The task of a button. Refusal for one that is not there or not of this community."""
    key = first_key(arguments)
    found = await tasks.find(work.tx, key) if key else None
    if found is None or found.community_id != (await work.community()).id:
        raise Refusal("dispatch.stale_button")
    return found


async def is_private(work: Work, task: Task) -> bool:
    """Whether the task belongs to a matter of which nothing is told in groups."""
    return task.topic_id is not None and await kept_private(work, task.topic_id)


async def may_see(work: Work, task: Task) -> bool:
    """A public matter's task is everybody's to know; a private one is its owner's and the mediators'."""
    if not await is_private(work, task) or _owns(work, task):
        return True
    return await holds(work, await units.get(work.tx, task.community_id), Role.MEDIATOR)


async def require_manager(work: Work, task: Task, *more: Role) -> None:
    """Refuse whoever does not answer for tasks: the desk, of a private matter the mediators."""
    roles = (Role.MEDIATOR,) if await is_private(work, task) else (*DESK, *more)
    await require(work, await units.get(work.tx, task.community_id), *roles)


async def manages(work: Work, task: Task, *more: Role) -> bool:
    """Whether who acts answers for the task."""
    roles = (Role.MEDIATOR,) if await is_private(work, task) else (*DESK, *more)
    return await holds(work, await units.get(work.tx, task.community_id), *roles)


async def require_doer(work: Work, task: Task) -> None:
    """Refuse whoever neither owns the task nor answers for it."""
    if not await is_doer(work, task):
        raise Refusal("tasks.not_yours", label=label("task", task))


async def is_doer(work: Work, task: Task) -> bool:
    """Whether who acts owns the task or answers for it; a party's people stand for the party."""
    if _owns(work, task) or await manages(work, task, Role.SUPERVISOR):
        return True
    unit = await units.get(work.tx, task.community_id)
    return task.owner_id is None and bool(task.party) and await holds(work, unit, *_DOERS)


def require_open(task: Task) -> None:
    """Refuse what can only be done to an open task."""
    if task.state is not TaskState.OPEN:
        raise Refusal("tasks.over_already", label=label("task", task), state=term("task_state", task.state))


async def office(work: Work, task: Task) -> list[Address]:
    """Where those who answer for the task are told of it; a private matter goes to the mediators, each alone."""
    community = await units.get(work.tx, task.community_id)
    if not await is_private(work, task):
        return await desk(work, community)
    found = [await private_address(work, one.id) for one in await staff(work, community, Role.MEDIATOR)]
    return [address for address in found if address]


def _owns(work: Work, task: Task) -> bool:
    return work.member is not None and task.owner_id == work.member.id
