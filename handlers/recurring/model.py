"""A recurrence: which days come round, at what hour, and what a day off does to them."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from pydantic import ConfigDict

_STRICTLY_NAMED: Final = ConfigDict(extra="forbid")
ALL_MONTHS: Final = tuple(range(1, 13))
LAST: Final = -1
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SATURDAY: Final = 5
_WEEKDAYS_A_MONTH: Final = 5
# A short month with a long holiday has few working days (14 in February 2026 without the made-up ones).
MOST_WORKDAYS: Final = 10
_BACKWARDS: Final = -5


def _ascending(numbers: tuple[int, ...], least: int, most: int) -> bool:
    """Whether there are some, each once, in order, none out of bounds; a 0 among numbers counted from both ends."""
    if least < 0 and 0 in numbers:
        return False
    within = all(least <= number <= most for number in numbers)
    return bool(numbers) and within and list(numbers) == sorted(set(numbers))


def _require(holds: object, about: object) -> None:
    if not holds:
        raise ValueError(f"no calendar has {about!r}")


class Weeks(StrEnum):
    """Which weeks: all, every other from a first one, those of odd or even number in the year (ISO 8601)."""

    EVERY = "every"
    OTHER = "other"
    ODD = "odd"
    EVEN = "even"


class Shift(StrEnum):
    """What becomes of a meeting on a day off: held all the same, on the next or previous working day, or not."""

    KEEP = "keep"
    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"


class Off(StrEnum):
    """What counts as a day off: public holidays (法定节假日), or every day on which offices rest."""

    HOLIDAYS = "holidays"
    REST = "rest"


class MadeUp(StrEnum):
    """What a weekend day is that offices work to make up for a holiday: a working day, or a day off."""

    WORKS = "works"
    AVOIDED = "avoided"


@dataclass(frozen=True, slots=True)
class Weekly:
    """Some days of the week, Monday 0 to Sunday 6."""

    __pydantic_config__ = _STRICTLY_NAMED

    weekdays: tuple[int, ...]
    weeks: Weeks = Weeks.EVERY

    def __post_init__(self) -> None:
        _require(_ascending(self.weekdays, 0, 6), self)


@dataclass(frozen=True, slots=True)
class OnDays:
    """Days of the month 1 to 31, or -1 for its last; in a shorter month the last day stands for one it lacks.

    So counts 民法典 202 too: without a corresponding day the month's last day is taken.
    """

    __pydantic_config__ = _STRICTLY_NAMED

    days: tuple[int, ...]

    def __post_init__(self) -> None:
        _require(_ascending(self.days, LAST, 31), self)


@dataclass(frozen=True, slots=True)
class OnWeekdays:
    """The 1st to 5th (-1: last) such weekday of the month; a month without a fifth has no meeting."""

    __pydantic_config__ = _STRICTLY_NAMED

    nths: tuple[int, ...]
    weekday: int

    def __post_init__(self) -> None:
        _require(_ascending(self.nths, _BACKWARDS, _WEEKDAYS_A_MONTH) and self.weekday in range(7), self)


@dataclass(frozen=True, slots=True)
class OnWorkdays:
    """The 1st to 10th working day of the month, or counted from its end: -1 the last, down to -5."""

    __pydantic_config__ = _STRICTLY_NAMED

    workdays: tuple[int, ...]

    def __post_init__(self) -> None:
        _require(_ascending(self.workdays, _BACKWARDS, MOST_WORKDAYS), self)


On = OnDays | OnWeekdays | OnWorkdays


@dataclass(frozen=True, slots=True)
class Monthly:
    """Days of some months, 1 to 12: all of them, one a quarter, one a year."""

    __pydantic_config__ = _STRICTLY_NAMED

    months: tuple[int, ...]
    on: On

    def __post_init__(self) -> None:
        _require(_ascending(self.months, 1, 12), self)
        if isinstance(self.on, OnDays):
            _require(max(self.on.days) <= max(_LONGEST[month - 1] for month in self.months), self)


Pattern = Weekly | Monthly


@dataclass(frozen=True, slots=True)
class DaysOff:
    """What a day off is, and what it does; where it does nothing, only a public holiday is worth a word."""

    __pydantic_config__ = _STRICTLY_NAMED

    shift: Shift = Shift.KEEP
    off: Off = Off.HOLIDAYS
    made_up: MadeUp = MadeUp.WORKS

    def __post_init__(self) -> None:
        _require(self.shift is not Shift.KEEP or self.off is Off.HOLIDAYS, self)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """定期会议的日程. `at` is local time, None where no hour is said; `since` and `until` bound the planned days.

    Every other week is counted from the week of `since`. Raises ValueError for what no calendar has.
    """

    __pydantic_config__ = _STRICTLY_NAMED

    pattern: Pattern
    at: time | None = None
    days_off: DaysOff = DaysOff()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        _require(not _counts_from_a_week(self.pattern) or self.since is not None, self)
        _require(_days_off_matter(self.pattern, self.days_off), self)
        _require(self.since is None or self.until is None or self.since <= self.until, self)
        _require(self.at is None or not (self.at.second or self.at.microsecond or self.at.tzinfo), self)


def on_weekends(pattern: Pattern) -> bool:
    """Whether a Saturday or Sunday is asked for by name, so that a plain weekend cannot be what moves it."""
    if isinstance(pattern, Weekly):
        return pattern.weekdays[-1] >= _SATURDAY
    return isinstance(pattern.on, OnWeekdays) and pattern.on.weekday >= _SATURDAY


def counts_workdays(pattern: Pattern) -> bool:
    """Whether only working days are asked for, so that none of them can be a day off."""
    return isinstance(pattern, Monthly) and isinstance(pattern.on, OnWorkdays)


def _counts_from_a_week(pattern: Pattern) -> bool:
    return isinstance(pattern, Weekly) and pattern.weeks is Weeks.OTHER


def _days_off_matter(pattern: Pattern, days_off: DaysOff) -> bool:
    """Whether every word about days off can make a difference, so that one meaning is written in one way."""
    if counts_workdays(pattern):
        return days_off.shift is Shift.KEEP
    if days_off.shift is Shift.KEEP:
        return days_off.made_up is MadeUp.WORKS
    return days_off.off is Off.HOLIDAYS or not on_weekends(pattern)
