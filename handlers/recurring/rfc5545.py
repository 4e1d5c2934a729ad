"""The planned days as recurrence rules of RFC 5545: what calendars are told is what we expand ourselves."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from heapq import merge
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from handlers.recurring.model import (
    ALL_MONTHS,
    Monthly,
    OnDays,
    OnWeekdays,
    Recurrence,
    Shift,
    Weekly,
    Weeks,
    counts_workdays,
)

_NAMES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_IN_EVERY_MONTH: Final = 28
_PARITIES: Final = {Weeks.ODD: 1, Weeks.EVEN: 0}


def rrule(recurrence: Recurrence, zone: ZoneInfo) -> str | None:
    """The RRULE value for a DTSTART on one of its days; None where no rule can say it.

    Days off that shift or cancel, and working days, follow a calendar no rule knows: such meetings are single
    events. So are several days of a month when a short month lacks one of them, and odd and even weeks.
    """
    if recurrence.days_off.shift is not Shift.KEEP or counts_workdays(recurrence.pattern):
        return None
    return _rules(recurrence)[0] + _until(recurrence, zone) if is_one_rule(recurrence) else None


def is_one_rule(recurrence: Recurrence) -> bool:
    """Whether one rule says all its planned days: 15日 and 31日 take two, for the months of 30 days.

    Odd and even weeks have BYWEEKNO, but programs (dateutil for one) put days around New Year into other weeks.
    """
    return len(_rules(recurrence)) == 1 and _parity(recurrence) is None


def planned_from(recurrence: Recurrence, start: date) -> Iterator[date]:
    """The planned days from `start` on, each once and in order, before any day off is looked at.

    Where working days are asked for, the first of the month stands for each month.
    """
    since = recurrence.since or start
    anchor = since if _alternates(recurrence) else max(since, start)
    begins = datetime.combine(anchor, time())
    expansions = (rrulestr(rule, dtstart=begins) for rule in _rules(recurrence))
    before, parity = None, _parity(recurrence)
    for moment in merge(*expansions):
        day: date = moment.date()
        if day != before and day >= start and parity in (None, day.isocalendar().week % 2):
            yield day
        before = day


def _alternates(recurrence: Recurrence) -> bool:
    return isinstance(recurrence.pattern, Weekly) and recurrence.pattern.weeks is Weeks.OTHER


def _parity(recurrence: Recurrence) -> int | None:
    pattern = recurrence.pattern
    return _PARITIES.get(pattern.weeks) if isinstance(pattern, Weekly) else None


def _rules(recurrence: Recurrence) -> tuple[str, ...]:
    pattern = recurrence.pattern
    if isinstance(pattern, Weekly):
        return (_weekly(pattern),)
    return tuple(f"{_in_months(pattern)};{clause}" for clause in _clauses(pattern))


def _weekly(pattern: Weekly) -> str:
    days = "BYDAY=" + ",".join(_NAMES[day] for day in pattern.weekdays)
    if pattern.weeks is Weeks.OTHER:
        return f"FREQ=WEEKLY;INTERVAL=2;WKST=MO;{days}"
    return f"FREQ=WEEKLY;{days}"


def _in_months(pattern: Monthly) -> str:
    if pattern.months == ALL_MONTHS:
        return "FREQ=MONTHLY"
    frequency = "YEARLY" if len(pattern.months) == 1 else "MONTHLY"
    return f"FREQ={frequency};BYMONTH={_numbers(pattern.months)}"


def _clauses(pattern: Monthly) -> Iterator[str]:
    match pattern.on:
        case OnDays(days):
            safe = [day for day in days if day <= _IN_EVERY_MONTH]
            if safe:
                yield f"BYMONTHDAY={_numbers(safe)}"
            for day in days[len(safe) :]:
                yield f"BYMONTHDAY={_numbers(range(_IN_EVERY_MONTH, day + 1))};BYSETPOS=-1"
        case OnWeekdays(nths, weekday):
            yield "BYDAY=" + ",".join(f"{nth}{_NAMES[weekday]}" for nth in nths)
        case _:
            yield "BYMONTHDAY=1"


def _until(recurrence: Recurrence, zone: ZoneInfo) -> str:
    """UNTIL is a date beside a DTSTART that is one, else a moment in UTC (RFC 5545, 3.3.10)."""
    if recurrence.until is None:
        return ""
    if recurrence.at is None:
        return f";UNTIL={recurrence.until:%Y%m%d}"
    last = datetime.combine(recurrence.until, recurrence.at, zone).astimezone(UTC)
    return f";UNTIL={last:%Y%m%dT%H%M%SZ}"


def _numbers(numbers: Iterable[int]) -> str:
    return ",".join(str(number) for number in numbers)
