"""Ten years of any recurrence, against a walk through the calendar day by day."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.days import is_holiday, is_made_up, works
from handlers.recurring.expansion import Why, occurrences
from handlers.recurring.model import (
    ALL_MONTHS,
    DaysOff,
    MadeUp,
    Monthly,
    Off,
    OnWorkdays,
    Recurrence,
    Shift,
    counts_workdays,
)
from tests.handlers.recurring.made import DAY, days, is_planned, recurrences

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, LAST_DAY = date(2017, 1, 1), date(2026, 12, 31)


def walked(recurrence: Recurrence) -> list[date]:
    return [day for day in days(FIRST - 40 * DAY, LAST_DAY + 40 * DAY) if is_planned(recurrence, day)]


def rests(day: date, policy: DaysOff) -> bool:
    if policy.made_up is MadeUp.AVOIDED and is_made_up(day):
        return True
    if policy.off is Off.REST:
        return not works(day)
    return is_holiday(day)


def shifted(day: date, policy: DaysOff) -> date | None:
    if policy.shift is Shift.KEEP or not rests(day, policy):
        return day
    if policy.shift is Shift.SKIP:
        return None
    step = DAY if policy.shift is Shift.NEXT else -DAY
    day += step
    while not works(day) or (policy.made_up is MadeUp.AVOIDED and is_made_up(day)):
        day += step
    return day


PLAIN = recurrences().filter(lambda recurrence: not counts_workdays(recurrence.pattern))


@settings(max_examples=80, deadline=None)
@given(PLAIN)
def test_ten_years_of_any_recurrence_are_what_a_walk_through_the_calendar_finds(
    recurrence: Recurrence,
) -> None:
    found = occurrences(recurrence, FIRST - DAY, SHANGHAI, until=LAST_DAY)
    policy = recurrence.days_off
    expected = {shifted(day, policy) for day in walked(recurrence)} - {None}
    assert [entry.held for entry in found if entry.held] == sorted(
        day for day in expected if day and FIRST <= day <= LAST_DAY
    )
    told = {day for entry in found for day in (entry.planned, *entry.merged)}
    reached = {day for day in walked(recurrence) if FIRST <= (shifted(day, policy) or day) <= LAST_DAY}
    assert told == reached


@settings(max_examples=80, deadline=None)
@given(recurrences())
def test_never_two_on_a_day_and_every_shift_lands_on_a_working_day(recurrence: Recurrence) -> None:
    found = occurrences(recurrence, FIRST - DAY, SHANGHAI, until=LAST_DAY)
    assert all(before.day < after.day for before, after in pairwise(found))
    for entry in found:
        if entry.held != entry.planned and entry.held:
            assert works(entry.held)
            assert not (recurrence.days_off.made_up is MadeUp.AVOIDED and is_made_up(entry.held))
            assert abs(entry.held - entry.planned) <= timedelta(days=15)
        assert (entry.held is None) == (Why.CANCELLED in entry.why)
        assert (entry.held != entry.planned) == bool({Why.LATER, Why.EARLIER, Why.CANCELLED} & set(entry.why))


@settings(max_examples=30, deadline=None)
@given(recurrences(), st.dates(date(2016, 1, 1), date(2027, 12, 31)), st.integers(1, 12))
def test_wherever_one_begins_to_look_the_same_meetings_are_found(
    recurrence: Recurrence, after: date, count: int
) -> None:
    whole = occurrences(recurrence, after - 400 * DAY, SHANGHAI, until=after + 400 * DAY)
    later = tuple(entry for entry in whole if entry.day > after)
    assert occurrences(recurrence, after, SHANGHAI, until=after + 400 * DAY) == later
    assert occurrences(recurrence, after, SHANGHAI, count=count, until=after + 400 * DAY) == later[:count]


@pytest.mark.parametrize("nth", [1, 5, -1, -2])
def test_ten_years_of_working_days_are_those_of_the_published_calendar(nth: int) -> None:
    pattern = Monthly(ALL_MONTHS, OnWorkdays((nth,)))
    found = occurrences(Recurrence(pattern), FIRST - DAY, SHANGHAI, until=LAST_DAY)
    working: dict[tuple[int, int], list[date]] = {}
    for day in days(FIRST, LAST_DAY):
        if chinese_calendar.is_workday(day):
            working.setdefault((day.year, day.month), []).append(day)
    assert len(working) == 120
    index: Callable[[list[date]], date] = lambda month: month[nth - 1 if nth > 0 else nth]  # noqa: E731
    assert [entry.held for entry in found] == [index(month) for month in working.values()]
