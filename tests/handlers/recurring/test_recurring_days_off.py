from datetime import date

import pytest

from handlers.days import is_holiday, is_made_up, published


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 10, 1), True),
        (date(2026, 10, 3), True),  # a Saturday within the holidays
        (date(2026, 9, 19), False),  # an ordinary Saturday
        (date(2026, 10, 10), False),  # a Saturday that offices work
        (date(2026, 10, 8), False),
        (date(2031, 1, 1), True),  # not published yet, but fixed
        (date(2031, 5, 1), True),
        (date(2031, 1, 4), False),
    ],
)
def test_a_holiday_is_a_public_one_and_no_ordinary_weekend(day: date, off: int) -> None:
    assert is_holiday(day) == bool(off)


def test_made_up_days_are_weekend_days_on_which_offices_work() -> None:
    assert [day for day in range(1, 32) if is_made_up(date(2026, 10, day))] == [10]
    assert not any(is_made_up(date(2031, 10, day)) for day in range(1, 32))


def test_only_years_that_were_announced_are_known() -> None:
    assert published(2020)
    assert published(2026)
    assert not published(2031)
