from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.matters.findings import Finding, Severity
from handlers.matters.guards import (
    check_notice,
    check_party,
    check_publication,
    check_window,
)
from handlers.matters.lawful import choose

ASSEMBLY = choose("residents_charter", "residents18")
REPS = choose("resident_reps_ordinary")
OWNERS = choose("fund_use")
OPENS = datetime(2026, 12, 1, 9, tzinfo=UTC)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    assert all(finding.line for finding in findings)
    return [(finding.severity.value, finding.key.removeprefix("matters.")) for finding in findings]


@pytest.mark.parametrize(
    ("studied", "expected"),
    [
        (None, [("error", "party_missing")]),
        (date(2026, 11, 21), [("error", "party_late")]),
        (date(2026, 11, 20), []),
        (date(2026, 11, 1), []),
    ],
)
def test_the_party_organisation_studies_it_before_people_are_told(
    studied: date | None, expected: list[tuple[str, str]]
) -> None:
    assert told(check_party(ASSEMBLY, studied, date(2026, 11, 20))) == expected


def test_owners_matters_need_no_study_first() -> None:
    assert check_party(OWNERS, None, date(2026, 11, 20)) == ()
    assert told(check_party(choose("village_levy", "households"), None, date(2026, 11, 20)))


@pytest.mark.parametrize(
    ("days", "urgent", "expected"),
    [
        (10, "", []),
        (9, "", [("error", "notice_short_unless_urgent")]),
        (9, "台风要来", [("warning", "notice_urgent")]),
        (-1, " ", [("error", "notice_short_unless_urgent")]),
    ],
)
def test_an_assembly_is_told_ten_days_before_unless_it_is_urgent(
    days: int, urgent: str, expected: list[tuple[str, str]]
) -> None:
    opens = date(2026, 12, 1)
    assert told(check_notice(ASSEMBLY, opens - timedelta(days=days), opens, urgent)) == expected


def test_owners_are_told_fifteen_days_before_and_urgency_changes_nothing() -> None:
    opens = date(2026, 12, 16)
    assert check_notice(OWNERS, date(2026, 12, 1), opens) == ()
    short = check_notice(OWNERS, date(2026, 12, 2), opens, "漏水")
    assert told(short) == [("error", "notice_short")]
    assert "14 日" in short[0].line
    assert "物业管理条例 14" in short[0].line


def test_where_the_number_is_ours_a_late_notice_is_a_warning() -> None:
    opens = date(2026, 12, 1)
    assert told(check_notice(REPS, opens - timedelta(days=3), opens)) == [("warning", "notice_short")]
    assert told(check_notice(REPS, None, opens)) == [("warning", "notice_missing")]
    assert told(check_notice(OWNERS, None, opens)) == [("error", "notice_missing")]


def test_a_result_stays_fifteen_days_and_to_a_day_on_which_offices_work() -> None:
    posted = date(2026, 11, 12)
    assert told(check_publication(REPS, posted, date(2026, 11, 26))) == [("error", "publication_short")]
    assert told(check_publication(REPS, posted, date(2026, 11, 27))) == []
    friday = date(2026, 11, 13)
    rests = check_publication(REPS, friday, date(2026, 11, 28))
    assert told(rests) == [("warning", "publication_rests")]
    assert "11月30日" in rests[0].line
    assert check_publication(REPS, friday, date(2026, 11, 30)) == ()


def test_a_publication_that_only_local_rules_ask_for_is_a_warning() -> None:
    short = check_publication(OWNERS, date(2026, 11, 12), date(2026, 11, 19))
    assert [finding.severity for finding in short] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, [("error", "window_none")]),
        (-1, [("error", "window_none")]),
        (4, [("warning", "window_outside")]),
        (5, []),
        (60, []),
        (61, [("warning", "window_outside")]),
    ],
)
def test_owners_vote_for_five_to_sixty_days(days: int, expected: list[tuple[str, str]]) -> None:
    assert told(check_window(OWNERS, OPENS, OPENS + timedelta(days=days))) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(2, [("warning", "window_hours")]), (24, []), (72, []), (24 * 61, [("warning", "window_forgotten")])],
)
def test_others_vote_for_a_day_at_least(hours: int, expected: list[tuple[str, str]]) -> None:
    closes = OPENS + timedelta(hours=hours)
    assert told(check_window(REPS, OPENS, closes)) == told(check_window(None, OPENS, closes)) == expected
