from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.refusals import Refusal
from handlers.tasks.rules import (
    Assignment,
    Progress,
    month_later,
    next_moment,
    overdue,
    read_assignment,
    read_progress,
)

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "progress"),
    [
        ("60% 已付5万 合同已签", Progress(60, Decimal("50000.00"), "合同已签")),
        ("合同已签，完成６０％，已支付 5000元", Progress(60, Decimal("5000.00"), "合同已签，完成 ，")),
        ("材料到场", Progress(None, None, "材料到场")),
        ("0%", Progress(0, None, "")),
        ("100%", Progress(100, None, "")),
        ("预算18.6万还没动", Progress(None, None, "预算18.6万还没动")),
        ("", Progress(None, None, "")),
    ],
)
def test_progress_is_read_out_of_a_sentence(written: str, progress: Progress) -> None:
    read = read_progress(written)
    assert (read.percent, read.spent) == (progress.percent, progress.spent)
    assert read.text.strip("， ") == progress.text.strip("， ")


@pytest.mark.parametrize("written", ["101%", "160%", "60.5%", "999999%"])
def test_more_than_all_of_it_or_parts_of_a_percent_are_refused(written: str) -> None:
    with pytest.raises(Refusal, match=r"tasks\.percent_range"):
        read_progress(written)


@pytest.mark.parametrize(
    ("written", "assignment"),
    [
        ("李四 12月20日 18.6万", Assignment("李四", date(2026, 12, 20), Decimal("186000.00"))),
        ("18.6万 12月20日前 李四", Assignment("李四", date(2026, 12, 20), Decimal("186000.00"))),
        ("物业", Assignment("物业", None, None)),
        ("12月20日", Assignment("", date(2026, 12, 20), None)),
        ("2027-01-15", Assignment("", date(2027, 1, 15), None)),
        ("", Assignment("", None, None)),
    ],
)
def test_an_assignment_is_read_in_any_order(written: str, assignment: Assignment) -> None:
    assert read_assignment(written, NOW, ZONE) == assignment


def test_a_day_that_cannot_be_is_refused() -> None:
    with pytest.raises(Refusal):
        read_assignment("李四 2月30日", NOW, ZONE)


def test_a_task_speaks_up_three_days_before_one_day_before_and_when_its_day_is_over() -> None:
    due, said, now = date(2026, 12, 20), [], NOW
    while moment := next_moment(due, now, ZONE):
        said.append(moment.astimezone(ZONE).strftime("%m-%d %H:%M"))
        now = moment
    assert said == ["12-17 09:00", "12-19 09:00", "12-20 23:59"]
    assert next_moment(None, NOW, ZONE) is None


@given(
    st.dates(date(2026, 11, 2), date(2028, 12, 31)),
    st.integers(0, 20000),
)
def test_nothing_is_said_of_a_task_that_is_late_but_once(due: date, hours: int) -> None:
    now = NOW + timedelta(hours=hours)
    assert (next_moment(due, now, ZONE) is None) == overdue(due, now, ZONE)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (datetime(2026, 11, 2, 1, tzinfo=UTC), "2026-12-02"),
        (datetime(2026, 12, 31, 1, tzinfo=UTC), "2027-01-31"),
        (datetime(2027, 1, 31, 1, tzinfo=UTC), "2027-02-28"),
        (datetime(2028, 1, 30, 1, tzinfo=UTC), "2028-02-29"),
        (datetime(2026, 11, 30, 17, tzinfo=UTC), "2027-01-01"),
    ],
)
def test_a_month_later_is_the_same_day_where_there_is_one(day: datetime, later: str) -> None:
    assert month_later(day, ZONE).astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == f"{later} 09:00"
    assert month_later(day, ZONE) - day >= timedelta(days=27)
