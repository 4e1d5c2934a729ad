"""A secretary's words for meetings that come round, read into a recurrence; every fault is told how to write it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from handlers.clocks import find_clock
from handlers.dates import read_day
from handlers.recurring.model import Pattern, Recurrence, Weekly, Weeks
from handlers.recurring.months import MonthHead, month_heads, read_monthly
from handlers.recurring.policy import days_off, take_policy
from handlers.recurring.signs import NUMBER, WEEK
from handlers.recurring.spans import Words, words
from handlers.recurring.weeks import WeekHead, first_week, read_weekly, week_heads
from handlers.refusals import Refusal
from handlers.texts import text

_DAWN: Final = 6
_HOURS: Final = 24
_UTC: Final = ZoneInfo("UTC")
_SINCE: Final = re.compile(r"(?:从|自)\s*([^,\0]{2,20}?)\s*(?:起|开始)")
_UNTIL: Final = re.compile(r"(?:截止到?|到|至)\s*([^,\0]{2,20}?)\s*(?:为止|止|结束)")
_FULL_DATE: Final = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
# What is refused by name, because people do write it.
_REFUSED: Final = (
    (re.compile(r"每[天日]|天天开|每个?工作日"), "daily"),
    (re.compile(rf"每?隔(?:{NUMBER}个?)?月|每隔?{NUMBER}个月"), "every_months"),
    (re.compile(rf"每隔?{NUMBER}个?{WEEK}|每旬"), "every_weeks"),
    (re.compile(r"农历|阴历"), "lunar"),
)
_AGAIN: Final = re.compile(rf"每(?:一|单|双|半|两|二|隔)?个?(?:{WEEK}[^会例报]|月|季|年|天|日)|每隔")
_MORE: Final = re.compile(
    rf"\s*(?:[、,/~-]|和|及|与|跟|或者?|至|到)\s*(?:每|逢|第|最后|{WEEK}|{NUMBER}\s*[日号月个])"
)
_DEADLINE: Final = re.compile(r"\s*(?:之前|以前|前后|前|左右|之内|以内)")
_HALVES: Final = re.compile(r"上午|中午|下午|傍晚|晚上|早上")


@dataclass(frozen=True, slots=True)
class Found:
    """A recurrence somebody wrote, and what they wrote before and after it: a meeting's name, a place."""

    recurrence: Recurrence
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Placed:
    pattern: Pattern
    start: int
    end: int


def read_recurrence(written: str, today: date) -> Recurrence:
    """Read a text that says nothing else. Refusal with an example for what is missing, impossible or left over."""
    found = find_recurrence(written, today)
    if left := " ".join(part for part in (found.before, found.after) if part):
        raise Refusal("recurring.left_over", written=left, example=text("recurring.example"))
    return found.recurrence


def find_recurrence(written: str, today: date) -> Found:
    """Read the recurrence in a text (两委会 每周一9:00 议事厅，遇节假日顺延). Refusal as `read_recurrence` gives.

    `today` is where 每两周 begins to count when no first day is said; `at` is None when no hour is.
    """
    said, since = _take_day(words(written), _SINCE, today)
    said, until = _take_day(said, _UNTIL, today)
    policy, said = take_policy(said)
    placed = _pattern(said.plain)
    said = said.taking(placed.start, placed.end)
    said, at = _take_clock(said, placed)
    before, after = said.left(0, placed.start), said.left(placed.end)
    _refuse_more(said.plain, before + after, at)
    off = days_off(policy, placed.pattern)
    if isinstance(placed.pattern, Weekly) and placed.pattern.weeks is Weeks.OTHER:
        since = since or first_week(placed.pattern, today)
    if since and until and since > until:
        raise Refusal("recurring.since_after_until")
    return Found(Recurrence(placed.pattern, at, off, since, until), before, after)


def _take_day(said: Words, asked: re.Pattern[str], today: date) -> tuple[Words, date | None]:
    found = asked.search(said.plain)
    if found is None:
        return said, None
    return said.taking(found.start(), found.end()), _day(found[1], today)


def _day(written: str, today: date) -> date:
    """A full date may lie in the past, where a recurrence written long ago begins; any other is the next one."""
    if full := _FULL_DATE.fullmatch(written):
        try:
            return date(int(full[1]), int(full[2]), int(full[3]))
        except ValueError as error:
            raise Refusal("dates.no_such_day", written=written, example=text("dates.example_day")) from error
    noon = datetime.combine(today, time(12), UTC)
    return read_day(written, noon, _UTC).day


def _pattern(plain: str) -> _Placed:
    """The leftmost days that come round."""
    heads: list[tuple[int, WeekHead | MonthHead]] = [*week_heads(plain), *month_heads(plain)]
    _refuse_named(plain, {start for start, _ in heads})
    if not heads:
        raise Refusal("recurring.usage", example=text("recurring.example"))
    start, head = min(heads, key=itemgetter(0))
    pattern: Pattern
    if isinstance(head, WeekHead):
        pattern, end = read_weekly(plain, head)
    else:
        pattern, end = read_monthly(plain, head)
    _refuse_going_on(plain, start, end)
    return _Placed(pattern, start, end)


def _refuse_named(plain: str, understood: set[int]) -> None:
    for pattern, key in _REFUSED:
        found = pattern.search(plain)
        if found and found.start() not in understood:
            raise Refusal(f"recurring.{key}", written=found[0])


def _refuse_going_on(plain: str, start: int, end: int) -> None:
    if found := _DEADLINE.match(plain, end):
        raise Refusal("recurring.exact_day", written=plain[start : found.end()])
    if found := _MORE.match(plain, end):
        raise Refusal("recurring.one_at_a_time", written=plain[end:][:12].strip(" 、,"))


def _take_clock(said: Words, placed: _Placed) -> tuple[Words, time | None]:
    """The hour behind the days, else before them."""
    plain = said.plain
    clock = find_clock(plain, placed.end, len(plain), "") or find_clock(plain, 0, placed.start, "")
    if clock is None:
        return said, None
    if not _DAWN <= clock.hour < _HOURS:
        raise Refusal("recurring.too_early", clock=plain[clock.start : clock.end].strip())
    return said.taking(clock.start, clock.end), time(clock.hour, clock.minute)


def _refuse_more(plain: str, left: str, at: time | None) -> None:
    """A second kind of day, or half an hour's name, must not pass for the name of a meeting."""
    if found := _AGAIN.search(plain):
        raise Refusal("recurring.one_at_a_time", written=plain[found.start() :][:12].rstrip("\0 ,"))
    if at is None and _HALVES.search(left):
        raise Refusal("recurring.no_hour")
