"""从多 in a published poll: the second result is counted again from those the ballot was served on."""

import json
from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from bot.recount.cases import count_again
from bot.recount.lines import lines
from bot.recount.machine import as_object
from bot.recount.reading import Unreadable
from handlers.receipts import receipt_of, written
from handlers.rules.deemed import Grounds, decide_deemed
from handlers.rules.stored import dump_tally, parse_rule, parse_tally
from handlers.rules.tally import Measures
from storage.records import Secrecy
from tests.bot.recount.ballots import KEY, closed
from tests.bot.recount.cases import RULES, Table
from tests.bot.recount.test_recount_published import leaves, tampered


def deemed(doing: str) -> Table:
    """The file of an owners' poll where each letter is an owner: f, a, n, silent (.), silent though served (s)."""
    table: Table = json.loads(closed("owners", doing.replace("s", ".")).file)
    to = [written(receipt_of(KEY, place)) for place, letter in enumerate(doing, start=1) if letter == "s"]
    areas = {entry["receipt"]: Decimal(entry["area"]) for entry in table["electorate"]}
    served = Measures(len(to), sum((areas[code] for code in to), Decimal(0)))
    tally = parse_tally(table["announced"]["tally"])
    both = decide_deemed(parse_rule({**RULES["owners"]}), tally, Grounds("第12条", "不投按多数计", 1, served))
    block = {
        "clause": "第12条",
        "joined": both.joined,
        "outcome": both.deemed.outcome,
        "tally": json.loads(dump_tally(both.deemed.tally)),
        "served": {"heads": served.heads, "area": f"{served.area:f}"},
        "to": sorted(to),
    }
    table["announced"]["deemed"] = block
    return table


def recounted(table: Table) -> Table:
    (case,) = count_again(json.dumps(table))
    return as_object(case)


def sound(table: Table) -> bool:
    try:
        return recounted(table).get("agrees") is True
    except Unreadable:
        return False


def test_both_results_are_counted_again() -> None:
    answer = recounted(deemed("ffffassss..."))
    assert answer["agrees"] is True, answer
    assert answer["outcome"] == "invalid_participation"
    assert (answer["deemed"]["outcome"], answer["deemed"]["joined"]) == ("passed", "yes")
    assert answer["deemed"]["served"]["heads"] == 4


def test_random_ones_agree_with_the_house() -> None:
    dice, moved = Random(3), 0
    for _ in range(200):
        table = deemed("".join(dice.choice("ffan.ss") for _ in range(dice.randint(1, 14))))
        answer = recounted(table)
        assert answer["agrees"] is True, answer
        moved += answer["outcome"] != answer["deemed"]["outcome"]
    assert moved > 10


def test_the_silent_join_nobody_where_two_opinions_are_equally_large() -> None:
    answer = recounted(deemed("ffaass"))
    assert answer["agrees"] is True
    assert answer["deemed"]["joined"] is None
    assert answer["deemed"]["outcome"] == answer["outcome"]


def test_nothing_of_the_second_result_can_be_changed_unnoticed_but_the_name_of_its_clause() -> None:
    table = deemed("ffffassss...")
    paths = [path for path in leaves(table) if path[:2] == ("announced", "deemed")]
    assert len(paths) > 15
    unnoticed = [path for path in paths if sound(tampered(table, path))]
    assert unnoticed == [("announced", "deemed", "clause")]


def test_people_read_both_results() -> None:
    (case,) = count_again(json.dumps(deemed("ffffassss...")))
    told = list(lines(case))
    assert told[0] == "2026-9  无效：参与不足"
    assert "  严格计票：无效：参与不足" in told
    assert "  从多计票：通过" in told
    assert any(line.startswith("  从多计票：未投的 4 人、") and line.endswith("计入赞成") for line in told)


def _served_on(table: Table, place: int) -> str:
    return str(table["announced"]["deemed"]["to"][place])


@pytest.mark.parametrize("trick", ["a voter", "a stranger", "twice", "one less"])
def test_whoever_may_not_be_counted_so_is_found(trick: str) -> None:
    table: Any = deepcopy(deemed("ffffassss..."))
    to = table["announced"]["deemed"]["to"]
    match trick:
        case "a voter":
            to.append(table["ballots"][0]["receipt"])
        case "a stranger":
            to.append("ZZZ-ZZZ")
        case "twice":
            to.append(_served_on(table, 0))
        case _:
            to.pop()
    assert not sound(table)


def test_a_secret_poll_has_no_silent_voters_to_name() -> None:
    table = json.loads(closed("reps", "fffaan..", Secrecy.SECRET).file)
    table["announced"]["deemed"] = deemed("ffffassss...")["announced"]["deemed"]
    answer = recounted(table)
    assert answer["outcome"] is None
    assert "名册上没有这个码" in answer["fault"]
