"""开始 and 散会."""

from datetime import timedelta

from handlers.events import MeetingBegun, MeetingEnded
from handlers.labels import label, topic_label
from handlers.meetings.deciding import hold
from handlers.meetings.lookup import meeting_meant
from handlers.meetings.room.card import room_card
from handlers.meetings.room.codes import KEY_BYTES
from handlers.meetings.room.lookup import hosts, now_running, points, require_host, running
from handlers.meetings.room.meant import meant
from handlers.meetings.telling import group_address
from handlers.meetings.views import heading, when_text
from handlers.presence import runs_in
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import term, text
from handlers.work import Work
from storage import attendances, hands, meetings, polls
from storage.messages import Card, Said, Urgency
from storage.records import Meeting, MeetingState

routes = Routes()
EARLY = timedelta(hours=1)
"""So long before its time a meeting may be opened, for people to check in."""


@routes.command("开始", "begin")
async def begin(work: Work, said: Said, rest: str) -> None:
    """`开始 会3`, by whoever chairs, records or may call it: the rules are read out and people check in."""
    if not meant(work, said, rest):
        return
    meeting, _ = await meeting_meant(work, said, rest, "room.begin_usage")
    await _require_may_begin(work, meeting)
    key = meeting.code_key or work.house.random(KEY_BYTES).hex()
    await meetings.change(work.tx, meeting.id, begun_at=work.now, code_key=key)
    await work.record(MeetingBegun(meeting.id))
    work.refresh(f"meeting:{meeting.id}")
    await _read_out(work, meeting)
    card = await room_card(work, meeting.id)
    assert card is not None
    for address in await hosts(work, meeting):
        if address != work.event.chat:
            work.say(address, card, subject=f"room:{meeting.id}", urgency=Urgency.NOW)
    work.answer(card, subject=f"room:{meeting.id}")


@routes.command("散会", "adjourn")
async def adjourn(work: Work, said: Said, rest: str) -> None:
    """`散会 会3`: the check-in is closed; the meeting is held once everything of it is entered."""
    if not meant(work, said, rest) and not await _here(work):
        return
    meeting, _ = await running(work, rest)
    await require_host(work, meeting)
    await _require_no_vote(work, meeting)
    there = len([one for one in await attendances.of_meeting(work.tx, meeting.id) if one.left_at is None])
    await hands.lower_all(work.tx, meeting.id, work.now)
    await meetings.change(work.tx, meeting.id, ended_at=work.now)
    await work.record(MeetingEnded(meeting.id))
    for noun in ("room", "room_code", "meeting"):
        work.refresh(f"{noun}:{meeting.id}")
    still = [one for one in await points(work, meeting) if one.is_open]
    if not still:
        await hold(work, await meetings.get(work.tx, meeting.id))
    left = text("meetings.left", topics="、".join(one.label for one in still)) if still else ""
    work.answer(text("room.adjourned", meeting=label("meeting", meeting), count=there) + left)


async def _here(work: Work) -> bool:
    """Whether the group the word is said in is that of a meeting that runs."""
    group = work.group
    return group is not None and any(one.group_id == group.id for one in await now_running(work))


async def _require_may_begin(work: Work, meeting: Meeting) -> None:
    await require_host(work, meeting)
    named = label("meeting", meeting)
    if meeting.ended_at:
        raise Refusal("room.ended", meeting=named)
    if meeting.state is not MeetingState.CALLED:
        raise Refusal("meetings.over", meeting=named, state=term("meeting_state", meeting.state))
    if meeting.begun_at:
        raise Refusal("room.begun_before", meeting=named)
    if meeting.notice_at or work.now < meeting.starts_at - EARLY:
        raise Refusal("room.too_early", meeting=named, when=when_text(work, meeting.starts_at))


async def _require_no_vote(work: Work, meeting: Meeting) -> None:
    """Nobody goes home while a vote runs in the room."""
    for point in await points(work, meeting):
        found = await polls.of_topic(work.tx, point.topic.id) if point.topic and point.is_open else []
        if point.topic and any(runs_in(poll, meeting) for poll in found):
            raise Refusal("room.vote_runs", meeting=label("meeting", meeting), topic=topic_label(point.topic))


async def _read_out(work: Work, meeting: Meeting) -> None:
    """The rules of order, short enough to be read aloud; and how to check in."""
    if address := await group_address(work, meeting):
        said = text("room.begun", heading=heading(work, meeting), rules=text("room.rules"))
        once = f"meeting:{meeting.id}:begun:{address}"
        work.say(address, Card(said), subject=f"meeting_news:{meeting.id}", once=once, urgency=Urgency.NOW)
    else:
        work.answer(text("room.read_out", rules=text("room.rules")))
