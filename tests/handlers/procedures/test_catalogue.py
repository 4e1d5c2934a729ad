import shutil
from pathlib import Path

import pytest

from handlers.procedures.describe import describe
from handlers.procedures.faults import FaultyProcedureError
from handlers.procedures.loader import digest, read_procedure, shipped_folder, shipped_ids
from handlers.procedures.model import Procedure, Stage
from handlers.procedures.paths import main_line
from handlers.procedures.shipped import Catalogue, catalogue, read_catalogue
from handlers.procedures.terms import OFFERED, OUTCOMES, EndSense, Grade, StageKind
from storage.records import UnitKind

PROCEDURES = [entry.procedure for entry in catalogue().entries]
STAGES = [(procedure, stage) for procedure in PROCEDURES for stage in procedure.stages]
EXPECTED = {
    "four_deliberations_two_publications": "四议两公开",
    "five_deliberations_a": "五议两公开（先建议）",
    "five_deliberations_a_plus": "五议两公开（先建议、监委会核议）",
    "five_deliberations_b": "五议两公开（后评议）",
    "five_deliberations_c": "五议五公开",
    "fuyang_six_steps": "请你来协商",
    "jianan_two_meetings": "两个会议",
    "community_consultation": "社区协商",
    "instant_deliberation": "即时议",
    "deep_deliberation": "深入议",
    "stairwell_council": "楼门议事会",
    "residents_council": "居民议事会",
    "livelihood_hall": "民生议事堂",
    "owners_decision": "业主共同决定",
    "peoples_mediation": "人民调解",
    "small_wishes": "微心愿认领",
    "two_way_letters": "双向函询",
    "four_party_meeting": "四方联席",
    "one_case_one_discussion": "一事一议筹资筹劳",
    "whistle_and_report": "吹哨报到",
    "democratic_review": "民主评议",
}


def name_of(value: object) -> str:
    return value.id if isinstance(value, Procedure | Stage) else str(value)


def test_the_catalogue_holds_every_procedure_under_its_name() -> None:
    assert {procedure.id: procedure.name for procedure in PROCEDURES} == EXPECTED


def test_each_file_is_named_by_its_id() -> None:
    assert shipped_ids() == catalogue().ids


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_every_shipped_file_is_without_a_fault(procedure: Procedure) -> None:
    entry = catalogue().get(procedure.id)
    assert entry is not None
    assert read_procedure(entry.source).faults == ()
    assert entry.digest == digest(entry.source)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_a_walk_from_the_first_stage_visits_every_stage_and_every_end(procedure: Procedure) -> None:
    visited: set[str] = set()
    ahead = [procedure.first.id]
    while ahead:
        here = ahead.pop()
        if here not in visited:
            visited.add(here)
            if not procedure.is_end(here):
                ahead += [edge.target for edge in procedure.stage(here).edges]
    everything = {stage.id for stage in procedure.stages} | {end.id for end in procedure.ends}
    assert everything - visited <= {procedure.stop}


@pytest.mark.parametrize(("procedure", "stage"), STAGES, ids=name_of)
def test_every_outcome_is_answered_or_left_to_a_person_on_purpose(procedure: Procedure, stage: Stage) -> None:
    answered = {edge.outcome for edge in stage.edges}
    assert answered
    assert answered <= set(OUTCOMES[stage.kind])
    assert set(stage.arising) <= answered | set(stage.ask)
    assert not answered & set(stage.ask)
    for outcome in OUTCOMES[stage.kind]:
        target = procedure.after(stage.id, outcome)
        assert (target is None) == (outcome not in answered)
        assert (
            target is not None or outcome in stage.ask or outcome in OFFERED or outcome not in stage.arising
        )


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_going_forward_all_the_way_leads_to_an_end(procedure: Procedure) -> None:
    _, goal = main_line(procedure, procedure.first)
    assert goal is not None
    assert goal.sense in {EndSense.SETTLED, EndSense.HANDED_ON}


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_a_case_can_be_withdrawn_and_every_end_has_a_chinese_name(procedure: Procedure) -> None:
    if procedure.stop:
        assert procedure.end(procedure.stop).sense in {EndSense.DECLINED, EndSense.FAILED}
    assert all(end.name != end.id for end in procedure.ends)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_a_person_can_read_the_whole_procedure(procedure: Procedure) -> None:
    lines = [line.text for line in describe(procedure)]
    for stage in procedure.stages:
        assert any(stage.name in line for line in lines)
    for end in procedure.ends:
        assert any(end.name in line for line in lines)
    assert not any("None" in line or "{" in line for line in lines)


@pytest.mark.parametrize(("procedure", "stage"), STAGES, ids=name_of)
def test_every_number_called_law_cites_its_article(procedure: Procedure, stage: Stage) -> None:
    for option in (stage, *(stage.route(route.id) for route in stage.routes)):
        rule_by_law = option.rule is not None and option.rule.grade is Grade.LAW
        if rule_by_law:
            assert option.rule is not None
            assert any(letter.isdigit() for letter in option.rule.basis)
        if rule_by_law or (option.limit is not None and option.limit.grade is Grade.LAW):
            assert any(letter.isdigit() for letter in option.basis), procedure.id


def test_residents_and_village_committees_publish_for_fifteen_days_at_least() -> None:
    notices = [
        stage
        for _, stage in STAGES
        if stage.kind is StageKind.NOTICE and stage.body in {"village_committee", "residents_committee"}
    ]
    assert len(notices) > 10
    assert all(stage.limit is not None and stage.limit.period.count >= 15 for stage in notices)


def test_remote_presence_never_counts_unless_a_site_cites_its_rule() -> None:
    assert not any(stage.remote_counts for _, stage in STAGES)


def test_the_five_deliberations_leave_the_choice_to_the_site() -> None:
    variants = catalogue().named("五议两公开")
    assert len(variants) == 4
    assert {entry.procedure.family for entry in variants} == {"五议两公开"}
    assert [entry.procedure.id for entry in catalogue().named("五议两公开A+")] == [
        "five_deliberations_a_plus"
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("四议两公开", "four_deliberations_two_publications"),
        ("一事一议", "one_case_one_discussion"),
        ("急事快议", "jianan_two_meetings"),
        ("owners_decision", "owners_decision"),
        ("调解", "peoples_mediation"),
        ("四方联动", "four_party_meeting"),
    ],
)
def test_a_procedure_is_found_by_what_people_call_it(said: str, found: str) -> None:
    assert [entry.procedure.id for entry in catalogue().named(said)] == [found]


def test_no_two_procedures_answer_to_the_same_name() -> None:
    names = [name for item in PROCEDURES for name in {item.id, item.name, *item.aliases}]
    assert len(names) == len(set(names))
    assert "五议两公开" not in names


def test_a_name_nobody_knows_brings_the_nearest_one() -> None:
    assert catalogue().named("四议二公开") == ()
    assert catalogue().nearest("四议二公开") == "四议两公开"
    assert catalogue().nearest("xyzzy") is None
    assert catalogue().get("xyzzy") is None


def test_unsettled_matters_climb_from_stairwell_to_street() -> None:
    climbed = [("stairwell_council", UnitKind.STAIRWELL)]
    while onward := [end.onward[0] for end in _procedure(climbed[-1][0]).ends if end.onward]:
        level = _procedure(onward[0]).level
        assert level is not None
        climbed.append((onward[0], level))
    assert climbed == [
        ("stairwell_council", UnitKind.STAIRWELL),
        ("residents_council", UnitKind.COMMUNITY),
        ("livelihood_hall", UnitKind.STREET),
    ]


def test_every_end_that_hands_on_to_a_procedure_names_one_we_ship() -> None:
    onward = {target for item in PROCEDURES for end in item.ends for target in end.onward}
    assert len(onward) > 4
    assert onward <= catalogue().ids


def test_mediation_is_private_and_publishes_nothing() -> None:
    private = [item for item in PROCEDURES if item.private]
    assert [item.id for item in private] == ["peoples_mediation"]
    assert not any(stage.kind is StageKind.NOTICE for stage in private[0].stages)


def test_every_other_procedure_that_decides_for_many_tells_the_households() -> None:
    deciding = [item for item in PROCEDURES if any(stage.kind is StageKind.MEETING for stage in item.stages)]
    silent = [
        item.id
        for item in deciding
        if not item.private and not any(stage.kind is StageKind.NOTICE for stage in item.stages)
    ]
    assert len(deciding) > 10
    assert silent == []


def test_owners_never_decide_in_the_chat() -> None:
    polls = [stage for _, stage in STAGES if stage.body == "owners"]
    assert polls
    assert all(stage.offline for stage in polls)


def test_a_site_keeps_its_own_files_in_a_folder(tmp_path: Path) -> None:
    with_own = _copied("stairwell_council", tmp_path)
    assert [entry.procedure.name for entry in with_own.entries] == ["楼门议事会"]


def test_a_sites_own_files_may_hand_on_to_each_other(tmp_path: Path) -> None:
    source = Path(str(shipped_folder().joinpath("stairwell_council.toml"))).read_text("utf-8")
    renamed = source.replace('"residents_council"', '"our_council"')
    assert renamed != source
    (tmp_path / "stairwell_council.toml").write_text(renamed, "utf-8")
    with pytest.raises(FaultyProcedureError):
        read_catalogue(tmp_path)
    (tmp_path / "our_council.toml").write_text(
        source.replace('"stairwell_council"', '"our_council"'), "utf-8"
    )
    assert len(read_catalogue(tmp_path).entries) == 2


def test_a_folder_with_a_faulty_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "坏.toml").write_text("id = ", "utf-8")
    with pytest.raises(FaultyProcedureError) as caught:
        read_catalogue(tmp_path)
    assert caught.value.name == "坏.toml"


def _copied(procedure_id: str, folder: Path) -> Catalogue:
    shutil.copy(Path(str(shipped_folder().joinpath(f"{procedure_id}.toml"))), folder)
    (folder / "读我.txt").write_text("not a procedure", "utf-8")
    return read_catalogue(folder)


def _procedure(procedure_id: str) -> Procedure:
    entry = catalogue().get(procedure_id)
    assert entry is not None
    return entry.procedure
