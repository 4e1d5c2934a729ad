"""Reading those of a month, a quarter or a year: 每月5日, 每季度末月最后一个周五, 每年3月12日."""

import re
from dataclasses import dataclass
from typing import Final

from handlers.recurring.model import ALL_MONTHS, LAST, Monthly, On, OnDays, OnWeekdays, OnWorkdays
from handlers.recurring.signs import AND, NUMBER, WEEK, WEEKDAY, count, numbers, weekday
from handlers.refusals import Refusal
from handlers.texts import text

_YEAR: Final = 12
# A head and how many months long the period is within which it asks for a month; 0: it names its months itself.
_HEADS: Final = (
    (re.compile(r"(?:每逢|每|逢)个?单数?月"), 0, ALL_MONTHS[::2]),
    (re.compile(r"(?:每逢|每|逢)个?双数?月"), 0, ALL_MONTHS[1::2]),
    (re.compile(r"(?:每逢|每|逢)一?个?月"), 0, ALL_MONTHS),
    (re.compile(r"每一?个?季度?"), 3, ()),
    (re.compile(r"每一?个?半年"), 6, ()),
    (re.compile(r"每一?年"), 12, ()),
)
_OF: Final = r"\s*的?\s*"
_MONTH_OF: Final = re.compile(
    rf"{_OF}(?:第({NUMBER})个?|(首|头)一?个?|(末|尾|最后)一?个?)月份?(?![底末])",
)
_MONTHS: Final = re.compile(rf"{_OF}\(?\s*((?:{NUMBER}(?:月份?)?{AND})*{NUMBER}月份?)\s*\)?")
_NTH: Final = rf"(?:倒数第{NUMBER}个?|第{NUMBER}个?|最后一?个?|末个|首个|头一?个)"
_NTHS: Final = rf"({_NTH}(?:{AND}(?:{_NTH}|{NUMBER}个?))*)\s*"
_WEEKDAYS: Final = re.compile(rf"{_OF}{_NTHS}{WEEK}({WEEKDAY})")
_WORKDAYS: Final = re.compile(rf"{_OF}{_NTHS}工作日")
_ONE_NTH: Final = re.compile(rf"(?P<back>倒数第)?(?P<number>{NUMBER})|(?P<last>最后一?|末)|首|头一?")
_A_DAY: Final = rf"(?:最后一?[天日]|倒数第[一1][天日]|月?[底末](?!月)|第{NUMBER}[天日]|{NUMBER}[日号])"
_DAYS: Final = re.compile(rf"{_OF}((?:(?:{_A_DAY}|{NUMBER}){AND})*{_A_DAY})")
_ONE_DAY: Final = re.compile(rf"(?P<last>最后一?|倒数第[一1]|[底末])|(?P<number>{NUMBER})")
_WEEK_OF_MONTH: Final = re.compile(rf"{_OF}(?:第{NUMBER}|最后一|首)个?{WEEK}")
_LUNAR: Final = re.compile(r"[^,，;；]{0,4}(?:农历|阴历|初[一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class MonthHead:
    """每月, 每季度 …: where it ends, the months it names, and the length of the period when it names none."""

    written: str
    end: int
    period: int
    months: tuple[int, ...]


def month_heads(plain: str) -> tuple[tuple[int, MonthHead], ...]:
    """Every head in the text with its place."""
    return tuple(
        (found.start(), MonthHead(found[0], found.end(), period, months))
        for pattern, period, months in _HEADS
        if (found := pattern.search(plain))
    )


def read_monthly(plain: str, head: MonthHead) -> tuple[Monthly, int]:
    """The days behind a head, and where they end. Refusal for what names no day, or one no month has."""
    months, end = (head.months, head.end) if head.months else _months(plain, head)
    if head.period and not plain[end:].strip("\0 ,的"):
        raise Refusal("recurring.which_month")
    on, last = _on(plain, end)
    if not months:
        months = _edge_months(head.period, on)
    try:
        return Monthly(months, on), last
    except ValueError as error:
        raise _no_such_day(plain[head.end - len(head.written) : last]) from error


def _months(plain: str, head: MonthHead) -> tuple[tuple[int, ...], int]:
    """The months named behind 每季度, 每半年 or 每年; none when none is named."""
    if found := _MONTHS.match(plain, head.end):
        return _named_months(found[1], head), found.end()
    if head.period < _YEAR and (found := _MONTH_OF.match(plain, head.end)):
        nth = count(found[1]) if found[1] else (1 if found[2] else head.period)
        if not 1 <= nth <= head.period:
            raise Refusal("recurring.month_count", written=head.written)
        return ALL_MONTHS[nth - 1 :: head.period], found.end()
    return (), head.end


def _named_months(written: str, head: MonthHead) -> tuple[int, ...]:
    try:
        months = numbers(written)
    except ValueError as error:
        raise _no_such_day(written) from error
    if head.period < _YEAR and len(months) != _YEAR // head.period:
        raise Refusal("recurring.month_count", written=head.written)
    return months


def _edge_months(period: int, on: On) -> tuple[int, ...]:
    """每季度第一个周五 is in its first month, 每季度最后一天 in its last; all else must name the month."""
    match on:
        case OnDays((only,)) | OnWeekdays((only,), _) | OnWorkdays((only,)) if only in (1, LAST):
            return ALL_MONTHS[0 if only == 1 else period - 1 :: period]
        case _:
            raise Refusal("recurring.which_month")


def _on(plain: str, end: int) -> tuple[On, int]:
    """The days meant, and where they end."""
    if _LUNAR.match(plain, end):
        raise Refusal("recurring.lunar")
    try:
        return _read_on(plain, end)
    except ValueError as error:
        raise _no_such_day(plain[end:][:8].strip()) from error


def _read_on(plain: str, end: int) -> tuple[On, int]:
    if found := _WEEKDAYS.match(plain, end):
        return OnWeekdays(_nths(found[1]), weekday(found[2])), found.end()
    if found := _WORKDAYS.match(plain, end):
        return OnWorkdays(_nths(found[1])), found.end()
    if found := _DAYS.match(plain, end):
        return OnDays(_days(found[1])), found.end()
    if found := _WEEK_OF_MONTH.match(plain, end):
        raise Refusal("recurring.week_of_month", written=found[0].strip())
    raise Refusal("recurring.which_day")


def _nths(written: str) -> tuple[int, ...]:
    found = set()
    for piece in re.split(AND, written):
        one = _ONE_NTH.search(piece)
        assert one is not None
        number = count(one["number"]) if one["number"] else (LAST if one["last"] else 1)
        found.add(-number if one["back"] else number)
    return tuple(sorted(found))


def _days(written: str) -> tuple[int, ...]:
    found = set()
    for piece in re.split(AND, written):
        one = _ONE_DAY.search(piece)
        assert one is not None
        found.add(LAST if one["last"] else count(one["number"]))
    return tuple(sorted(found))


def _no_such_day(written: str) -> Refusal:
    return Refusal("recurring.no_such_day", written=written, example=text("recurring.example"))
