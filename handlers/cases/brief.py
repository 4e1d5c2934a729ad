"""What a stage asks, in the words of the events: numbers worked out, moments counted."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.days import add_workdays, end_of_days
from handlers.events import StageBrief
from handlers.moments import day_end, local_date
from handlers.procedures.describe import outcome_label
from handlers.procedures.model import Procedure, Stage
from handlers.procedures.periods import CalendarDays, Hours, Minutes, Period, Term, WorkDays
from handlers.stage_rules import rule_json


def brief_for(procedure: Procedure, stage: Stage, now: datetime, zone: ZoneInfo) -> StageBrief:
    """The brief of a stage that is entered now."""
    return StageBrief(
        kind=stage.kind,
        name=stage.name,
        body=stage.body,
        group=stage.group,
        rule=rule_json(stage.rule),
        limit=limit_of(stage, now, zone),
        days=_days(stage.limit),
        secrecy=stage.secrecy,
        changeable=_yes(stage.allow_change_until_close),
        basis=stage.rule.basis if stage.rule and stage.rule.basis else stage.basis,
        doc=stage.doc,
        private=_yes(procedure.private),
        advisory=_yes(stage.advisory),
        wait_until=_after(stage.wait, now, zone),
        remote_basis=stage.remote_basis,
        choices=tuple((edge.outcome, outcome_label(stage, edge.outcome)) for edge in stage.edges),
    )


def limit_of(stage: Stage, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment a stage's own period ends when it is entered now; None when it has no period."""
    return _after(stage.limit, now, zone)


def _after(term: Term | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    return None if term is None else _end(term.period, now, zone)


def _end(period: Period, now: datetime, zone: ZoneInfo) -> datetime:
    today = local_date(now, zone)
    match period:
        case CalendarDays(count):
            return day_end(end_of_days(today, count), zone)
        case WorkDays(count):
            return day_end(add_workdays(today, count), zone)
        case Hours(count):
            return now + timedelta(hours=count)
        case Minutes(count):
            return now + timedelta(minutes=count)


def _days(term: Term | None) -> int:
    return term.period.count if term and isinstance(term.period, CalendarDays | WorkDays) else 0


def _yes(flag: object) -> str:
    return "yes" if flag else ""
