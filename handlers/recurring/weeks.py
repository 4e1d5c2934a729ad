"""Reading the weekly ones: 每周一、三, 每两周的周五, 单周周二, 每周一到周五."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from handlers.recurring.model import Weekly, Weeks
from handlers.recurring.signs import AND, WEEK, WEEKDAY, weekday
from handlers.refusals import Refusal

_HEADS: Final = (
    (re.compile(rf"(?:每?隔(?:一个?|1个?)?|每(?:两|二|2)个?){WEEK}"), Weeks.OTHER),
    (re.compile(rf"(?:每逢|每|逢)?个?单数?{WEEK}"), Weeks.ODD),
    (re.compile(rf"(?:每逢|每|逢)?个?双数?{WEEK}"), Weeks.EVEN),
    (re.compile(rf"(?:每逢|每|逢)一?个?{WEEK}"), Weeks.EVERY),
)
_TO: Final = r"\s*(?:到|至|-|—|~)\s*"
_LIST: Final = re.compile(
    rf"(?:\s*的)?\s*(?:{WEEK})?({WEEKDAY}(?:(?:{AND}|{_TO})?(?:每?{WEEK})?{WEEKDAY})*)",
)
_MARK: Final = re.compile(rf"(?P<to>{_TO})|(?P<day>[一二三四五六日天1-6])")
_WEEKEND: Final = re.compile(rf"(?:\s*的)?\s*(?:{WEEK})?末")


@dataclass(frozen=True, slots=True)
class WeekHead:
    """每周, 每两周 …: where it ends and which weeks it names."""

    end: int
    weeks: Weeks


def week_heads(plain: str) -> tuple[tuple[int, WeekHead], ...]:
    """Every head in the text with its place."""
    return tuple(
        (found.start(), WeekHead(found.end(), weeks))
        for pattern, weeks in _HEADS
        if (found := pattern.search(plain))
    )


def read_weekly(plain: str, head: WeekHead) -> tuple[Weekly, int]:
    """The days behind a head, and where they end. Refusal without any, for 周末, and for all seven."""
    if _WEEKEND.match(plain, head.end):
        raise Refusal("recurring.weekend")
    found = _LIST.match(plain, head.end)
    if found is None:
        raise Refusal("recurring.which_weekday")
    days = _days(found[1])
    if len(days) == 7:  # noqa: PLR2004 - the week
        raise Refusal("recurring.daily")
    return Weekly(days, head.weeks), found.end()


def first_week(pattern: Weekly, today: date) -> date:
    """The first of its days that is not over, from which every other week is counted."""
    return min(today + timedelta(days=(day - today.weekday()) % 7) for day in pattern.weekdays)


def _days(written: str) -> tuple[int, ...]:
    days: set[int] = set()
    last, ranging = -1, False
    for found in _MARK.finditer(written):
        if found["to"]:
            ranging = True
            continue
        day = weekday(found["day"])
        if ranging and day < last:
            raise Refusal("recurring.which_weekday")
        days |= set(range(last, day + 1)) if ranging else {day}
        last, ranging = day, False
    return tuple(sorted(days))
