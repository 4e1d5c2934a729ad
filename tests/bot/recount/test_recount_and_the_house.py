"""Two programs that share no line of arithmetic must agree about every poll."""

import json
from random import Random

from bot.recount.cases import count_again
from bot.recount.machine import as_object
from handlers.rules.deemed import Grounds, decide_deemed
from handlers.rules.rule import Rule
from handlers.rules.stored import dump_tally, parse_rule
from handlers.rules.tally import Tally
from handlers.rules.verdict import Alternatives, Comparison, Verdict, decide
from tests.bot.recount.cases import Table
from tests.handlers.rules.naive import as_json, random_people, random_table
from tests.handlers.rules.people import tally_of


def counted_again(table: Table, tally: Tally, **more: object) -> Table:
    case = {"id": "x", "kind": "tally", "rule": table, **json.loads(dump_tally(tally)), **more}
    (answer,) = count_again(json.dumps(case))
    return as_object(answer)


def polls(number: int, seed: int) -> list[tuple[Table, Rule, Tally]]:
    dice = Random(seed)
    tables = [random_table(dice) for _ in range(number)]
    return [(table, parse_rule(as_json(table)), tally_of(random_people(dice))) for table in tables]


def sums(verdict: Verdict) -> list[tuple[str, str, bool]]:
    found: list[Comparison] = []
    for finding in (*verdict.quorum, *verdict.passing):
        if isinstance(finding, Comparison):
            found.append(finding)
        elif isinstance(finding, Alternatives):
            found += finding.comparisons
    return [(str(one.left), str(one.right), one.holds) for one in found]


def same(ours: str, theirs: str) -> bool:
    """The house keeps the zeros an area was written with."""
    return (
        ours.rstrip("0").rstrip(".") == theirs.rstrip("0").rstrip(".")
        if "." in ours + theirs
        else ours == theirs
    )


def test_three_thousand_random_polls_come_out_the_same_with_the_same_sums() -> None:
    outcomes = set()
    for table, rule, tally in polls(3000, seed=2026):
        verdict, answer = decide(rule, tally), counted_again(table, tally)
        assert answer["outcome"] == verdict.outcome, (table, tally)
        told = [one for one in answer["comparisons"] if "left" in one]
        for mine, (left, right, holds) in zip(told, sums(verdict), strict=True):
            assert same(left, mine["left"]), (left, mine)
            assert same(right, mine["right"]), (right, mine)
            assert holds is mine["holds"]
        outcomes.add(verdict.outcome)
    assert len(outcomes) == 4


def test_counting_the_silent_comes_out_the_same() -> None:
    moved = 0
    for table, rule, tally in polls(1000, seed=7):
        both = decide_deemed(rule, tally, Grounds("第9条", "已告知", 1, tally.silent))
        answer = counted_again(table, tally, deemed={"nonvoters_join": "plurality"})
        assert (answer["strict"]["outcome"], answer["outcome"]) == (both.strict.outcome, both.deemed.outcome)
        moved += both.strict.outcome != both.deemed.outcome
    assert moved > 20
