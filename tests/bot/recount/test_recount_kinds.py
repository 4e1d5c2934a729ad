"""Polls with options, counted by the house and by the recount, which share no line: everything told is the same."""

import csv
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from bot.recount.announced import of_the_reckoned
from bot.recount.asking import read_ask
from bot.recount.kinds import Reckoned
from bot.recount.papers import read_paper
from bot.recount.ranking import duels, in_levels, stronger
from bot.recount.reading import Node, Unreadable
from bot.recount.sharing import share_out
from handlers.choices.ask import Ask, Kind, ScoredBy
from handlers.choices.cast import REJECTS_ALL, Abstention, Cast, Consent, Picks, Ranking, Scores, Stance
from handlers.choices.stored import dump_ask, dump_count
from handlers.choices.support import Returned
from handlers.choices.transfers import transfer
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures
from tests.bot.recount.cases import RULES, Table
from tests.bot.recount.choosing import OPTIONS, Drawn, drawn, node

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "stv"


@pytest.mark.parametrize("kind", Kind)
def test_hundreds_of_random_polls_of_a_kind_come_out_the_same_to_the_last_mark(kind: Kind) -> None:
    dice, outcomes = Random(20261122), Counter[str]()
    for _ in range(500):
        poll = drawn(dice, kind)
        mine, theirs = poll.again(), poll.counted()
        word = theirs.outcome or "sense"
        assert (mine.outcome, mine.winners, set(mine.tied)) == (word, theirs.winners, set(theirs.tied)), poll
        told = Node({"outcome": word, "count": json.loads(dump_count(theirs))}, "announced")
        assert list(of_the_reckoned(told, mine)) == [], poll
        outcomes[word] += 1
    if kind is not Kind.SENSE:
        assert min(outcomes["passed"], outcomes["rejected"]) > 20
    if kind in {Kind.SCORE, Kind.STV, Kind.SCHULZE, Kind.SEVERAL}:
        assert outcomes["tie"] > 3


def test_places_are_shared_out_the_same_among_many_options() -> None:
    dice, tied = Random(7), 0
    for _ in range(400):
        numbers = tuple(range(1, dice.randint(2, 9) + 1))
        places, longest = dice.randint(1, min(4, len(numbers))), dice.choice((2, len(numbers)))
        papers = [
            tuple(dice.sample(numbers, dice.randint(1, min(longest, len(numbers)))))
            for _ in range(dice.randint(1, 30))
        ]
        mine, theirs = share_out(papers, numbers, places), transfer(Counter(papers), numbers, places)
        assert (mine.quota, mine.winners, mine.tied) == (theirs.quota, theirs.winners, theirs.tied), papers
        rounds = [(tuple(one.votes.items()), one.exhausted, one.elected, one.excluded) for one in mine.rounds]
        assert rounds == [
            (stage.votes, stage.exhausted, stage.elected, stage.excluded) for stage in theirs.stages
        ]
        tied += bool(mine.tied)
    assert 20 < tied < 380


def came(ask: Ask, *ballots: Cast, rule: str = "half_of_cast") -> Reckoned:
    rules: Table = {
        **RULES,
        "half_of_cast": {
            **RULES["reps"],
            "quorum": [],
            "pass": [{"measure": "heads", "num": 1, "den": 4, "op": ">", "base": "participants"}],
        },
    }
    roll = {person: Measures(1) for person in range(len(ballots))}
    return Drawn(Returned(ask, roll, dict(enumerate(ballots))), parse_rule(rules[rule])).again()


def picks(*numbers: int) -> Picks:
    return Picks(frozenset(numbers))


def ranks(*numbers: int) -> Ranking:
    return Ranking(tuple(frozenset({number}) for number in numbers))


def ask(kind: Kind, options: int = 3, *, none_offered: bool = False, places: int = 1) -> Ask:
    return Ask(kind, OPTIONS[:options], none_offered, places)


def test_the_option_most_tick_is_chosen() -> None:
    found = came(ask(Kind.SINGLE), *[picks(2)] * 3, *[picks(1)] * 2, Abstention())
    assert (found.outcome, found.winners, found.levels) == ("passed", (2,), ((2,), (1,), (3,)))


def test_two_with_as_many_ticks_are_a_tie_and_nobody_is_drawn() -> None:
    found = came(ask(Kind.SINGLE), picks(1), picks(1), picks(3), picks(3))
    assert (found.outcome, found.winners, found.tied) == ("tie", (), (1, 3))


def test_where_none_of_these_has_most_nothing_is_chosen() -> None:
    found = came(ask(Kind.SINGLE, none_offered=True), REJECTS_ALL, REJECTS_ALL, picks(1))
    assert (found.outcome, found.winners) == ("rejected", ())


def test_several_places_are_filled_from_the_top() -> None:
    found = came(ask(Kind.SEVERAL, places=2), picks(1, 2), picks(2, 3), picks(1), picks(2))
    assert (found.outcome, found.winners) == ("passed", (2, 1))


def test_a_median_is_the_middle_mark_or_half_way_between_two() -> None:
    by_median = Ask(Kind.SCORE, OPTIONS[:2], scored_by=ScoredBy.MEDIAN)
    found = came(by_median, Scores((1, 3)), Scores((5, 3)), Scores((5, 4)), Scores((1, 4)))
    assert (found.winners, found.outcome) == ((2,), "passed")  # 3 against 3.5, though the sums are 12 and 14
    level = came(by_median, Scores((1, 3)), Scores((5, 3)))
    assert (level.outcome, level.tied) == ("tie", (1, 2))


def test_consent_stands_until_somebody_objects() -> None:
    agreed = Consent(Stance.AGREE)
    assert came(Ask(Kind.CONSENT), agreed, Consent(Stance.RESERVED, "费用高")).outcome == "passed"
    assert came(Ask(Kind.CONSENT), agreed, Consent(Stance.OBJECT, "太吵")).outcome == "rejected"
    assert came(Ask(Kind.CONSENT), Abstention()).outcome == "rejected"


def test_the_example_of_45_ballots_in_schulzes_paper_is_ordered_as_he_orders_it() -> None:
    papers = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
    rankings = [
        tuple(frozenset({"ABCDE".index(letter) + 1}) for letter in paper)
        for paper, copies in papers.items()
        for _ in range(copies)
    ]
    numbers = range(1, 6)
    assert in_levels(numbers, stronger(duels(rankings, numbers))) == ((5,), (1,), (3,), (2,), (4,))


def test_a_surplus_goes_on_in_exact_fractions() -> None:
    """13 ballots, 2 places: quota 5. Option 1 has 8, so each of its ballots goes on at 3/8."""
    papers = [(1, 2)] * 6 + [(1, 3)] * 2 + [(2,), (3,), (3,), (3,), (4, 3)]
    found = share_out(papers, (1, 2, 3, 4), 2)
    assert (found.quota, found.winners, found.tied) == (5, (1, 3), ())
    assert found.rounds[1].votes == {2: Fraction(13, 4), 3: Fraction(15, 4), 4: Fraction(1)}


def test_a_tie_that_decides_is_followed_on_every_way() -> None:
    """If 1 goes first 3 wins, if 2 goes first 4 does."""
    papers = [(1, 3)] * 3 + [(2, 4)] * 3 + [(3,)] * 4 + [(4,)] * 4
    assert share_out(papers, (1, 2, 3, 4), 1).tied == (3, 4)


def test_twenty_options_that_are_all_even_are_all_tied() -> None:
    numbers = tuple(range(1, 21))
    found = share_out([(number,) for number in numbers], numbers, 3)
    assert (found.winners, found.tied, found.rounds) == ((), numbers, ())


def test_the_model_election_of_1997_elects_whom_its_official_count_elects() -> None:
    """Who is elected is the same; its quota and its rounding to hundredths are other ones than ours."""
    if not REFERENCE.is_dir():
        pytest.skip("the model election lies beside the project only where it is developed")
    lines = [
        line.partition("#")[0].strip() for line in (REFERENCE / "ers97.blt").read_text("utf-8").splitlines()
    ]
    (head, *rest) = [line for line in lines if line]
    options, places = map(int, head.split())
    cut = rest.index("0")
    papers: list[tuple[int, ...]] = []
    for line in rest[:cut]:
        copies, *ranked = map(int, line.split())
        papers += [tuple(number for number in ranked if number)] * copies
    names = [line.strip('"') for line in rest[cut + 1 : cut + 1 + options]]
    found = share_out(papers, tuple(range(1, options + 1)), places)
    rows = {
        row[0]: row[1:]
        for row in csv.reader((REFERENCE / "ers97_meek_reference.csv").read_text().splitlines())
    }
    elected = {name for name in names if "EL" in rows[name]}
    assert len(elected) == 6
    assert ({names[one - 1] for one in found.winners}, found.tied) == (elected, ())
    assert {names[one - 1]: votes for one, votes in found.rounds[0].votes.items()} == {
        name: Fraction(rows[name][0]) for name in names
    }


SINGLE = ask(Kind.SINGLE)
RANKED = ask(Kind.SCHULZE)
WRONG: dict[str, tuple[Ask, Table, str]] = {
    "an option outside": (SINGLE, {"picks": {"options": [4]}}, "没有 4 号选项"),
    "none that is not offered": (SINGLE, {"picks": {"options": [0]}}, "没有 0 号选项"),
    "two where one is asked": (SINGLE, {"picks": {"options": [1, 2]}}, "应选 1 至 1 项"),
    "nothing ticked": (SINGLE, {"picks": {"options": []}}, "应选 1 至 1 项"),
    "one ticked twice": (ask(Kind.SEVERAL), {"picks": {"options": [1, 1]}}, "1 号选项在一张选票上出现了两次"),
    "none beside another": (
        ask(Kind.SEVERAL, none_offered=True), {"picks": {"options": [0, 1]}}, "选均不同意的，不能再选别的",
    ),
    "a number in words": (SINGLE, {"picks": {"options": ["1"]}}, "应是不小于 0 的整数"),
    "another kind": (SINGLE, {"scores": {"marks": [1, 2, 3]}}, "不是这种表决的答法"),
    "ticks where ranks are asked": (RANKED, {"picks": {"options": [1]}}, "不是这种表决的答法"),
    "two answers": (SINGLE, {"picks": {"options": [1]}, "abstain": {}}, "正好有一种作答"),
    "no answer": (SINGLE, {}, "正好有一种作答"),
    "an unknown answer": (SINGLE, {"shout": {}}, "不认识的项目"),
    "an abstention that says more": (SINGLE, {"abstain": {"but": 1}}, "不认识的项目"),
    "a word": (SINGLE, {"picks": "1"}, "应是一个 JSON 对象"),
    "one mark short": (ask(Kind.SCORE), {"scores": {"marks": [1, 2]}}, "应给 3 个选项各打一个分"),
    "a mark off the scale": (ask(Kind.SCORE), {"scores": {"marks": [1, 2, 6]}}, "从 1 到 5"),
    "ranked twice": (RANKED, {"ranking": {"steps": [[1], [2, 1]]}}, "1 号选项在一张选票上出现了两次"),
    "an empty rank": (RANKED, {"ranking": {"steps": [[1], []]}}, "排序里有空的一位"),
    "no ranks": (RANKED, {"ranking": {"steps": []}}, "排序里有空的一位"),
    "equals where there are none": (ask(Kind.STV), {"ranking": {"steps": [[1, 2]]}}, "不能有并列"),
    "an objection without reason": (
        Ask(Kind.CONSENT), {"consent": {"stance": "object", "reason": " "}}, "反对要写明理由",
    ),
    "another stance": (Ask(Kind.CONSENT), {"consent": {"stance": "maybe", "reason": ""}}, "只能是：agree、"),
    "none in a consent round": (Ask(Kind.CONSENT), {"picks": {"options": [0]}}, "没有 0 号选项"),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "ballot", "sentence"), WRONG.values(), ids=list(WRONG))
def test_a_ballot_nobody_could_cast_is_refused_with_its_place(
    asked: Ask, ballot: Table, sentence: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        read_paper(read_ask(node(dump_ask(asked))), Node(ballot, "ballots[7].choice"))
    assert str(refused.value).startswith("ballots[7].choice")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "lottery"), ("options", ["东门"]), ("options", [1, 2]), ("places", 4), ("places", 0), ("most", 2),
        ("none_offered", 1), ("highest", 1), ("highest", 101), ("lowest", -1), ("scored_by", "mode"),
        ("weight", 2),
    ],
)  # fmt: skip
def test_a_question_nobody_could_answer_is_refused_with_its_place(name: str, value: object) -> None:
    table = {**json.loads(dump_ask(ask(Kind.SCORE))), name: value}
    with pytest.raises(Unreadable, match=rf"ask\.{name}"):
        read_ask(Node(table, "ask"))
