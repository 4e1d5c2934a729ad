"""送达: that the ballot reached an entry of the electorate, seen by the office or said by the person themselves."""

import re

from handlers.events import BallotServed
from handlers.keys import first_key
from handlers.permissions import TRIAGE, require
from handlers.polls.lookup import of_topic
from handlers.polls.naming import one_named
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import polls, services, units
from storage.messages import Said
from storage.records import Poll, PollState, Service

routes = Routes()
_BETWEEN = re.compile(r"[、,，;；]")


@routes.command("送达", "served")
async def write_down(work: Work, said: Said, rest: str) -> None:
    """`送达 议7 张三、李四 当面`: whom the ballot reached, and how that is known."""
    poll, words = await of_topic(work, said, rest)
    await require(work, await units.get(work.tx, poll.community_id), *TRIAGE)
    await _require_running(work, poll)
    names, _, how = words.strip().partition(" ")
    how = how.strip() or (text("polls.proxy_photo") if said.files else "")
    if not names or not how:
        raise Refusal("polls.served_usage")
    entries = [await _entry(work, poll, name) for name in _BETWEEN.split(names) if name]
    recorder = await work.someone()
    new = [entry for entry in dict.fromkeys(entries) if await _serve(work, poll, entry, how, recorder.id)]
    label, known = await poll_label(work, poll), len(entries) - len(new)
    before = text("polls.served_before", count=known) if known else ""
    work.answer(text("polls.served", poll=label, count=len(new), before=before))


@routes.press("poll.served")
async def acknowledge(work: Work, arguments: tuple[str, ...]) -> None:
    """已收到 on one's own copy of the card: whoever stands in the electorate says that the ballot is there."""
    key = first_key(arguments)
    poll = await polls.find(work.tx, key) if key is not None else None
    standing = await polls.standing(work.tx, poll.id, work.member.id) if poll and work.member else None
    if poll is None or standing is None or standing.entitled is None:
        raise Refusal("dispatch.stale_button")
    await _require_running(work, poll)
    await _serve(work, poll, standing.entitled, text("polls.served_by_oneself"), None)
    work.answer(text("polls.served_thanks", poll=await poll_label(work, poll)))


async def _serve(work: Work, poll: Poll, entry: int, how: str, recorder: int | None) -> bool:
    new = await services.add(work.tx, Service(poll.id, entry, how, recorder, work.now))
    if new:
        await work.record(BallotServed(poll.id, entry, how))
    return new


async def _entry(work: Work, poll: Poll, name: str) -> int:
    """The entry of the person named: what reaches one of several who share it has reached it."""
    member = await one_named(work, poll.community_id, name)
    standing = await polls.standing(work.tx, poll.id, member.id)
    if standing is None or standing.entitled is None:
        raise Refusal("polls.paper_not_on_roll", name=name)
    return standing.entitled


async def _require_running(work: Work, poll: Poll) -> None:
    if poll.state is not PollState.OPEN or work.now >= poll.closes_at:
        raise Refusal("polls.over", poll=await poll_label(work, poll))
