"""When the next meeting of a series is prepared and its notice goes out, and which ones are past that. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from handlers.days import end_of_days
from handlers.matters.catalogue import routes
from handlers.moments import day_end, local_date
from handlers.recurring.expansion import Occurrence, occurrences
from handlers.recurring.model import Recurrence

DRAFT: Final = timedelta(days=2)
"""How long the secretary has the draft before the notice goes out by itself."""
WEEK: Final = timedelta(days=7)
SOON: Final = timedelta(hours=1)
"""A meeting that begins within this time is no longer prepared."""
_AT_A_TIME: Final = 32


class Fate(Enum):
    """What becomes of a meeting when its turn comes."""

    PREPARED = "prepared"
    CANCELLED = "cancelled"
    MISSED = "missed"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Lead:
    """How early people are told: so many days as rules count them, and at least so long before the start."""

    days: int
    before: timedelta
    zone: ZoneInfo

    def notice_at(self, starts_at: datetime) -> datetime:
        """When the notice goes out if nothing is in a hurry."""
        return min(starts_at - self.before, self.latest(starts_at))

    def latest(self, starts_at: datetime) -> datetime:
        """The last moment, at the hour of the start, from which the days are still whole before it."""
        if not self.days:
            return starts_at
        local = starts_at.astimezone(self.zone)
        day = local.date() - timedelta(days=self.days + 1)
        while day_end(end_of_days(day, self.days), self.zone) >= starts_at:
            day -= timedelta(days=1)
        return datetime.combine(day, local.time(), self.zone).astimezone(starts_at.tzinfo)


@dataclass(frozen=True, slots=True)
class Turn:
    """One meeting whose turn has come; `starts_at` is there except for one that a day off cancels."""

    occurrence: Occurrence
    fate: Fate
    notice_at: datetime | None

    @property
    def starts_at(self) -> datetime:
        """The start of one that is not cancelled."""
        assert self.occurrence.starts_at is not None
        return self.occurrence.starts_at


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is to be done now, and when to look again; None when the series is over."""

    turns: tuple[Turn, ...]
    next_at: datetime | None


def lead_of(body: str, remind: tuple[int, ...], zone: ZoneInfo) -> Lead:
    """The longest notice that any way of deciding asks of the body, and never less than the first reminder's week."""
    asked = [route.notice.days for route in routes().values() if route.rule.electorate == body]
    return Lead(max(asked, default=0), max(WEEK, timedelta(minutes=max(remind, default=0))), zone)


def schedule(recurrence: Recurrence, lead: Lead, since: datetime | None, now: datetime) -> Schedule:
    """Everything whose turn came after `since` and by `now`, each once.

    Without `since` the series begins now: what is near is prepared at once, and nothing was missed.
    """
    turns: list[Turn] = []
    for occurrence in _from(recurrence, lead, local_date(since or now, lead.zone)):
        prepared_at = _planned_start(recurrence, occurrence, lead) - DRAFT
        if prepared_at > now:
            return Schedule(tuple(turns), prepared_at)
        if since is None or prepared_at >= since:
            turns += _turn(occurrence, lead, since, now)
    return Schedule(tuple(turns), None)


def _from(recurrence: Recurrence, lead: Lead, day: date) -> Iterator[Occurrence]:
    after = day - timedelta(days=1)
    while more := occurrences(recurrence, after, lead.zone, count=_AT_A_TIME):
        yield from more
        after = more[-1].day


def _planned_start(recurrence: Recurrence, occurrence: Occurrence, lead: Lead) -> datetime:
    """When the notice is due; a cancelled one has its turn as if it were held."""
    starts_at = occurrence.starts_at
    if starts_at is None:
        at = recurrence.at or time()
        starts_at = datetime.combine(occurrence.day, at, lead.zone)
    return lead.notice_at(starts_at)


def _turn(occurrence: Occurrence, lead: Lead, since: datetime | None, now: datetime) -> list[Turn]:
    if occurrence.starts_at is None:
        return [] if since is None else [Turn(occurrence, Fate.CANCELLED, None)]
    if occurrence.starts_at <= now + SOON:
        return [] if since is None else [Turn(occurrence, Fate.MISSED, None)]
    latest = lead.latest(occurrence.starts_at)
    if latest <= now:
        return [Turn(occurrence, Fate.TOO_LATE, None)]
    return [Turn(occurrence, Fate.PREPARED, _notice_at(occurrence.starts_at, lead, now))]


def _notice_at(starts_at: datetime, lead: Lead, now: datetime) -> datetime:
    """As planned; for one that is near, after a while in which the draft can be looked at."""
    planned = lead.notice_at(starts_at)
    if planned > now:
        return planned
    a_while = min(timedelta(days=1), (starts_at - now) / 2)
    return min((now + a_while).replace(second=0, microsecond=0), lead.latest(starts_at))
