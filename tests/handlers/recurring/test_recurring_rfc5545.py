"""The published rule, expanded by other people's programs, gives our own days for ten years."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings

from handlers.recurring.expansion import occurrences
from handlers.recurring.model import DaysOff, Recurrence, Weekly, Weeks
from handlers.recurring.reading import read_recurrence
from handlers.recurring.rfc5545 import rrule
from tests.handlers.recurring.made import DAY, days, is_planned, recurrences

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2017, 1, 1), date(2026, 12, 31)
TODAY = date(2026, 11, 22)


def calendar_days(recurrence: Recurrence, rule: str, begins: date) -> list[date]:
    """Write an event, parse it again with icalendar, and expand what it says with plain dateutil."""
    event = icalendar.Event()
    event.add("dtstart", datetime.combine(begins, recurrence.at or time(9), SHANGHAI))
    event.add("rrule", icalendar.vRecur.from_ical(rule))
    [parsed] = icalendar.Event.from_ical(event.to_ical()).walk("VEVENT")
    assert isinstance(parsed, icalendar.Event)
    said = parsed["RRULE"].to_ical()
    assert isinstance(said, bytes)
    expansion = rrulestr(said.decode(), dtstart=parsed.start)
    return [moment.date() for moment in expansion.between(*bounds(), inc=True)]


def bounds() -> tuple[datetime, datetime]:
    return datetime.combine(FIRST, time(), SHANGHAI), datetime.combine(LAST, time(23, 59), SHANGHAI)


@settings(max_examples=60, deadline=None)
@given(recurrences())
def test_a_calendar_expands_the_rule_to_our_days_for_ten_years(recurrence: Recurrence) -> None:
    hour = recurrence.at or time(9)
    recurrence = Recurrence(recurrence.pattern, hour, DaysOff(), recurrence.since, recurrence.until)
    rule = rrule(recurrence, SHANGHAI)
    assume(rule is not None)
    assert rule is not None
    ours = occurrences(recurrence, FIRST - DAY, SHANGHAI, until=LAST)
    assume(ours)
    assert [entry.held for entry in ours] == calendar_days(recurrence, rule, ours[0].planned)
    assert [entry.planned for entry in ours] == [
        day for day in days(FIRST, LAST) if is_planned(recurrence, day)
    ]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("每周一、三9:00", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("每两周的周五19:00", "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=FR"),
        ("每月5日9:00", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("每月31日9:00", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("每月最后一个周五19:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("每季度第一个月15日9:00", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=15"),
        ("每年2月29日9:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ("每周一9:00到2027年6月30日止", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270630T010000Z"),
        ("每周一到2027年6月30日止", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270630"),
    ],
)
def test_the_rule_is_the_one_calendars_know(written: str, rule: str) -> None:
    assert rrule(read_recurrence(written, TODAY), SHANGHAI) == rule


@pytest.mark.parametrize(
    "written",
    [
        "每周一9:00 遇节假日顺延",
        "每月5日9:00 遇节假日取消",
        "每月最后一个工作日",
        "每月15日、31日",
        "每单周周五",
    ],
)
def test_what_no_rule_can_say_is_left_to_single_events(written: str) -> None:
    assert rrule(read_recurrence(written, TODAY), SHANGHAI) is None


def test_weeks_by_number_are_left_out_because_programs_disagree_about_new_year() -> None:
    # 1 January 2022 lies in week 52 of 2021 (ISO 8601).
    odd = Recurrence(Weekly((5,), Weeks.ODD))
    found = [entry.held for entry in occurrences(odd, date(2021, 12, 20), SHANGHAI, count=2)]
    assert found == [date(2021, 12, 25), date(2022, 1, 8)]
