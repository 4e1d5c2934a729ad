import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import bot.recount
from bot.recount.cases import count_again
from bot.recount.lines import lines
from bot.recount.machine import as_object
from bot.recount.reading import Unreadable
from tests.bot.recount.cases import CASES, RULES, Table, file, heads

SHARED = Path(__file__).parents[4] / "shared" / "domain" / "voting-vectors.json"
SOURCES = sorted(Path(str(bot.recount.__file__)).parent.glob("*.py"))


def answers(source: str) -> list[Table]:
    return [as_object(case) for case in count_again(source)]


def only(source: str) -> Table:
    (answer,) = answers(source)
    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_on_the_edge_comes_out_as_it_must(case: Table) -> None:
    answer = only(file([case]))
    assert "fault" not in answer
    assert {name: answer[name] for name in case["expect"]} == case["expect"]
    assert answer["id"] == case["id"]


def test_every_published_vector_comes_out_as_published() -> None:
    if not SHARED.exists():
        pytest.skip("the shared vectors lie beside the project only where it is developed")
    vectors = json.loads(SHARED.read_text("utf-8"))["vectors"]
    found = answers(SHARED.read_text("utf-8"))
    assert len(found) == len(vectors) == 103
    for vector, answer in zip(vectors, found, strict=True):
        assert answer["id"] == vector["id"]
        assert {name: answer[name] for name in vector["expect"]} == vector["expect"], vector["id"]


def test_what_a_file_expects_is_not_looked_at() -> None:
    lying = [{**case, "expect": {"quorum": True, "outcome": "passed"}} for case in CASES]
    assert [a["outcome"] for a in answers(file(lying))] == [c["expect"]["outcome"] for c in CASES]


def test_a_rule_that_is_only_named_is_the_one_everybody_knows() -> None:
    case = heads("", "village_reps", "passed", 35, 24, 13, 5, 6)
    assert only(json.dumps(case))["outcome"] == "passed"
    own = {"village_reps": RULES["half_of_all"]}
    assert only(file([case], own))["outcome"] == "rejected"


def test_the_rules_everybody_knows_are_the_published_ones() -> None:
    if not SHARED.exists():
        pytest.skip("the shared vectors lie beside the project only where it is developed")
    table = json.loads(SHARED.read_text("utf-8"))
    bare = [{**vector, "id": str(place)} for place, vector in enumerate(table["vectors"])]
    assert len(table["rules"]) == 16
    assert answers(json.dumps(bare)) == answers(json.dumps({"rules": table["rules"], "vectors": bare}))


@pytest.mark.parametrize(
    "shape",
    [
        lambda case: {"rules": RULES, "vectors": [case]},
        lambda case: [{"rules": RULES, "vectors": [case]}],
        lambda case: [{**case, "rule": RULES[case["rule"]]}],
        lambda case: {**case, "rule": RULES[case["rule"]]},
        lambda case: {**case, "rules": RULES},
        lambda case: {"vector": case, "rule": RULES[case["rule"]]},
        lambda case: {"vector": case, "rules": RULES},
    ],
)
def test_a_case_may_be_written_alone_or_in_a_list_with_its_rule(shape: object) -> None:
    assert callable(shape)
    assert only(json.dumps(shape(CASES[0])))["outcome"] == "passed"


def test_cases_come_out_in_the_order_of_the_file() -> None:
    assert [answer["id"] for answer in answers(file(CASES))] == [case["id"] for case in CASES]


def test_square_metres_may_be_bare_numbers_and_stay_exact() -> None:
    source = file([CASES[12]]).replace('"1024.38"', "1024.38").replace('"682.92"', "682.92")
    assert '"area": 1024.38' in source
    assert only(source)["outcome"] == "passed"


def test_both_results_are_told_where_the_silent_are_counted() -> None:
    answer = only(file([case for case in CASES if case["id"] == "the silent join the largest opinion"]))
    assert (answer["strict"]["outcome"], answer["deemed"]["outcome"]) == ("invalid_quorum", "passed")
    assert answer["deemed"]["joined"] == "yes"
    assert answer["deemed"]["moved"] == {"heads": 18}


def test_every_sum_is_told_crosswise() -> None:
    (first, second, _) = only(file([CASES[0]]))["comparisons"]
    assert (first["counted"], first["den"], first["left"]) == ("18", 3, "54")
    assert (first["whole"], first["num"], first["right"], first["op"]) == ("27", 2, "54", ">=")
    assert (second["left"], second["right"], second["op"], second["holds"]) == ("20", "18", ">", True)


def test_people_read_the_same_sums_in_plain_words() -> None:
    (case,) = count_again(file([CASES[2]]))
    assert list(lines(case)) == [
        "exactly half of those present  未通过",
        "  依据：章程",
        "  人数：应到 27，参加 18，赞成 9，反对 4，弃权 5",
        "  参加（人数，以应到为底）：18×3=54 = 27×2=54，须大于或等于 ✔",
        "  赞成（人数，以实到为底）：9×2=18 = 18×1=18，须大于 ✘",
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_kind_of_case_can_be_told_to_people(case: Table) -> None:
    (counted,) = count_again(file([case]))
    told = list(lines(counted))
    assert case["id"] in told[0]
    assert len(told) > 1 or case["kind"] == "roll"


BROKEN = {
    "more present than there are": {**CASES[0], "participation": {"heads": 28}},
    "more cast than present": {**CASES[0], "no": {"heads": 9}},
    "half a person": {**CASES[0], "yes": {"heads": "9.5"}},
    "a person less than none": {**CASES[0], "no": {"heads": -1}},
    "true is no number": {**CASES[0], "yes": {"heads": True}},
    "an area with an exponent": {**CASES[12], "roll": {"heads": 12, "area": "1e3"}},
    "an area is missing": {**CASES[12], "roll": {"heads": 12, "area": None}},
    "a part is missing": {name: part for name, part in CASES[0].items() if name != "abstain"},
    "no rule": {**CASES[0], "rule": None},
    "a rule nobody wrote": {**CASES[0], "rule": "kings"},
    "a rule with a clause nobody knows": {**CASES[0], "rule": {**RULES["reps"], "veto": ["mayor"]}},
    "a share above the whole": {**CASES[0], "rule": {**RULES["reps"], "pass": [{**RULES["reps"]["pass"][0], "num": 3}]}},
    "a kind nobody knows": {**CASES[0], "kind": "lottery"},
    "another way with the silent": {**CASES[0], "deemed": {"nonvoters_join": "yes"}},
    "a unit without an owner": {**CASES[20], "units": [{"owners": [], "area": "1"}]},
    "a press on a unit that is not there": {**CASES[-1], "ballots": [{"by": "甲", "unit": 7, "choice": "yes"}]},
    "not a case": 7,
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN.values(), ids=list(BROKEN))
def test_a_case_that_cannot_be_counted_says_where_and_stops_no_other(case: Table) -> None:
    first, bad, last = answers(file([CASES[0], case, CASES[1]]))
    assert (first["outcome"], last["outcome"]) == ("passed", "invalid_quorum")
    assert bad["outcome"] is None
    assert "vectors[1]" in bad["fault"]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        "7",
        "[]",
        "{}",
        '{"vectors": []}',
        '{"vectors": 3}',
        '{"schema": "yishi-voting-vectors/2", "vectors": [{"kind": "roll"}]}',
        '{"schema": ["?"], "vectors": [{"kind": "roll"}]}',
        '{"kind": "roll", "kind": "tally"}',
        '{"kind": "\\ud800"}',
        "[" * 100_000,
        '{"kind": "roll", "units": [], "area": ' + "9" * 5000 + "}",
    ],
)
def test_a_file_without_cases_is_refused_as_a_whole(source: str) -> None:
    with pytest.raises(Unreadable):
        list(count_again(source))


def test_words_of_a_file_cannot_repaint_the_screen() -> None:
    (case,) = count_again(file([{**CASES[0], "id": "\x1b[2J\r没有\n"}]))
    assert all(line.isprintable() for line in lines(case))
    (case,) = count_again(file([{**CASES[0], "rule": {**RULES["reps"], "\x1b[2J": 1}}]))
    assert "�[2J" in case.fault


def test_the_recount_shares_nothing_with_the_program_that_ran_the_poll() -> None:
    modules = ", ".join(f"bot.recount.{path.stem}" for path in SOURCES if path.stem != "__init__")
    program = (
        f"import sys, {modules}\n"
        "apart = ('handlers.rules', 'handlers.choices', 'handlers.polls', 'storage', 'sqlalchemy', 'votelib')\n"
        "sys.exit(' '.join(name for name in sys.modules if name.startswith(apart)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_recount_never_rounds() -> None:
    assert len(SOURCES) > 8
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
            assert not (isinstance(node, ast.Name) and node.id in {"float", "round"}), path
            assert not isinstance(node, ast.Div), path
