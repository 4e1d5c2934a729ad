from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates import names_day, read_day, read_when
from handlers.refusals import Refusal
from handlers.texts import text

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)  # a Monday, 9:00 in Shanghai


def local(written: str, now: datetime = NOW) -> str:
    return f"{read_when(written, now, ZONE).at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def refusal(written: str, now: datetime = NOW) -> str:
    with pytest.raises(Refusal) as no:
        read_when(written, now, ZONE)
    return text(no.value.key, **no.value.values)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("11月28日19:00", "2026-11-28 19:00"),
        ("11月28号 19点", "2026-11-28 19:00"),
        ("１１月２８日１９：００", "2026-11-28 19:00"),
        ("十一月二十八日晚上七点半", "2026-11-28 19:30"),
        ("2026-11-28 19:00", "2026-11-28 19:00"),
        ("2026年11月28日下午3点一刻", "2026-11-28 15:15"),
        ("2026/11/28 9:05", "2026-11-28 09:05"),
        ("11/28 19:00", "2026-11-28 19:00"),
        ("11.28 19:00", "2026-11-28 19:00"),
        ("11月28日（周六）19:00", "2026-11-28 19:00"),
        ("周六 11月28日 19:00", "2026-11-28 19:00"),
        ("11/28 周六 19:00", "2026-11-28 19:00"),
        ("11月28日19:00-20:30", "2026-11-28 19:00"),
        ("11月28日下午2-4点", "2026-11-28 14:00"),
        ("明天19:00", "2026-11-03 19:00"),
        ("今晚7点半", "2026-11-02 19:30"),
        ("明早8点", "2026-11-03 08:00"),
        ("后天中午12点", "2026-11-04 12:00"),
        ("后天中午一点", "2026-11-04 13:00"),
        ("大后天14:00", "2026-11-05 14:00"),
        ("周五晚7点", "2026-11-06 19:00"),
        ("星期天上午9点", "2026-11-08 09:00"),
        ("本周五 9点", "2026-11-06 09:00"),
        ("下周一9:00", "2026-11-09 09:00"),
        ("下下周二9:00", "2026-11-17 09:00"),
        ("28号19:00", "2026-11-28 19:00"),
        ("1号19:00", "2026-12-01 19:00"),
        ("下月5日 9:00", "2026-12-05 09:00"),
        ("月底18:00", "2026-11-30 18:00"),
        ("三天后 14:00", "2026-11-05 14:00"),
        ("两周后 14:00", "2026-11-16 14:00"),
        ("19:00 明天", "2026-11-03 19:00"),
        ("11月28日晚上12点", "2026-11-29 00:00"),
        ("11月28日24:00", "2026-11-29 00:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it(written: str, moment: str) -> None:
    assert local(written) == moment


def test_a_date_without_a_year_is_the_next_such_day() -> None:
    assert local("10月1日9:00") == "2027-10-01 09:00"
    assert local("11月2日9:30") == "2026-11-02 09:30"


def test_a_weekday_whose_hour_has_passed_today_is_next_weeks() -> None:
    assert local("周一9:30") == "2026-11-02 09:30"
    assert local("周一9:00") == "2026-11-09 09:00"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("改天再说", "没看到日期"),
        ("11月28日", "没看到几点"),
        ("11月28日 说一点事", "没看到几点"),
        ("2月30日9:00", "没有“2月30日”这一天"),
        ("13月1日9:00", "没有“13月1日”这一天"),
        ("11月28日25:00", "没有“25:00”这个时间"),
        ("11月28日19:75", "没有“19:75”这个时间"),
        ("今天8:00", "已经过去了"),
        ("上周五9:00", "2026年10月30日（周五）09:00 已经过去了"),
        ("2025-1-1 9:00", "已经过去了"),
        ("2031-1-1 9:00", "太远了"),
        ("11月28日周五19:00", "11月28日（周六）不是周五"),
        ("周五 11月28日19:00", "11月28日（周六）不是周五"),
        ("每周一9:00", "没看到日期"),
    ],
)
def test_what_is_no_moment_to_come_is_answered_with_a_reason(written: str, says: str) -> None:
    assert says in refusal(written)


@pytest.mark.parametrize("written", ["改天再说", "11月28日", "2月30日9:00", "今天8:00"])
def test_a_refusal_shows_how_to_write_it(written: str) -> None:
    assert "例如：" in refusal(written)


def test_house_numbers_are_no_dates() -> None:
    when = read_when("3-2-501 周五19:00 3号楼", NOW, ZONE)
    assert (when.before, when.after) == ("3-2-501", "3号楼")
    assert not names_day("3号楼2单元")


def test_what_stands_around_the_moment_stays_as_it_was_written() -> None:
    when = read_when("党员群众代表会 １１月28日１９：００ 议事厅 议题 7,9", NOW, ZONE)
    assert (when.before, when.after) == ("党员群众代表会", "议事厅 议题 7,9")


def test_a_day_alone_may_be_today_but_not_yesterday() -> None:
    assert read_day("今天", NOW, ZONE).day == date(2026, 11, 2)
    assert read_day("操作要简单 12月20日前", NOW, ZONE).before == "操作要简单"
    with pytest.raises(Refusal):
        read_day("2026-11-01", NOW, ZONE)


@given(st.integers(15 * 60, 360 * 24 * 60))
def test_every_minute_of_the_coming_year_is_read_back_as_it_is_shown(minutes: int) -> None:
    moment = (NOW + timedelta(minutes=minutes)).astimezone(ZONE)
    written = f"{moment.month}月{moment.day}日{moment:%H:%M}"
    assert local(written) == f"{moment:%Y-%m-%d %H:%M}"


@given(st.text(alphabet="0123456789年月日号周一二三十天下点半:/.-晚 明今后", max_size=20))
def test_nothing_that_is_typed_is_worse_than_refused(written: str) -> None:
    try:
        read = read_when(written, NOW, ZONE)
    except Refusal as refused:
        said = text(refused.key, **refused.values)
    else:
        said = "" if read.at > NOW else "read as a moment that is past"
    assert not said.startswith("read as")
