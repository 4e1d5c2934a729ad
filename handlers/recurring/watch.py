"""Whether a body is about to meet less often than it must, told while a meeting can still be called in time."""

from datetime import date, timedelta
from typing import Final

from handlers.matters.findings import Finding, warning
from handlers.moments import day as day_text
from handlers.recurring.least import Least, Span, latest_call, least_of, notice_needed, period_of, source
from handlers.texts import text

# Between being told and calling the meeting: finding a day, a room and an agenda.
_TO_PREPARE: Final = 7


def overdue(body: str, last_held: date | None, today: date, planned: date | None) -> Finding | None:
    """What to tell the secretary about a body today; None while all is well or there is time enough.

    `last_held` is the last meeting of the body (or of another roll of the same meeting, see `Least.bodies`), None
    when none is known; `planned` is its next one. A meeting in each period of the calendar is what the law asks;
    where one was missed it says so until the next is called, and where nothing is known it accuses nobody.
    """
    least = least_of(body)
    if least is None:
        return None
    period = period_of(today, least.every)
    if (last_held and last_held >= period.first) or (planned and today <= planned <= period.last):
        return None
    if planned is None and last_held and last_held < _before(period, least).first:
        return _told("least_missed", least, period, last=_full(last_held))
    if today < tell_from(body, period):
        return None
    if planned and planned > period.last:
        return _told("least_planned_late", least, period, planned=_full(planned))
    call = _call(body, today, period)
    key = "least_due" if last_held else "least_due_never"
    return _told(key, least, period, left=(period.last - today).days, call=call)


def tell_from(body: str, period: Span) -> date:
    """The day in a period from which the secretary is told: early enough for the body's notice, with days to spare."""
    least, notice = least_of(body), notice_needed(body)
    early = max(least.tell if least else 0, notice.days + _TO_PREPARE if notice else 0)
    return period.last - timedelta(days=early)


def _before(period: Span, least: Least) -> Span:
    return period_of(period.first - timedelta(days=1), least.every)


def _told(key: str, least: Least, period: Span, /, **values: object) -> Finding:
    return warning(
        f"recurring.{key}",
        body=least.name,
        every=text(f"recurring.every_{least.every}"),
        source=source(least.law, least.grade),
        end=day_text(period.last),
        **values,
    )


def _call(body: str, today: date, period: Span) -> str:
    """By when the notice must go out, or that it is too late for it."""
    notice = notice_needed(body)
    if notice is None:
        return ""
    told = {"days": notice.days, "source": source(notice.law, notice.grade)}
    latest = latest_call(body, period.last)
    if latest >= today:
        return text("recurring.call_by", **told, day=day_text(latest))
    exception = text("recurring.call_urgent") if notice.urgent else ""
    return text("recurring.call_too_late", **told) + exception


def _full(day: date) -> str:
    return text("recurring.full_day", year=day.year, month=day.month, day=day.day)
