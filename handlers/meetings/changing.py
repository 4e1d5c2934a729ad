"""Moving and cancelling a meeting: everybody hears of it, and every reminder follows."""

from datetime import datetime, timedelta

from handlers.events import MeetingChanged
from handlers.intake.masking import mask
from handlers.labels import label, topic_label
from handlers.meetings.checking import Place, check_ahead, check_free, check_lawful_notice
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import require_caller
from handlers.meetings.planning import NOT_BEGUN
from handlers.meetings.reading import NOTE_LIMIT, Move
from handlers.meetings.rules import earliest_start
from handlers.meetings.telling import hearers, news
from handlers.meetings.views import after_text, heading, news_card, when_text
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import meetings, outbox, reminders, topics, waits
from storage.messages import Card
from storage.records import Meeting, MeetingState, Wait


async def move_meeting(work: Work, meeting: Meeting, move: Move) -> None:
    """Give a meeting another time or place. An answer given to another time is asked for again."""
    await _changeable(work, meeting)
    at = move.at or meeting.starts_at
    place = meeting.place if move.place is None else move.place
    if (at, place) == (meeting.starts_at, meeting.place):
        raise Refusal("meetings.nothing_moved", meeting=label("meeting", meeting))
    await _check(work, meeting, move, at, place)
    short_notice = move.short_notice or meeting.short_notice
    notice_at = meeting.notice_at and meeting.notice_at + (at - meeting.starts_at)
    columns = {"starts_at": at, "place": place, "short_notice": short_notice, "notice_at": notice_at}
    await meetings.change(work.tx, meeting.id, **columns)
    moved = await meetings.get(work.tx, meeting.id)
    if at != meeting.starts_at:
        await _forget_reminders_on_their_way(work, meeting)
        await reminders.follow_start(work.tx, moved, work.now)
        await meetings.ask_again(work.tx, meeting.id)
    await _tell_moved(work, meeting, moved)
    await work.record(MeetingChanged(meeting.id, "moved"))


async def _check(work: Work, meeting: Meeting, move: Move, at: datetime, place: str) -> None:
    check_ahead(work, at)
    if at < meeting.starts_at:
        await _check_notice(work, meeting, move)
    wanted = Place(meeting.body, at, meeting.length, place, move.anyway, but=meeting.id)
    await check_free(work, await work.community(), wanted)


async def cancel_meeting(work: Work, meeting: Meeting, reason: str) -> None:
    """Call a meeting off; what it was to decide goes on waiting."""
    await _changeable(work, meeting)
    if not reason:
        raise Refusal("meetings.cancel_reason", meeting=label("meeting", meeting))
    await _call_off(work, meeting, reason)


async def abandon_meeting(work: Work, meeting: Meeting, reason: str) -> None:
    """流会: the hour came and the meeting did not; what it was to decide goes on waiting."""
    await _standing(work, meeting)
    if work.now < meeting.starts_at:
        raise Refusal("meetings.abandon_early", meeting=label("meeting", meeting))
    if await _has_begun(work, meeting):
        raise Refusal("meetings.begun", meeting=label("meeting", meeting))
    await _call_off(work, meeting, reason or text("meetings.nobody_came"))


async def _forget_reminders_on_their_way(work: Work, meeting: Meeting) -> None:
    """A reminder that a platform has kept waiting would tell of a time that no longer is."""
    for reminder in await reminders.of_meeting(work.tx, meeting.id):
        await outbox.drop(work.tx, f"reminder:{reminder.id}:")


async def _call_off(work: Work, meeting: Meeting, reason: str) -> None:
    reason = mask(reason[:NOTE_LIMIT])
    waiting = await _still_waiting(work, meeting)
    await meetings.change(work.tx, meeting.id, state=MeetingState.CANCELLED, reason=reason)
    await _forget_reminders_on_their_way(work, meeting)
    await reminders.stop(work.tx, meeting.id)
    said = Card(text("meetings.cancelled", heading=heading(work, meeting), reason=reason))
    for address in (await hearers(work, meeting)).everywhere:
        news(work, meeting, address, said, f"meeting:{meeting.id}:cancelled:{address}")
    _refresh(work, meeting)
    names = [topic_label(await topics.get(work.tx, wait.topic_id)) for wait in waiting]
    still = text("meetings.still_waiting", topics="、".join(names)) if names else ""
    work.answer(text("meetings.you_cancelled", meeting=label("meeting", meeting)) + still)
    await work.record(MeetingChanged(meeting.id, "cancelled"))


async def _changeable(work: Work, meeting: Meeting) -> None:
    """Until the start, and again once it is plain that nobody opened the meeting."""
    await _standing(work, meeting)
    plain = meeting.starts_at + timedelta(minutes=-NOT_BEGUN)
    if meeting.starts_at <= work.now and (work.now < plain or await _has_begun(work, meeting)):
        raise Refusal("meetings.begun", meeting=label("meeting", meeting))


async def _standing(work: Work, meeting: Meeting) -> None:
    await require_caller(work, await work.community(), kind_of(meeting.body))
    if meeting.state is not MeetingState.CALLED:
        raise Refusal(
            "meetings.over", meeting=label("meeting", meeting), state=term("meeting_state", meeting.state)
        )


async def _has_begun(work: Work, meeting: Meeting) -> bool:
    """Whether the chair opened it, or anything came of it."""
    if meeting.begun_at is not None:
        return True
    items = await meetings.agenda_of(work.tx, meeting.id)
    return any(item.outcome or item.note for item in items)


async def _check_notice(work: Work, meeting: Meeting, move: Move) -> None:
    """An earlier time is a new notice to those called, and must come as early as any."""
    if move.at is None:
        return
    urgent = move.short_notice or meeting.short_notice
    check_lawful_notice(work, meeting.body, move.at, urgent)
    if urgent:
        return
    for wait in await _still_waiting(work, meeting):
        earliest = earliest_start(wait, work.now, work.settings.zone)
        if earliest and move.at < earliest:
            raise Refusal("meetings.moved_too_early", stage=wait.name, when=after_text(work, earliest))


async def _still_waiting(work: Work, meeting: Meeting) -> list[Wait]:
    items = await meetings.agenda_of(work.tx, meeting.id)
    found = [await waits.of_topic(work.tx, item.topic_id) for item in items if item.topic_id is not None]
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
    key = "meetings.you_moved_draft" if moved.notice_at else "meetings.you_moved"
    notice = when_text(work, moved.notice_at) if moved.notice_at else ""
    work.answer(text(key, heading=heading(work, moved), alone=len(told.alone), when=notice))


def _refresh(work: Work, meeting: Meeting) -> None:
    work.refresh(f"meeting:{meeting.id}")
    work.refresh(f"summons:{meeting.id}")
