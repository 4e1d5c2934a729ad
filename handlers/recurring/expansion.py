"""From a recurrence to the days on which the meeting is held, and why on those."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from heapq import heappop, heappush
from itertools import groupby, islice, takewhile
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

from handlers.days import is_holiday, is_made_up, published, works
from handlers.recurring.model import (
    DaysOff,
    MadeUp,
    Monthly,
    Off,
    OnDays,
    OnWorkdays,
    Recurrence,
    Shift,
    counts_workdays,
)
from handlers.recurring.rfc5545 import planned_from

_DAY: Final = timedelta(days=1)
# No break between two working days is nearly as long (the longest, in 2020, had ten days), so no shift goes further.
_FURTHEST: Final = timedelta(days=31)


class Why(StrEnum):
    """Why a meeting is held on that day, or is not."""

    PLANNED = "planned"
    SHORT_MONTH = "short_month"
    KEPT_ON_HOLIDAY = "kept_on_holiday"
    LATER = "later"
    EARLIER = "earlier"
    CANCELLED = "cancelled"
    MERGED = "merged"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting: `held` is None when a day off cancels it, `starts_at` (UTC) too, and where no hour is said.

    `merged` are other planned days that a day off brings to the same day: they are one meeting.
    UNPUBLISHED: the year's public holidays were not known yet, so the day may still change.
    """

    planned: date
    held: date | None
    starts_at: datetime | None
    why: tuple[Why, ...]
    merged: tuple[date, ...] = ()

    @property
    def day(self) -> date:
        """The day it is entered under: held, or planned and cancelled."""
        return self.held or self.planned


def occurrences(
    recurrence: Recurrence,
    after: date,
    zone: ZoneInfo,
    *,
    count: int | None = None,
    until: date | None = None,
) -> tuple[Occurrence, ...]:
    """The meetings whose day lies after `after`: the first `count`, cancelled ones counted, or those to `until`.

    Both may be given, and one must be (ValueError). In order, never two on a day.
    """
    if count is None and until is None:
        raise ValueError("a recurrence never ends by itself")
    found: Iterator[Occurrence] = (e for e in _entries(recurrence, after, zone) if e.day > after)
    if until is not None:
        found = takewhile(lambda entry: entry.day <= until, found)
    return tuple(islice(found, count))


def _entries(recurrence: Recurrence, after: date, zone: ZoneInfo) -> Iterator[Occurrence]:
    """All meetings from a while before `after`."""
    start = max(after, date.min + 2 * _FURTHEST) - _FURTHEST
    each = (_occurrence(recurrence, planned, zone) for planned in _planned(recurrence, start))
    for _, together in groupby(_in_order(each), key=attrgetter("day")):
        yield _merged(tuple(together))


def _in_order(each: Iterator[Occurrence]) -> Iterator[Occurrence]:
    """By day: a holiday's Friday may be moved past the Saturday after it, which is held as planned."""
    waiting: list[tuple[date, date, Occurrence]] = []
    for entry in each:
        while waiting and waiting[0][0] < entry.planned - _FURTHEST:
            yield heappop(waiting)[2]
        heappush(waiting, (entry.day, entry.planned, entry))
    while waiting:
        yield heappop(waiting)[2]


def _planned(recurrence: Recurrence, start: date) -> Iterator[date]:
    last = recurrence.until or date.max
    days = planned_from(recurrence, start)
    if isinstance(recurrence.pattern, Monthly) and isinstance(recurrence.pattern.on, OnWorkdays):
        days = _workdays(recurrence, start)
    return takewhile(lambda day: day <= last, days)


def _workdays(recurrence: Recurrence, start: date) -> Iterator[date]:
    pattern, since = recurrence.pattern, recurrence.since or start
    assert isinstance(pattern, Monthly)
    assert isinstance(pattern.on, OnWorkdays)
    every_month = Recurrence(Monthly(pattern.months, OnDays((1,))))
    for first in planned_from(every_month, max(start, since).replace(day=1)):
        working = [day for day in _month(first) if _lands(day, recurrence.days_off)]
        chosen = {working[nth - (nth > 0)] for nth in pattern.on.workdays}
        yield from (day for day in sorted(chosen) if day >= max(start, since))


def _month(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += _DAY


def _occurrence(recurrence: Recurrence, planned: date, zone: ZoneInfo) -> Occurrence:
    held, moved = _shifted(recurrence, planned)
    starts_at = None
    if held and recurrence.at:
        starts_at = datetime.combine(held, recurrence.at, zone).astimezone(UTC)
    reasons = (moved, *_short_month(recurrence, planned), *_unpublished(recurrence, planned, held))
    why = tuple(reason for reason in reasons if reason is not Why.PLANNED) or (Why.PLANNED,)
    return Occurrence(planned, held, starts_at, why)


def _shifted(recurrence: Recurrence, planned: date) -> tuple[date | None, Why]:
    policy = recurrence.days_off
    if counts_workdays(recurrence.pattern) or not _is_off(planned, policy):
        return planned, Why.PLANNED
    match policy.shift:
        case Shift.KEEP:
            return planned, Why.KEPT_ON_HOLIDAY
        case Shift.SKIP:
            return None, Why.CANCELLED
        case Shift.NEXT:
            return _landing(planned, _DAY, policy), Why.LATER
        case Shift.PREVIOUS:
            return _landing(planned, -_DAY, policy), Why.EARLIER


def _landing(planned: date, step: timedelta, policy: DaysOff) -> date:
    day = planned + step
    while not _lands(day, policy):
        day += step
    return day


def _is_off(day: date, policy: DaysOff) -> bool:
    if policy.made_up is MadeUp.AVOIDED and is_made_up(day):
        return True
    return is_holiday(day) if policy.off is Off.HOLIDAYS else not works(day)


def _lands(day: date, policy: DaysOff) -> bool:
    return works(day) and not (policy.made_up is MadeUp.AVOIDED and is_made_up(day))


def _short_month(recurrence: Recurrence, planned: date) -> tuple[Why, ...]:
    """The month's last day stands for one the month lacks when nobody asked for that day itself."""
    pattern = recurrence.pattern
    if not isinstance(pattern, Monthly) or not isinstance(pattern.on, OnDays):
        return ()
    asked = {planned.day, -1} & set(pattern.on.days)
    return (Why.SHORT_MONTH,) if not asked else ()


def _unpublished(recurrence: Recurrence, planned: date, held: date | None) -> tuple[Why, ...]:
    """Whether another calendar than the one we guess from could bring the meeting to another day."""
    if recurrence.days_off.shift is Shift.KEEP and not counts_workdays(recurrence.pattern):
        return ()
    known = published(planned.year) and published((held or planned).year)
    return () if known else (Why.UNPUBLISHED,)


def _merged(together: tuple[Occurrence, ...]) -> Occurrence:
    """One meeting of all that meet on a day; the one planned for that day gives it its name."""
    if len(together) == 1:
        return together[0]
    named = next((entry for entry in together if entry.planned == entry.day), together[0])
    others = tuple(entry.planned for entry in together if entry is not named)
    guessed = any(Why.UNPUBLISHED in entry.why for entry in together)
    uncertain = (Why.UNPUBLISHED,) if guessed else ()
    kept = tuple(reason for reason in (*named.why, Why.MERGED) if reason is not Why.UNPUBLISHED)
    return Occurrence(named.planned, named.held, named.starts_at, (*kept, *uncertain), others)
