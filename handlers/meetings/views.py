"""The cards of a meeting."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

from handlers.events import AgendaExtended
from handlers.labels import label, topic_label
from handlers.meetings.rules import decides, least_present, roll_of, rule_of
from handlers.moments import moment
from handlers.recurring.least import notice_needed
from handlers.routes import Routes, press
from handlers.texts import term, text
from handlers.work import Work
from storage import journal, meetings, members, topics, waits
from storage.messages import Button, Card, File, FileKind
from storage.records import AgendaItem, Invitation, Meeting, MeetingState, Reply, Topic

routes = Routes()


class Seen(Enum):
    """Who looks at a card: a group, or somebody who is called."""

    GROUP = "group"
    CALLED = "called"


@routes.card("meeting")
async def meeting_card(work: Work, meeting_id: int) -> Card | None:
    """The card of the group: time, place, agenda without what is internal, and how many have answered."""
    meeting = await meetings.find(work.tx, meeting_id)
    if meeting is None:
        return None
    lines = [*await _head(work, meeting, Seen.GROUP), await replies_line(work, meeting)]
    return Card("\n".join(line for line in lines if line), _buttons(meeting))


@routes.card("summons")
async def summons_card(work: Work, meeting_id: int) -> Card | None:
    """The card of somebody who is called, in private: everything but the counts, and a file for their calendar."""
    meeting = await meetings.find(work.tx, meeting_id)
    if meeting is None:
        return None
    asked = text("meetings.please_answer") if meeting.state is MeetingState.CALLED else ""
    lines = [*await _head(work, meeting, Seen.CALLED), asked]
    entry = File(FileKind.DOCUMENT, f"made:ics:{meeting.id}", f"{label('meeting', meeting)}.ics")
    return Card("\n".join(line for line in lines if line), _buttons(meeting), (entry,))


async def draft_text(work: Work, meeting: Meeting) -> str:
    """A meeting as it stands before anybody is called, or as the office sees it."""
    return "\n".join(await _head(work, meeting, Seen.CALLED))


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
    names = [
        topic_label(await topics.get(work.tx, item.topic_id)) for item in items if item.topic_id is not None
    ]
    about = text("meetings.about", topics="、".join(names)) if names else ""
    draft = text("meetings.draft_mark", when=when_text(work, meeting.notice_at)) if meeting.notice_at else ""
    return text("meetings.listed", heading=heading(work, meeting), about=about) + draft


async def replies_line(work: Work, meeting: Meeting) -> str:
    """已回 18 / 36（参加 15，请假 3），到会须 24，还差 9 人; nothing before anybody is called or once it is over."""
    if meeting.state is not MeetingState.CALLED or meeting.notice_at is not None:
        return ""
    invited = await meetings.invited(work.tx, meeting.id)
    counts = {reply: sum(one.reply is reply for one in invited) for reply in Reply}
    online = text("meetings.replies_online", online=counts[Reply.ONLINE]) if meeting.link else ""
    line = text(
        "meetings.replies",
        replied=len(invited) - counts[Reply.NONE],
        roll=len(invited),
        coming=counts[Reply.COMING],
        online=online,
        leave=counts[Reply.LEAVE],
    )
    needed = await quorum(work, meeting, len(invited))
    if not needed:
        return line
    missing = needed - expected(meeting, invited)
    short = text("meetings.short_of", missing=missing) if missing > 0 else text("meetings.enough")
    return line + text("meetings.quorum", needed=needed) + short


def expected(meeting: Meeting, invited: Sequence[Invitation]) -> int:
    """How many said they will be there; those elsewhere only where a rule lets them count."""
    counted = {Reply.COMING, Reply.ONLINE} if meeting.remote_basis else {Reply.COMING}
    return sum(one.reply in counted for one in invited)


async def quorum(work: Work, meeting: Meeting, invited: int) -> int:
    """How many must come so that every item can be decided; 0 when no rule says."""
    roll = roll_of(meeting.body, invited)
    found = [0]
    for item in await meetings.agenda_of(work.tx, meeting.id):
        if item.topic_id is None:
            continue
        wait = await waits.of_topic(work.tx, item.topic_id)
        if wait and decides(wait, meeting) and (rule := rule_of(wait)):
            found.append(least_present(rule, roll))
    return max(found)


async def _head(work: Work, meeting: Meeting, seen: Seen) -> list[str]:
    lines = [text("meetings.card", heading=heading(work, meeting)), *await _agenda(work, meeting, seen)]
    lines += await _besides(work, meeting, seen)
    if meeting.notice_at is not None:
        lines.append(text("meetings.is_draft", when=when_text(work, meeting.notice_at)))
    if meeting.short_notice:
        lines.append(text("meetings.short_notice", reason=meeting.short_notice) + exception(meeting.body))
    if meeting.state is MeetingState.CANCELLED:
        lines.append(text("meetings.is_cancelled", reason=meeting.reason))
    if meeting.state is MeetingState.HELD:
        lines.append(text("meetings.is_held"))
    return lines


async def _agenda(work: Work, meeting: Meeting, seen: Seen) -> list[str]:
    """Every item under its number; a group is told only how many internal ones there are."""
    items = await meetings.agenda_of(work.tx, meeting.id)
    if not items:
        return [text("meetings.no_agenda")]
    shown = [item for item in items if seen is Seen.CALLED or not item.internal]
    added = await _bases(work, meeting)
    lines = [await _item(work, meeting, item, added.get(item.position, "")) for item in shown]
    hidden = len(items) - len(shown)
    return [*lines, text("meetings.internal_items", count=hidden)] if hidden else lines


async def _bases(work: Work, meeting: Meeting) -> dict[int, str]:
    """For the items added after the notice, under which rule."""
    found = {}
    for entry in await journal.of(work.tx, f"meeting:{meeting.id}"):
        if entry.event == AgendaExtended.__name__:
            detail = json.loads(entry.detail)
            found[int(detail["position"])] = str(detail["basis"])
    return found


async def _item(work: Work, meeting: Meeting, item: AgendaItem, basis: str) -> str:
    length = text("meetings.item_minutes", count=item.minutes) if item.minutes else ""
    internal = text("meetings.item_internal") if item.internal else ""
    added = text("meetings.item_added", basis=basis) if basis else ""
    after = length + internal + added
    if item.topic_id is None:
        return text("meetings.item_other", index=item.position, title=item.title, mark=after)
    topic = await topics.get(work.tx, item.topic_id)
    mark = await _mark(work, meeting, item, topic)
    return text(
        "meetings.item", index=item.position, topic=topic_label(topic), title=topic.title, mark=after + mark
    )


async def _mark(work: Work, meeting: Meeting, item: AgendaItem, topic: Topic) -> str:
    if item.outcome:
        return text("meetings.item_outcome", outcome=term("outcome", item.outcome))
    if item.note:
        return text("meetings.item_discussed")
    wait = await waits.of_topic(work.tx, topic.id)
    return "" if decides(wait, meeting) else text("meetings.item_talk")


async def _besides(work: Work, meeting: Meeting, seen: Seen) -> list[str]:
    """How long, who chairs and records, where people elsewhere attend; names and the link only for those called."""
    lines = [text("meetings.length", minutes=meeting.length)] if meeting.length else []
    if seen is Seen.GROUP:
        return [*lines, text("meetings.link_in_private")] if meeting.link else lines
    for key, member_id in (("chair", meeting.chair_id), ("recorder", meeting.recorder_id)):
        if member_id and (key == "recorder" or member_id != meeting.called_by):
            lines.append(text(f"meetings.{key}", name=(await members.get(work.tx, member_id)).name))
    if meeting.link:
        lines.append(text("meetings.link", link=meeting.link, counted=counted_text(meeting)))
    return lines


def counted_text(meeting: Meeting) -> str:
    """Whether those who attend from elsewhere count, and under which rule."""
    if meeting.remote_basis:
        return text("meetings.online_counts", basis=meeting.remote_basis)
    return text("meetings.online_does_not_count")


def exception(body: str) -> str:
    """The article by which urgent cases may be met about sooner; nothing where no law asks for notice."""
    notice = notice_needed(body)
    return text("meetings.exception", law=notice.law) if notice and notice.urgent else ""


def reply_buttons(meeting: Meeting, name: str = "") -> tuple[Button, ...]:
    """What may be answered; `name` stands before it where several meetings are asked about at once."""
    if meeting.state is not MeetingState.CALLED or meeting.notice_at is not None:
        return ()
    offered = [(Reply.COMING, "coming"), (Reply.LEAVE, "leave")]
    if meeting.link:
        offered.insert(1, (Reply.ONLINE, "online"))
    return tuple(
        Button(f"{name}{term('reply', reply)}", press(f"meeting.{verb}", meeting.id))
        for reply, verb in offered
    )


def _buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    row = reply_buttons(meeting)
    return (row,) if row else ()


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
