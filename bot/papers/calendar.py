"""Meetings for phones' calendars (RFC 5545): one invitation, or a body's whole feed."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from handlers.papers.cleaning import clean
from handlers.papers.facts import CalendarFacts, EventStatus
from handlers.papers.wording import numbered
from handlers.texts import text

_PRODUCT = "-//yishi//meetings//ZH"
_REFRESH = timedelta(hours=4)


def invitation_ics(facts: CalendarFacts) -> bytes:
    """One meeting as a file; sent again with a higher SEQUENCE when it moves or is cancelled."""
    calendar = _calendar([facts])
    calendar.add("METHOD", "PUBLISH")
    return bytes(calendar.to_ical())


def feed_ics(name: str, meetings: Iterable[CalendarFacts]) -> bytes:
    """All meetings of a body, cancelled ones included so that they vanish from phones; asked for again every 4 hours."""
    calendar = _calendar(list(meetings))
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", clean(name))
    calendar.add("REFRESH-INTERVAL", _REFRESH, {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT4H")
    return bytes(calendar.to_ical())


def _calendar(meetings: list[CalendarFacts]) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    for zone in _zones(meetings):
        calendar.add_component(zone)
    for facts in meetings:
        calendar.add_component(_event(facts))
    return calendar


def _zones(meetings: list[CalendarFacts]) -> list[Timezone]:
    """Every zone once, with the offsets that hold over the meetings' years."""
    years: dict[str, tuple[CalendarFacts, list[int]]] = {}
    for facts in meetings:
        _, seen = years.setdefault(facts.zone.key, (facts, []))
        seen += [facts.starts_at.year, facts.ends_at.year]
    return [
        _zone(facts.zone, date(min(seen) - 1, 1, 1), date(max(seen) + 2, 1, 1))
        for facts, seen in years.values()
    ]


@lru_cache(maxsize=16)
def _zone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Kept, since finding out takes a walk through all the days between."""
    return Timezone.from_tzinfo(zone, first_date=first, last_date=last)


def _event(facts: CalendarFacts) -> Event:
    event = Event()
    event.add("UID", facts.key)
    event.add("SEQUENCE", facts.sequence)
    event.add("STATUS", facts.status.value)
    event.add("DTSTAMP", facts.stamped_at)
    event.add("DTSTART", facts.starts_at.astimezone(facts.zone))
    event.add("DTEND", facts.ends_at.astimezone(facts.zone))
    event.add("SUMMARY", _one_line(facts.title))
    event.add("LOCATION", _one_line(facts.place))
    event.add("DESCRIPTION", _description(facts))
    if facts.url:
        event.add("URL", clean(facts.url))
    for before in facts.reminders if facts.status is EventStatus.CONFIRMED else ():
        event.add_component(_alarm(facts, before))
    return event


def _description(facts: CalendarFacts) -> str:
    agenda = tuple(line for line in map(clean, facts.agenda) if line)
    if not agenda:
        return text("papers.agenda_open")
    return text("papers.field", label=text("papers.agenda"), value="\n" + numbered(agenda))


def _alarm(facts: CalendarFacts, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", -before)
    alarm.add("DESCRIPTION", _one_line(facts.title))
    return alarm


def _one_line(words: str) -> str:
    return " ".join(clean(words).split("\n"))
