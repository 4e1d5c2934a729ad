"""Lengths of time that must not be mixed up: calendar days, working days, hours, minutes."""

from dataclasses import dataclass

from handlers.procedures.terms import Grade

MINUTES_A_DAY = 24 * 60
MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """日: the starting day is not counted (民法典 201)."""

    count: int


@dataclass(frozen=True, slots=True)
class WorkDays:
    """工作日."""

    count: int


@dataclass(frozen=True, slots=True)
class Hours:
    """小时, counted from the very moment."""

    count: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """分钟, counted from the very moment."""

    count: int


Period = CalendarDays | WorkDays | Hours | Minutes


@dataclass(frozen=True, slots=True)
class Term:
    """A period and the grade of the number in it."""

    period: Period
    grade: Grade


def surely_minutes(period: Period) -> int:
    """The least number of minutes the period can last: a working day counts as one calendar day."""
    match period:
        case CalendarDays(count) | WorkDays(count):
            return count * MINUTES_A_DAY
        case Hours(count):
            return count * MINUTES_AN_HOUR
        case Minutes(count):
            return count
