import csv
import random
from collections import Counter
from fractions import Fraction
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from handlers.choices.ask import NONE, Kind
from handlers.choices.cast import REJECTS_ALL, Ranking
from handlers.choices.count import Count
from handlers.choices.transfers import transfer
from handlers.rules.rule import Outcome
from tests.handlers.choices.ballots import ask, counted, many, ranks

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "stv"
WIKIPEDIA = {  # letters A to E are 1 to 5; Schulze's own example of 45 ballots, whose order is E A C B D
    ranks(1, 3, 2, 5, 4): 5,
    ranks(1, 4, 5, 3, 2): 5,
    ranks(2, 5, 4, 1, 3): 8,
    ranks(3, 1, 2, 5, 4): 3,
    ranks(3, 1, 5, 2, 4): 7,
    ranks(3, 2, 1, 4, 5): 2,
    ranks(4, 3, 5, 2, 1): 7,
    ranks(5, 2, 1, 4, 3): 8,
}


def order(result: Count) -> list[list[int]]:
    places = sorted({one.place for one in result.standings})
    return [sorted(one.option for one in result.standings if one.place == place) for place in places]


def test_schulze_finds_the_order_of_the_example_in_his_paper() -> None:
    result = counted(ask(Kind.SCHULZE, 5), many(WIKIPEDIA))
    assert (result.outcome, result.winners) == (Outcome.PASSED, (5,))
    assert order(result) == [[5], [1], [3], [2], [4]]
    assert next(pair.ahead for pair in result.pairs if (pair.first, pair.second) == (1, 2)) == 20


def test_a_circle_of_equal_strength_is_a_tie_of_all() -> None:
    result = counted(ask(Kind.SCHULZE), many({ranks(1, 2, 3): 2, ranks(2, 3, 1): 2, ranks(3, 1, 2): 2}))
    assert (result.outcome, result.winners, result.tied) == (Outcome.TIE, (), (1, 2, 3))


def test_an_unbeaten_option_ties_with_the_first_though_it_beats_nobody() -> None:
    """1 beats 2 and 3; 4 is even with everybody: nobody beats it either."""
    ballots = many({ranks(4, 1, 2, 3): 1, ranks(1, 2, 3, 4): 1})
    result = counted(ask(Kind.SCHULZE, 4), ballots)
    assert (result.outcome, result.tied) == (Outcome.TIE, (1, 4))


def test_two_options_that_are_even_are_a_tie() -> None:
    result = counted(ask(Kind.SCHULZE, 2), [ranks(1, 2), ranks(2, 1)])
    assert (result.outcome, result.tied) == (Outcome.TIE, (1, 2))


def test_nobody_below_none_of_these_is_chosen_by_rank() -> None:
    asked = ask(Kind.SCHULZE, places=2, none_offered=True)
    result = counted(asked, many({ranks(1, 0, 2): 3, REJECTS_ALL: 1, ranks(2, 1): 1}))
    assert (result.outcome, result.winners) == (Outcome.PASSED, (1,))
    refused = counted(asked, many({ranks(0, 1): 3, ranks(2): 2}))
    assert (refused.outcome, refused.winners) == (Outcome.REJECTED, ())


def random_rankings(dice: random.Random, options: int, people: int) -> list[Ranking]:
    """Some whole, some cut short, some with equals."""
    found = []
    for _ in range(people):
        shuffled = dice.sample(range(1, options + 1), dice.randint(1, options))
        steps: list[set[int]] = []
        for option in shuffled:
            if steps and dice.random() < 0.25:
                steps[-1].add(option)
            else:
                steps.append({option})
        found.append(ranks(*steps))
    return found


def as_vote_string(ranking: Ranking, options: int) -> str:
    named = ["=".join(str(option) for option in sorted(step)) for step in ranking.steps]
    left = set(range(1, options + 1)).difference(*ranking.steps)
    return ">".join([*named, *(["=".join(str(option) for option in sorted(left))] if left else [])])


@pytest.mark.peer
def test_schulze_agrees_with_another_published_library_on_who_is_first() -> None:
    peer = pytest.importorskip("schulze_condorcet")
    dice, ties = random.Random(30), 0
    for _ in range(400):
        options, people = dice.randint(2, 6), dice.randint(1, 12)
        ballots = random_rankings(dice, options, people)
        votes = [as_vote_string(ballot, options) for ballot in ballots]
        names = [str(option) for option in range(1, options + 1)]
        first = {int(name) for name in peer.schulze_evaluate(votes, names).split(">")[0].split("=")}
        result = counted(ask(Kind.SCHULZE, options), ballots)
        assert set(order(result)[0]) == first, votes
        ties += len(first) > 1
    assert 20 < ties < 380


def naive_beats(ballots: list[Ranking], options: int) -> set[tuple[int, int]]:
    """Strongest paths by trying every simple path: a link is (ballots for, minus ballots against)."""
    numbers = range(1, options + 1)

    def prefer(one: int, other: int) -> int:
        place = [
            {option: at for at, step in enumerate(ballot.steps) for option in step} for ballot in ballots
        ]
        return sum(by.get(one, options) < by.get(other, options) for by in place)

    ahead = {pair: prefer(*pair) for pair in permutations(numbers, 2)}
    link = {(a, b): (n, -ahead[b, a]) for (a, b), n in ahead.items() if n > ahead[b, a]}

    def strength(start: int, end: int) -> tuple[int, int]:
        between = [option for option in numbers if option not in (start, end)]
        paths = [
            (start, *middle, end)
            for size in range(len(between) + 1)
            for middle in permutations(between, size)
        ]
        return max(min(link.get(step, (0, 0)) for step in pairwise(path)) for path in paths)

    return {(a, b) for a, b in permutations(numbers, 2) if strength(a, b) > strength(b, a)}


def test_schulze_never_puts_an_option_before_one_that_beats_it_by_any_path() -> None:
    dice = random.Random(31)
    for _ in range(60):
        options = dice.randint(2, 5)
        ballots = random_rankings(dice, options, dice.randint(1, 9))
        place = {one.option: one.place for one in counted(ask(Kind.SCHULZE, options), ballots).standings}
        beats = naive_beats(ballots, options)
        assert all(place[better] < place[worse] for better, worse in beats)
        beaten = {worse for _, worse in beats}
        assert {option for option, at in place.items() if at == 1} == set(place) - beaten


def test_a_surplus_is_passed_on_in_exact_fractions() -> None:
    """13 ballots, 2 places: quota 5. Option 1 has 8, of which 3 are over: each ballot goes on at 3/8."""
    groups = {ranks(1, 2): 6, ranks(1, 3): 2, ranks(2): 1, ranks(3): 3, ranks(4, 3): 1}
    result = counted(ask(Kind.STV, 4, places=2), many(groups))
    assert (result.quota, result.winners) == (5, (1, 3))
    assert dict(result.stages[1].votes) == {2: Fraction(13, 4), 3: Fraction(15, 4), 4: Fraction(1)}
    assert [stage.elected for stage in result.stages] == [(1,), (), (), (3,)][: len(result.stages)]


def test_a_tie_for_the_last_place_is_reported_and_nobody_is_drawn() -> None:
    result = counted(ask(Kind.STV, places=2), many({ranks(1): 4, ranks(2): 2, ranks(3): 2}))
    assert (result.outcome, result.winners, result.tied) == (Outcome.TIE, (1,), (2, 3))
    assert len(result.stages) == 1


def test_a_tie_on_the_way_that_changes_nothing_is_no_tie() -> None:
    groups = {ranks(1): 5, ranks(2, 1): 2, ranks(3, 1): 2}
    result = counted(ask(Kind.STV), many(groups))
    assert (result.outcome, result.winners, result.tied) == (Outcome.PASSED, (1,), ())


def test_a_tie_on_the_way_that_decides_is_followed_to_every_end() -> None:
    """If 1 goes first 3 wins, if 2 goes first 4 does; only who goes first is even."""
    groups = {ranks(1, 3): 3, ranks(2, 4): 3, ranks(3): 4, ranks(4): 4}
    result = counted(ask(Kind.STV, 4), many(groups))
    assert (result.outcome, result.winners, result.tied) == (Outcome.TIE, (), (3, 4))


def test_an_option_nobody_named_is_in_the_count_and_loses() -> None:
    result = counted(ask(Kind.STV, 4, places=2), many({ranks(1): 3, ranks(2): 2}))
    assert result.winners == (1, 2)
    assert dict(result.stages[0].votes)[4] == 0


def test_as_many_places_as_options_elect_everybody() -> None:
    assert set(counted(ask(Kind.STV, 3, places=3), many({ranks(1): 3, ranks(2): 1})).winners) == {1, 2, 3}


def test_a_place_that_none_of_these_wins_stays_empty() -> None:
    asked = ask(Kind.STV, places=2, none_offered=True)
    result = counted(asked, many({ranks(1, 0): 5, REJECTS_ALL: 4, ranks(2): 1}))
    assert (result.outcome, result.winners) == (Outcome.PASSED, (1,))
    assert result.standings[1].option == NONE


def test_twenty_options_that_are_all_even_are_all_tied_and_soon() -> None:
    result = transfer({(option,): 1 for option in range(1, 21)}, tuple(range(1, 21)), 3)
    assert (result.winners, result.tied) == ((), tuple(range(1, 21)))


@pytest.mark.peer
def test_shared_out_places_agree_with_another_published_library() -> None:
    peer = pytest.importorskip("pyrankvote")
    """In large numbers: their quota is votes/(places + 1), ours the next whole number above it."""
    dice, compared = random.Random(32), 0
    for _ in range(250):
        options = dice.randint(3, 6)
        places = dice.randint(1, options - 1)
        names = [peer.Candidate(str(option)) for option in range(1, options + 1)]
        people = Counter(
            tuple(dice.sample(range(1, options + 1), dice.randint(1, options)))
            for _ in range(dice.randint(9, 60))
        )
        rankings = {ranking: 20 * count for ranking, count in people.items()}
        ours = transfer(rankings, tuple(range(1, options + 1)), places)
        if any(_close(stage.votes) for stage in ours.stages) or ours.tied:
            continue
        ballots = [
            peer.Ballot(ranked_candidates=[names[option - 1] for option in ranking])
            for ranking, count in rankings.items()
            for _ in range(count)
        ]
        theirs = peer.single_transferable_vote(names, ballots, number_of_seats=places).get_winners()
        assert {int(winner.name) for winner in theirs} == set(ours.winners), rankings
        compared += 1
    assert compared > 60


def _close(votes: tuple[tuple[int, Fraction], ...]) -> bool:
    """Whether two options are so near each other that a count in rounded numbers may draw lots."""
    sorted_votes = sorted(vote for _, vote in votes)
    return any(b - a < 2 for a, b in pairwise(sorted_votes))


def blt(path: Path) -> tuple[dict[tuple[int, ...], int], int, list[str]]:
    """An election in the .blt form: ballots, places, names."""
    bare = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    lines = [line for line in bare if line]
    options, places = map(int, lines[0].split())
    end = lines.index("0")
    rankings = Counter[tuple[int, ...]]()
    for line in lines[1:end]:
        count, *ranking = map(int, line.split())
        rankings[tuple(option for option in ranking if option)] += count
    return dict(rankings), places, [name.strip('"') for name in lines[end + 1 : end + 1 + options]]


def test_the_model_election_of_1997_elects_whom_its_official_count_elects() -> None:
    if not REFERENCE.is_dir():
        pytest.skip("the model election lies beside the project only where it is developed")
    rankings, places, names = blt(REFERENCE / "ers97.blt")
    rows = {
        row[0]: row[1:]
        for row in csv.reader((REFERENCE / "ers97_meek_reference.csv").read_text("utf-8").splitlines())
    }
    ours = transfer(rankings, tuple(range(1, len(names) + 1)), places)
    last = {name: next(mark for mark in reversed(rows[name]) if mark in {"EL", "EX", "H"}) for name in names}
    elected = {name for name, mark in last.items() if mark == "EL"}
    assert len(elected) == places == 6
    assert ({names[winner - 1] for winner in ours.winners}, ours.tied) == (elected, ())
    assert {names[option - 1]: votes for option, votes in ours.stages[0].votes} == {
        name: Fraction(rows[name][0]) for name in names
    }
    assert Fraction(rows["Quota"][0]) < ours.quota == 753 // 7 + 1
    first_out = [option for stage in ours.stages for option in stage.excluded][:3]
    assert [names[option - 1] for option in first_out] == ["Monk", "Glazier", "Wright"]
