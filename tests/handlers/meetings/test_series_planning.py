"""When a meeting of a series has its turn, found the slow way beside the quick one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.days import end_of_days
from handlers.meetings.series.planning import DRAFT, SOON, WEEK, Fate, Lead, lead_of, schedule
from handlers.moments import day_end
from handlers.recurring.expansion import occurrences
from handlers.recurring.model import DaysOff, Monthly, OnDays, Recurrence, Shift, Weekly

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
RECURRENCES = st.one_of(
    st.builds(
        Recurrence,
        st.builds(Weekly, st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))),
        st.builds(time, st.integers(8, 20)),
        st.builds(DaysOff, st.sampled_from(Shift)),
    ),
    st.builds(
        Recurrence,
        st.builds(Monthly, st.just(tuple(range(1, 13))), st.builds(OnDays, st.tuples(st.integers(1, 28)))),
        st.builds(time, st.integers(8, 20)),
        st.builds(DaysOff, st.sampled_from(Shift)),
    ),
)
LEADS = st.builds(Lead, st.sampled_from([0, 3, 10, 15]), st.just(WEEK), st.just(ZONE))


@given(RECURRENCES, LEADS, st.lists(st.integers(1, 24 * 20), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60)
def test_however_often_one_looks_each_meeting_has_one_turn_and_none_is_forgotten(
    recurrence: Recurrence, lead: Lead, hours: list[int]
) -> None:
    first = schedule(recurrence, lead, None, NOW)
    turns, now, next_at = list(first.turns), NOW, first.next_at
    for span in hours:
        now += timedelta(hours=span)
        if next_at is not None and next_at <= now:
            looked = schedule(recurrence, lead, next_at, now)
            turns += looked.turns
            next_at = looked.next_at
    days = [turn.occurrence.day for turn in turns]
    assert len(days) == len(set(days))
    assert next_at is not None
    assert next_at > now
    taken = set(days)
    for one in occurrences(recurrence, NOW.date(), ZONE, until=now.date() + timedelta(days=9)):
        if one.starts_at and now < one.starts_at - WEEK - DRAFT:
            continue
        if one.starts_at and one.starts_at > NOW + SOON:
            assert one.day in taken, one


@given(RECURRENCES, LEADS)
@settings(deadline=None, max_examples=60)
def test_a_notice_is_whole_and_never_behind_us(recurrence: Recurrence, lead: Lead) -> None:
    for turn in schedule(recurrence, lead, None, NOW).turns:
        assert turn.fate in (Fate.PREPARED, Fate.TOO_LATE)
        if turn.notice_at is None:
            continue
        assert NOW - timedelta(minutes=1) < turn.notice_at < turn.starts_at
        if lead.days:
            told = turn.notice_at.astimezone(ZONE).date()
            assert day_end(end_of_days(told, lead.days), ZONE) < turn.starts_at


@given(st.integers(0, 400), st.sampled_from([1, 3, 10, 15]))
def test_the_latest_notice_is_the_latest(ahead: int, days: int) -> None:
    lead = Lead(days, WEEK, ZONE)
    start = datetime.combine(date(2026, 11, 20) + timedelta(days=ahead), time(19), ZONE).astimezone(UTC)
    told = lead.latest(start).astimezone(ZONE).date()
    assert day_end(end_of_days(told, days), ZONE) < start
    later = told + timedelta(days=1)
    assert day_end(end_of_days(later, days), ZONE) >= start


def test_the_longest_notice_of_a_body_counts_and_the_week_of_the_first_reminder() -> None:
    assert lead_of("committees", (1440, 60), ZONE) == Lead(0, WEEK, ZONE)
    assert lead_of("resident_reps", (1440,), ZONE).days == 10
    assert lead_of("owners", (1440,), ZONE).days == 15
    assert lead_of("committees", (14 * 1440,), ZONE).before == timedelta(days=14)
