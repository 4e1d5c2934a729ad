from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from handlers.rules.outlook import Ballots, Need, least_of, outstanding, settled, still_needed
from handlers.rules.rule import Grade, Measure, Outcome, Rule, clauses
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import Comparison, decide
from tests.handlers.rules.naive import Person, Table, as_json, outcome, random_people, random_table
from tests.handlers.rules.people import heads, tally_of
from tests.handlers.rules.test_rules_cases import own_rule

REPRESENTATIVES = own_rule("representatives")
OWNERS = own_rule("owners_ordinary")


def area(*parts: tuple[int, str]) -> Tally:
    return Tally(*(Measures(number, Decimal(size)) for number, size in parts))


def endings(table: Table, people: list[Person], *, changeable: bool) -> set[str]:
    """Every outcome that the rest, and whoever may change, can still bring about."""
    ways = [_ways(person, changeable=changeable) for person in people]
    return {
        outcome(table, [replace(person, doing=doing) for person, doing in zip(people, doings, strict=True)])
        for doings in product(*ways)
    }


def _ways(person: Person, *, changeable: bool) -> tuple[str, ...]:
    said = ("yes", "no", "abstain")
    if person.doing in said:
        return said if changeable else (person.doing,)
    return (person.doing, *said)


@pytest.mark.parametrize("ballots", Ballots)
def test_a_poll_is_settled_only_where_no_way_of_voting_on_changes_it(ballots: Ballots) -> None:
    dice, settled_polls = Random(11), 0
    for _ in range(700):
        table, people = random_table(dice), random_people(dice, most=5)
        found = settled(parse_rule(as_json(table)), tally_of(people), outstanding(tally_of(people)), ballots)
        possible = endings(table, people, changeable=ballots is Ballots.CHANGEABLE)
        assert found is None or possible == {found}, (table, people)
        settled_polls += found is not None
    assert settled_polls > 50


def test_a_poll_of_heads_is_settled_as_soon_as_it_can_be() -> None:
    dice, settled_polls = Random(12), 0
    for _ in range(700):
        table, people = heads_only(random_table(dice)), random_people(dice, most=5)
        people = [person for person in people if person.doing != "idle"] or [Person("yes", 1, 1)]
        rest = outstanding(tally_of(people))
        found = settled(parse_rule(as_json(table)), tally_of(people), rest)
        possible = endings(table, people, changeable=False)
        assert (found is not None) == (len(possible) == 1), (table, people)
        settled_polls += found is not None
    assert settled_polls > 100


def heads_only(table: Table) -> Table:
    plain = [clause for clause in table["pass"] if clause.get("measure") == "heads"]
    quorum = [clause for clause in table["quorum"] if clause.get("measure") == "heads"]
    majority = {"measure": "heads", "num": 1, "den": 2, "op": ">", "base": "present"}
    return {**table, "quorum": quorum, "pass": plain or [majority]}


def test_a_majority_of_the_whole_roll_is_settled_before_everybody_has_voted() -> None:
    rule = own_rule("over_half_of_members")
    assert settled(rule, heads(66, 44, 34, 10), Measures(22)) is Outcome.PASSED
    assert settled(rule, heads(66, 44, 33, 11), Measures(22)) is None
    assert settled(rule, heads(66, 44, 34, 10), Measures(22), Ballots.CHANGEABLE) is None


def test_a_majority_of_those_present_can_still_be_swamped() -> None:
    assert settled(REPRESENTATIVES, heads(36, 24, 24, 0), Measures(12)) is Outcome.PASSED
    assert settled(REPRESENTATIVES, heads(36, 24, 18, 6), Measures(12)) is None


def test_more_cannot_be_outstanding_than_the_roll_has_left() -> None:
    with pytest.raises(ValueError, match="outstanding"):
        settled(REPRESENTATIVES, heads(36, 24, 24, 0), Measures(13))


def test_the_gap_of_a_meeting_names_the_people_still_to_come() -> None:
    gap = still_needed(REPRESENTATIVES, heads(36, 21, 9, 12))
    assert gap == ((Need(Measure.HEADS, 24, 3, 15),),)
    assert still_needed(REPRESENTATIVES, heads(36, 24, 9, 12)) == ()


def test_the_gap_of_owners_is_told_in_heads_and_in_square_metres() -> None:
    tally = area((18, "1800"), (8, "887.5"), (8, "887.5"), (0, "0"), (0, "0"))
    (first,), (second,) = still_needed(OWNERS, tally)
    assert (first.missing, second.missing) == (4, Decimal("312.5"))


def test_two_thirds_of_an_area_are_asked_for_to_the_square_centimetre_above() -> None:
    tally = area((3, "100"), (0, "0"), (0, "0"), (0, "0"), (0, "0"))
    assert still_needed(OWNERS, tally)[1][0].least == Decimal("66.67")


def test_the_printed_number_is_the_majority_of_the_moment() -> None:
    found = decide(REPRESENTATIVES, heads(36, 34, 21, 9, 4)).passing[0]
    assert isinstance(found, Comparison)
    assert (least_of(found), found.counted, found.holds) == (18, 21, True)


def test_a_gap_closes_with_what_it_asks_for_and_not_with_one_step_less() -> None:
    dice, closed = Random(13), 0
    for _ in range(2_500):
        rule, people = parse_rule(as_json(random_table(dice))), random_people(dice)
        tally = tally_of(people)
        for clause in clauses(rule.quorum):
            alone = Rule("", Grade.LOCAL, "", Outcome.INVALID_QUORUM, (clause,), rule.passing)
            closed += closes(alone, clause.measure, tally)
    assert closed > 500


def closes(rule: Rule, measure: Measure, tally: Tally) -> bool:
    """Whether something was missing; then it is tried with exactly that many, and with one step fewer."""
    if decide(rule, tally).quorum[0].holds:
        assert still_needed(rule, tally) == ()
        return False
    ((need,),) = still_needed(rule, tally)
    if not need.reachable:
        return False
    parts = (tally.roll, tally.participation)
    decimals = (-int(Decimal(part.area or 0).as_tuple().exponent) for part in parts)
    finest = Decimal(1).scaleb(-max(2, *decimals)) if measure is Measure.AREA else 1
    assert carries(rule, tally, measure, need.missing)
    assert not carries(rule, tally, measure, need.missing - finest)
    return True


def carries(rule: Rule, tally: Tally, measure: Measure, more: int | Decimal) -> bool:
    """The clause alone, after `more` came in and kept silent."""
    rest = added(tally.roll.none(), measure, more)
    return decide(rule, replace(tally, participation=tally.participation + rest)).quorum[0].holds


def added(nothing: Measures, measure: Measure, more: int | Decimal) -> Measures:
    if measure is Measure.AREA:
        return replace(nothing, area=Decimal(more))
    return (
        replace(nothing, heads=int(more))
        if measure is Measure.HEADS
        else replace(nothing, households=int(more))
    )


def test_of_two_needs_in_heads_the_greater_is_told() -> None:
    for minimum, missing in ((26, 6), (23, 4)):
        rule = replace(REPRESENTATIVES, minimum_present=minimum)
        ((need,),) = still_needed(rule, heads(36, 20, 9, 11))
        assert need.missing == missing
