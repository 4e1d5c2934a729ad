from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.rule import Base, Outcome, clauses
from handlers.rules.stored import dump_rule, parse_rule
from handlers.rules.tally import take_tally
from handlers.rules.verdict import decide
from tests.handlers.rules.naive import Person, Table, as_json, outcome, random_people, random_table
from tests.handlers.rules.people import tally_of

people_lists = st.lists(
    st.builds(
        Person,
        doing=st.sampled_from(("away", "idle", "yes", "no", "abstain")),
        area=st.integers(1, 5_000_000),
        households=st.integers(1, 12),
    ),
    min_size=1,
    max_size=30,
)
tables = st.integers(0, 2**32).map(lambda seed: random_table(Random(seed)))


@given(tables, people_lists)
def test_a_naive_count_finds_the_same_outcome(table: Table, people: list[Person]) -> None:
    assert decide(parse_rule(as_json(table)), tally_of(people)).outcome == outcome(table, people)


def test_a_naive_count_finds_the_same_outcome_in_a_thousand_polls_of_every_kind() -> None:
    dice, seen = Random(7), set()
    for _ in range(1_000):
        table, people = random_table(dice), random_people(dice)
        expected = outcome(table, people)
        assert decide(parse_rule(as_json(table)), tally_of(people)).outcome == expected, (table, people)
        seen.add(expected)
    assert seen == {"passed", "rejected", "invalid_quorum", "invalid_participation"}


@given(tables, people_lists, st.randoms())
def test_the_order_of_electors_and_ballots_changes_nothing(
    table: Table, people: list[Person], dice: Random
) -> None:
    shuffled = list(people)
    dice.shuffle(shuffled)
    assert tally_of(shuffled) == tally_of(people)
    rule = parse_rule(as_json(table))
    assert decide(rule, tally_of(shuffled)) == decide(rule, tally_of(people))


@given(tables, people_lists)
def test_a_no_that_becomes_an_abstention_changes_nothing_but_a_limit_on_the_no(
    table: Table, people: list[Person]
) -> None:
    rule = parse_rule(as_json({**table, "most_against": None}))
    assert clauses(rule.passing)
    turned = {"no": "abstain", "abstain": "no"}
    swapped = [
        Person(turned.get(person.doing, person.doing), person.area, person.households) for person in people
    ]
    assert decide(rule, tally_of(swapped)).outcome is decide(rule, tally_of(people)).outcome


@given(tables, people_lists)
def test_one_more_yes_instead_of_a_no_never_harms(table: Table, people: list[Person]) -> None:
    rule = parse_rule(as_json(table))
    convinced = [
        Person("yes" if person.doing == "no" else person.doing, person.area, person.households)
        for person in people
    ]
    if decide(rule, tally_of(people)).outcome is Outcome.PASSED:
        assert decide(rule, tally_of(convinced)).outcome is Outcome.PASSED


@given(tables, people_lists)
def test_a_verdict_does_not_depend_on_the_unit_areas_are_written_in(
    table: Table, people: list[Person]
) -> None:
    finer = [Person(person.doing, person.area * 10, person.households) for person in people]
    rule = parse_rule(as_json(table))
    assert decide(rule, tally_of(finer)).outcome is decide(rule, tally_of(people)).outcome


@given(tables)
def test_a_stored_rule_is_the_same_rule(table: Table) -> None:
    rule = parse_rule(as_json(table))
    assert parse_rule(dump_rule(rule)) == rule
    assert all(clause.base is Base.ROLL for clause in clauses(rule.quorum))


def test_a_ballot_of_somebody_who_is_not_on_the_roll_is_not_counted() -> None:
    tally = tally_of([Person("yes", 1, 1)])
    with pytest.raises(ValueError, match="not on the roll"):
        take_tally({1: tally.roll}, {}, present=[2])
