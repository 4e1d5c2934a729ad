"""Days and clock times as people type them: 11月28日19:00, 明天晚7点, 下周一9:00, 2026-11-28 19:00."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.clocks import NUMERAL, Clock, find_clock, number
from handlers.moments import day as day_text
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow

_WEEKDAYS = {mark: index % 7 for index, mark in enumerate("一二三四五六日天123456")} | {"天": 6}
_WEEKDAYS |= {str(number): number - 1 for number in range(1, 7)}
_WEEK = r"(?:周|星期|礼拜)"
_NEAR = {"今": 0, "明": 1, "后": 2, "大后": 3, "昨": -1, "前": -2}
_FAR = timedelta(days=731)
_AGREES = re.compile(rf"\s*[(（,，]?\s*{_WEEK}([一二三四五六日天])\s*[)）]?")


@dataclass(frozen=True, slots=True)
class When:
    """A moment somebody wrote, in UTC, and what they wrote before and after it."""

    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day somebody wrote, and what they wrote before and after it."""

    day: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A day in a text; `weekly`: it names a weekday, so that a passed hour means a week later."""

    start: int
    end: int
    day: date
    half: str = ""
    weekly: int = 0


def read_when(written: str, now: datetime, zone: ZoneInfo) -> When:
    """Read the first day and clock time in `written`. A day without a year is the next such day.

    A Refusal with an example when either is missing, cannot be, has passed, or lies more than two years ahead.
    """
    plain = narrow(written)
    found = _find(plain, _today(now, zone))
    clock = _clock_after(plain, found) or _clock_before(plain, found)
    if clock is None:
        raise Refusal("dates.no_time", day=day_text(found.day), example=text("dates.example"))
    at = _moment(found.day, clock, zone)
    if at <= now and found.weekly:
        at = _moment(found.day + timedelta(days=found.weekly), clock, zone)
    if at <= now:
        raise Refusal("dates.past", when=_shown(at, zone), example=text("dates.example"))
    if at > now + _FAR:
        raise Refusal("dates.too_far", when=_shown(at, zone))
    return When(at, *_around(written, found, clock))


def read_day(written: str, now: datetime, zone: ZoneInfo) -> Day:
    """Read the first day in `written`; today counts. A Refusal as `read_when` gives."""
    today = _today(now, zone)
    found = _find(narrow(written), today)
    if found.day < today:
        raise Refusal("dates.past", when=day_text(found.day), example=text("dates.example_day"))
    if found.day - today > _FAR:
        raise Refusal("dates.too_far", when=f"{found.day.year}-{found.day.month}-{found.day.day}")
    return Day(found.day, written[: found.start].strip(), written[found.end :].strip())


def names_day(written: str) -> bool:
    """Whether there is something in the text that is meant as a day."""
    plain = narrow(written)
    return any(pattern.search(plain) for pattern, _ in (*_FORMS, _BARE))


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _shown(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.year}年{day_text(local.date())}{local:%H:%M}"


# ---- the day


def _full(match: re.Match[str], today: date) -> _Found:
    del today
    return _at(match, date(int(match[1]), number(match[2]), number(match[3])))


def _other_year(match: re.Match[str], today: date) -> _Found:
    """26年 is 2026年; any other year that is not of this century is nobody's: the day alone is not what was meant."""
    if len(match[1]) != len("26"):
        raise ValueError(match[1])
    return _at(match, date(today.year // 100 * 100 + int(match[1]), number(match[2]), number(match[3])))


def _month_day(match: re.Match[str], today: date) -> _Found:
    month, day = number(match[2]), number(match[3])
    if match[1]:
        return _at(match, date(today.year + (match[1] == "明年"), month, day))
    return _at(match, _next_such_day(month, day, today))


def _slash(match: re.Match[str], today: date) -> _Found:
    return _at(match, _next_such_day(int(match[1]), int(match[2]), today))


def _near(match: re.Match[str], today: date) -> _Found:
    half = {"晚": "晚", "早": "早"}.get(match[2], "")
    return _at(match, today + timedelta(days=_NEAR[match[1]]), half)


def _weekday(match: re.Match[str], today: date) -> _Found:
    monday = today - timedelta(days=today.weekday())
    which = (match[1] or "").removesuffix("个")
    day = monday + timedelta(days=_WEEKDAYS[match[2]])
    if not which:
        day += timedelta(days=7 if day < today else 0)
        return _Found(match.start(), match.end(), day, weekly=7)
    weeks = {"上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}[which]
    return _at(match, day + timedelta(weeks=weeks))


def _ahead(match: re.Match[str], today: date) -> _Found:
    count = number(match[1].replace("两", "二"))
    return _at(match, today + timedelta(days=count * (1 if match[2] in "天日" else 7)))


def _of_month(match: re.Match[str], today: date) -> _Found:
    first = _month_start(today, match[1])
    return _at(match, first.replace(day=number(match[2])))


def _month_end(match: re.Match[str], today: date) -> _Found:
    following = _month_start(_month_start(today, match[1] or "本"), "下")
    return _at(match, following - timedelta(days=1))


def _bare_day(match: re.Match[str], today: date) -> _Found:
    day = number(match[1])
    for month in (today.replace(day=1), _month_start(today, "下")):
        if (found := _or_none(month.year, month.month, day)) and found >= today:
            return _at(match, found)
    raise ValueError(day)


_Reader = Callable[[re.Match[str], date], _Found]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(rf"(?<!\d)(20\d\d)\s*[-/.年]\s*({NUMERAL})\s*[-/.月]\s*({NUMERAL})(?!\d)\s*[日号]?"), _full),
    (re.compile(rf"(?:(今年|明年)\s*)?(?<!\d)({NUMERAL})\s*月\s*({NUMERAL})(?!\d)\s*[日号]?"), _month_day),
    (re.compile(r"(?<![\d/.:-])(\d{1,2})[-/.](\d{1,2})(?![\d/.:-]|号|栋|幢|室|单元|点)"), _slash),
    (re.compile(rf"(?<!\d)(\d+)\s*年\s*({NUMERAL})\s*月\s*({NUMERAL})(?!\d)\s*[日号]?"), _other_year),
    (re.compile(r"(今|明|大后|后|昨|前)(天|日|晚|早)"), _near),
    (re.compile(rf"(?<!每)(下下|下个?|这个?|本|上个?)?{_WEEK}([一二三四五六日天1-6])"), _weekday),
    (re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(天|日|周|星期|礼拜)[以之]?后"), _ahead),
    (re.compile(rf"(本月|这个?月|下个?月)\s*({NUMERAL})\s*[日号]"), _of_month),
    (re.compile(r"(本|这个?|下个?)?月底"), _month_end),
)
_BARE = (
    re.compile(rf"(?<![\d月])(?<![a-zA-Z])({NUMERAL})\s*[日号](?![楼院门厅室线店桌车机口库栋幢文])"),
    _bare_day,
)


def _find(plain: str, today: date) -> _Found:
    """The leftmost day in the text; a bare 28日 counts only where nothing clearer is said."""
    hits = [(match.start(), read, match) for pattern, read in _FORMS if (match := pattern.search(plain))]
    if not hits and (match := _BARE[0].search(plain)):
        hits = [(match.start(), _BARE[1], match)]
    if not hits:
        raise Refusal("dates.usage", example=text("dates.example"))
    _, read, match = min(hits, key=lambda hit: hit[0])
    try:
        found = read(match, today)
        return _held_to_weekday(plain, _said_after_weekday(plain, found, today) or found)
    except ValueError as error:
        raise Refusal("dates.no_such_day", written=match[0].strip(), example=text("dates.example")) from error


def _said_after_weekday(plain: str, weekday: _Found, today: date) -> _Found | None:
    """In 周六 11月28日 the day is what counts, and the weekday is held against it."""
    if not weekday.weekly:
        return None
    start = re.compile(r"[\s（(,，]*").match(plain, weekday.end)
    for pattern, read in _FORMS[:3]:
        if start and (match := pattern.match(plain, start.end())):
            found = read(match, today)
            if found.day.weekday() != weekday.day.weekday():
                raise Refusal("dates.other_weekday", day=day_text(found.day), written=plain[weekday.end - 1])
            return _Found(weekday.start, found.end, found.day)
    return None


def _held_to_weekday(plain: str, found: _Found) -> _Found:
    """Take in a weekday written behind the day. Refusal when it is another than the calendar's."""
    match = None if found.weekly else _AGREES.match(plain, found.end)
    if match is None:
        return found
    if _WEEKDAYS[match[1]] != found.day.weekday():
        raise Refusal("dates.other_weekday", day=day_text(found.day), written=match[1])
    return _Found(found.start, match.end(), found.day, found.half)


def _at(match: re.Match[str], day: date, half: str = "") -> _Found:
    return _Found(match.start(), match.end(), day, half)


def _next_such_day(month: int, day: int, today: date) -> date:
    for year in (today.year, today.year + 1):
        if (found := _or_none(year, month, day)) and found >= today:
            return found
    raise ValueError(month, day)


def _or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_start(today: date, which: str) -> date:
    first = today.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1) if which.startswith("下") else first


def _clock_after(plain: str, found: _Found) -> Clock | None:
    return find_clock(plain, found.end, len(plain), found.half)


def _clock_before(plain: str, found: _Found) -> Clock | None:
    return find_clock(plain, 0, found.start, found.half)


def _moment(day: date, clock: Clock, zone: ZoneInfo) -> datetime:
    late, hour = divmod(clock.hour, 24)
    local = datetime.combine(day + timedelta(days=late), time(hour, clock.minute), zone)
    return local.astimezone(UTC)


def _around(written: str, found: _Found, clock: Clock) -> tuple[str, str]:
    """What stands before the day, and what is left behind it when the clock is taken out."""
    if clock.start >= found.end:
        after = written[found.end : clock.start].strip() + " " + written[clock.end :].strip()
        return written[: found.start].strip(), after.strip(" ,，。")
    before = written[: clock.start].strip() + " " + written[clock.end : found.start].strip()
    return before.strip(), written[found.end :].strip(" ,，。")
