from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.choices.ask import Ask, Kind
from handlers.choices.cast import REJECTS_ALL, Abstention, Cast, Consent, Stance
from handlers.choices.results import judge, public_lines, result_of, rule_lines, tally
from handlers.choices.stored import dump_ask, dump_cast
from handlers.refusals import Refusal
from handlers.rules.rule import Outcome
from handlers.rules.stored import dump_rule
from storage.records import Choice, Poll, PollState, Secrecy
from tests.handlers.choices.ballots import ask, heads, majority, picks, ranks

SINGLE = ask(Kind.SINGLE, none_offered=True)
OPENED = datetime(2026, 11, 2, 1, tzinfo=UTC)


def closed(asked: str, ballots: list[str], secrecy: Secrecy = Secrecy.OPEN, roll: int | None = None) -> Poll:
    """A poll of these ballots that has been judged."""
    people = heads(len(ballots) if roll is None else roll)
    result = judge(asked, majority(), people, dict(enumerate(ballots)))
    fresh = Poll(
        id=1,
        community_id=1,
        year=2026,
        number=1,
        topic_id=None,
        step_id=None,
        question="门开在哪里",
        body="resident_reps",
        roll=len(people),
        roll_area=None,
        rule=dump_rule(majority()),
        secrecy=secrecy,
        group_id=None,
        opened_by=None,
        opens_at=OPENED,
        closes_at=OPENED + timedelta(days=3),
        remind_at=None,
        state=PollState.OPEN,
        outcome="",
        verdict="",
        ask=asked,
    )
    return replace(fresh, state=PollState.CLOSED, outcome=result.outcome, verdict=result.stored)


def kept(asked: Ask, *casts: Cast) -> tuple[str, list[str]]:
    return dump_ask(asked), [dump_cast(cast) for cast in casts]


YES_NO = ("", [Choice.FOR.value] * 4 + [Choice.AGAINST.value] * 2)


@pytest.mark.parametrize(
    ("asked", "ballots", "outcome"),
    [
        (*YES_NO, Outcome.PASSED),
        (*kept(SINGLE, picks(2), picks(2), picks(2), picks(1)), Outcome.PASSED),
        (*kept(SINGLE, REJECTS_ALL, REJECTS_ALL, picks(1)), Outcome.REJECTED),
        (*kept(ask(Kind.SEVERAL), picks(1, 2), picks(1, 2), picks(3)), Outcome.TIE),
        (*kept(ask(Kind.SCHULZE), ranks(2, 1), ranks(2, 3), ranks(1)), Outcome.PASSED),
        (*kept(Ask(Kind.CONSENT), Consent(Stance.AGREE), Consent(Stance.OBJECT, "太吵")), Outcome.REJECTED),
        (*kept(ask(Kind.SENSE), picks(1), picks(2)), Outcome.SENSE),
    ],
)
def test_a_result_that_was_kept_is_told_as_it_was_when_it_was_counted(
    asked: str, ballots: list[str], outcome: Outcome
) -> None:
    poll = closed(asked, ballots)
    fresh = judge(asked, majority(), heads(len(ballots)), dict(enumerate(ballots)))
    assert result_of(poll) == fresh
    assert poll.outcome == outcome
    assert public_lines(poll) == (fresh.headline, *fresh.lines)


@pytest.mark.parametrize(
    ("asked", "ballots"), [YES_NO, kept(SINGLE, *[picks(2)] * 4, picks(1), Abstention())]
)
def test_of_a_secret_poll_with_few_ballots_nobody_may_read_more_than_the_outcome(
    asked: str, ballots: list[str]
) -> None:
    enough = public_lines(closed(asked, ballots, Secrecy.SECRET))
    few = public_lines(closed(asked, ballots[:3], Secrecy.SECRET))
    assert any("4" in line for line in enough)
    assert len(few) == 2
    assert not any(digit in few[0] for digit in "0123456789")


def test_an_even_split_of_few_secret_ballots_is_told_without_its_numbers() -> None:
    poll = closed("", [Choice.FOR.value, Choice.AGAINST.value], Secrecy.SECRET)
    assert "1" in result_of(poll).headline
    assert public_lines(poll)[0] == "未通过"


def test_the_tied_wait_by_name() -> None:
    asked, ballots = kept(ask(Kind.SEVERAL), picks(1, 2), picks(1, 2), picks(3))
    assert result_of(closed(asked, ballots)).tied == ("东门", "西门")


def test_a_sense_check_is_asked_of_no_rule_and_fails_no_quorum() -> None:
    asked, ballots = kept(ask(Kind.SENSE), picks(1))
    assert rule_lines(asked, majority()) == ()
    assert closed(asked, ballots, roll=30).outcome == Outcome.SENSE


def test_participation_is_counted_alike_in_every_kind() -> None:
    asked, ballots = kept(SINGLE, picks(1), Abstention())
    found = tally(asked, heads(5), dict(enumerate(ballots)))
    plain = tally("", heads(5), {0: Choice.AGAINST, 1: Choice.ABSTAIN})
    assert found == plain


def test_a_ballot_of_another_kind_in_the_box_is_not_passed_over() -> None:
    asked, _ = kept(SINGLE)
    with pytest.raises(Refusal):
        judge(asked, majority(), heads(3), {0: dump_cast(ranks(1))})
    with pytest.raises(ValueError, match="maybe"):
        judge("", majority(), heads(3), {0: "maybe"})
