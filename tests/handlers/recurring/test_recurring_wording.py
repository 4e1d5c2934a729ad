import json
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.recurring.expansion import occurrences
from handlers.recurring.model import (
    ALL_MONTHS,
    DaysOff,
    Monthly,
    Off,
    OnDays,
    OnWeekdays,
    OnWorkdays,
    Recurrence,
    Shift,
    Weekly,
    Weeks,
)
from handlers.recurring.reading import read_recurrence
from handlers.recurring.stored import dump, parse
from handlers.recurring.wording import describe, explain, notes
from handlers.texts import text
from tests.handlers.recurring.made import recurrences

SHANGHAI = ZoneInfo("Asia/Shanghai")


@settings(max_examples=400, deadline=None)
@given(recurrences(), st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_what_is_said_of_a_recurrence_reads_back_as_the_same_on_whatever_day(
    recurrence: Recurrence, today: date
) -> None:
    assert read_recurrence(describe(recurrence), today) == recurrence


@settings(max_examples=200, deadline=None)
@given(recurrences())
def test_what_is_stored_is_the_same_when_it_is_read_again(recurrence: Recurrence) -> None:
    assert parse(dump(recurrence)) == recurrence


@pytest.mark.parametrize(
    "change",
    [
        {"pattern": {"weekdays": [7], "weeks": "every"}},
        {"pattern": {"weekdays": [], "weeks": "every"}},
        {"pattern": {"weekdays": [0], "weeks": "other"}},
        {"pattern": {"months": [2], "on": {"days": [30]}}},
        {"pattern": {"months": [1], "on": {"nths": [0], "weekday": 1}}},
        {"days_off": {"shift": "later"}},
        {"days_off": {"shift": "keep", "off": "rest"}},
        {"until": "2026-01-01", "since": "2026-02-01"},
        {"at": "09:00:30"},
        {"colour": "red"},
    ],
)
def test_what_no_calendar_has_is_not_taken_from_the_store(change: dict[str, object]) -> None:
    stored = json.loads(dump(Recurrence(Weekly((0,)), time(9))))
    with pytest.raises(ValueError, match="not a stored recurrence"):
        parse(json.dumps(stored | change))
    with pytest.raises(ValueError, match="not a stored recurrence"):
        parse("每周一")


@pytest.mark.parametrize(
    ("recurrence", "said"),
    [
        (Recurrence(Weekly((0, 2)), time(15, 30)), "每周一、周三 15:30"),
        (Recurrence(Weekly((4,), Weeks.EVEN), time(9, 5)), "每双周的周五 9:05"),
        (
            Recurrence(Weekly((4,), Weeks.OTHER), time(19), since=date(2026, 11, 27)),
            "每两周的周五 19:00，从2026年11月27日起",
        ),
        (Recurrence(Monthly(ALL_MONTHS, OnDays((-1, 15)))), "每月15日、最后一天"),
        (Recurrence(Monthly((2, 5, 8, 11), OnWeekdays((-1,), 4))), "每季度第二个月最后一个周五"),
        (Recurrence(Monthly((6, 12), OnWorkdays((-2, 1)))), "每年6月、12月第一个、倒数第二个工作日"),
        (
            Recurrence(Monthly(ALL_MONTHS, OnDays((5,))), time(9), DaysOff(Shift.NEXT, Off.REST)),
            "每月5日 9:00，遇节假日顺延",
        ),
        (
            Recurrence(Weekly((5,)), time(9), DaysOff(Shift.SKIP, Off.HOLIDAYS)),
            "每周六 9:00，遇法定节假日取消",
        ),
    ],
)
def test_it_is_said_as_a_secretary_would(recurrence: Recurrence, said: str) -> None:
    assert describe(recurrence) == said


def test_what_may_surprise_is_said_and_nothing_else() -> None:
    assert notes(Recurrence(Weekly((0,)), time(9))) == ()
    assert notes(Recurrence(Monthly(ALL_MONTHS, OnDays((31,))))) == (text("recurring.note_short_month"),)
    assert notes(Recurrence(Monthly(ALL_MONTHS, OnWeekdays((5,), 4)))) == (
        text("recurring.note_fifth", weekday="五"),
    )
    assert notes(Recurrence(Weekly((4,), Weeks.ODD))) == (
        text("recurring.note_weeks"),
        text("recurring.note_no_rule"),
    )
    shifting = Recurrence(Monthly(ALL_MONTHS, OnDays((5,))), time(9), DaysOff(Shift.NEXT, Off.REST))
    assert notes(shifting) == (
        text("recurring.note_rest_includes_weekends"),
        text("recurring.note_single_events"),
    )


@pytest.mark.parametrize(
    ("written", "after", "said"),
    [
        ("每周一9:00 遇节假日顺延", date(2026, 10, 1), "10月8日（周四），原定10月5日（周一）休息，顺延"),
        ("每周一9:00 遇节假日提前", date(2026, 9, 29), "9月30日（周三），原定10月5日（周一）休息，提前"),
        ("每周一9:00 遇节假日取消", date(2026, 10, 1), "10月5日（周一）休息，这次取消"),
        ("每周一9:00", date(2026, 10, 1), "10月5日（周一），当天是节假日，照常"),
        ("每周一9:00", date(2026, 10, 5), "10月12日（周一）"),
        ("每月31日9:00", date(2026, 11, 1), "11月30日（周一），这个月没有那么多天，按月末"),
        (
            "每周四、五9:00 遇节假日顺延",
            date(2026, 10, 1),
            "10月8日（周四），和10月1日（周四）、10月2日（周五）并成一次",
        ),
        (
            "每年1月1日9:00 遇节假日顺延",
            date(2030, 6, 1),
            "1月2日（周四），原定1月1日（周三）休息，顺延（2031年放假安排还没公布，先按周末和固定节日算，公布后可能要改）",
        ),
    ],
)
def test_each_meeting_says_why_it_is_on_that_day(written: str, after: date, said: str) -> None:
    recurrence = read_recurrence(written, date(2026, 1, 1))
    [entry] = occurrences(recurrence, after, SHANGHAI, count=1)
    assert explain(entry) == said
