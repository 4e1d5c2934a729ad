from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.days import is_made_up, published, works
from handlers.recurring.expansion import Occurrence, Why, occurrences
from handlers.recurring.model import (
    ALL_MONTHS,
    MOST_WORKDAYS,
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
)
from tests.handlers.recurring.made import DAY, days

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = time(9)
FIRST, LAST_DAY = date(2017, 1, 1), date(2026, 12, 31)
NEXT, PREVIOUS, SKIP = (DaysOff(shift, Off.REST) for shift in (Shift.NEXT, Shift.PREVIOUS, Shift.SKIP))
ON_HOLIDAYS = DaysOff(Shift.NEXT, Off.HOLIDAYS)


def monthly(*numbers: int) -> Monthly:
    return Monthly(ALL_MONTHS, OnDays(numbers))


def expanded(
    pattern: Pattern, days_off: DaysOff, after: date, count: int, at: time | None = NINE
) -> list[Occurrence]:
    return list(occurrences(Recurrence(pattern, at, days_off), after, SHANGHAI, count=count))


def held(pattern: Pattern, days_off: DaysOff, after: date, count: int) -> list[date | None]:
    return [entry.held for entry in expanded(pattern, days_off, after, count)]


# ---- what a day off does


def test_a_monday_in_the_national_holidays_is_moved_to_the_first_working_day_after_them() -> None:
    [entry] = expanded(Weekly((0,)), NEXT, date(2026, 10, 1), 1)
    assert (entry.planned, entry.held) == (date(2026, 10, 5), date(2026, 10, 8))
    assert entry.why == (Why.LATER,)
    assert entry.starts_at == datetime(2026, 10, 8, 1, tzinfo=UTC)


def test_it_can_be_moved_before_the_holidays_or_cancelled_or_held_all_the_same() -> None:
    monday = Weekly((0,))
    assert held(monday, PREVIOUS, date(2026, 9, 29), 1) == [date(2026, 9, 30)]
    [cancelled] = expanded(monday, SKIP, date(2026, 9, 29), 1)
    assert (cancelled.planned, cancelled.held, cancelled.starts_at) == (date(2026, 10, 5), None, None)
    assert cancelled.why == (Why.CANCELLED,)
    [kept] = expanded(monday, DaysOff(), date(2026, 9, 29), 1)
    assert (kept.held, kept.why) == (date(2026, 10, 5), (Why.KEPT_ON_HOLIDAY,))


def test_a_meeting_moved_over_the_edge_of_what_is_asked_for_is_not_lost_nor_told_twice() -> None:
    monday = Weekly((0,))
    assert held(monday, NEXT, date(2026, 10, 7), 2) == [date(2026, 10, 8), date(2026, 10, 12)]
    assert held(monday, NEXT, date(2026, 10, 8), 1) == [date(2026, 10, 12)]
    assert held(monthly(1), NEXT, date(2026, 10, 7), 1) == [date(2026, 10, 8)]
    assert held(Monthly((2,), OnDays((15,))), NEXT, date(2026, 2, 23), 1) == [date(2026, 2, 24)]
    moved_out = Recurrence(monday, NINE, NEXT)
    assert occurrences(moved_out, date(2026, 9, 30), SHANGHAI, until=date(2026, 10, 7)) == ()
    moved_in = Recurrence(monday, NINE, PREVIOUS)
    [entry] = occurrences(moved_in, date(2026, 9, 29), SHANGHAI, until=date(2026, 9, 30))
    assert entry.planned == date(2026, 10, 5)


def test_all_that_a_long_holiday_pushes_to_one_day_is_one_meeting() -> None:
    workdays = Weekly((0, 1, 2, 3, 4))
    entries = expanded(workdays, NEXT, date(2026, 9, 29), 3)
    assert [entry.held for entry in entries] == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9)]
    assert entries[1].planned == date(2026, 10, 8)
    assert entries[1].merged == tuple(date(2026, 10, day) for day in (1, 2, 5, 6, 7))
    assert entries[1].why == (Why.PLANNED, Why.MERGED)


def test_a_made_up_saturday_is_a_working_day_unless_it_is_avoided() -> None:
    assert is_made_up(date(2026, 10, 10))
    tenth = monthly(10)
    assert held(tenth, NEXT, date(2026, 10, 1), 1) == [date(2026, 10, 10)]
    avoiding = DaysOff(Shift.NEXT, Off.REST, MadeUp.AVOIDED)
    assert held(tenth, avoiding, date(2026, 10, 1), 1) == [date(2026, 10, 12)]
    assert held(monthly(15), NEXT, date(2026, 2, 1), 1) == [date(2026, 2, 24)]
    assert held(monthly(15), PREVIOUS, date(2026, 2, 1), 1) == [date(2026, 2, 14)]
    back = DaysOff(Shift.PREVIOUS, Off.REST, MadeUp.AVOIDED)
    assert held(monthly(15), back, date(2026, 2, 1), 1) == [date(2026, 2, 13)]


def test_a_saturday_meeting_is_moved_by_public_holidays_and_not_by_being_on_a_saturday() -> None:
    saturdays = held(Weekly((5,)), ON_HOLIDAYS, date(2026, 9, 20), 3)
    assert saturdays == [date(2026, 9, 28), date(2026, 10, 8), date(2026, 10, 10)]
    avoiding = DaysOff(Shift.SKIP, Off.HOLIDAYS, MadeUp.AVOIDED)
    assert held(Weekly((5,)), avoiding, date(2026, 10, 4), 2) == [None, date(2026, 10, 17)]


def test_a_fridays_holiday_passes_over_the_saturday_that_stays() -> None:
    # 1 January 2027 is a Friday; the Saturday after it is an ordinary one as far as is known.
    entries = expanded(Weekly((4, 5)), ON_HOLIDAYS, date(2026, 12, 31), 3)
    assert [entry.held for entry in entries] == [date(2027, 1, 2), date(2027, 1, 4), date(2027, 1, 8)]
    assert entries[1].planned == date(2027, 1, 1)


def test_a_year_whose_holidays_are_not_published_says_so_where_it_matters() -> None:
    assert published(2026)
    assert not published(2031)
    [sure] = expanded(Weekly((0,)), NEXT, date(2026, 11, 1), 1)
    [guessed] = expanded(Weekly((0,)), NEXT, date(2031, 1, 1), 1)
    assert Why.UNPUBLISHED not in sure.why
    assert guessed.why == (Why.UNPUBLISHED,)
    [over] = expanded(monthly(31), PREVIOUS, date(2031, 5, 1), 1)
    assert over.why == (Why.EARLIER, Why.UNPUBLISHED)
    [kept] = expanded(Weekly((0,)), DaysOff(), date(2031, 1, 1), 1)
    assert kept.why == (Why.PLANNED,)


# ---- months of every length


def test_the_last_day_stands_for_one_that_a_short_month_lacks() -> None:
    entries = expanded(monthly(31), DaysOff(), date(2027, 1, 30), 4)
    assert [entry.held for entry in entries] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]
    assert [Why.SHORT_MONTH in entry.why for entry in entries] == [False, True, False, True]
    [asked] = expanded(monthly(-1), DaysOff(), date(2027, 2, 1), 1)
    assert (asked.held, asked.why) == (date(2027, 2, 28), (Why.PLANNED,))


def test_two_days_that_a_short_month_brings_together_are_one_meeting() -> None:
    assert held(monthly(30, 31), DaysOff(), date(2027, 2, 1), 3) == [
        date(2027, 2, 28),
        date(2027, 3, 30),
        date(2027, 3, 31),
    ]


def test_a_leap_day_is_kept_on_the_28th_in_other_years() -> None:
    leap_day = Monthly((2,), OnDays((29,)))
    assert [entry.held for entry in expanded(leap_day, DaysOff(), date(2026, 12, 1), 3)] == [
        date(2027, 2, 28),
        date(2028, 2, 29),
        date(2029, 2, 28),
    ]


def test_a_fifth_friday_comes_only_where_there_is_one() -> None:
    fifth = Monthly(ALL_MONTHS, OnWeekdays((5,), 4))
    assert held(fifth, DaysOff(), date(2026, 1, 1), 3) == [
        date(2026, 1, 30),
        date(2026, 5, 29),
        date(2026, 7, 31),
    ]


def test_the_last_working_day_looks_at_the_calendar_of_the_offices() -> None:
    last = Monthly((1, 2, 10), OnWorkdays((-1,)))
    assert held(last, DaysOff(), date(2025, 1, 1), 3) == [
        date(2025, 1, 27),
        date(2025, 2, 28),
        date(2025, 10, 31),
    ]
    second = Monthly((10,), OnWorkdays((2, 3)))
    assert held(second, DaysOff(), date(2026, 9, 1), 2) == [date(2026, 10, 9), date(2026, 10, 10)]
    avoiding = DaysOff(made_up=MadeUp.AVOIDED)
    assert held(second, avoiding, date(2026, 9, 1), 2) == [date(2026, 10, 9), date(2026, 10, 12)]


def test_every_month_has_as_many_working_days_as_may_be_asked_for() -> None:
    for year in range(2004, 2041):
        for month in ALL_MONTHS:
            end = date(year + month // 12, month % 12 + 1, 1) - DAY
            plain = [day for day in days(date(year, month, 1), end) if works(day) and not is_made_up(day)]
            assert len(plain) >= MOST_WORKDAYS, (year, month)


# ---- weeks


def test_every_other_week_is_counted_from_the_first_one() -> None:
    pattern = Weekly((1, 4), Weeks.OTHER)
    since = Recurrence(pattern, NINE, since=date(2026, 11, 27))
    found = [entry.held for entry in occurrences(since, date(2026, 11, 1), SHANGHAI, count=3)]
    assert found == [date(2026, 11, 27), date(2026, 12, 8), date(2026, 12, 11)]
    later = occurrences(since, date(2027, 2, 1), SHANGHAI, count=1)
    assert later[0].held == date(2027, 2, 2)


def test_two_odd_weeks_meet_at_the_end_of_a_long_year() -> None:
    odd = held(Weekly((4,), Weeks.ODD), DaysOff(), date(2026, 12, 20), 3)
    assert odd == [date(2027, 1, 1), date(2027, 1, 8), date(2027, 1, 22)]


# ---- hours


def test_hours_are_local_whatever_the_zone_did_in_that_year() -> None:
    at_seven = Recurrence(Weekly((4,)), time(19))
    [summer] = occurrences(at_seven, date(1988, 7, 1), SHANGHAI, count=1)
    assert summer.starts_at == datetime(1988, 7, 8, 10, tzinfo=UTC)
    berlin = occurrences(at_seven, date(2026, 10, 22), ZoneInfo("Europe/Berlin"), count=2)
    assert [entry.starts_at for entry in berlin] == [
        datetime(2026, 10, 23, 17, tzinfo=UTC),
        datetime(2026, 10, 30, 18, tzinfo=UTC),
    ]


def test_without_an_hour_there_is_no_moment() -> None:
    [entry] = expanded(Weekly((0,)), NEXT, date(2026, 11, 1), 1, at=None)
    assert (entry.held, entry.starts_at) == (date(2026, 11, 2), None)


def test_a_recurrence_without_an_end_is_never_asked_for_all_of_it() -> None:
    with pytest.raises(ValueError, match="never ends"):
        occurrences(Recurrence(Weekly((0,))), date(2026, 1, 1), SHANGHAI)


def test_one_that_every_holiday_cancels_still_answers() -> None:
    new_year = Monthly((1,), OnDays((1,)))
    assert held(new_year, SKIP, date(2026, 6, 1), 3) == [None, None, None]
