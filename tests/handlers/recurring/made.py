"""Recurrences of every kind, made up; and what their days must be, found by walking day by day."""

from calendar import monthrange
from datetime import date, time, timedelta

from hypothesis import strategies as st

from handlers.recurring.model import (
    ALL_MONTHS,
    DaysOff,
    MadeUp,
    Monthly,
    Off,
    OnDays,
    OnWeekdays,
    OnWorkdays,
    Pattern,
    Recurrence,
    Shift,
    Weekly,
    Weeks,
    counts_workdays,
    on_weekends,
)

DAY = timedelta(days=1)


def ascending(numbers: st.SearchStrategy[int], most: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(numbers, min_size=1, max_size=most).map(lambda found: tuple(sorted(found)))


MONTHS = st.one_of(
    st.just(ALL_MONTHS),
    st.sampled_from([ALL_MONTHS[::2], ALL_MONTHS[1::2], *(ALL_MONTHS[n::3] for n in range(3))]),
    ascending(st.integers(1, 12), 12),
)
WEEKLIES = st.builds(Weekly, ascending(st.integers(0, 6), 6), st.sampled_from(Weeks))
DAYS = ascending(st.one_of(st.integers(1, 31), st.just(-1), st.sampled_from([28, 29, 30, 31])), 4)
NTHS = ascending(st.integers(-5, 5).filter(bool), 4)
WORKDAYS = ascending(st.integers(-5, 10).filter(bool), 3)
ONS = st.one_of(
    st.builds(OnDays, DAYS), st.builds(OnWeekdays, NTHS, st.integers(0, 6)), st.builds(OnWorkdays, WORKDAYS)
)


@st.composite
def monthlies(draw: st.DrawFn) -> Monthly:
    months, on = draw(MONTHS), draw(ONS)
    if isinstance(on, OnDays):
        longest = max(monthrange(2024, month)[1] for month in months)
        on = OnDays(tuple(sorted({min(day, longest) for day in on.days})))
    return Monthly(months, on)


PATTERNS: st.SearchStrategy[Pattern] = st.one_of(WEEKLIES, monthlies())
HOURS = st.one_of(st.none(), st.builds(time, st.integers(6, 23), st.integers(0, 59)))


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """Anything that may be stored."""
    pattern = draw(PATTERNS)
    since = draw(st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2029, 12, 31))))
    if isinstance(pattern, Weekly) and pattern.weeks is Weeks.OTHER:
        since = since or draw(st.dates(date(2015, 1, 1), date(2029, 12, 31)))
    until = draw(st.one_of(st.none(), st.dates(since or date(2015, 1, 1), date(2032, 12, 31))))
    return Recurrence(pattern, draw(HOURS), draw(days_off(pattern)), since, until)


@st.composite
def days_off(draw: st.DrawFn, pattern: Pattern) -> DaysOff:
    made_up = draw(st.sampled_from(MadeUp))
    if counts_workdays(pattern):
        return DaysOff(made_up=made_up)
    shift = draw(st.sampled_from(Shift))
    if shift is Shift.KEEP:
        return DaysOff()
    off = Off.HOLIDAYS if on_weekends(pattern) else draw(st.sampled_from(Off))
    return DaysOff(shift, off, made_up)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def is_planned(recurrence: Recurrence, day: date) -> bool:
    """By the definition of each kind alone, one day at a time, without any library of recurrences."""
    if (recurrence.since and day < recurrence.since) or (recurrence.until and day > recurrence.until):
        return False
    pattern = recurrence.pattern
    if isinstance(pattern, Weekly):
        return day.weekday() in pattern.weekdays and _in_week(pattern.weeks, recurrence.since, day)
    if day.month not in pattern.months:
        return False
    length = monthrange(day.year, day.month)[1]
    match pattern.on:
        case OnDays(numbers):
            return day.day in {length if number == -1 else min(number, length) for number in numbers}
        case OnWeekdays(nths, weekday):
            place = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
            return day.weekday() == weekday and bool(set(place) & set(nths))
        case _:
            raise AssertionError(pattern)


def _in_week(weeks: Weeks, since: date | None, day: date) -> bool:
    if weeks is Weeks.EVERY:
        return True
    if weeks is Weeks.OTHER:
        assert since is not None
        return (day - (since - timedelta(days=since.weekday()))).days // 7 % 2 == 0
    return day.isocalendar().week % 2 == (weeks is Weeks.ODD)
