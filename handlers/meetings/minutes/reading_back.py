"""Reading back: everybody who promised something is shown it, and says whether it is so."""

import json
from collections.abc import Sequence

from handlers.audience import desk, private_address
from handlers.events import PromiseReadBack
from handlers.labels import label
from handlers.meetings.lookup import is_private
from handlers.meetings.minutes.gathering import chair_of
from handlers.meetings.minutes.people import require_keeper
from handlers.meetings.minutes.versions import as_it_stands
from handlers.meetings.minutes.views import tell_here
from handlers.moments import local_date
from handlers.papers.kept_minutes import Promised, parse_minutes
from handlers.refusals import Refusal
from handlers.routes import press
from handlers.texts import text
from handlers.work import Work
from storage import journal, minutes, tasks, units
from storage.messages import Address, Button, Card, Urgency
from storage.records import Meeting, Minutes, MinutesState


async def read_back(work: Work, meeting: Meeting) -> None:
    """Ask everybody who has not said yet that their promise is right; tell who asks whom nobody can reach."""
    await require_keeper(work, meeting)
    version = await as_it_stands(work, meeting)
    name = label("meeting", meeting)
    promises = parse_minutes(version.body).promises
    if not promises:
        raise Refusal("minutes.no_promises", meeting=name)
    open_ones = await unconfirmed(work, meeting, promises)
    if not open_ones:
        raise Refusal("minutes.all_confirmed", meeting=name)
    if version.state is MinutesState.DRAFT:
        await minutes.change(work.tx, version.id, state=MinutesState.READ_BACK)
    missed = [promise for promise in open_ones if not await _ask(work, meeting, version, promise)]
    lines = [text("minutes.sent", meeting=name, sent=len(open_ones) - len(missed), of=len(promises))]
    lines += [await _by_word(work, meeting, promise) for promise in missed]
    tell_here(work, Card("\n".join(lines)))


async def unconfirmed(work: Work, meeting: Meeting, promises: Sequence[Promised]) -> list[Promised]:
    """The promises that nobody has said to be right, in these very words."""
    said: dict[int, str] = {}
    for entry in await journal.of(work.tx, f"meeting:{meeting.id}"):
        if entry.event == PromiseReadBack.__name__:
            detail = json.loads(entry.detail)
            said[int(detail["task_id"])] = str(detail["said"])
    return [promise for promise in promises if said.get(promise.task_id) != promise.said]


async def confirm(work: Work, version: Minutes, meeting: Meeting, task_id: int) -> None:
    """Whoever promised says that it is so."""
    promise = await _standing(work, meeting, version, task_id)
    if work.member is None or promise.owner_id != work.member.id:
        raise Refusal("minutes.not_yours")
    await _confirm(work, meeting, promise, "self")


async def confirm_for(work: Work, meeting: Meeting, task_number: int) -> None:
    """The office heard it from whoever promised, who has no chat with us."""
    await require_keeper(work, meeting)
    version = await minutes.latest(work.tx, meeting.id)
    task = await tasks.numbered(work.tx, meeting.community_id, task_number)
    if version is None or task is None:
        raise Refusal("minutes.no_such_promise", number=task_number)
    if work.member and task.owner_id != work.member.id and await private_address(work, task.owner_id or 0):
        raise Refusal("minutes.ask_themselves")
    await _confirm(work, meeting, await _standing(work, meeting, version, task.id), "desk")


async def _standing(work: Work, meeting: Meeting, version: Minutes, task_id: int) -> Promised:
    """The promise as the newest version has it. Refusal where it says something else by now."""
    last = await minutes.latest(work.tx, meeting.id)
    assert last is not None
    shown = {one.task_id: one for one in parse_minutes(version.body).promises}.get(task_id)
    now = {one.task_id: one for one in parse_minutes(last.body).promises}.get(task_id)
    if now is None or shown != now:
        raise Refusal("minutes.promise_changed", meeting=label("meeting", meeting))
    return now


async def _confirm(work: Work, meeting: Meeting, promise: Promised, how: str) -> None:
    last = await minutes.latest(work.tx, meeting.id)
    assert last is not None
    left = await unconfirmed(work, meeting, parse_minutes(last.body).promises)
    work.answer(text("minutes.confirmed", said=promise.said))
    if promise not in left:
        return
    if len(left) == 1:
        await _tell_chair(work, meeting, last)
    await work.record(PromiseReadBack(meeting.id, promise.task_id, promise.said, how))


async def _tell_chair(work: Work, meeting: Meeting, version: Minutes) -> None:
    said = text("minutes.all_right", meeting=label("meeting", meeting))
    for address in await chair_addresses(work, meeting):
        work.say(address, said, once=f"minutes:{version.id}:all_right:{address}")


async def chair_addresses(work: Work, meeting: Meeting) -> list[Address]:
    """Where who presides is told something; the office where they have no private chat, and of a private meeting nobody."""
    chair = chair_of(meeting)
    if chair and (address := await private_address(work, chair)):
        return [address]
    if await is_private(work, meeting):
        return []
    return await desk(work, await units.get(work.tx, meeting.community_id))


async def _ask(work: Work, meeting: Meeting, version: Minutes, promise: Promised) -> bool:
    """Whether somebody could be asked."""
    address = await private_address(work, promise.owner_id) if promise.owner_id else None
    if address is None:
        return False
    said = text("minutes.is_it_so", meeting=label("meeting", meeting), name=meeting.name, said=promise.said)
    buttons = (
        Button(text("minutes.true_button"), press("minutes.true", version.id, promise.task_id)),
        Button(text("minutes.wrong_button"), press("minutes.wrong", version.id, promise.task_id)),
    )
    today = local_date(work.now, work.settings.zone)
    once = f"minutes:{version.id}:promise:{promise.task_id}:{today}:{address}"
    work.say(address, Card(said, (buttons,)), once=once, urgency=Urgency.NOTICE)
    return True


async def _by_word(work: Work, meeting: Meeting, promise: Promised) -> str:
    task = await tasks.get(work.tx, promise.task_id)
    return text(
        "minutes.by_word" if promise.owner_id else "minutes.without_owner",
        name=promise.owner or text("minutes.nobody"),
        said=promise.said,
        meeting=label("meeting", meeting),
        task=label("task", task),
    )
