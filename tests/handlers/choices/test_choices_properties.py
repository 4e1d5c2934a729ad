"""Whatever people send in whatever order: the same result, and the same again from what was kept."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.choices.ask import NONE, Ask, Kind, ScoredBy
from handlers.choices.cast import (
    REJECTS_ALL,
    Abstention,
    Cast,
    Consent,
    Picks,
    Ranking,
    Scores,
    Stance,
    check,
)
from handlers.choices.count import count
from handlers.choices.explain import (
    count_headline,
    explain_ask,
    explain_cast,
    explain_count,
    explain_count_sums,
)
from handlers.choices.kept import parse_count
from handlers.choices.stored import dump_ask, dump_cast, dump_count, parse_ask, parse_cast
from handlers.choices.support import Returned
from handlers.choices.taps import Handing, marks, tapped, taps
from handlers.refusals import Refusal
from handlers.rules.rule import INVALID, Outcome
from tests.handlers.choices.ballots import PLACES, heads, majority


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    kind = draw(st.sampled_from(Kind))
    if kind is Kind.CONSENT:
        return Ask(kind)
    options = draw(st.integers(2, 5))
    places = 1 if kind in {Kind.SINGLE, Kind.SENSE} else draw(st.integers(1, options))
    none_offered = draw(st.booleans())
    scored_by = draw(st.sampled_from(ScoredBy))
    return Ask(kind, PLACES[:options], none_offered, places, scored_by=scored_by)


def casts(asked: Ask) -> st.SearchStrategy[Cast]:
    numbers = range(1, len(asked.options) + 1)
    always: list[st.SearchStrategy[Cast]] = [st.just(Abstention())]
    if asked.none_offered:
        always.append(st.just(REJECTS_ALL))
    match asked.kind:
        case Kind.CONSENT:
            own: st.SearchStrategy[Cast] = st.builds(Consent, st.sampled_from(Stance), st.just("有理由"))
        case Kind.SCORE:
            mark = st.integers(asked.lowest, asked.highest)
            own = st.tuples(*[mark for _ in numbers]).map(Scores)
        case Kind.STV:
            own = st.permutations(asked.numbers).map(
                lambda order: Ranking(tuple(frozenset({o}) for o in order))
            )
        case Kind.SCHULZE:
            own = st.permutations(asked.numbers).map(
                lambda order: Ranking((frozenset(order[:1]), *(frozenset({o}) for o in order[1:-1])))
            )
        case Kind.SEVERAL:
            own = st.frozensets(st.sampled_from(numbers), min_size=1).map(Picks)
        case _:
            own = st.sampled_from(numbers).map(lambda number: Picks(frozenset({number})))
    return st.one_of(own, own, own, *always)


@st.composite
def polls(draw: st.DrawFn) -> Returned[int]:
    asked = draw(asks())
    ballots = draw(st.lists(casts(asked), max_size=9))
    return Returned(asked, heads(len(ballots) + draw(st.integers(1, 4))), dict(enumerate(ballots)))


@given(polls(), st.randoms(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_result_does_not_depend_on_the_order_of_ballots_or_on_who_cast_which(
    poll: Returned[int], dice: object, ruled: bool
) -> None:
    rule = majority() if ruled else None
    cast = list(poll.ballots.values())
    dice.shuffle(cast)  # type: ignore[attr-defined]
    again = replace(poll, ballots=dict(reversed(list(enumerate(cast)))))
    assert dump_count(count(again, rule)) == dump_count(count(poll, rule))


@given(polls(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_result_keeps_its_own_promises(poll: Returned[int], ruled: bool) -> None:
    result = count(poll, majority() if ruled else None)
    named = {one.option for one in result.standings}
    assert named == set(poll.ask.numbers)
    assert not set(result.winners) & set(result.tied)
    assert NONE not in result.winners
    assert len(result.winners) <= poll.ask.places
    assert (result.outcome is Outcome.TIE) == bool(result.tied)
    assert result.outcome is not Outcome.TIE or len(result.tied) > 1
    if result.outcome in INVALID or result.outcome is None:
        assert result.winners == ()
    if result.outcome is Outcome.PASSED and poll.ask.kind is not Kind.CONSENT:
        assert result.winners
    if ruled and poll.ask.kind is not Kind.STV:
        passed = {
            one.option for one in result.standings if one.verdict and one.verdict.outcome is Outcome.PASSED
        }
        assert set(result.winners) <= passed


@given(polls())
@settings(max_examples=200, deadline=None)
def test_what_is_kept_is_read_back_the_same(poll: Returned[int]) -> None:
    assert parse_ask(dump_ask(poll.ask)) == poll.ask
    for cast in poll.ballots.values():
        check(poll.ask, cast)
        assert parse_cast(poll.ask, dump_cast(cast)) == cast
    assert json.loads(dump_count(count(poll)))["kind"] == poll.ask.kind


@given(polls(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_result_is_read_back_whole_so_that_nothing_is_counted_twice(
    poll: Returned[int], ruled: bool
) -> None:
    rule = majority() if ruled else None
    result = count(poll, rule)
    assert parse_count(poll.ask, rule, dump_count(result)) == result


@given(st.data(), asks())
@settings(max_examples=300, deadline=None)
def test_any_row_of_presses_leaves_a_valid_ballot_that_can_be_told(data: st.DataObject, asked: Ask) -> None:
    pressable = sorted(marks(taps(asked, Handing.REVISED)))
    ballot: Cast | None = None
    refused: set[str] = set()
    for mark in data.draw(st.lists(st.sampled_from(pressable), max_size=8) if pressable else st.just([])):
        try:
            ballot = tapped(asked, mark, ballot)
        except Refusal as refusal:
            refused.add(refusal.key)
            continue
        check(asked, ballot)
        assert explain_cast(asked, ballot)
    assert refused <= {"choices.ranked_already", "choices.say_reason", "choices.too_many_picks"}


@given(polls(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_result_can_be_told(poll: Returned[int], ruled: bool) -> None:
    result = count(poll, majority() if ruled else None)
    lines = (
        count_headline(result),
        *explain_ask(poll.ask),
        *explain_count(result),
        *explain_count_sums(result),
    )
    assert all(line.strip() == line and line for line in lines)
    for winner in result.winners:
        assert poll.ask.word(winner) in lines[0]
