import re
from pathlib import Path

import pytest

import handlers.procedures
from handlers.procedures.describe import fault_lines
from handlers.procedures.faults import Severity
from handlers.procedures.loader import read_procedure
from handlers.texts import sentences

from .sample import SAMPLE, faults_after, spoil, words
from .spoilings import SPOILINGS

READERS = ("fields", "shares", "times", "stages", "whole", "loader", "checks", "floors")
WARNINGS = {"shorter_than_law_urgent", "law_without_article", "unanswered", "end_unused"}


def test_the_sample_itself_has_no_fault() -> None:
    reading = read_procedure(SAMPLE)
    assert reading.faults == ()
    assert reading.procedure is not None


@pytest.mark.parametrize(("word", "old", "new"), SPOILINGS, ids=lambda part: part[:24])
def test_each_fault_is_reported_in_a_chinese_sentence(word: str, old: str, new: str) -> None:
    reading = read_procedure(spoil((old, new)))
    assert word in words(reading.faults)
    assert (reading.procedure is None) == bool(reading.errors)
    assert bool(reading.errors) == any(fault.severity is Severity.ERROR for fault in reading.faults)
    for line in fault_lines(reading.faults):
        assert len(re.findall("[一-鿿]", line)) > 3
        assert "{" not in line.replace("{ ", "")


@pytest.mark.parametrize("word", sorted(WARNINGS))
def test_a_second_look_does_not_keep_a_procedure_from_running(word: str) -> None:
    old, new = next((old, new) for listed, old, new in SPOILINGS if listed == word)
    reading = read_procedure(spoil((old, new)))
    assert reading.procedure is not None
    assert {fault.severity for fault in reading.faults} == {Severity.WARNING}


def test_no_stages_at_all_is_a_fault() -> None:
    assert "no_stages" in words(read_procedure(SAMPLE.partition("[[stage]]")[0]).errors)
    assert "no_stages" in words(read_procedure("").errors)


def test_every_fault_the_readers_can_find_is_spoilt_for_here() -> None:
    folder = Path(handlers.procedures.__file__).parent
    literals = {
        literal
        for reader in READERS
        for literal in re.findall(r'"([a-z_]+)"', (folder / f"{reader}.py").read_text("utf-8"))
    }
    told = {key.removeprefix("procedures.") for key in sentences() if key.startswith("procedures.")}
    tried = {word.removesuffix("_guess") for word, _, _ in SPOILINGS} | {"no_stages"}
    assert literals & told == tried


def test_every_unknown_word_has_a_sentence_with_and_without_a_guess() -> None:
    told = {key.removeprefix("procedures.") for key in sentences()}
    unknown = {word for word in told if word.startswith("unknown_") and not word.endswith("_guess")}
    assert len(unknown) > 10
    assert {f"{word}_guess" for word in unknown} <= told


def test_all_faults_come_at_once() -> None:
    found = faults_after(
        ('kind = "screen"', 'kind = "scren"'),
        ('body = "village_reps"', 'body = "village_rep"'),
        ('quorum = "2/3"', 'quorum = "two thirds"'),
        ("days = 15", "days = 7"),
        ('passed = "post"', 'passed = "nowhere_at_all"'),
        ("hours = 48", "hours = 48\nhourz = 3"),
    )
    expected = {
        "unknown_kind_guess",
        "unknown_body_guess",
        "bad_fraction",
        "shorter_than_law",
        "edge_to_nowhere",
        "unknown_key_guess",
    }
    assert expected <= set(found)


def test_a_misspelt_kind_brings_no_false_faults_about_its_edges() -> None:
    assert faults_after(('kind = "screen"', 'kind = "scren"')) == ["unknown_kind_guess"]


def test_a_fault_names_the_line_of_its_stage() -> None:
    reading = read_procedure(spoil(("days = 15", "days = 14")))
    expected = SAMPLE.splitlines().index('id = "post"') + 1
    assert [fault.line for fault in reading.faults] == [expected]
    assert f"第 {expected} 行" in fault_lines(reading.faults)[0]


def test_a_fault_of_a_route_names_the_line_of_the_route() -> None:
    reading = read_procedure(spoil(('body = "households"', 'body = "household"')))
    assert [fault.line for fault in reading.errors] == [SAMPLE.splitlines().index('id = "households"') + 1]


def test_broken_toml_names_the_line_where_it_breaks() -> None:
    reading = read_procedure(spoil(('kind = "notice"', 'kind = "notice')))
    (fault,) = reading.faults
    assert fault.fields["at"] == str(SAMPLE.splitlines().index('kind = "notice"') + 1)
    assert 'kind = "notice' in fault_lines(reading.faults)[0]


def test_fifteen_working_days_are_no_shorter_than_fifteen_days() -> None:
    assert faults_after(("days = 15", 'days = 15\nday_kind = "work"')) == []
    assert faults_after(("days = 15", "hours = 360")) == []


def test_a_window_may_be_of_one_length_only() -> None:
    assert faults_after(("days_min = 3", "days_min = 7")) == []
    assert faults_after(("days = 7", "hours = 72")) == []


def test_a_stricter_rule_than_the_law_is_welcome() -> None:
    assert faults_after(('quorum = "2/3"', 'quorum = "3/4"')) == []
    assert faults_after(('quorum_op = ">="', 'quorum_op = ">"')) == []
    assert faults_after(('pass_base = "present"', 'pass_base = "roll"')) == []


def test_the_citys_half_of_the_households_is_too_few_in_a_village() -> None:
    route = 'body = "households"\ndays = 10\ndays_grade = "law"\nrule = { quorum = "2/3", quorum_op = ">="'
    halved = route.replace('"2/3"', '"1/2"').replace('">="', '">"')
    assert faults_after((route, halved)) == ["weaker_than_law"]
    assert faults_after((route, halved.replace('"households"', '"resident_households"'))) == []


def test_a_rule_below_the_law_but_not_called_law_is_only_marked() -> None:
    reading = read_procedure(
        spoil(
            ('quorum = "2/3"', 'quorum = "1/2"'), ('measures = ["heads"], grade = "law"', 'grade = "local"')
        )
    )
    assert words(reading.warnings) == ["weaker_than_law"]
    assert reading.procedure is not None
