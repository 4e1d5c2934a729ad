"""When a poll begins (12月2日9:00起), and when the party organisation studied its matter (11月1日研究)."""

import re
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from handlers.dates import read_day, read_when
from handlers.moments import local_date
from handlers.refusals import Refusal
from handlers.words import narrow

_DAY_BEGINS: Final = (
    r"(?:\d|今|明|后天|大后|下|本周|本月|这|周|星期|礼拜|[一二三四五六七八九十]{1,3}[月日号天周个])"
)
_START: Final = re.compile(
    rf"(?:(?<=[\s，,；;。])|^)(?P<when>{_DAY_BEGINS}[^\s，,；;。研]*(?:\s+[^\s，,；;。月]*[点时:][^\s，,；;。月]*)?)"
    r"\s*起(?=[\s，,；;。]|$)"
)
_CLOCK: Final = re.compile(r"\d\s*[:：点时]|[点时]")
_USUAL: Final = time(9)
"""The hour at which a poll begins whose day alone was named."""
_STUDIED: Final = re.compile(
    r"(?:(\d{4})\s*[年\-./])?\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?\s*(?:已?研究(?:过|讨论)?)?"
)


def cut_start(words: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """Take the words of the beginning out of an order; None where none is named. Refusal for a moment that has passed."""
    match = _START.search(narrow(words))
    if match is None:
        return None, words
    rest = f"{words[: match.start()]} {words[match.end() :]}".strip()
    return _begin(match["when"], now, zone), rest


def read_studied(said: str, now: datetime, zone: ZoneInfo) -> date:
    """Read a day that lies behind us; without a year, the last such day. Refusal with the way to write it."""
    match = _STUDIED.fullmatch(narrow(said).strip())
    if match is None:
        raise Refusal("polls.studied_usage")
    today = local_date(now, zone)
    years = (int(match[1]),) if match[1] else (today.year, today.year - 1)
    for year in years:
        if (day := _day(year, int(match[2]), int(match[3]))) and day <= today:
            return day
    raise Refusal("polls.studied_usage")


def _begin(said: str, now: datetime, zone: ZoneInfo) -> datetime:
    if _CLOCK.search(said):
        return read_when(said, now, zone).at
    day = read_day(said, now, zone).day
    at = datetime.combine(day, _USUAL, zone).astimezone(UTC)
    if at <= now:
        raise Refusal("polls.start_usage")
    return at


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
