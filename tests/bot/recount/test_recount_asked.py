"""Files of polls with options: what is told of them, and that nobody lays hands on them unnoticed."""

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from bot.recount.cases import count_again
from bot.recount.lines import lines
from bot.recount.machine import as_object
from bot.recount.reading import Unreadable
from handlers.choices.ask import Ask, Kind
from handlers.choices.cast import Abstention, Cast, Consent, Picks, Ranking, Scores, Stance
from handlers.choices.support import Returned
from handlers.rules.rule import Measure, measures
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures
from storage.records import Secrecy
from tests.bot.recount.asked import by_a_stranger, closed_asking
from tests.bot.recount.cases import RULES, Table
from tests.bot.recount.choosing import OPTIONS, Drawn, as_file, chained, drawn
from tests.bot.recount.test_recount_published import leaves, tampered

CONSENTS: list[Cast] = [
    *[Consent(Stance.AGREE)] * 3, Consent(Stance.RESERVED, "费用高"), Consent(Stance.OBJECT, "太吵"),
]  # fmt: skip


def picks(*numbers: int) -> Picks:
    return Picks(frozenset(numbers))


def ranks(*numbers: int) -> Ranking:
    return Ranking(tuple(frozenset({number}) for number in numbers))


BALLOTS: dict[Kind, list[Cast]] = {
    Kind.SINGLE: [picks(1), picks(2), picks(2), picks(2), Abstention()],
    Kind.SEVERAL: [picks(1, 2), picks(2), picks(2, 3), picks(3), picks(0)],
    Kind.SCORE: [Scores((1, 5, 3)), Scores((2, 4, 4)), Scores((1, 5, 1)), picks(0), Abstention()],
    Kind.SCHULZE: [ranks(2, 1), ranks(2, 3), ranks(2, 1, 3), ranks(1, 2), ranks(0)],
    Kind.STV: [ranks(2, 1), ranks(2, 3), ranks(2, 1, 3), ranks(1, 0), ranks(2)],
    Kind.CONSENT: CONSENTS,
    Kind.SENSE: [picks(1), picks(2), picks(2), Abstention(), picks(3)],
}


def poll_of(kind: Kind, rule: str = "reps") -> Drawn:
    """Five of six answer."""
    asked = Ask(kind) if kind is Kind.CONSENT else Ask(kind, OPTIONS[:3], none_offered=True)
    parsed = parse_rule({**RULES[rule]})
    roll = {person: Measures(1) for person in range(6)}
    assert measures(parsed) == {Measure.HEADS}
    return Drawn(Returned(asked, roll, dict(enumerate(BALLOTS[kind]))), parsed)


def recounted(table: Table) -> Table:
    (case,) = count_again(json.dumps(table))
    return as_object(case)


def sound(table: Table) -> bool:
    """Whether the recount finds nothing to say against a file."""
    try:
        return recounted(table).get("agrees") is True
    except Unreadable:
        return False


@pytest.mark.parametrize("secrecy", ["open", "secret"])
@pytest.mark.parametrize("kind", Kind)
def test_a_file_of_every_kind_is_read_and_agrees(kind: Kind, secrecy: str) -> None:
    poll = poll_of(kind)
    table, counted = as_file(poll, secrecy), poll.counted()
    answer = recounted(table)
    assert (answer["agrees"], answer["differences"]) == (True, [])
    assert answer["kind"] == kind
    assert answer["outcome"] == (counted.outcome or "sense")
    assert (answer["winners"], answer["tied"]) == (list(counted.winners), list(counted.tied))
    assert answer["seal"] == table["chain"]["seal"]


@pytest.mark.parametrize("kind", Kind)
def test_the_house_writes_the_file_that_a_stranger_writes_from_the_description(kind: Kind) -> None:
    dice = Random(12)
    for _ in range(40):
        poll = drawn(dice, kind)
        assert json.loads(closed_asking(poll).file) == by_a_stranger(poll)
    secret = poll_of(kind)
    assert json.loads(closed_asking(secret, Secrecy.SECRET).file) == by_a_stranger(secret, Secrecy.SECRET)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("secrecy", Secrecy)
def test_the_order_in_which_ballots_came_leaves_no_trace(kind: Kind, secrecy: Secrecy) -> None:
    poll = poll_of(kind)
    assert closed_asking(poll, secrecy, seed=1).file == closed_asking(poll, secrecy, seed=2).file


def test_random_files_by_heads_and_area_agree() -> None:
    dice, by_area = Random(9), 0
    for _ in range(150):
        poll = drawn(dice)
        assert sound(as_file(poll)), poll
        by_area += Measure.AREA in measures(poll.rule)
    assert by_area > 20


@pytest.mark.parametrize("kind", Kind)
def test_no_place_in_a_file_can_be_changed_unnoticed(kind: Kind) -> None:
    table = as_file(poll_of(kind))
    paths = list(leaves(table))
    assert len(paths) > 80
    assert [path for path in paths if sound(tampered(table, path))] == []


@pytest.mark.parametrize("kind", Kind)
def test_nothing_can_be_taken_out_of_a_file_or_put_into_it_unnoticed(kind: Kind) -> None:
    table = as_file(poll_of(kind))
    for path in leaves(table):
        for change in (_without, _with_more):
            other = deepcopy(table)
            place: Any = other
            for name in path[:-1]:
                place = place[name]
            if change(place, path[-1]):
                assert not sound(other), (change, path)


def _without(place: Any, name: Any) -> bool:
    kept = place[name] is not None
    del place[name]
    return kept


def _with_more(place: Any, _: Any) -> bool:
    if isinstance(place, dict):
        place["note"] = "改"
    else:
        place.append("改")
    return True


TRICKS: dict[str, Callable[[list[Table]], list[Table]]] = {
    "one is taken away": lambda ballots: ballots[1:],
    "one is put in twice": lambda ballots: [ballots[0], *ballots],
    "one is added by a stranger": lambda ballots: [*ballots, {**ballots[0], "receipt": "ZZZ-ZZZ"}],
    "one who stayed silent is added": lambda ballots: [*ballots, {**ballots[1], "receipt": "ABC-005"}],
    "an option is numbered outside": lambda ballots: [
        {**ballots[0], "choice": {"ranking": {"steps": [[9]]}}}, *ballots[1:],
    ],
    "one is turned": lambda ballots: [{**ballots[0], "choice": {"abstain": {}}}, *ballots[1:]],
    "one is no object": lambda ballots: [{**ballots[0], "choice": "for"}, *ballots[1:]],
}  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS.values(), ids=list(TRICKS))
@pytest.mark.parametrize("kind", Kind)
def test_a_forged_chain_hides_no_tampered_ballot(
    kind: Kind, trick: Callable[[list[Table]], list[Table]]
) -> None:
    table = as_file(poll_of(kind))
    assert chained(table) == table
    assert not sound(chained({**table, "ballots": trick(table["ballots"])}))


def test_a_ballot_turned_under_a_forged_chain_is_told_by_the_announced_numbers() -> None:
    table = as_file(poll_of(Kind.SINGLE))
    first, *rest = table["ballots"]
    forged = chained({**table, "ballots": [{**first, "choice": {"picks": {"options": [2]}}}, *rest]})
    found = {one["where"]: (one["stated"], one["found"]) for one in recounted(forged)["differences"]}
    assert all(where.startswith("announced.count.standings") for where in found)
    assert found["announced.count.standings[0].support.heads"] == ("3", "4")


def test_an_announced_winner_who_did_not_win_is_found() -> None:
    table = as_file(poll_of(Kind.STV))
    table["announced"]["count"]["winners"] = [1]
    assert recounted(table)["differences"] == [
        {"where": "announced.count.winners[0]", "stated": "1", "found": "2"}
    ]


def test_a_poll_of_yes_and_no_has_no_ask_and_one_with_options_must_have_it() -> None:
    table = as_file(poll_of(Kind.SINGLE))
    for other in ({**table, "schema": "yishi-poll-export/1"}, {**table, "ask": None}):
        answer = recounted(chained(other))
        assert answer["outcome"] is None
        assert "ask" in answer["fault"]


SAID = {
    Kind.SINGLE: [
        "2026-9  通过：选出 西门。",
        "  人数：应到 6，参加 5，弃权 1",
        "  1. 西门：3 人 ✔",
        "  3. 均不同意：0 人",
    ],
    Kind.SCORE: ["2026-9  通过：选出 西门。", "  1. 西门：3 人，合计 14 分，中位数 5 分 ✔"],
    Kind.SCHULZE: ["2026-9  通过：选出 西门。", "  西门 胜 东门：3 比 1"],
    Kind.STV: ["  当选票数 3", "  第 1 轮：东门 1、西门 4、广场 0、均不同意 0；西门 当选"],
    Kind.CONSENT: ["2026-9  未通过", "  同意 3，有保留 1，反对 1"],
    Kind.SENSE: ["2026-9  摸底，不作决定", "  1. 西门：2 人"],
}


@pytest.mark.parametrize(("kind", "said"), SAID.items())
def test_people_read_who_is_chosen_and_why(kind: Kind, said: list[str]) -> None:
    (case,) = count_again(json.dumps(as_file(poll_of(kind))))
    told = list(lines(case))
    assert [line for line in said if line not in told] == [], told
    assert told[-1].startswith("  选票 5 张，计票、结果、选票链都对得上。")


def test_people_read_who_is_tied_and_that_nobody_is_drawn() -> None:
    poll = poll_of(Kind.SEVERAL)
    (case,) = count_again(json.dumps(as_file(poll)))
    assert case.answer is not None
    told = list(lines(case))
    assert told[0] == "2026-9  通过：选出 西门。"
    even = Drawn(
        Returned(poll.returned.ask, poll.returned.roll, dict(enumerate([picks(1, 2)] * 5))), poll.rule
    )
    (case,) = count_again(json.dumps(as_file(even)))
    told = list(lines(case))
    assert told[0] == "2026-9  并列：东门、西门 并列，由人决定"
    assert "  并列的不抽签，由人决定。" in told
