"""Moving and cancelling a meeting: everybody hears of it, and every reminder follows."""

from handlers.events import MeetingChanged
from handlers.intake.masking import mask
from handlers.labels import label, topic_label
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import require_caller
from handlers.meetings.reading import NOTE_LIMIT, Move
from handlers.meetings.rules import earliest_start
from handlers.meetings.telling import hearers, news
from handlers.meetings.views import after_text, heading, news_card, when_text
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import meetings, topics, waits
from storage.messages import Card
from storage.records import Meeting, MeetingState, Wait


async def move_meeting(work: Work, meeting: Meeting, move: Move) -> None:
    """Give a meeting another time or place. An answer given to another time is asked for again."""
    await _changeable(work, meeting)
    at = move.at or meeting.starts_at
    place = meeting.place if move.place is None else move.place
    if (at, place) == (meeting.starts_at, meeting.place):
        raise Refusal("meetings.nothing_moved", meeting=label("meeting", meeting))
    if at < meeting.starts_at:
        await _check_notice(work, meeting, move)
    short_notice = move.short_notice or meeting.short_notice
    await meetings.change(work.tx, meeting.id, starts_at=at, place=place, short_notice=short_notice)
    moved = await meetings.get(work.tx, meeting.id)
    if at != meeting.starts_at:
        await meetings.follow_start(work.tx, moved, work.now)
        await meetings.ask_again(work.tx, meeting.id)
    await _tell_moved(work, meeting, moved)
    await work.record(MeetingChanged(meeting.id, "moved"))


async def cancel_meeting(work: Work, meeting: Meeting, reason: str) -> None:
    """Call a meeting off; what it was to decide goes on waiting."""
    await _changeable(work, meeting)
    if not reason:
        raise Refusal("meetings.cancel_reason", meeting=label("meeting", meeting))
    reason = mask(reason[:NOTE_LIMIT])
    waiting = await _still_waiting(work, meeting)
    await meetings.change(work.tx, meeting.id, state=MeetingState.CANCELLED, reason=reason)
    await meetings.stop_reminders(work.tx, meeting.id)
    said = Card(text("meetings.cancelled", heading=heading(work, meeting), reason=reason))
    for address in (await hearers(work, meeting)).everywhere:
        news(work, meeting, address, said, f"meeting:{meeting.id}:cancelled:{address}")
    _refresh(work, meeting)
    names = [topic_label(await topics.get(work.tx, wait.topic_id)) for wait in waiting]
    still = text("meetings.still_waiting", topics="、".join(names)) if names else ""
    work.answer(text("meetings.you_cancelled", meeting=label("meeting", meeting)) + still)
    await work.record(MeetingChanged(meeting.id, "cancelled"))


async def _changeable(work: Work, meeting: Meeting) -> None:
    await require_caller(work, await work.community(), kind_of(meeting.body))
    if meeting.state is not MeetingState.CALLED:
        raise Refusal(
            "meetings.over", meeting=label("meeting", meeting), state=term("meeting_state", meeting.state)
        )
    if meeting.starts_at <= work.now:
        raise Refusal("meetings.begun", meeting=label("meeting", meeting))


async def _check_notice(work: Work, meeting: Meeting, move: Move) -> None:
    """An earlier time is a new notice to those called, and must come as early as any."""
    if move.short_notice or meeting.short_notice or move.at is None:
        return
    for wait in await _still_waiting(work, meeting):
        earliest = earliest_start(wait, work.now, work.settings.zone)
        if earliest and move.at < earliest:
            raise Refusal("meetings.moved_too_early", stage=wait.name, when=after_text(work, earliest))


async def _still_waiting(work: Work, meeting: Meeting) -> list[Wait]:
    items = await meetings.agenda_of(work.tx, meeting.id)
    found = [await waits.of_topic(work.tx, item.topic_id) for item in items]
    return [wait for wait in found if wait and wait.body == meeting.body]


async def _tell_moved(work: Work, before: Meeting, moved: Meeting) -> None:
    again = text("meetings.answer_again") if moved.starts_at != before.starts_at else ""
    urgent = text("meetings.short_notice_line", reason=moved.short_notice) if moved.short_notice else ""
    said = text(
        "meetings.moved",
        meeting=label("meeting", moved),
        was=when_text(work, before.starts_at),
        heading=heading(work, moved),
    )
    card = news_card(moved, said + urgent + again)
    told = await hearers(work, moved)
    for address in told.everywhere:
        news(work, moved, address, card, f"meeting:{moved.id}:moved:{work.now.isoformat()}:{address}")
    _refresh(work, moved)
    work.answer(text("meetings.you_moved", heading=heading(work, moved), alone=len(told.alone)))


def _refresh(work: Work, meeting: Meeting) -> None:
    work.refresh(f"meeting:{meeting.id}")
    work.refresh(f"summons:{meeting.id}")
