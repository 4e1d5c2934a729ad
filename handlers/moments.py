"""Moments as people read them, in the community's own time."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.settings import Settings
from handlers.texts import text

_DAY_END = time(23, 59, 59)
_HOUR = 60


def day(when: date, zone: ZoneInfo | None = None) -> str:
    """11月28日（周六）."""
    local = when.astimezone(zone) if isinstance(when, datetime) and zone else when
    weekday = text("moments.weekdays")[local.weekday()]
    return text("moments.day", month=local.month, day=local.day, weekday=weekday)


def clock(when: datetime, zone: ZoneInfo) -> str:
    """19:00."""
    return when.astimezone(zone).strftime("%H:%M")


@lru_cache(256)
def moment(when: datetime, zone: ZoneInfo) -> str:
    """11月28日（周六）19:00."""
    return f"{day(when, zone)}{clock(when, zone)}"


def span(length: timedelta) -> str:
    """How long, as people say it: 2 天, 3 小时, 40 分钟; rounded down, never below a minute."""
    minutes = max(int(length.total_seconds() // 60), 1)
    if minutes >= 48 * _HOUR:
        return text("moments.days", count=minutes // 1440)
    if minutes >= _HOUR:
        return text("moments.hours", count=minutes // _HOUR)
    return text("moments.minutes", count=minutes)


def day_end(local_day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day there, in UTC: a period that ends on a day ends at its 24:00 (民法典 203)."""
    return datetime.combine(local_day, _DAY_END, zone).astimezone(UTC)


def local_date(when: datetime, zone: ZoneInfo) -> date:
    """The calendar day it is there."""
    return when.astimezone(zone).date()


def morning_after(now: datetime, settings: Settings) -> datetime | None:
    """When the quiet hours that hold now will end; None by day."""
    begin, end = settings.quiet
    local = now.astimezone(settings.zone)
    hour = local.time()
    asleep = (begin <= hour or hour < end) if begin > end else begin <= hour < end
    if not asleep:
        return None
    wake = datetime.combine(local.date(), end, settings.zone)
    return (wake if hour < end else wake + timedelta(days=1)).astimezone(UTC)
