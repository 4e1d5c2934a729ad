"""Reading the periods of a stage; days, working days, hours and minutes never mix."""

from dataclasses import dataclass

from handlers.procedures.fields import Table
from handlers.procedures.periods import CalendarDays, Hours, Minutes, Period, Term, WorkDays
from handlers.procedures.shares import read_grade

LONGEST_DAYS = 3650
DAY_KINDS = ("calendar", "work")


@dataclass(frozen=True, slots=True)
class TermKeys:
    """The keys that spell one period; empty strings where a unit is not offered."""

    days: str
    hours: str
    minutes: str
    grade: str


MAIN = TermKeys("days", "hours", "minutes", "days_grade")
SHORTEST = TermKeys("days_min", "", "", "days_grade")
START = TermKeys("start_days", "", "", "start_grade")
WAIT = TermKeys("wait_days", "", "", "wait_grade")


def read_term(table: Table, keys: TermKeys) -> Term | None:
    """A period with its grade; None when none is written or it cannot be read."""
    spelt = [name for name in (keys.days, keys.hours, keys.minutes) if name and name in table.rows]
    if not spelt:
        _unused(table, keys)
        return None
    if len(spelt) > 1:
        table.faults.error("two_periods", stage=table.where, names="、".join(spelt))
    count = table.integer(spelt[0])
    grade = read_grade(table, keys.grade)
    if count is None or grade is None:
        return None
    period = _period(table, keys, spelt[0], count)
    return Term(period, grade) if period else None


def _period(table: Table, keys: TermKeys, spelt: str, count: int) -> Period | None:
    if spelt == keys.hours:
        return Hours(count)
    if spelt == keys.minutes:
        return Minutes(count)
    if count > LONGEST_DAYS:
        table.faults.error("number_out_of_range", stage=table.where, name=spelt, most=LONGEST_DAYS)
        return None
    return WorkDays(count) if _in_work_days(table) else CalendarDays(count)


def _in_work_days(table: Table) -> bool:
    written = table.text("day_kind")
    if written and written not in DAY_KINDS:
        table.faults.unknown("unknown_day_kind", written, DAY_KINDS, stage=table.where)
    return written == "work"


def _unused(table: Table, keys: TermKeys) -> None:
    if keys is SHORTEST:
        return
    spare = [keys.grade, *(["day_kind"] if keys is MAIN else [])]
    if keys is MAIN and "days_min" in table.rows:
        spare = []
    for name in spare:
        if name in table.rows:
            table.faults.error("grade_without_number", stage=table.where, name=name)
