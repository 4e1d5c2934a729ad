"""The statutory traps: party organisation first, long enough on the board, told early enough, open long enough.

All days are local dates; the day something begins is not counted (民法典 201).
"""

from datetime import date, datetime, timedelta

from handlers.days import end_of_days
from handlers.matters.catalogue import routes
from handlers.matters.findings import Finding, Severity, error, finding, warning
from handlers.matters.model import Days, Lawful
from handlers.rules.rule import Grade
from handlers.texts import term, text

_FIRM = frozenset({Grade.LAW, Grade.LAW_UNCHECKED})
_SHORTEST = timedelta(hours=24)
_LONGEST = timedelta(days=60)


def check_party(lawful: Lawful, studied_on: date | None, told_on: date) -> tuple[Finding, ...]:
    """The party organisation studies the matter before people are told (村委会法 28, 居委会法 30)."""
    law = lawful.matter.party_first
    if not law:
        return ()
    if studied_on is None:
        return (error("matters.party_missing", law=law),)
    return (error("matters.party_late", law=law),) if studied_on > told_on else ()


def check_notice(
    lawful: Lawful, told_on: date | None, opens_on: date, urgent: str = ""
) -> tuple[Finding, ...]:
    """So many days lie between the notice and the meeting or the first day of voting.

    `urgent` is the reason for coming sooner, which counts only where the law knows that exception, or where the
    number is not the law's.
    """
    return check_days(lawful.route.notice, told_on, opens_on, urgent)


def check_days(notice: Days, told_on: date | None, opens_on: date, urgent: str = "") -> tuple[Finding, ...]:
    """What `check_notice` finds, for a number of days by itself."""
    if told_on is None:
        return (finding(_gravity(notice), "matters.notice_missing", days=notice.days, law=_source(notice)),)
    given = (opens_on - told_on).days
    if given >= notice.days:
        return ()
    values = {"days": notice.days, "given": max(given, 0), "law": _source(notice)}
    if notice.grade not in _FIRM:
        return (warning("matters.notice_short", **values),)
    if not notice.urgent:
        return (error("matters.notice_short", **values),)
    if urgent.strip():
        return (warning("matters.notice_urgent", **values, reason=urgent.strip()),)
    return (error("matters.notice_short_unless_urgent", **values),)


def statutory_notice(body_id: str) -> Days | None:
    """The notice the law asks whenever this body decides, whatever about; None where it asks none."""
    found = (route.notice for route in routes().values() if route.rule.electorate == body_id)
    return next((notice for notice in found if notice.grade is Grade.LAW), None)


def check_publication(lawful: Lawful, posted_on: date, until: date) -> tuple[Finding, ...]:
    """The result stays on the board; `until` is the last whole day. A last day on which offices rest is not one."""
    publish = lawful.matter.publish
    if publish is None:
        return ()
    values, given = {"days": publish.days, "law": _source(publish)}, max((until - posted_on).days, 0)
    if given < publish.days:
        return (finding(_gravity(publish), "matters.publication_short", **values, given=given),)
    last = end_of_days(posted_on, publish.days)
    return (warning("matters.publication_rests", last=_day(last), **values),) if until < last else ()


def check_window(lawful: Lawful | None, opens_at: datetime, closes_at: datetime) -> tuple[Finding, ...]:
    """A poll stays open long enough to be reached and not so long that it is forgotten."""
    given = closes_at - opens_at
    if given <= timedelta(0):
        return (error("matters.window_none"),)
    window = lawful.route.window if lawful else None
    if window is None:
        if given < _SHORTEST:
            return (warning("matters.window_hours"),)
        return (warning("matters.window_forgotten", most=_LONGEST.days),) if given > _LONGEST else ()
    if timedelta(days=window.least) <= given <= timedelta(days=window.most):
        return ()
    law = text("matters.source", law=window.law, grade=term("grade", window.grade))
    return (warning("matters.window_outside", least=window.least, most=window.most, law=law),)


def _gravity(days: Days) -> Severity:
    return Severity.ERROR if days.grade in _FIRM else Severity.WARNING


def _source(days: Days) -> str:
    """The article a number stands in, with how firm it is; alone its firmness where it stands in none."""
    grade = term("grade", days.grade)
    return text("matters.source", law=days.law, grade=grade) if days.law else grade


def _day(day: date) -> str:
    return text("matters.day", month=day.month, day=day.day)
