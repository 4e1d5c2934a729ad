import pytest

from handlers.bodies.catalogue import Computed, Counts, bodies, body
from handlers.procedures.describe import describe, outcome_label, share_text
from handlers.procedures.loader import parse
from handlers.procedures.model import End, Stage
from handlers.procedures.paths import Visit, case_path, main_line
from handlers.procedures.shipped import catalogue
from handlers.procedures.terms import EndSense, Outcome
from storage.records import Role

from .sample import SAMPLE

PROCEDURE = parse(SAMPLE)


def test_a_case_starts_in_the_first_stage() -> None:
    assert PROCEDURE.first.id == "sort"


def test_an_outcome_leads_to_a_stage_an_end_or_a_person() -> None:
    decide = PROCEDURE.stage("decide")
    assert decide.next(Outcome.PASSED) == "ballot"
    assert decide.next(Outcome.REJECTED) == "rejected"
    assert decide.next(Outcome.INVALID_QUORUM) is None
    assert isinstance(PROCEDURE.after("decide", Outcome.PASSED), Stage)
    assert isinstance(PROCEDURE.after("decide", Outcome.REJECTED), End)
    assert PROCEDURE.after("decide", Outcome.INVALID_QUORUM) is None


def test_what_does_not_exist_is_not_found() -> None:
    for lookup in (PROCEDURE.stage, PROCEDURE.end, PROCEDURE.first.route):
        with pytest.raises(KeyError):
            lookup("xyzzy")


def test_an_end_says_what_it_means_and_what_follows() -> None:
    assert PROCEDURE.end("archived").sense is EndSense.SETTLED
    assert PROCEDURE.end("rejected").sense is EndSense.FAILED
    onward = PROCEDURE.end("to_other")
    assert (onward.name, onward.sense) == ("转别处", EndSense.HANDED_ON)
    assert onward.onward == ("four_deliberations_two_publications",)


def test_a_route_changes_what_it_names_and_keeps_the_rest() -> None:
    decide = PROCEDURE.stage("decide")
    by_household = decide.route("households")
    assert by_household.body == "households"
    assert by_household.limit is not None
    assert by_household.edges == decide.edges
    assert by_household.basis == decide.basis
    assert decide.body == "village_reps"


def test_only_a_rule_with_a_quorum_can_miss_its_quorum() -> None:
    assert Outcome.INVALID_QUORUM in PROCEDURE.stage("decide").arising
    assert Outcome.INVALID_PARTICIPATION not in PROCEDURE.stage("ballot").arising


def test_a_person_is_offered_what_the_stage_has_edges_for() -> None:
    sort = PROCEDURE.stage("sort")
    assert [edge.outcome for edge in sort.edges] == [Outcome.ACCEPT, Outcome.REFUSE, Outcome.ESCALATE]
    assert sort.arising == ()
    assert outcome_label(sort, Outcome.ACCEPT) == "列为议题"
    assert outcome_label(sort, Outcome.REFUSE) == "不同意"


def test_a_fresh_case_stands_at_the_first_stage_with_the_main_line_ahead() -> None:
    path = case_path(PROCEDURE, [])
    assert path.done == ()
    assert path.now is PROCEDURE.first
    assert [stage.id for stage in path.ahead] == ["decide", "ballot", "post", "carry"]
    assert path.goal == PROCEDURE.end("archived")


def test_a_case_that_was_sent_back_shows_the_stage_twice() -> None:
    visits = [
        Visit("sort", Outcome.ACCEPT),
        Visit("decide", Outcome.PASSED),
        Visit("ballot", Outcome.REJECTED),
        Visit("decide", None),
    ]
    path = case_path(PROCEDURE, visits)
    assert [done.stage.id for done in path.done] == ["sort", "decide", "ballot"]
    assert path.now is PROCEDURE.stage("decide")
    assert [stage.id for stage in path.ahead] == ["ballot", "post", "carry"]


def test_the_ways_out_of_now_include_the_one_that_asks_a_person() -> None:
    path = case_path(PROCEDURE, [Visit("sort", Outcome.ACCEPT)])
    targets = {branch.outcome: branch.target for branch in path.branches}
    assert targets == {
        Outcome.PASSED: PROCEDURE.stage("ballot"),
        Outcome.REJECTED: PROCEDURE.end("rejected"),
        Outcome.INVALID_QUORUM: None,
    }


def test_a_case_can_be_over_or_wait_for_a_person() -> None:
    over = case_path(PROCEDURE, [Visit("sort", Outcome.REFUSE)])
    assert (over.now, over.end, over.ahead) == (None, PROCEDURE.end("rejected"), ())
    waiting = case_path(PROCEDURE, [Visit("sort", Outcome.ACCEPT), Visit("decide", Outcome.INVALID_QUORUM)])
    assert (waiting.now, waiting.end, waiting.branches) == (None, None, ())


def test_the_main_line_never_runs_in_circles() -> None:
    circling = parse(
        SAMPLE.replace('clear = "carry", objection = "decide"', 'clear = "decide", objection = "carry"')
    )
    line, goal = main_line(circling, circling.first)
    assert [stage.id for stage in line] == ["decide", "ballot", "post"]
    assert goal is None


def test_over_half_and_at_least_two_thirds_are_told_apart_in_words() -> None:
    rule = PROCEDURE.stage("decide").rule
    assert rule is not None
    assert rule.quorum is not None
    assert rule.passing is not None
    assert share_text(rule.quorum) == "不少于应到的 2/3"
    assert share_text(rule.passing) == "超过到会的 1/2"


def test_unanimity_is_called_by_its_name() -> None:
    entry = catalogue().get("owners_decision")
    assert entry is not None
    assert "通过：应到一致（人数）" in "\n".join(line.text for line in describe(entry.procedure))


def test_a_description_tells_numbers_grades_and_ways_out() -> None:
    told = "\n".join(line.text for line in describe(PROCEDURE))
    for part in (
        "样例程序（sample）",
        "公示至少：15 日（法律）",
        "期限：2 个工作日（建议）",
        "期限：48 小时（地方做法）",
    ):
        assert part in told
    assert "列为议题 → 村民代表会议" in told
    assert "到会不足，未成立 → 停下来请人决定" in told
    assert "1/10 以上的年满十八周岁的村民" in told


def test_every_body_is_made_of_roles_or_listed_for_each_topic() -> None:
    for found in bodies().values():
        assert bool(found.roles) != (found.computed is not None), found.id
        assert not set(found.roles) & set(found.observers), found.id


def test_every_list_made_for_a_topic_is_named_by_its_body() -> None:
    computed = {found.id: found.computed.value for found in bodies().values() if found.computed}
    assert set(computed) == {kind.value for kind in Computed}
    assert all(body_id == kind for body_id, kind in computed.items())


def test_every_body_of_the_voting_rules_and_of_the_catalogue_exists() -> None:
    law = {
        "villagers18",
        "households",
        "village_reps",
        "residents18",
        "resident_reps",
        "party_voting",
        "owners",
    }
    used = {stage.body for entry in catalogue().entries for stage in entry.procedure.stages}
    assert law | {"collective_members", "stakeholders"} | used <= set(bodies())
    assert all(body(body_id).electorate for body_id in law)


def test_probationary_members_attend_without_a_vote() -> None:
    party = body("party_voting")
    assert Role.PARTY_PROBATIONARY in party.observers
    assert Role.PARTY_PROBATIONARY not in party.roles


def test_owners_count_by_head_and_area_and_households_by_household() -> None:
    assert body("owners").counts is Counts.OWNER
    assert {body(name).counts for name in ("households", "resident_households")} == {Counts.HOUSEHOLD}
