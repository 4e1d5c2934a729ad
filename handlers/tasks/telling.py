"""Telling owners and those who answer for a task."""

from dataclasses import replace
from datetime import datetime

from handlers.audience import called, private_address
from handlers.labels import label
from handlers.tasks.find import office
from handlers.tasks.views import due_part, money_part, task_card
from handlers.texts import text
from handlers.work import Work
from storage.messages import Address, Button, Card
from storage.records import Task


async def tell_office(work: Work, task: Task, card: Card | str, once: str) -> None:
    """Say something to those who answer for the task, once in each place.

    A group rings for the owner who cannot be told alone.
    """
    shown = Card(card) if isinstance(card, str) else card
    owner = [task.owner_id] if task.owner_id and await owner_address(work, task) is None else []
    for address in await office(work, task):
        ringing = replace(shown, mentions=await called(work, address, owner))
        work.say(address, ringing, subject="", once=f"task:{task.id}:{once}:{address}")


async def ask_to_assign(work: Work, task: Task) -> None:
    """Show the office a new task and how to assign it."""
    card = await task_card(work, task)
    known = task.owner_id is not None and task.due_on is not None
    key = "tasks.assigned_hint" if known else "tasks.assign_hint"
    shown = Card(text(key, card=card.text, number=task.number), card.rows)
    for address in await office(work, task):
        work.say(address, shown, subject=f"task:{task.id}", once=f"task:{task.id}:opened:{address}")


async def tell_owner(work: Work, task: Task) -> bool:
    """Tell the owner what is theirs now; False when there is nobody to tell, or no way to."""
    address = await owner_address(work, task)
    if address is None:
        return False
    words = text(
        "tasks.yours",
        label=label("task", task),
        title=task.title,
        due=due_part(task.due_on),
        money=money_part(task.budget, task.spent),
        number=task.number,
    )
    card = Card(words, await _buttons(work, task))
    # A subject of its own: the owner's word stays as it was said while the desk's card changes.
    work.say(address, card, subject=f"mine:{task.id}", once=_once(work, task))
    return True


async def say_to_owner(
    work: Work, task: Task, words: str, once: str, *, not_after: datetime | None = None
) -> None:
    """Say something to the owner in private, once."""
    if address := await owner_address(work, task):
        work.say(address, words, once=f"task:{task.id}:{once}:{address}", not_after=not_after)


async def owner_address(work: Work, task: Task) -> Address | None:
    """Where the owner is written to alone."""
    return await private_address(work, task.owner_id) if task.owner_id else None


async def _buttons(work: Work, task: Task) -> tuple[tuple[Button, ...], ...]:
    return (await task_card(work, task)).rows


def _once(work: Work, task: Task) -> str:
    return f"task:{task.id}:owner:{task.owner_id}:{work.event.platform}:{work.event.event_id}"
