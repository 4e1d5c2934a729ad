"""Closed polls of every make, as the house would publish them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from handlers.polls.published import Published, exported, publish_openly, publish_secretly
from handlers.rules.rule import Rule
from handlers.rules.stored import dump_rule, dump_verdict, parse_rule
from handlers.rules.tally import Measures, Tally, count, total, weigh
from handlers.rules.verdict import decide
from storage.records import Ballot, Choice, Elector, Poll, PollState, Secrecy
from tests.bot.recount.cases import RULES

KEY = b"sixteen bytes..!"
AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
OPEN_POLL = Poll(
    id=5, community_id=3, year=2026, number=9, topic_id=None, step_id=None, question="3号楼电梯换不换？", body="reps",
    roll=0, roll_area=None, rule="", secrecy=Secrecy.OPEN, group_id=None, opened_by=None, opens_at=AT,
    closes_at=AT.replace(day=5), remind_at=None, state=PollState.CLOSED, outcome="", verdict="",
)  # fmt: skip


@dataclass(frozen=True)
class Closed:
    """A poll, what was published of it, and the file."""

    poll: Poll
    published: Published
    file: str


def closed(name: str, doing: str, secrecy: Secrecy = Secrecy.OPEN, seed: int = 1) -> Closed:
    """The poll of a rule where each person, a letter of `doing`, is for f, against a, abstaining n or silent."""
    rule = parse_rule({**RULES[name]})
    dice = Random(seed)
    electors = [_elector(number, dice, by_area=name == "owners") for number in range(1, len(doing) + 1)]
    choices = {"f": Choice.FOR, "a": Choice.AGAINST, "n": Choice.ABSTAIN}
    ballots = [
        Ballot(5, elector.member_id, choices[letter], AT)
        for elector, letter in zip(electors, doing, strict=True)
        if letter in choices
    ]
    dice.shuffle(ballots)
    if secrecy is Secrecy.SECRET:
        return _secretly(rule, len(electors), [Choice(ballot.choice) for ballot in ballots], dice)
    return _openly(rule, electors, ballots)


def _elector(number: int, dice: Random, *, by_area: bool) -> Elector:
    return Elector(
        5, number, "reps", Decimal(dice.randint(3_000, 15_000)).scaleb(-2) if by_area else None, number
    )


def _openly(rule: Rule, electors: list[Elector], ballots: list[Ballot]) -> Closed:
    weights = list(weigh(rule, electors).values())
    poll = _judged(rule, count(rule, electors, ballots), total(weights, weights[0]), Secrecy.OPEN)
    published = publish_openly(poll, electors, ballots, KEY)
    return Closed(poll, published, exported(poll, published))


def _secretly(rule: Rule, roll: int, choices: list[Choice], dice: Random) -> Closed:
    parts = (roll, len(choices), *(choices.count(choice) for choice in Choice))
    poll = _judged(rule, Tally(*(Measures(part) for part in parts)), Measures(roll), Secrecy.SECRET)
    box = [("".join(dice.sample("23456789ABCDEFGH", 8)), choice) for choice in choices]
    published = publish_secretly(poll, box)
    return Closed(poll, published, exported(poll, published))


def _judged(rule: Rule, tally: Tally, roll: Measures, secrecy: Secrecy) -> Poll:
    verdict = decide(rule, tally)
    facts = replace(OPEN_POLL, roll=roll.heads, roll_area=roll.area, secrecy=secrecy, rule=dump_rule(rule))
    return replace(facts, outcome=verdict.outcome, verdict=dump_verdict(verdict))
