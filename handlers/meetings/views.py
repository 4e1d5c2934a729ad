"""The cards of a meeting."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.labels import label, topic_label
from handlers.meetings.rules import decides, least_present, roll_of, rule_of
from handlers.moments import moment
from handlers.routes import Routes, press
from handlers.texts import term, text
from handlers.work import Work
from storage import meetings, topics, waits
from storage.messages import Button, Card
from storage.records import AgendaItem, Invitation, Meeting, MeetingState, Reply

routes = Routes()


@routes.card("meeting")
async def meeting_card(work: Work, meeting_id: int) -> Card | None:
    """The card of the group: time, place, agenda, and how many have answered."""
    meeting = await meetings.find(work.tx, meeting_id)
    if meeting is None:
        return None
    lines = [*await _head(work, meeting), await replies_line(work, meeting)]
    return Card("\n".join(line for line in lines if line), _buttons(meeting))


@routes.card("summons")
async def summons_card(work: Work, meeting_id: int) -> Card | None:
    """The card of somebody who is called, in private: the same without the counts."""
    meeting = await meetings.find(work.tx, meeting_id)
    if meeting is None:
        return None
    asked = text("meetings.please_answer") if meeting.state is MeetingState.CALLED else ""
    lines = [*await _head(work, meeting), asked]
    return Card("\n".join(line for line in lines if line), _buttons(meeting))


def news_card(meeting: Meeting, said: str) -> Card:
    """A message about a meeting that can still be answered."""
    return Card(said, _buttons(meeting))


def heading(work: Work, meeting: Meeting) -> str:
    """会2 党员群众代表会 · 11月28日（周六）19:00 · 议事厅."""
    return text(
        "meetings.heading",
        meeting=label("meeting", meeting),
        name=meeting.name,
        when=when_text(work, meeting.starts_at),
        place=meeting.place or text("meetings.place_open"),
    )


def when_text(work: Work, at: datetime) -> str:
    """The moment with its weekday, and with its year when that is another than this one."""
    zone = work.settings.zone
    year = at.astimezone(zone).year
    shown = moment(at, zone)
    return shown if year == work.now.astimezone(zone).year else text("meetings.year", year=year, when=shown)


def after_text(work: Work, limit: datetime) -> str:
    """The first moment after a period: a plain day when the period ends with a day."""
    first = limit + timedelta(seconds=1)
    local = first.astimezone(work.settings.zone)
    shown = when_text(work, first)
    return shown.removesuffix("00:00") if (local.hour, local.minute) == (0, 0) else shown


async def listed(work: Work, meeting: Meeting) -> str:
    """A meeting in one line."""
    items = await meetings.agenda_of(work.tx, meeting.id)
    names = [topic_label(await topics.get(work.tx, item.topic_id)) for item in items]
    about = text("meetings.about", topics="、".join(names)) if names else ""
    return text("meetings.listed", heading=heading(work, meeting), about=about)


async def replies_line(work: Work, meeting: Meeting) -> str:
    """已回 18 / 36（参加 15，请假 3），到会须 24; nothing once it is over."""
    if meeting.state is not MeetingState.CALLED:
        return ""
    invited = await meetings.invited(work.tx, meeting.id)
    coming, leave = _count(invited, Reply.COMING), _count(invited, Reply.LEAVE)
    line = text("meetings.replies", replied=coming + leave, roll=len(invited), coming=coming, leave=leave)
    needed = await quorum(work, meeting, len(invited))
    return line + (text("meetings.quorum", needed=needed) if needed else "")


async def quorum(work: Work, meeting: Meeting, invited: int) -> int:
    """How many must come so that every item can be decided; 0 when no rule says."""
    roll = roll_of(meeting.body, invited)
    found = [0]
    for item in await meetings.agenda_of(work.tx, meeting.id):
        wait = await waits.of_topic(work.tx, item.topic_id)
        if wait and decides(wait, meeting) and (rule := rule_of(wait)):
            found.append(least_present(rule, roll))
    return max(found)


async def _head(work: Work, meeting: Meeting) -> list[str]:
    items = await meetings.agenda_of(work.tx, meeting.id)
    lines = [text("meetings.card", heading=heading(work, meeting))]
    lines += [await _item(work, meeting, index, item) for index, item in enumerate(items, start=1)]
    if not items:
        lines.append(text("meetings.no_agenda"))
    if meeting.short_notice:
        lines.append(text("meetings.short_notice", reason=meeting.short_notice))
    if meeting.state is MeetingState.CANCELLED:
        lines.append(text("meetings.is_cancelled", reason=meeting.reason))
    if meeting.state is MeetingState.HELD:
        lines.append(text("meetings.is_held"))
    return lines


async def _item(work: Work, meeting: Meeting, index: int, item: AgendaItem) -> str:
    topic = await topics.get(work.tx, item.topic_id)
    wait = await waits.of_topic(work.tx, topic.id)
    mark = ""
    if item.outcome:
        mark = text("meetings.item_outcome", outcome=term("outcome", item.outcome))
    elif item.note:
        mark = text("meetings.item_discussed")
    elif not decides(wait, meeting):
        mark = text("meetings.item_talk")
    return text("meetings.item", index=index, topic=topic_label(topic), title=topic.title, mark=mark)


def _buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    if meeting.state is not MeetingState.CALLED:
        return ()
    coming = Button(term("reply", Reply.COMING), press("meeting.coming", meeting.id))
    leave = Button(term("reply", Reply.LEAVE), press("meeting.leave", meeting.id))
    return ((coming, leave),)


def _count(invited: Sequence[Invitation], reply: Reply) -> int:
    return sum(one.reply is reply for one in invited)


async def leave_lines(work: Work, meeting: Meeting) -> list[str]:
    """Who is on leave and why, for the office alone."""
    people = {member.id: member for member in await meetings.people(work.tx, meeting.id)}
    return [
        text(
            "meetings.on_leave",
            name=people[one.member_id].name,
            reason=one.reason or text("meetings.no_reason"),
        )
        for one in await meetings.invited(work.tx, meeting.id)
        if one.reply is Reply.LEAVE
    ]
