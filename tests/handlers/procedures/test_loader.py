import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.procedures.describe import describe, fault_lines
from handlers.procedures.faults import FaultyProcedureError
from handlers.procedures.loader import digest, load_procedure, parse, read_procedure, shipped_folder
from handlers.procedures.model import Share
from handlers.procedures.periods import CalendarDays, Hours, Minutes, Term, WorkDays, surely_minutes
from handlers.procedures.stages import STAGE_KEYS
from handlers.procedures.terms import OUTCOMES, Base, Bound, Grade, Measure, StageKind

from .sample import SAMPLE, spoil

PROCEDURES_PAGE = Path(__file__).parents[4] / "shared" / "domain" / "02-procedures.md"
SHIPPED = sorted(item.read_text("utf-8") for item in shipped_folder().iterdir())


def test_what_is_written_is_what_is_read() -> None:
    procedure = load_procedure(SAMPLE, name="sample.toml")
    assert [stage.id for stage in procedure.stages] == ["sort", "decide", "ballot", "post", "carry"]
    rule = procedure.stage("decide").rule
    assert rule is not None
    assert rule.quorum == Share(Fraction(2, 3), Bound.AT_LEAST, Base.ROLL)
    assert rule.passing == Share(Fraction(1, 2), Bound.MORE_THAN, Base.PRESENT)
    assert (rule.measures, rule.grade) == ((Measure.HEADS,), Grade.LAW)
    assert procedure.stage("sort").limit == Term(WorkDays(2), Grade.PROPOSAL)
    assert procedure.stage("post").limit == Term(CalendarDays(15), Grade.LAW)
    assert procedure.stage("carry").limit == Term(Hours(48), Grade.LOCAL)
    assert procedure.stage("ballot").shortest == Term(CalendarDays(3), Grade.PROPOSAL)
    assert procedure.raised_by[0].share == Fraction(1, 10)


def test_what_is_not_written_is_off() -> None:
    ballot = load_procedure(SAMPLE, name="sample.toml").stage("ballot")
    assert not ballot.remote_counts
    assert not ballot.allow_change_until_close
    assert ballot.secrecy.value == "open"
    assert ballot.rule is not None
    assert ballot.rule.quorum is None


def test_remote_presence_counts_with_its_citation() -> None:
    cited = 'group = "rep_decision"\nremote_counts = true\nremote_basis = "某县规定 3"'
    stage = load_procedure(spoil(('group = "rep_decision"', cited)), name="").stage("decide")
    assert stage.remote_counts
    assert stage.remote_basis == "某县规定 3"


def test_both_ways_of_writing_stages_mean_the_same() -> None:
    short = 'id="x"\nname="x"\nbasis=["甲"]\ngrade="local"\nends=["archived"]\n'
    stage = '{ id = "a", name = "办", kind = "task", body = "grid", then = { done = "archived" }, ask = ["overdue"] }'
    inline = load_procedure(f"{short}stage = [ {stage}, ]", name="")
    long = load_procedure(
        f'{short}[[stage]]\nid = "a"\nname = "办"\nkind = "task"\nbody = "grid"\n'
        'then = { done = "archived" }\nask = ["overdue"]\n',
        name="",
    )
    assert inline == long


def test_windows_line_ends_and_a_byte_order_mark_are_forgiven() -> None:
    reading = read_procedure("\ufeff" + SAMPLE.replace("\n", "\r\n"))
    assert reading.faults == ()


def test_a_file_in_disorder_is_refused_with_its_name_and_every_error() -> None:
    source = spoil(('kind = "screen"', 'kind = "scren"'), ("days = 15", "days = 7"))
    with pytest.raises(FaultyProcedureError) as caught:
        load_procedure(source, name="甲.toml")
    assert caught.value.name == "甲.toml"
    assert len(caught.value.faults) == 2


def test_a_running_case_keeps_its_version_though_the_rules_have_moved_on() -> None:
    outdated = spoil(
        ("days = 15", "days = 7"), ('"four_deliberations_two_publications"', '"a_procedure_gone"')
    )
    assert read_procedure(outdated).procedure is None
    assert parse(outdated).stage("post").limit == Term(CalendarDays(7), Grade.LAW)


def test_a_parsed_text_is_kept_at_hand() -> None:
    assert parse(SAMPLE) is parse("".join(SAMPLE))


@pytest.mark.parametrize("source", ["", "x = ", SAMPLE.replace('kind = "notice"', 'kind = "notes"')])
def test_a_stored_text_that_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(FaultyProcedureError):
        parse(source)


def test_a_digest_names_one_version() -> None:
    assert digest(SAMPLE) == digest(SAMPLE)
    assert digest(SAMPLE) != digest(SAMPLE + " ")
    assert re.fullmatch("[0-9a-f]{64}", digest(SAMPLE))


def test_a_site_may_name_its_own_procedures_onward() -> None:
    source = spoil(('"four_deliberations_two_publications"', '"our_own"'))
    assert read_procedure(source).procedure is None
    assert read_procedure(source, known=frozenset({"our_own"})).faults == ()


def test_periods_of_different_kinds_are_never_equal() -> None:
    assert len({CalendarDays(2), WorkDays(2), Hours(48), Minutes(2880)}) == 4
    assert {
        surely_minutes(period) for period in (CalendarDays(2), WorkDays(2), Hours(48), Minutes(2880))
    } == {2880}


@pytest.mark.skipif(not PROCEDURES_PAGE.exists(), reason="the shared description of the domain is not here")
def test_every_procedure_of_the_shared_description_runs() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PROCEDURES_PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) >= 6
    for block in blocks:
        assert fault_lines(read_procedure(block).errors) == ()


TOML_WORDS = st.sampled_from(
    [
        "accept",
        "passed",
        "clear",
        "done",
        "a",
        "b",
        "c",
        "archived",
        "rejected",
        "2/3",
        ">=",
        "roll",
        "law",
        "owners",
    ]
)
VALUES = st.recursive(
    st.one_of(
        TOML_WORDS.map(lambda word: f'"{word}"'),
        st.integers(-3, 99).map(str),
        st.just("true"),
        st.just("0.5"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(TOML_WORDS.filter(str.isalpha), inner, max_size=3).map(
            lambda rows: "{" + ", ".join(f"{name} = {value}" for name, value in rows.items()) + "}"
        ),
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(sorted(STAGE_KEYS))


def stage_text(stage_id: str, kind: str, edges: dict[str, str], rows: dict[str, str]) -> str:
    then = ", ".join(f'{outcome} = "{target}"' for outcome, target in edges.items())
    fixed = {
        "id": f'"{stage_id}"',
        "kind": f'"{kind}"',
        "body": '"village_reps"',
        "name": '"甲"',
        "then": f"{{ {then} }}",
    }
    return "[[stage]]\n" + "".join(f"{name} = {value}\n" for name, value in (rows | fixed).items())


STAGES = st.builds(
    stage_text,
    TOML_WORDS.filter(str.isalpha),
    st.sampled_from([*StageKind, "dance"]),
    st.dictionaries(
        st.sampled_from(["done", "accept", "passed", "clear", "ok", "refuse", "nod"]), TOML_WORDS
    ),
    st.dictionaries(KEYS, VALUES, max_size=4),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STAGES, max_size=5), st.dictionaries(KEYS, VALUES, max_size=3))
def test_random_procedures_are_read_or_refused_but_never_crash(
    stages: list[str], head: dict[str, str]
) -> None:
    top = {"basis": '["甲"]', "grade": '"local"', "ends": '["archived", "rejected"]'} | head
    source = "".join(f"{name} = {value}\n" for name, value in top.items()) + "".join(stages)
    reading = read_procedure(source)
    assert (reading.procedure is None) == bool(reading.errors)
    assert len(fault_lines(reading.faults)) == len(reading.faults)
    assert reading.procedure is not None or reading.errors


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SHIPPED), st.sets(st.integers(0, 120), min_size=1, max_size=6))
def test_torn_files_are_read_or_refused_but_never_crash(source: str, torn: set[int]) -> None:
    lines = source.splitlines()
    reading = read_procedure("\n".join(line for number, line in enumerate(lines) if number not in torn))
    fault_lines(reading.faults)
    if reading.procedure is not None:
        describe(reading.procedure)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_gets_an_answer(source: str) -> None:
    reading = read_procedure(source)
    assert reading.procedure is None
    assert fault_lines(reading.faults)


def test_each_kind_has_outcomes_and_none_twice() -> None:
    assert set(OUTCOMES) == set(StageKind)
    assert all(len(set(outcomes)) == len(outcomes) > 1 for outcomes in OUTCOMES.values())
