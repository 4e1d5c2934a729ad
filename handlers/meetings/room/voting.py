"""A vote in the room: only where there is a quorum, only on what stands on the agenda and may be decided here."""

import re
from dataclasses import dataclass, replace

from handlers.choices.results import public_lines
from handlers.events import ItemDecided, PollClosed, RoomVoteAsked, RoomVoteStopped
from handlers.labels import label
from handlers.matters.stored import grounds_of
from handlers.meetings.deciding import finish
from handlers.meetings.room.lookup import Point, require_host, running, tell_hosts
from handlers.meetings.room.meant import meant
from handlers.meetings.room.points import point_meant
from handlers.meetings.room.quorum import House, count_line, house, quorum_line
from handlers.meetings.rules import decides
from handlers.presence import present_at, runs_in
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import meaning, text
from handlers.words import narrow
from handlers.work import Work
from storage import meetings, polls, waits
from storage.messages import Said
from storage.records import Meeting, Wait

routes = Routes()
USUAL, LONGEST = 10, 180
"""Minutes of a vote in a room."""
_MINUTES = re.compile(r"(\d{1,3})\s*分钟?")
_REMOTE = re.compile(r"线上同计\s*(?:依据\s*[:：]?\s*(.*))?\Z", re.DOTALL)
_SECRECY = re.compile(r"无记名|记名")


@dataclass(frozen=True, slots=True)
class Ask:
    """How a vote is asked for: for how long, whether secret ("": as the stage has it), and on what ground people elsewhere count."""

    minutes: int
    secrecy: str
    remote_basis: str


def read_ask(words: str) -> Ask:
    """Read `10分钟 无记名 线上同计 依据 本社区议事规则第6条`. Refusal with an example."""
    remote = _REMOTE.search(words)
    if remote and not (remote[1] or "").strip():
        raise Refusal("room.remote_usage")
    head = narrow(words[: remote.start()] if remote else words)
    minutes, secrecy = _MINUTES.search(head), _SECRECY.search(head)
    left = _SECRECY.sub("", _MINUTES.sub("", head)).strip(" ,，。;；")
    length = int(minutes[1]) if minutes else USUAL
    if left or not 1 <= length <= LONGEST:
        raise Refusal("room.vote_usage", most=LONGEST)
    said = meaning("secrecy", secrecy[0]) if secrecy else None
    return Ask(length, said or "", remote[1].strip() if remote else "")


@routes.command("付表决", "roomvote")
async def put(work: Work, said: Said, rest: str) -> None:
    """`付表决 议7 10分钟 [无记名] [线上同计 依据 …]`, by the chair: those who are there vote on their phones."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    await require_host(work, meeting)
    point, left = await point_meant(work, meeting, left)
    ask = read_ask(left)
    wait = await _may_be_decided(work, meeting, point)
    found = await _require_quorum(work, meeting, point, ask)
    if ask.remote_basis:
        await meetings.change(work.tx, meeting.id, remote_basis=ask.remote_basis)
    await work.record(RoomVoteAsked(meeting.id, wait.topic_id, wait.step_id, ask.minutes, ask.secrecy))
    work.refresh(f"room:{meeting.id}")
    checked = count_line(found) + quorum_line(found)
    work.answer(text("room.put", item=point.label, checked=checked, minutes=ask.minutes))


@routes.command("停止表决", "stopvote")
async def stop(work: Work, said: Said, rest: str) -> None:
    """`停止表决 会3 议7`: at once when everybody there has voted; else `停止表决 会3 议7 确认`."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    await require_host(work, meeting)
    point, left = await point_meant(work, meeting, left)
    found = await polls.of_topic(work.tx, point.topic.id) if point.topic else []
    poll = next((one for one in found if runs_in(one, meeting)), None)
    if poll is None or point.topic is None:
        raise Refusal("room.no_vote_runs", item=point.label)
    silent = len(
        (await present_at(work.tx, meeting)) & {one.id for one in await polls.silent(work.tx, poll.id)}
    )
    if silent and "确认" not in left:
        raise Refusal("room.still_silent", item=point.label, count=silent, meeting=label("meeting", meeting))
    await work.record(RoomVoteStopped(meeting.id, point.topic.id))
    work.answer(text("room.stopped", item=point.label))


@routes.on(PollClosed)
async def settle(work: Work, event: PollClosed) -> None:
    """A vote of a room is over: its item has its outcome, with the sums under it."""
    poll = await polls.get(work.tx, event.poll_id)
    meeting_id = grounds_of(poll).meeting
    if not meeting_id or poll.topic_id is None:
        return
    meeting = await meetings.get(work.tx, meeting_id)
    row = next(
        (one for one in await meetings.agenda_of(work.tx, meeting.id) if one.topic_id == poll.topic_id), None
    )
    if row is None or row.outcome or row.note:
        return
    await meetings.settle(work.tx, row, event.outcome, "\n".join(public_lines(poll)))
    await work.record(ItemDecided(meeting.id, poll.topic_id, event.outcome))
    for noun in ("room", "meeting", "summons"):
        work.refresh(f"{noun}:{meeting.id}")
    left = await finish(work, meeting)
    await tell_hosts(
        work, meeting, text("room.voted", lines="\n".join(public_lines(poll))) + left, f"vote:{poll.id}"
    )


async def _may_be_decided(work: Work, meeting: Meeting, point: Point) -> Wait:
    if not point.is_open:
        raise Refusal("room.item_is_done", item=point.label)
    wait = await waits.of_topic(work.tx, point.topic.id) if point.topic else None
    if wait is None or not decides(wait, meeting):
        raise Refusal("room.only_talk", item=point.label)
    return wait


async def _require_quorum(work: Work, meeting: Meeting, point: Point, ask: Ask) -> House:
    """Refuse a vote of too few, with the numbers; people elsewhere count when the ground is cited now."""
    if ask.remote_basis and not meeting.remote_basis:
        meeting = replace(meeting, remote_basis=ask.remote_basis)
    found = await house(work, meeting, point)
    if not found.quorate:
        raise Refusal(
            "room.no_quorum",
            item=point.label,
            count=count_line(found),
            needed=max(found.needed, 1),
            missing=found.missing,
        )
    return found
