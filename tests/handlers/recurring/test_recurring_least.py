from datetime import date, timedelta
from itertools import pairwise

import pytest

from handlers.bodies.catalogue import bodies
from handlers.matters.findings import Severity
from handlers.procedures.floors import period_floors
from handlers.procedures.terms import StageKind
from handlers.recurring.least import Every, Span, all_least, latest_call, least_of, notice_needed, period_of
from handlers.recurring.watch import overdue, tell_from
from handlers.rules.rule import Grade
from tests.handlers.recurring.made import days


def told(
    body: str, last_held: date | None, today: date, planned: date | None = None
) -> tuple[str, str] | None:
    found = overdue(body, last_held, today, planned)
    if found is None:
        return None
    assert found.severity is Severity.WARNING
    return found.key.removeprefix("recurring.least_"), found.line


@pytest.mark.parametrize(
    ("body", "every", "grade"),
    [
        ("villagers18", Every.YEAR, Grade.LAW),
        ("households", Every.YEAR, Grade.LAW),
        ("village_reps", Every.QUARTER, Grade.LAW),
        ("resident_reps", Every.HALF_YEAR, Grade.LAW),
        ("collective_members", Every.YEAR, Grade.LAW_UNCHECKED),
        ("committees", Every.WEEK, Grade.LOCAL),
        ("residents18", Every.YEAR, Grade.PROPOSAL),
        ("owners", Every.YEAR, Grade.PROPOSAL),
    ],
)
def test_each_body_meets_so_often_and_it_is_said_how_firmly(body: str, every: Every, grade: Grade) -> None:
    least = least_of(body)
    assert least is not None
    assert (least.every, least.grade) == (every, grade)
    assert bool(least.law) == (grade is not Grade.PROPOSAL)


def test_every_body_is_known_and_stands_in_one_place_only() -> None:
    named = [body for least in all_least() for body in least.bodies]
    assert len(named) == len(set(named)) > 8
    assert set(named) <= set(bodies())
    assert least_of("stakeholders") is None


def test_the_periods_of_the_calendar_join_without_a_gap() -> None:
    for every in Every:
        spans = list(
            dict.fromkeys(period_of(day, every) for day in days(date(2023, 12, 1), date(2029, 2, 1)))
        )
        assert len(spans) > 5
        for before, after in pairwise(spans):
            assert after.first == before.last + timedelta(days=1)
            assert all(period_of(day, every) == after for day in (after.first, after.last))
    assert period_of(date(2028, 2, 29), Every.QUARTER) == Span(date(2028, 1, 1), date(2028, 3, 31))
    assert period_of(date(2026, 11, 22), Every.HALF_YEAR) == Span(date(2026, 7, 1), date(2026, 12, 31))
    assert period_of(date(2026, 11, 22), Every.WEEK) == Span(date(2026, 11, 16), date(2026, 11, 22))


def test_the_representatives_half_year_is_told_a_month_before_its_end() -> None:
    last = date(2026, 6, 10)
    assert told("resident_reps", last, date(2026, 11, 30)) is None
    key, line = told("resident_reps", last, date(2026, 12, 1)) or ("", "")
    assert key == "due"
    assert "每半年至少开一次" in line
    assert "还剩 30 天" in line
    assert "最晚12月21日（周一）发通知" in line
    assert "法律规定" in line


def test_a_meeting_held_or_planned_within_the_period_is_enough() -> None:
    today = date(2026, 12, 20)
    assert told("resident_reps", date(2026, 7, 1), today) is None
    assert told("resident_reps", date(2026, 6, 10), today, date(2026, 12, 31)) is None
    assert told("resident_reps", date(2026, 6, 10), today, date(2027, 1, 4)) is not None


def test_one_planned_after_the_end_of_the_period_is_late() -> None:
    key, line = told("village_reps", date(2026, 9, 1), date(2026, 12, 20), date(2027, 1, 8)) or ("", "")
    assert key == "planned_late"
    assert "2027年1月8日" in line


def test_a_plan_that_has_passed_without_a_meeting_counts_for_nothing() -> None:
    assert told("village_reps", date(2026, 9, 1), date(2026, 12, 20), date(2026, 12, 10)) is not None


def test_a_period_that_was_missed_is_said_at_once_until_the_next_is_called() -> None:
    last, early = date(2026, 5, 1), date(2026, 10, 2)
    assert (told("village_reps", last, early) or ("",))[0] == "missed"
    assert told("village_reps", last, early, date(2026, 12, 1)) is None
    assert told("village_reps", date(2026, 7, 1), early) is None


def test_nobody_is_accused_where_nothing_is_known() -> None:
    assert told("village_reps", None, date(2026, 10, 2)) is None
    key, line = told("village_reps", None, date(2026, 12, 20)) or ("", "")
    assert key == "due_never"
    assert "没有开过的记录" in line


def test_it_is_told_early_enough_to_give_notice_and_when_it_is_too_late_it_says_so() -> None:
    quarter = period_of(date(2026, 12, 1), Every.QUARTER)
    assert tell_from("village_reps", quarter) == date(2026, 12, 14)
    assert latest_call("village_reps", quarter.last) == date(2026, 12, 21)
    _, late = told("villagers18", date(2025, 5, 1), date(2026, 12, 25)) or ("", "")
    assert "来不及" in late
    assert "紧急情形" in late
    _, reps = told("village_reps", date(2026, 9, 1), date(2026, 12, 25)) or ("", "")
    assert "紧急情形" not in reps
    for least in all_least():
        for body in least.bodies:
            year = period_of(date(2026, 12, 1), least.every)
            assert tell_from(body, year) <= latest_call(body, year.last)


def test_what_is_only_proposed_says_so() -> None:
    _, line = told("owners", date(2025, 3, 1), date(2026, 12, 1)) or ("", "")
    assert "每年至少开一次（建议）" in line


@pytest.mark.parametrize(
    ("body", "count", "grade", "urgent"),
    [
        ("villagers18", 10, Grade.LAW, True),
        ("households", 10, Grade.LAW, True),
        ("residents18", 10, Grade.LAW, True),
        ("resident_reps", 10, Grade.PROPOSAL, False),
        ("owners", 15, Grade.LAW, False),
        ("party_voting", 3, Grade.LOCAL, False),
    ],
)
def test_so_many_days_before_a_meeting_its_people_are_told(
    body: str, count: int, grade: Grade, urgent: int
) -> None:
    notice = notice_needed(body)
    assert notice is not None
    assert (notice.days, notice.grade, notice.urgent) == (count, grade, bool(urgent))


def test_the_days_agree_with_the_least_that_procedures_are_held_to() -> None:
    floors = [floor for floor in period_floors() if floor.kind is StageKind.MEETING]
    assert len(floors) > 2
    for floor in floors:
        for body in floor.bodies:
            notice = notice_needed(body)
            assert notice is not None
            assert (notice.days, notice.law, notice.urgent) == (floor.days, floor.law, floor.urgent)


def test_a_body_that_decides_nothing_needs_no_notice() -> None:
    assert notice_needed("stakeholders") is None
    assert latest_call("stakeholders", date(2026, 12, 1)) == date(2026, 12, 1)
