from datetime import date, time

import pytest

from handlers.recurring.model import (
    ALL_MONTHS,
    DaysOff,
    MadeUp,
    Monthly,
    Off,
    OnDays,
    OnWeekdays,
    OnWorkdays,
    Pattern,
    Shift,
    Weekly,
    Weeks,
)
from handlers.recurring.reading import find_recurrence, read_recurrence
from handlers.refusals import Refusal
from handlers.texts import text

TODAY = date(2026, 11, 22)  # a Sunday
FRIDAY = 4
QUARTER_ENDS = (3, 6, 9, 12)


def on_days(*days: int) -> Monthly:
    return Monthly(ALL_MONTHS, OnDays(days))


def fridays(*nths: int) -> Monthly:
    return Monthly(ALL_MONTHS, OnWeekdays(nths, FRIDAY))


@pytest.mark.parametrize(
    ("written", "pattern", "at"),
    [
        ("每周一 9:00", Weekly((0,)), time(9)),
        ("每周一、三 下午3点半", Weekly((0, 2)), time(15, 30)),
        ("每周一三五下午三点", Weekly((0, 2, 4)), time(15)),
        ("每周１，３ １５：３０", Weekly((0, 2)), time(15, 30)),
        ("每周一和每周三 9:00", Weekly((0, 2)), time(9)),
        ("每周一到周五8:30", Weekly((0, 1, 2, 3, 4)), time(8, 30)),
        ("每个星期天上午九点半", Weekly((6,)), time(9, 30)),
        ("每逢周三 9点一刻", Weekly((2,)), time(9, 15)),
        ("每礼拜五晚上7点", Weekly((4,)), time(19)),
        ("晚上7点 每周五", Weekly((4,)), time(19)),
        ("每周二二十点", Weekly((1,)), time(20)),
        ("单周周五 19:00", Weekly((4,), Weeks.ODD), time(19)),
        ("每双周五 19:00", Weekly((4,), Weeks.EVEN), time(19)),
        ("每月5日", on_days(5), None),
        ("每月5日、20日 9:00", on_days(5, 20), time(9)),
        ("每月5、20号 9:00", on_days(5, 20), time(9)),
        ("每月五号下午三点", on_days(5), time(15)),
        ("每月二十五日中午12点", on_days(25), time(12)),
        ("每月31日", on_days(31), None),
        ("每月底16:00", on_days(-1), time(16)),
        ("每月15日和最后一天 9:00", on_days(-1, 15), time(9)),
        ("每月第一个周五", fridays(1), None),
        ("每月首个周五", fridays(1), None),
        ("每季度首月10日", Monthly((1, 4, 7, 10), OnDays((10,))), None),
        ("每个月的第1个星期五 14:00", fridays(1), time(14)),
        ("每月第一、三个周五 14:00", fridays(1, 3), time(14)),
        ("每月第一个和最后一个周五 19:00", fridays(-1, 1), time(19)),
        ("每月最后一个周五 19:00", fridays(-1), time(19)),
        ("每月倒数第二个周五 19:00", fridays(-2), time(19)),
        ("每月最后一个工作日", Monthly(ALL_MONTHS, OnWorkdays((-1,))), None),
        ("每月第3个工作日 9:00", Monthly(ALL_MONTHS, OnWorkdays((3,))), time(9)),
        ("每单月5号", Monthly((1, 3, 5, 7, 9, 11), OnDays((5,))), None),
        ("每季度第一个月15日", Monthly((1, 4, 7, 10), OnDays((15,))), None),
        ("每季度末月最后一个周五 14:00", Monthly(QUARTER_ENDS, OnWeekdays((-1,), FRIDAY)), time(14)),
        ("每季最后一天", Monthly(QUARTER_ENDS, OnDays((-1,))), None),
        ("每季度第一个周五", Monthly((1, 4, 7, 10), OnWeekdays((1,), FRIDAY)), None),
        ("每季度（2、5、8、11月）10日", Monthly((2, 5, 8, 11), OnDays((10,))), None),
        ("每半年第一个月5日", Monthly((1, 7), OnDays((5,))), None),
        ("每半年（6月、12月）15日", Monthly((6, 12), OnDays((15,))), None),
        ("每半年最后一个工作日", Monthly((6, 12), OnWorkdays((-1,))), None),
        ("每年3月12日", Monthly((3,), OnDays((12,))), None),
        ("每年三月十二日上午9点", Monthly((3,), OnDays((12,))), time(9)),
        ("每年3、9月第一个周五", Monthly((3, 9), OnWeekdays((1,), FRIDAY)), None),
        ("每年2月29日", Monthly((2,), OnDays((29,))), None),
        ("每周一9:00-10:30", Weekly((0,)), time(9)),
    ],
)
def test_what_a_secretary_types_is_read(written: str, pattern: Pattern, at: time | None) -> None:
    read = read_recurrence(written, TODAY)
    assert (read.pattern, read.at, read.days_off) == (pattern, at, DaysOff())
    assert (read.since, read.until) == (None, None)


@pytest.mark.parametrize(
    ("written", "days_off"),
    [
        ("每周一9:00，遇节假日顺延", DaysOff(Shift.NEXT, Off.REST)),
        ("每周一，如遇法定节假日则顺延至下一工作日，上午九点半", DaysOff(Shift.NEXT, Off.HOLIDAYS)),
        ("每月5日9:00 遇节假日和周末提前", DaysOff(Shift.PREVIOUS, Off.REST)),
        ("每月5日9:00 节假日取消", DaysOff(Shift.SKIP, Off.REST)),
        ("每月5日9:00 碰到放假的话就不开", DaysOff(Shift.SKIP, Off.REST)),
        ("每周一9:00，遇节假日照常", DaysOff()),
        ("每周六9:00 遇节假日顺延", DaysOff(Shift.NEXT, Off.HOLIDAYS)),
        ("每周六9:00 遇节假日顺延，调休上班日不算", DaysOff(Shift.NEXT, Off.HOLIDAYS, MadeUp.AVOIDED)),
        ("每月5日9:00 遇节假日顺延，调休上班日算工作日", DaysOff(Shift.NEXT, Off.REST)),
        ("每月最后一个工作日，调休上班日不算工作日", DaysOff(made_up=MadeUp.AVOIDED)),
        ("每月最后一个工作日 遇节假日顺延", DaysOff()),
    ],
)
def test_what_is_to_be_done_on_a_day_off_is_read(written: str, days_off: DaysOff) -> None:
    assert read_recurrence(written, TODAY).days_off == days_off


def test_every_other_week_begins_with_the_next_such_day_or_the_day_that_is_said() -> None:
    unsaid = read_recurrence("每两周的周五 19:00", TODAY)
    assert (unsaid.pattern, unsaid.since) == (Weekly((4,), Weeks.OTHER), date(2026, 11, 27))
    assert read_recurrence("隔周周日 9:00", TODAY).since == TODAY
    said = read_recurrence("从12月4日起每两周的周五 19:00 到2027年6月30日止", TODAY)
    assert (said.since, said.until) == (date(2026, 12, 4), date(2027, 6, 30))


def test_a_first_day_written_long_ago_with_its_year_is_still_read() -> None:
    assert read_recurrence("每周一9:00，从2020年1月6日起", TODAY).since == date(2020, 1, 6)


@pytest.mark.parametrize(
    ("written", "before", "after"),
    [
        ("两委会 每周一 9:00 三楼议事厅，遇节假日顺延", "两委会", "三楼议事厅"),
        ("每月最后一个周五 19:00 党员群众代表会", "", "党员群众代表会"),
        ("每周一、三楼会议室9点 两委会", "", "三楼会议室 两委会"),
        ("每周一9:00两委周例会", "", "两委周例会"),
        ("党员大会　每季度末月２０日　１４：００　（党群服务中心）", "党员大会", "党群服务中心"),
    ],
)
def test_the_name_and_the_place_stand_around_it(written: str, before: str, after: str) -> None:
    found = find_recurrence(written, TODAY)
    assert (found.before, found.after) == (before, after)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("", "usage"),
        ("开会", "usage"),
        ("每周三次", "which_weekday"),
        ("每周一次", "which_weekday"),
        ("每周 9:00", "which_weekday"),
        ("每周五到周一 9:00", "which_weekday"),
        ("每周末 9:00", "weekend"),
        ("每天9:00", "daily"),
        ("每个工作日 8:30", "daily"),
        ("每周一到周日 9:00", "daily"),
        ("每三周周五", "every_weeks"),
        ("每隔两周周五", "every_weeks"),
        ("每两个月5日", "every_months"),
        ("隔月5日", "every_months"),
        ("每月 9:00", "which_day"),
        ("每月十五", "which_day"),
        ("每年清明", "which_day"),
        ("每月第一周的周五", "week_of_month"),
        ("每月初一、十五", "lunar"),
        ("每年农历三月三", "lunar"),
        ("每半年", "which_month"),
        ("每季度15日", "which_month"),
        ("每季度第三个周五", "which_month"),
        ("每半年6月15日", "month_count"),
        ("每季度第四个月15日", "month_count"),
        ("每月32日", "no_such_day"),
        ("每月0日", "no_such_day"),
        ("每年2月30日", "no_such_day"),
        ("每年4月31日", "no_such_day"),
        ("每年13月5日", "no_such_day"),
        ("每月第六个周五", "no_such_day"),
        ("每月第11个工作日", "no_such_day"),
        ("每月三三日", "no_such_day"),
        ("每月10日前", "exact_day"),
        ("每周五前", "exact_day"),
        ("每年3月12日、9月1日", "one_at_a_time"),
        ("每月5日至10日", "one_at_a_time"),
        ("每周一9:00 每月5日", "one_at_a_time"),
        ("每周五 晚上", "no_hour"),
        ("每周五 3:30", "too_early"),
        ("每周一三点半", "too_early"),
        ("每周五晚上12点", "too_early"),
        ("每周一9:00 遇节假日", "shift_usage"),
        ("每周一9:00 遇节假日再说", "shift_usage"),
        ("每周一9:00 遇节假日顺延一周", "shift_length"),
        ("每周六9:00 遇周末顺延", "shift_weekend"),
        ("每周一9:00 遇节假日顺延，调休另说", "made_up_usage"),
        ("每周六9:00，调休上班日不算", "made_up_alone"),
        ("每周一9:00 从2027年5月1日起到2027年4月1日止", "since_after_until"),
        ("每周一9:00议事厅", "left_over"),
    ],
)
def test_what_cannot_be_read_is_answered_with_how_to_write_it(written: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_recurrence(written, TODAY)
    assert refused.value.key == f"recurring.{key}"
    said = text(refused.value.key, **refused.value.values)
    assert "\0" not in said
    assert len(said) > 10


def test_a_time_or_day_that_cannot_be_is_refused_as_everywhere() -> None:
    for written, key in (
        ("每周五 25:00", "dates.no_such_time"),
        ("每周一9:00从2027年2月30日起", "dates.no_such_day"),
    ):
        with pytest.raises(Refusal) as refused:
            read_recurrence(written, TODAY)
        assert refused.value.key == key
