import json
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from handlers.rules.deemed import Grounds, decide_deemed
from handlers.rules.owners import Admission, OwnedUnit, UnitBallot, count_owners, receive
from handlers.rules.rule import Outcome, Rule
from handlers.rules.stored import parse_rule, parse_tally, rule_from_stage
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import Comparison, Reason, decide
from storage.records import Choice, UnitUse
from tests.handlers.rules.naive import Table
from tests.handlers.rules.people import heads

OWN = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
SHARED = Path(__file__).parents[4] / "shared" / "domain" / "voting-vectors.json"
CHOICES = {"yes": Choice.FOR, "no": Choice.AGAINST, "abstain": Choice.ABSTAIN}


def own_rule(name: str) -> Rule:
    table = dict(OWN["rules"][name])
    invalid_as = Outcome(table.pop("invalid_as"))
    return rule_from_stage(table, electorate="owners", basis=name, invalid_as=invalid_as)


def shared() -> Table:
    if not SHARED.exists():
        pytest.skip("the shared vectors lie beside the project only where it is developed")
    table: Table = json.loads(SHARED.read_text("utf-8"))
    return table


@pytest.mark.parametrize("case", OWN["case"], ids=lambda case: case["why"])
def test_a_poll_on_the_edge_falls_on_the_side_its_rule_says(case: Table) -> None:
    areas = [Decimal(area) for area in case["area"]] if "area" in case else [None] * 5
    parts = [Measures(number, area) for number, area in zip(case["heads"], areas, strict=True)]
    assert decide(own_rule(case["rule"]), Tally(*parts)).outcome == case["outcome"]


def test_every_rule_of_the_cases_is_tried_on_both_sides_of_its_majority() -> None:
    tried = {(case["rule"], case["outcome"]) for case in OWN["case"]}
    assert {(name, end) for name in OWN["rules"] for end in ("passed", "rejected")} <= tried


def test_the_shared_tallies_come_out_as_published() -> None:
    table, tried = shared(), 0
    for vector in table["vectors"]:
        if vector["kind"] != "tally":
            continue
        rule, tally = parse_rule(table["rules"][vector["rule"]]), tally_in(vector)
        verdict = decide(rule, tally)
        if vector["deemed"]:
            grounds = Grounds("clause", "warning", 1, tally.silent)
            verdict = decide_deemed(rule, tally, grounds).deemed
        assert verdict.outcome == vector["expect"]["outcome"], vector["id"]
        assert (verdict.reason is not Reason.SHORT_OF_QUORUM) == vector["expect"]["quorum"], vector["id"]
        tried += 1
    assert tried == 97


def test_the_shared_rolls_and_presses_come_out_as_published() -> None:
    vectors = [vector for vector in shared()["vectors"] if vector["kind"] != "tally"]
    for vector in vectors:
        roll = count_owners(units_in(vector))
        assert roll.whole.heads == vector["expect"]["heads"], vector["id"]
        assert roll.whole.area == Decimal(vector["expect"]["area"]), vector["id"]
        if vector["kind"] == "ballots":
            pressed = [
                UnitBallot(ballot["by"], str(ballot["unit"]), CHOICES[ballot["choice"]])
                for ballot in vector["ballots"]
            ]
            assert receive(roll, pressed)[1] == (Admission.KEPT, vector["expect"]["outcome"])
    assert len(vectors) == 6


def tally_in(vector: Table) -> Tally:
    return parse_tally({name: vector[name] for name in ("roll", "participation", "yes", "no", "abstain")})


def units_in(vector: Table) -> list[OwnedUnit]:
    return [
        OwnedUnit(
            id=str(number),
            owners=tuple(unit["owners"]),
            area=Decimal(unit["area"]),
            use=UnitUse(unit["kind"]),
            count=unit["count"],
        )
        for number, unit in enumerate(vector["units"])
    ]


def test_equal_votes_are_rejected_and_called_equal() -> None:
    verdict = decide(own_rule("representatives"), heads(30, 20, 10, 10))
    assert (verdict.outcome, verdict.reason) == (Outcome.REJECTED, Reason.TIED)


def test_a_poll_without_a_quorum_is_not_judged_at_all() -> None:
    verdict = decide(own_rule("representatives"), heads(35, 23, 23, 0))
    assert verdict.reason is Reason.SHORT_OF_QUORUM
    assert verdict.passing == ()


def test_a_comparison_keeps_the_whole_numbers_of_both_sides() -> None:
    (comparison,) = decide(own_rule("representatives"), heads(35, 24, 13, 11)).quorum
    assert isinstance(comparison, Comparison)
    assert (comparison.left, comparison.right) == (72, 70)
