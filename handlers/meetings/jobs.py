"""Moments of meetings: notices that go out, reminders before, and after the start what whoever called it must do."""

from datetime import datetime, timedelta

from handlers.audience import desk
from handlers.labels import label, topic_label
from handlers.meetings.agenda import open_topics
from handlers.meetings.announcing import announce
from handlers.meetings.checking import late_remark
from handlers.meetings.deciding import hold
from handlers.meetings.lookup import is_private
from handlers.meetings.reminding import remind_people
from handlers.meetings.rules import decides, rule_of
from handlers.meetings.stages import caller_addresses
from handlers.meetings.turnout import warn_of_turnout
from handlers.meetings.views import heading
from handlers.moments import morning_after
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import meetings, reminders, units, waits
from storage.messages import Due, Urgency
from storage.records import Meeting, MeetingState, Reminder, ReminderKind, Topic

routes = Routes()
_WAITS_FOR_CHAIR = timedelta(hours=2)
_AGAIN = timedelta(days=1)


@routes.due("meeting.notice")
async def send_notice(work: Work, due: Due) -> None:
    """The notice of a prepared meeting goes out. What stands against it is told to whoever called it, and tried again.

    One whose start has come before anybody could be called is called off.
    """
    meeting = await meetings.get(work.tx, due.subject)
    if meeting.state is not MeetingState.CALLED or meeting.notice_at is None:
        return
    if meeting.starts_at <= work.now:
        await _never_announced(work, meeting)
        return
    try:
        lines = [await announce(work, meeting), *late_remark(work, meeting.body, meeting.starts_at)]
        said = "\n".join(lines)
    except Refusal as refusal:
        again = min(work.now + _AGAIN, meeting.starts_at)
        await meetings.change(work.tx, meeting.id, notice_at=again)
        why = text(refusal.key, **refusal.values)
        said = text("meetings.not_announced", meeting=label("meeting", meeting), why=why)
    await _tell_caller(work, meeting, said, f"notice:{work.now.isoformat()}")


@routes.due("meeting.remind")
async def remind(work: Work, due: Due) -> None:
    """A reminder falls due. Once its meeting is over it means nothing; at night it waits for the morning."""
    reminder = await reminders.get(work.tx, due.subject)
    if reminder is None or reminder.at is None:
        return
    meeting = await meetings.get(work.tx, reminder.meeting_id)
    again = await _when_instead(work, meeting, reminder)
    await reminders.remind_at(work.tx, reminder.id, again)
    if again is not None or meeting.state is not MeetingState.CALLED:
        return
    match reminder.kind:
        case ReminderKind.OUTCOMES:
            await _ask_for_outcomes(work, meeting, reminder)
        case ReminderKind.BEGIN:
            await _ask_to_begin(work, meeting)
        case _ if work.now >= meeting.starts_at or morning_after(work.now, work.settings):
            return
        case ReminderKind.QUORUM:
            await warn_of_turnout(work, meeting)
        case _:
            await remind_people(work, meeting, reminder)


async def _when_instead(work: Work, meeting: Meeting, reminder: Reminder) -> datetime | None:
    """The morning, when it is night now and the morning is not too late. A row that waits follows a move."""
    morning = morning_after(work.now, work.settings)
    if morning is None or meeting.state is not MeetingState.CALLED or reminder.kind is ReminderKind.BEGIN:
        return None
    if reminder.kind is ReminderKind.OUTCOMES or morning < meeting.starts_at:
        return morning
    return None


async def _ask_to_begin(work: Work, meeting: Meeting) -> None:
    """The hour has come and nobody opened the meeting: whoever called it and the office are asked what to do."""
    items = await meetings.agenda_of(work.tx, meeting.id)
    if meeting.begun_at or any(item.outcome or item.note for item in items):
        return
    if work.now - meeting.starts_at > _WAITS_FOR_CHAIR:
        return
    said = text("meetings.not_opened", heading=heading(work, meeting), meeting=label("meeting", meeting))
    private = await is_private(work, meeting)
    hears = await caller_addresses(work, meeting, private=private)
    if not private:
        hears += await desk(work, await units.get(work.tx, meeting.community_id))
    for address in dict.fromkeys(hears):
        once = f"meeting:{meeting.id}:begin:{meeting.starts_at.isoformat()}:{address}"
        # A meeting late at night is asked about while its people sit there, not in the morning.
        work.say(address, said, subject=f"meeting_news:{meeting.id}", once=once, urgency=Urgency.ANSWER)


async def _ask_for_outcomes(work: Work, meeting: Meeting, reminder: Reminder) -> None:
    """Whoever called the meeting is asked what came of it; one without open items is simply over."""
    still = [topic for _, topic in await open_topics(work, meeting)]
    if not still:
        await hold(work, meeting)
        return
    lines = [await _line(work, meeting, topic) for topic in still]
    said = text("meetings.enter_outcomes", heading=heading(work, meeting), lines="\n".join(lines))
    for address in await caller_addresses(work, meeting, private=await is_private(work, meeting)):
        once = f"reminder:{reminder.id}:{meeting.starts_at.isoformat()}:{address}"
        work.say(address, said, subject=f"meeting_news:{meeting.id}", once=once)


async def _line(work: Work, meeting: Meeting, topic: Topic) -> str:
    """What to type for this item: with numbers where a rule asks for them."""
    wait = await waits.of_topic(work.tx, topic.id)
    key = "meetings.line_talk"
    if wait and decides(wait, meeting):
        key = "meetings.line_counted" if rule_of(wait) else "meetings.line_plain"
    return text(key, meeting=label("meeting", meeting), topic=topic_label(topic))


async def _never_announced(work: Work, meeting: Meeting) -> None:
    reason = text("meetings.never_announced")
    await meetings.change(work.tx, meeting.id, state=MeetingState.CANCELLED, reason=reason, notice_at=None)
    said = text("meetings.missed", heading=heading(work, meeting), reason=reason)
    await _tell_caller(work, meeting, said, "missed")


async def _tell_caller(work: Work, meeting: Meeting, said: str, about: str) -> None:
    for address in await caller_addresses(work, meeting, private=await is_private(work, meeting)):
        once = f"meeting:{meeting.id}:{about}:{address}"
        work.say(address, said, subject=f"meeting_news:{meeting.id}", once=once)
