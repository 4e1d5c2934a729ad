"""How long a notice stays: from the day people can read it to 24:00 of its last day."""

from datetime import datetime

from handlers.days import end_of_days
from handlers.moments import day_end, local_date, morning_after
from handlers.work import Work


def begins(work: Work) -> datetime:
    """When a notice posted now can be read: at night it waits for the morning, and so does its first day."""
    return morning_after(work.now, work.settings) or work.now


def last_day(work: Work, days: int) -> datetime:
    """The end of a notice of `days` days that is posted now."""
    zone = work.settings.zone
    return day_end(end_of_days(local_date(begins(work), zone), days), zone)
