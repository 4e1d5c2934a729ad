import json
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.meetings.reading import Counts, Outcome
from handlers.meetings.rules import decides, earliest_start, judge, least_present, roll_of, rule_of
from handlers.moments import day_end
from handlers.refusals import Refusal
from storage.records import Meeting, MeetingState, Wait

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 2, 1, tzinfo=UTC)
REPS = {
    "measures": ["heads"],
    "grade": "law",
    "quorum": "2/3",
    "quorum_op": ">=",
    "quorum_base": "roll",
    "pass": "1/2",
    "pass_op": ">",
    "pass_base": "present",
}


def wait(rule: Mapping[str, object] | None = None, *, body: str = "village_reps", days: int = 10) -> Wait:
    limit = day_end(datetime(2026, 11, 12, tzinfo=ZONE).date(), ZONE) if days else None
    written = json.dumps(dict(rule)) if rule else ""
    return Wait(1, 1, body, "村民代表会议决议", None, written, limit, days, "", "", MONDAY, None)


def meeting(starts_at: datetime, *, body: str = "village_reps", short_notice: str = "") -> Meeting:
    return Meeting(
        1, 1, 2026, 1, body, "村民代表会议", None, "", starts_at, MeetingState.CALLED, None, short_notice, ""
    )


def outcome(counts: Counts, word: Outcome | None = None, rule: Mapping[str, object] | None = REPS) -> Outcome:
    return judge(rule_of(wait(rule)), roll_of("village_reps", 36), counts, word).outcome


def key(counts: Counts, word: Outcome | None = None, rule: Mapping[str, object] | None = REPS) -> str:
    with pytest.raises(Refusal) as no:
        outcome(counts, word, rule)
    return no.value.key


def test_notice_counts_from_the_call_and_not_from_the_stage() -> None:
    at_once = earliest_start(wait(), MONDAY, ZONE)
    later = earliest_start(wait(), datetime(2026, 11, 9, 1, tzinfo=UTC), ZONE)
    assert at_once == day_end(datetime(2026, 11, 12, tzinfo=ZONE).date(), ZONE)
    assert later == day_end(datetime(2026, 11, 19, tzinfo=ZONE).date(), ZONE)
    assert earliest_start(wait(days=0), MONDAY, ZONE) is None


def test_a_meeting_decides_what_waits_for_its_body_and_was_called_in_time() -> None:
    in_time, too_soon = datetime(2026, 11, 13, 11, tzinfo=UTC), datetime(2026, 11, 12, 11, tzinfo=UTC)
    assert decides(wait(), meeting(in_time))
    assert not decides(wait(), meeting(too_soon))
    assert decides(wait(), meeting(too_soon, short_notice="台风"))
    assert not decides(wait(), meeting(in_time, body="committees"))
    assert not decides(None, meeting(in_time))


def test_a_quorum_of_two_thirds_of_36_is_24() -> None:
    rule = rule_of(wait(REPS))
    assert rule is not None
    assert least_present(rule, roll_of("village_reps", 36)) == 24


@given(st.integers(1, 400))
def test_the_least_number_present_is_enough_and_one_fewer_is_not(roll: int) -> None:
    rule = rule_of(wait(REPS))
    assert rule is not None
    least = least_present(rule, roll_of("village_reps", roll))
    assert least * 3 >= roll * 2 > (least - 1) * 3


def test_the_verdict_follows_from_the_numbers_alone() -> None:
    assert outcome(Counts(34, 21, 9, 4)) is Outcome.PASSED
    assert outcome(Counts(34, 17, 17, 0)) is Outcome.REJECTED
    assert outcome(Counts(23, 23, 0, 0)) is Outcome.INVALID_QUORUM


def test_a_word_that_the_numbers_contradict_is_refused() -> None:
    assert key(Counts(34, 17, 17, 0), Outcome.PASSED) == "meetings.contradicted"
    assert key(Counts(34, 17, 17, 0), Outcome.CONDITIONAL) == "meetings.contradicted"
    assert key(Counts(34, 21, 9, 4), Outcome.REJECTED) == "meetings.contradicted"
    assert key(Counts(23, 23, 0, 0), Outcome.PASSED) == "meetings.contradicted"
    assert key(Counts(24), Outcome.INVALID_QUORUM) == "meetings.contradicted"
    assert key(Counts(20), Outcome.SEND_BACK) == "meetings.contradicted"


def test_what_no_number_decides_needs_none() -> None:
    assert outcome(Counts(), Outcome.SEND_BACK) is Outcome.SEND_BACK
    assert outcome(Counts(20), Outcome.INVALID_QUORUM) is Outcome.INVALID_QUORUM
    assert outcome(Counts(20), Outcome.ESCALATE) is Outcome.ESCALATE
    assert outcome(Counts(34, 21, 9, 4), Outcome.CONDITIONAL) is Outcome.CONDITIONAL


def test_missing_and_impossible_numbers_are_named() -> None:
    assert key(Counts(), Outcome.PASSED) == "meetings.counts_missing"
    assert key(Counts(34, 21), Outcome.PASSED) == "meetings.counts_missing"
    assert key(Counts(37, 21, 9), Outcome.PASSED) == "meetings.more_than_roll"
    assert key(Counts(30, 21, 9, 4), Outcome.PASSED) == "meetings.more_than_present"


def test_without_a_rule_the_word_is_the_outcome() -> None:
    assert outcome(Counts(), Outcome.PASSED, None) is Outcome.PASSED
    assert key(Counts(30), None, None) == "meetings.word_missing"
    assert key(Counts(40), Outcome.PASSED, None) == "meetings.more_than_roll"


def test_a_rule_that_asks_only_for_attendance_checks_only_attendance() -> None:
    only = {name: value for name, value in REPS.items() if not name.startswith("pass")}
    assert outcome(Counts(24), Outcome.PASSED, only) is Outcome.PASSED
    assert outcome(Counts(24, 1, 20, 0), Outcome.REJECTED, only) is Outcome.REJECTED
    assert key(Counts(23), Outcome.PASSED, only) == "meetings.contradicted"
    assert key(Counts(24), None, only) == "meetings.word_missing"


def test_households_are_counted_where_each_entry_is_one() -> None:
    rule = REPS | {"quorum_base": "households"}
    found = rule_of(wait(rule, body="households"))
    assert found is not None
    assert least_present(found, roll_of("households", 30)) == 20
