from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.meetings.room.codes import WINDOW, code_at, good_until, is_code

KEY = bytes(range(16)).hex()
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 10 * 366 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))


@given(MOMENTS)
def test_a_code_is_four_digits_and_good_to_the_very_moment_that_is_told(now: datetime) -> None:
    code, end = code_at(KEY, now), good_until(now)
    assert len(code) == 4
    assert code.isdecimal()
    assert is_code(KEY, code, now)
    assert WINDOW < end - now <= 2 * WINDOW
    assert is_code(KEY, code, end - timedelta(microseconds=1))


def test_codes_change_and_differ_between_meetings() -> None:
    start = datetime(2026, 11, 14, 11, tzinfo=UTC)
    moments = [start + count * WINDOW for count in range(500)]
    codes = [code_at(KEY, now) for now in moments]
    assert len(set(codes)) > 450
    others = [code_at(bytes(16).hex(), now) for now in moments]
    assert sum(one == other for one, other in zip(codes, others, strict=True)) < 5
    late = [is_code(KEY, code, now + 2 * WINDOW) for code, now in zip(codes, moments, strict=True)]
    assert sum(late) < 5


def test_a_meeting_without_a_key_has_no_code() -> None:
    now = datetime(2026, 11, 14, 11, tzinfo=UTC)
    assert not is_code("", "0000", now)
    assert not is_code(KEY, "", now)
    assert not is_code(KEY, "１２３４", now)
