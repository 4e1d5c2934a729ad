"""Meetings as phones' calendars want them, read from what is stored."""

from datetime import timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from handlers.events import MeetingChanged
from handlers.labels import topic_label
from handlers.papers.facts import CalendarFacts, EventStatus
from handlers.privacy import private_for_ever
from handlers.texts import text
from storage import feeds, journal, meetings, topics, units
from storage.database import Transaction
from storage.records import AgendaItem, Meeting, MeetingState

USUAL_LENGTH = 90
"""Minutes, where a meeting does not say how long it is to take."""


async def calendar_facts(tx: Transaction, meeting: Meeting, zone: ZoneInfo) -> CalendarFacts:
    """A meeting as it stands now: every change recorded of it makes its entry a newer one."""
    changes = [
        entry for entry in await journal.of(tx, f"meeting:{meeting.id}") if entry.event.startswith("Meeting")
    ]
    community = await units.get(tx, meeting.community_id)
    items = [line for item in await meetings.agenda_of(tx, meeting.id) if (line := await _line(tx, item))]
    reminders = await feeds.reminded(tx, meeting.id)
    cancelled = meeting.state is MeetingState.CANCELLED
    return CalendarFacts(
        key=_key(community.name, meeting),
        sequence=sum(entry.event == MeetingChanged.__name__ for entry in changes),
        status=EventStatus.CANCELLED if cancelled else EventStatus.CONFIRMED,
        title=text("shelf.calendar_title", unit=community.name, meeting=meeting.name),
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + timedelta(minutes=meeting.length or USUAL_LENGTH),
        zone=zone,
        place=meeting.place,
        agenda=tuple(items),
        reminders=tuple(timedelta(minutes=minutes) for minutes in reminders),
        url=meeting.link,
        stamped_at=max((entry.at for entry in changes), default=meeting.starts_at),
    )


async def touches_private(tx: Transaction, meeting: Meeting) -> bool:
    """Whether a matter that is never told of is before the meeting."""
    items = await meetings.agenda_of(tx, meeting.id)
    return any([await private_for_ever(tx, item.topic_id) for item in items if item.topic_id is not None])


async def _line(tx: Transaction, item: AgendaItem) -> str:
    """An item as a calendar shows it, "" for one that stays inside the body."""
    if item.internal:
        return ""
    if item.topic_id is None:
        return item.title
    topic = await topics.get(tx, item.topic_id)
    return text("shelf.calendar_item", topic=topic_label(topic), title=topic.title)


def _key(community: str, meeting: Meeting) -> str:
    """The same for ever, and another one in every community and installation that names its units otherwise."""
    house = blake2b(community.encode(), digest_size=6).hexdigest()
    return f"meeting-{meeting.year}-{meeting.number}-{meeting.id}.{house}@yishi"
