"""A recurrence and its meetings in words: what is read back gives the same recurrence."""

from datetime import date
from typing import Final

from handlers.moments import day as day_text
from handlers.recurring.expansion import Occurrence, Why
from handlers.recurring.model import (
    ALL_MONTHS,
    LAST,
    MadeUp,
    Monthly,
    Off,
    On,
    OnDays,
    OnWeekdays,
    OnWorkdays,
    Recurrence,
    Shift,
    Weekly,
    Weeks,
    counts_workdays,
)
from handlers.recurring.rfc5545 import is_one_rule
from handlers.texts import text

_WEEKLY: Final = {
    Weeks.EVERY: "weekly",
    Weeks.OTHER: "weekly_other",
    Weeks.ODD: "weekly_odd",
    Weeks.EVEN: "weekly_even",
}
_IN_EVERY_MONTH: Final = 28
_FIFTH: Final = 5


def describe(recurrence: Recurrence) -> str:
    """每周一、周三 15:30，遇节假日顺延: `read_recurrence` makes the same recurrence of it."""
    days = _days(recurrence)
    if recurrence.at is not None:
        clock = f"{recurrence.at.hour}:{recurrence.at.minute:02d}"
        days = text("recurring.at", days=days, clock=clock)
    return days + "".join(text("recurring.clause", clause=clause) for clause in _clauses(recurrence))


def notes(recurrence: Recurrence) -> tuple[str, ...]:
    """What the person who wrote it may not have thought of, a sentence each; none for a plain one."""
    pattern, days_off = recurrence.pattern, recurrence.days_off
    keys = ["note_weeks"] if isinstance(pattern, Weekly) and pattern.weeks in (Weeks.ODD, Weeks.EVEN) else []
    if isinstance(pattern, Monthly) and isinstance(pattern.on, OnDays):
        keys += ["note_short_month"] if pattern.on.days[-1] > _IN_EVERY_MONTH else []
        keys += ["note_rest_includes_weekends"] if days_off.off is Off.REST else []
    if days_off.shift is not Shift.KEEP or counts_workdays(pattern):
        keys.append("note_single_events")
    elif not is_one_rule(recurrence):
        keys.append("note_no_rule")
    return (*_no_fifth(recurrence), *(text(f"recurring.{key}") for key in keys))


def explain(occurrence: Occurrence) -> str:
    """10月8日（周四），原定10月5日（周一）休息，顺延: one meeting of a list, with what happened to its day."""
    shown = {"day": day_text(occurrence.day), "planned": day_text(occurrence.planned)}
    said = text(f"recurring.why_{_first(occurrence)}", **shown)
    if occurrence.merged:
        said += text("recurring.why_merged", others=_and([day_text(day) for day in occurrence.merged]))
    if Why.UNPUBLISHED in occurrence.why:
        said += text("recurring.why_unpublished", year=max(occurrence.day, occurrence.planned).year)
    return said


def _first(occurrence: Occurrence) -> Why:
    """The reason that tells most: a shift before a short month, anything before nothing."""
    telling = (Why.CANCELLED, Why.LATER, Why.EARLIER, Why.KEPT_ON_HOLIDAY, Why.SHORT_MONTH)
    return next((reason for reason in telling if reason in occurrence.why), Why.PLANNED)


def _no_fifth(recurrence: Recurrence) -> tuple[str, ...]:
    pattern = recurrence.pattern
    if not isinstance(pattern, Monthly) or not isinstance(pattern.on, OnWeekdays):
        return ()
    if not {_FIFTH, -_FIFTH} & set(pattern.on.nths):
        return ()
    return (text("recurring.note_fifth", weekday=_weekday(pattern.on.weekday)),)


def _days(recurrence: Recurrence) -> str:
    pattern = recurrence.pattern
    if isinstance(pattern, Weekly):
        joined = text("recurring.next_weekday").join(_weekday(day) for day in pattern.weekdays)
        return text(f"recurring.{_WEEKLY[pattern.weeks]}", days=joined)
    return _monthly(pattern.months, _on(pattern.on))


def _monthly(months: tuple[int, ...], on: str) -> str:
    named = {ALL_MONTHS: "monthly", ALL_MONTHS[::2]: "monthly_odd", ALL_MONTHS[1::2]: "monthly_even"}
    if months in named:
        return text(f"recurring.{named[months]}", on=on)
    for nth in (1, 2, 3):
        if months == ALL_MONTHS[nth - 1 :: 3]:
            return text("recurring.quarterly", nth=_numeral(nth), on=on)
    return text("recurring.yearly", months=_and([text("recurring.month", month=m) for m in months]), on=on)


def _on(on: On) -> str:
    match on:
        case OnDays(days):
            return _and([_day(day) for day in (*_positive(days), *_negative(days))])
        case OnWeekdays(nths, weekday):
            return text("recurring.weekday", nths=_nths(nths), weekday=_weekday(weekday))
        case OnWorkdays(nths):
            return text("recurring.workday", nths=_nths(nths))


def _day(day: int) -> str:
    return text("recurring.last_day") if day == LAST else text("recurring.day", day=day)


def _nths(nths: tuple[int, ...]) -> str:
    return _and([_nth(nth) for nth in (*_positive(nths), *_negative(nths))])


def _nth(nth: int) -> str:
    if nth == LAST:
        return text("recurring.last")
    key = "nth" if nth > 0 else "nth_last"
    return text(f"recurring.{key}", nth=_numeral(abs(nth)))


def _positive(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number > 0)


def _negative(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number < 0)


def _numeral(number: int) -> str:
    numerals = text("recurring.numerals")
    return numerals[number - 1] if number <= len(numerals) else str(number)


def _weekday(day: int) -> str:
    return text("moments.weekdays")[day]


def _and(parts: list[str]) -> str:
    return text("recurring.and").join(parts)


def _clauses(recurrence: Recurrence) -> tuple[str, ...]:
    days_off, clauses = recurrence.days_off, []
    if days_off.shift is not Shift.KEEP:
        off = text(f"recurring.off_{days_off.off}")
        clauses.append(text(f"recurring.off_{days_off.shift}", off=off))
    if days_off.made_up is MadeUp.AVOIDED:
        clauses.append(text("recurring.made_up_avoided"))
    if recurrence.since is not None:
        clauses.append(text("recurring.since", day=_full_day(recurrence.since)))
    if recurrence.until is not None:
        clauses.append(text("recurring.until", day=_full_day(recurrence.until)))
    return tuple(clauses)


def _full_day(day: date) -> str:
    return text("recurring.full_day", year=day.year, month=day.month, day=day.day)
