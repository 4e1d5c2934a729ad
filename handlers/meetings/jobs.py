"""Reminders: before the meeting to those who may come, after it to whoever called it."""

from datetime import datetime

from handlers.labels import label, topic_label
from handlers.meetings.deciding import hold
from handlers.meetings.lookup import is_private
from handlers.meetings.rules import decides, rule_of
from handlers.meetings.stages import caller_addresses
from handlers.meetings.telling import Hearers, hearers, news
from handlers.meetings.views import heading, news_card
from handlers.moments import morning_after
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import meetings, topics, waits
from storage.messages import Address, Due
from storage.records import Meeting, MeetingState, Reminder, Reply, Topic

routes = Routes()


@routes.due("meeting.remind")
async def remind(work: Work, due: Due) -> None:
    """A reminder falls due. Once its meeting is over it means nothing; at night it waits for the morning."""
    reminder = await meetings.reminder(work.tx, due.subject)
    if reminder is None or reminder.at is None:
        return
    meeting = await meetings.get(work.tx, reminder.meeting_id)
    again = await _when_instead(work, meeting, reminder)
    await meetings.remind_at(work.tx, reminder.id, again)
    if again is not None or meeting.state is not MeetingState.CALLED:
        return
    if reminder.minutes <= 0:
        await _ask_for_outcomes(work, meeting, reminder)
    elif work.now < meeting.starts_at and not await _a_later_one_is_due(work, reminder):
        await _remind(work, meeting, reminder)


async def _when_instead(work: Work, meeting: Meeting, reminder: Reminder) -> datetime | None:
    """The morning, when it is night now and the morning is not too late. A row that waits follows a move."""
    morning = morning_after(work.now, work.settings)
    if morning is None or meeting.state is not MeetingState.CALLED:
        return None
    if reminder.minutes <= 0 or morning < meeting.starts_at:
        return morning
    return None


async def _a_later_one_is_due(work: Work, reminder: Reminder) -> bool:
    """After a standstill several may be due together: only the last of them is told."""
    others = await meetings.reminders_of(work.tx, reminder.meeting_id)
    return any(
        other.at is not None and 0 < other.minutes < reminder.minutes and other.at <= work.now
        for other in others
    )


async def _remind(work: Work, meeting: Meeting, reminder: Reminder) -> None:
    """Everybody who did not decline, alone; the group only for those of them who have no private chat."""
    if morning_after(work.now, work.settings):
        return
    told = await hearers(work, meeting, but=Reply.LEAVE)
    card = news_card(meeting, text("meetings.reminder", heading=heading(work, meeting)))
    for address in _reminded(told):
        once = f"reminder:{reminder.id}:{meeting.starts_at.isoformat()}:{address}"
        news(work, meeting, address, card, once)


def _reminded(told: Hearers) -> tuple[Address, ...]:
    return told.everywhere if told.unreached else told.alone


async def _ask_for_outcomes(work: Work, meeting: Meeting, reminder: Reminder) -> None:
    """Whoever called the meeting is asked what came of it; one without open items is simply over."""
    rows = await meetings.agenda_of(work.tx, meeting.id)
    still = [await topics.get(work.tx, row.topic_id) for row in rows if not (row.outcome or row.note)]
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
