"""When those who have not voted are reminded (once on the last day, once shortly before the end), and how long a result can be challenged."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.days import end_of_days
from handlers.moments import day_end, local_date

LAST_DAY = timedelta(days=1)
LAST_CALL = timedelta(hours=2)


def first_reminder(now: datetime, closes_at: datetime) -> datetime | None:
    """The next reminder after now; None when the poll is too short or too near its end for one."""
    return next((at for at in _moments(closes_at) if at > now), None)


def challenged_until(closes_at: datetime, days: int, zone: ZoneInfo) -> datetime | None:
    """The end of the last of so many days after the close; the day of the close is not counted. None for no days."""
    return day_end(end_of_days(local_date(closes_at, zone), days), zone) if days else None


def _moments(closes_at: datetime) -> tuple[datetime, datetime]:
    return closes_at - LAST_DAY, closes_at - LAST_CALL
