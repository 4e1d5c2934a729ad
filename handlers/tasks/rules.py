"""What is decided about tasks without looking anything up: when to remind, and what people's words say."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from handlers.dates import names_day, read_day
from handlers.moments import day_end
from handlers.money import find_amount
from handlers.refusals import Refusal
from handlers.words import narrow

WARN_DAYS: Final = (3, 1)
MORNING: Final = time(9)
WHOLE: Final = 100
_PERCENT: Final = re.compile(r"(?<![\d.])(\d{1,6})(\.\d+)?\s*[%％]")
_PAID: Final = re.compile(r"(?:已经?支?付|已花|已用|支出|付了|花了)款?(?=\s*\d)")
_EDGES: Final = " \t\n，,。；;：:、"
_BY: Final = re.compile(r"^(?:之?前|以前|截止|完成)+")


@dataclass(frozen=True, slots=True)
class Progress:
    """What an owner said: how far it is, what is paid in all (yuan), and the rest; None for what was left out."""

    percent: int | None
    spent: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to do it (a name or a party, "" for whoever does now), by when, with how much (yuan)."""

    owner: str
    due_on: date | None
    budget: Decimal | None


def read_progress(written: str) -> Progress:
    """Read 60% 已付5万 合同已签. Refusal for more than all of it."""
    percent, rest = _take_percent(written)
    spent, rest = _take_paid(rest)
    return Progress(percent, spent, rest.strip(_EDGES))


def read_assignment(written: str, now: datetime, zone: ZoneInfo) -> Assignment:
    """Read 李四 12月20日 18.6万, in any order. Refusal for a day that has passed or cannot be."""
    amount = find_amount(written)
    budget, rest = amount or (None, written)
    due_on: date | None = None
    if names_day(rest):
        found = read_day(rest, now, zone)
        due_on = found.day
        rest = f"{found.before} {_BY.sub('', found.after)}"
    return Assignment(rest.strip(_EDGES), due_on, budget)


def next_moment(due_on: date | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When a task speaks up next: three days before, one day before, and when its day is over."""
    if due_on is None:
        return None
    mornings = (
        datetime.combine(due_on - timedelta(days=days), MORNING, zone).astimezone(UTC) for days in WARN_DAYS
    )
    return next((moment for moment in (*mornings, day_end(due_on, zone)) if moment > now), None)


def overdue(due_on: date, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a task's day is over."""
    return now >= day_end(due_on, zone)


def month_later(now: datetime, zone: ZoneInfo) -> datetime:
    """The same day of the next month in the morning; the 31st becomes the last day of a shorter one."""
    local = now.astimezone(zone).date()
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)  # noqa: PLR2004 - months
    day = min(local.day, monthrange(year, month)[1])
    return datetime.combine(date(year, month, day), MORNING, zone).astimezone(UTC)


def _take_percent(written: str) -> tuple[int | None, str]:
    match = _PERCENT.search(narrow(written))
    if match is None:
        return None, written
    if match[2] or int(match[1]) > WHOLE:
        raise Refusal("tasks.percent_range")
    return int(match[1]), f"{written[: match.start()]} {written[match.end() :]}".strip()


def _take_paid(written: str) -> tuple[Decimal | None, str]:
    match = _PAID.search(narrow(written))
    if match is None:
        return None, written
    amount = find_amount(written[match.end() :])
    if amount is None:
        return None, written
    spent, after = amount
    return spent, f"{written[: match.start()]} {after}".strip()
