"""When those who have not voted are reminded: once on the last day, and once shortly before the end."""

from datetime import datetime, timedelta

LAST_DAY = timedelta(days=1)
LAST_CALL = timedelta(hours=2)


def first_reminder(now: datetime, closes_at: datetime) -> datetime | None:
    """The next reminder after now; None when the poll is too short or too near its end for one."""
    return next((at for at in _moments(closes_at) if at > now), None)


def _moments(closes_at: datetime) -> tuple[datetime, datetime]:
    return closes_at - LAST_DAY, closes_at - LAST_CALL
