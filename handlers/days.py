"""Counting days as the law does: 日 and 工作日 from a day that is itself not counted (民法典 200-204)."""

from datetime import date, timedelta
from typing import Final

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

_DAY: Final = timedelta(days=1)
_KNOWN_YEARS: Final = frozenset(day.year for day in holidays)
# Where the year's calendar is not published yet: the holidays that fall on fixed days (全国年节及纪念日放假办法 2).
_FIXED: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_SATURDAY: Final = 5


def works(day: date) -> bool:
    """Whether offices work on the day; in a year whose holidays are not published yet, weekends and fixed days rest."""
    if day.year in _KNOWN_YEARS:
        return bool(is_workday(day))
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED


def end_of_days(start: date, days: int) -> date:
    """The last day of `days` calendar days from `start`, moved to the next working day when offices rest on it."""
    last = start + days * _DAY
    while not works(last):
        last += _DAY
    return last


def add_workdays(start: date, days: int) -> date:
    """The `days`-th working day after `start`."""
    day = start
    for _ in range(days):
        day += _DAY
        while not works(day):
            day += _DAY
    return day


def published(year: int) -> bool:
    """Whether the year's public holidays and made-up days are known, or only the days that are fixed."""
    return year in _KNOWN_YEARS


def is_holiday(day: date) -> bool:
    """Whether the day is off for a public holiday, weekends within it included; an ordinary weekend is none."""
    return day in holidays if published(day.year) else (day.month, day.day) in _FIXED


def is_made_up(day: date) -> bool:
    """Whether the day is a Saturday or Sunday on which offices work to make up for a holiday (调休)."""
    return day.weekday() >= _SATURDAY and works(day)
