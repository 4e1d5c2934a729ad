from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.days import add_workdays, end_of_days, works

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 2), 15, date(2026, 11, 17)),  # a Tuesday: stays
        (date(2026, 11, 2), 5, date(2026, 11, 9)),  # the 7th is a Saturday: Monday ends it
        (date(2026, 9, 16), 15, date(2026, 10, 8)),  # 1 October: the holidays last to the 7th
        (date(2025, 1, 13), 15, date(2025, 2, 5)),  # 28 January 2025, New Year's Eve: holidays to 4 February
        (date(2026, 2, 4), 10, date(2026, 2, 14)),  # a Saturday that offices work to make up for a holiday
        (date(2026, 12, 17), 15, date(2027, 1, 4)),  # 1 January of a year whose calendar is not published yet
        (date(2026, 11, 2), 0, date(2026, 11, 2)),
    ],
)
def test_a_period_ends_on_its_last_day_or_on_the_next_working_day(start: date, days: int, end: date) -> None:
    assert end_of_days(start, days) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 2), 5, date(2026, 11, 9)),
        (date(2026, 11, 6), 1, date(2026, 11, 9)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Saturday the 10th is worked
        (date(2026, 11, 2), 0, date(2026, 11, 2)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays_and_count_made_up_days(
    start: date, days: int, end: date
) -> None:
    assert add_workdays(start, days) == end


@given(DAYS, st.integers(1, 60))
def test_a_period_is_never_shorter_than_its_days_and_always_ends_when_offices_work(
    start: date, days: int
) -> None:
    end = end_of_days(start, days)
    assert end >= start + timedelta(days=days)
    assert works(end)
    between = (start + timedelta(days=days + extra) for extra in range((end - start).days - days))
    assert not any(works(day) for day in between)


@given(DAYS, st.integers(1, 40))
def test_so_many_working_days_lie_between(start: date, days: int) -> None:
    end = add_workdays(start, days)
    passed = [start + timedelta(days=one) for one in range(1, (end - start).days + 1)]
    assert sum(works(day) for day in passed) == days
    assert works(end)
