import re
from fractions import Fraction
from pathlib import Path

import pytest

from handlers.procedures.loader import parse
from handlers.procedures.model import Procedure, Share, StageRule
from handlers.procedures.periods import CalendarDays, Hours, Minutes, Period, Term, WorkDays
from handlers.procedures.shipped import catalogue
from handlers.procedures.terms import Base, Bound, Cadence, Grade, Measure

LAW, LOCAL, PROPOSAL = Grade.LAW, Grade.LOCAL, Grade.PROPOSAL
P1 = "four_deliberations_two_publications"
VILLAGE = (
    P1,
    "five_deliberations_a",
    "five_deliberations_a_plus",
    "five_deliberations_b",
    "five_deliberations_c",
)
PROCEDURES_PAGE = Path(__file__).parents[4] / "shared" / "domain" / "02-procedures.md"

LIMITS: tuple[tuple[str, str, Period, Grade], ...] = (
    *((village, "review", CalendarDays(3), LOCAL) for village in VILLAGE),
    *((village, "resolve", CalendarDays(10), PROPOSAL) for village in VILLAGE),
    *((village, "publish_decision", CalendarDays(15), LAW) for village in VILLAGE),
    *((village, "objection", CalendarDays(5), PROPOSAL) for village in VILLAGE),
    *((village, "publish_result", CalendarDays(15), LAW) for village in VILLAGE),
    ("fuyang_six_steps", "meet", CalendarDays(3), PROPOSAL),
    ("fuyang_six_steps", "use", CalendarDays(15), LAW),
    ("jianan_two_meetings", "small", CalendarDays(3), PROPOSAL),
    ("jianan_two_meetings", "weekly", CalendarDays(7), LOCAL),
    ("jianan_two_meetings", "agenda", CalendarDays(3), PROPOSAL),
    ("jianan_two_meetings", "feedback", CalendarDays(15), LAW),
    ("community_consultation", "screen", WorkDays(5), LOCAL),
    ("community_consultation", "consult", CalendarDays(3), LOCAL),
    ("community_consultation", "reps", CalendarDays(10), PROPOSAL),
    ("community_consultation", "publish", CalendarDays(15), LAW),
    ("community_consultation", "feedback", CalendarDays(15), LAW),
    ("community_consultation", "ask", CalendarDays(28), PROPOSAL),
    ("instant_deliberation", "answer", Hours(48), LOCAL),
    ("instant_deliberation", "publish", CalendarDays(15), LAW),
    ("deep_deliberation", "classify", WorkDays(5), LOCAL),
    ("stairwell_council", "call", CalendarDays(1), PROPOSAL),
    ("stairwell_council", "talk", CalendarDays(1), PROPOSAL),
    ("stairwell_council", "refine", CalendarDays(14), PROPOSAL),
    ("stairwell_council", "post", CalendarDays(15), PROPOSAL),
    ("residents_council", "post", CalendarDays(15), LAW),
    ("owners_decision", "roll", CalendarDays(7), PROPOSAL),
    ("owners_decision", "call", CalendarDays(15), LAW),
    ("owners_decision", "vote", CalendarDays(60), LOCAL),
    ("owners_decision", "interim", CalendarDays(7), PROPOSAL),
    ("owners_decision", "result", CalendarDays(15), LOCAL),
    ("peoples_mediation", "confirm", CalendarDays(30), LAW),
    ("small_wishes", "match", CalendarDays(7), LOCAL),
    ("two_way_letters", "answer", CalendarDays(7), PROPOSAL),
    ("four_party_meeting", "publish", CalendarDays(15), LAW),
    ("one_case_one_discussion", "assembly", CalendarDays(10), LAW),
    ("one_case_one_discussion", "publish_decision", CalendarDays(15), LAW),
    ("democratic_review", "publish", CalendarDays(15), LAW),
)


def share(fraction: str, op: str, base: Base) -> Share:
    return Share(Fraction(fraction), Bound(op), base)


REPS = (share("2/3", ">=", Base.ROLL), share("1/2", ">", Base.PRESENT), LAW)
ADULTS = (share("1/2", ">", Base.ROLL), share("1/2", ">", Base.PRESENT), LAW)
PARTY = (share("2/3", ">=", Base.ROLL), share("1/2", ">=", Base.ROLL), LOCAL)
BOTH_COMMITTEES = (None, share("1/2", ">", Base.ROLL), LOCAL)
RULES: tuple[tuple[str, str, str, tuple[Share | None, Share | None, Grade]], ...] = (
    *((village, "discuss", "", BOTH_COMMITTEES) for village in VILLAGE),
    *((village, "review", "", PARTY) for village in VILLAGE),
    *((village, "resolve", "", REPS) for village in VILLAGE),
    *((village, "resolve", "assembly_adults", ADULTS) for village in VILLAGE),
    *((village, "resolve", "assembly_households", REPS) for village in VILLAGE),
    ("fuyang_six_steps", "adopt", "", (None, share("1/2", ">", Base.PARTICIPANTS), PROPOSAL)),
    ("community_consultation", "reps", "", REPS),
    ("community_consultation", "reps", "assembly_adults", ADULTS),
    ("community_consultation", "reps", "assembly_households", ADULTS),
    ("owners_decision", "vote", "", (share("2/3", ">=", Base.ROLL), share("1/2", ">", Base.PARTICIPANTS), LAW)),
    ("owners_decision", "vote", "special", (share("2/3", ">=", Base.ROLL), share("3/4", ">=", Base.PARTICIPANTS), LAW)),
    ("owners_decision", "vote", "unanimous", (None, share("1", ">=", Base.ROLL), LAW)),
    ("one_case_one_discussion", "assembly", "", ADULTS),
    ("one_case_one_discussion", "assembly", "assembly_households", REPS),
    (
        "one_case_one_discussion",
        "assembly",
        "reps",
        (share("2/3", ">=", Base.HOUSEHOLDS), share("1/2", ">", Base.PRESENT), LOCAL),
    ),
)  # fmt: skip


def shipped(procedure_id: str) -> Procedure:
    entry = catalogue().get(procedure_id)
    assert entry is not None
    return entry.procedure


def written(rule: StageRule | None) -> tuple[Share | None, Share | None, Grade]:
    assert rule is not None
    return rule.quorum, rule.passing, rule.grade


@pytest.mark.parametrize(("procedure", "stage", "period", "grade"), LIMITS)
def test_each_period_is_what_the_practice_says(
    procedure: str, stage: str, period: Period, grade: Grade
) -> None:
    assert shipped(procedure).stage(stage).limit == Term(period, grade)


@pytest.mark.parametrize(("procedure", "stage", "route", "rule"), RULES)
def test_each_rule_is_what_the_practice_says(
    procedure: str, stage: str, route: str, rule: tuple[Share | None, Share | None, Grade]
) -> None:
    found = shipped(procedure).stage(stage)
    assert written((found.route(route) if route else found).rule) == rule


def test_only_owners_count_by_head_and_by_area() -> None:
    counted = {
        (entry.procedure.id, stage.id)
        for entry in catalogue().entries
        for stage in entry.procedure.stages
        if stage.rule and Measure.AREA in stage.rule.measures
    }
    assert counted == {("owners_decision", "vote")}
    assert shipped("owners_decision").stage("vote").route("special").rule is not None


def test_an_assembly_of_villagers_is_called_ten_days_before_by_law() -> None:
    resolve = shipped(P1).stage("resolve")
    for route in ("assembly_adults", "assembly_households"):
        assert resolve.route(route).limit == Term(CalendarDays(10), LAW)
    assert resolve.route("assembly_adults").body == "villagers18"
    assert resolve.route("assembly_households").body == "households"


def test_an_assembly_of_residents_is_called_ten_days_before_by_law() -> None:
    reps = shipped("community_consultation").stage("reps")
    assert reps.route("assembly_adults").limit == Term(CalendarDays(10), LAW)
    assert reps.route("assembly_households").body == "resident_households"


def test_publication_starts_within_three_days() -> None:
    assert shipped(P1).stage("publish_decision").start_within == Term(CalendarDays(3), PROPOSAL)
    assert shipped("owners_decision").stage("result").start_within == Term(CalendarDays(3), LOCAL)


def test_owners_have_five_to_sixty_days() -> None:
    assert shipped("owners_decision").stage("vote").shortest == Term(CalendarDays(5), LOCAL)


def test_the_two_meetings_have_their_calendar_and_two_themes_at_most() -> None:
    meetings = shipped("jianan_two_meetings")
    weekly, monthly = meetings.stage("weekly"), meetings.stage("monthly")
    assert (weekly.every, weekly.every_grade) == (Cadence.WEEK, LOCAL)
    assert (monthly.every, monthly.every_grade, monthly.agenda_max) == (Cadence.MONTH, LOCAL, 2)


def test_weight_decides_between_small_big_and_urgent() -> None:
    weigh = shipped("jianan_two_meetings").stage("weigh")
    assert {edge.label: edge.target for edge in weigh.edges} == {
        "小事小议": "small",
        "大事大议": "weekly",
        "急事快议": "urgent",
        "说明后办结": "answered",
    }


def test_village_works_report_monthly_and_reviews_come_yearly() -> None:
    assert shipped(P1).stage("implement").every is Cadence.MONTH
    review = shipped("democratic_review").stage("review")
    assert (review.every, review.every_grade) == (Cadence.YEAR, LAW)


def test_departments_report_within_thirty_minutes_in_an_emergency() -> None:
    report = shipped("whistle_and_report").stage("report")
    assert report.limit is None
    assert report.route("emergency").limit == Term(Minutes(30), LOCAL)


@pytest.mark.parametrize(
    ("procedure", "body", "share_of_it", "heads", "grade"),
    [
        ("community_consultation", "residents18", None, 10, PROPOSAL),
        ("community_consultation", "residents18", "1/10", None, PROPOSAL),
        ("owners_decision", "owners", "1/5", None, LAW),
        ("one_case_one_discussion", "villagers18", "1/10", None, LOCAL),
        ("one_case_one_discussion", "village_reps", "1/5", None, LOCAL),
    ],
)
def test_so_many_may_start_it(
    procedure: str, body: str, share_of_it: str | None, heads: int | None, grade: Grade
) -> None:
    fraction = Fraction(share_of_it) if share_of_it else None
    found = [(item.body, item.share, item.heads, item.grade) for item in shipped(procedure).raised_by]
    assert (body, fraction, heads, grade) in found


def test_the_variants_differ_where_the_practice_says() -> None:
    ids = {name: [stage.id for stage in shipped(name).stages] for name in VILLAGE}
    plain = ids[P1]
    assert ids["five_deliberations_a"] == ["suggest", *plain]
    supervised = ids["five_deliberations_a_plus"]
    assert supervised[supervised.index("discuss") + 1] == "oversee"
    assert supervised[supervised.index("oversee") + 1] == "review"
    assert ids["five_deliberations_b"] == [*plain, "appraise"]
    published = [name for name in ids["five_deliberations_c"] if name.startswith("publish_")]
    assert published == [
        "publish_suggestion",
        "publish_proposal",
        "publish_discussion",
        "publish_review",
        "publish_decision",
        "publish_result",
    ]


def test_the_supervisors_can_send_back() -> None:
    oversee = shipped("five_deliberations_a_plus").stage("oversee")
    assert {edge.outcome.value: edge.target for edge in oversee.edges} == {
        "accept": "review",
        "refuse": "discuss",
    }


def test_the_four_parties_are_named() -> None:
    meet = shipped("four_party_meeting").stage("meet")
    assert meet.parties == ("party_org", "developer", "owners_committee", "property_firm")


@pytest.mark.skipif(not PROCEDURES_PAGE.exists(), reason="the shared description of the domain is not here")
def test_ours_agree_with_the_shared_description_stage_by_stage() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PROCEDURES_PAGE.read_text("utf-8"), re.DOTALL)
    compared = 0
    for described in map(parse, blocks):
        ours = shipped(described.id)
        assert {end.id for end in described.ends} <= {end.id for end in ours.ends}
        for stage in described.stages:
            mine = ours.stage(stage.id)
            assert (mine.kind, mine.body, mine.limit) == (stage.kind, stage.body, stage.limit)
            assert (mine.rule and written(mine.rule)) == (stage.rule and written(stage.rule))
            compared += 1
    assert compared > 30
