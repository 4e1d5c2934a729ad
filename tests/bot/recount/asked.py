"""Closed polls with options, as the house publishes them."""

from dataclasses import replace
from random import Random

from handlers.choices.results import judge
from handlers.choices.stored import dump_ask, dump_cast
from handlers.polls.published import exported, publish_openly, publish_secretly
from handlers.receipts import receipt_of, written
from handlers.rules.stored import dump_rule
from handlers.rules.tally import total
from storage.records import Ballot, Elector, Poll, Secrecy
from tests.bot.recount.ballots import AT, KEY, OPEN_POLL, Closed
from tests.bot.recount.cases import Table
from tests.bot.recount.choosing import Drawn, as_file


def closed_asking(poll: Drawn, secrecy: Secrecy = Secrecy.OPEN, seed: int = 1) -> Closed:
    """What the house keeps and publishes of a poll; secret ballots lie in the box under receipts of their own."""
    roll = poll.returned.roll
    ballots = {person: dump_cast(cast) for person, cast in poll.returned.ballots.items()}
    result = judge(dump_ask(poll.returned.ask), poll.rule, roll, ballots)
    kept = _kept(poll, secrecy)
    kept = replace(kept, outcome=result.outcome, verdict=result.stored)
    dice = Random(seed)
    if secrecy is Secrecy.SECRET:
        box = [(secret_receipt(person), ballot) for person, ballot in ballots.items()]
        dice.shuffle(box)
        published = publish_secretly(kept, box)
    else:
        electors = [Elector(5, person, "reps", weight.area, person) for person, weight in roll.items()]
        rows = [Ballot(5, person, ballot, AT) for person, ballot in ballots.items()]
        dice.shuffle(rows)
        published = publish_openly(kept, electors, rows, KEY)
    return Closed(kept, published, exported(kept, published))


def by_a_stranger(poll: Drawn, secrecy: Secrecy = Secrecy.OPEN) -> Table:
    """The same file made without the house, from how it is described alone."""
    receipt = secret_receipt if secrecy is Secrecy.SECRET else lambda person: receipt_of(KEY, person)
    return as_file(poll, secrecy, lambda person: written(receipt(person)))


def secret_receipt(person: int) -> str:
    return f"ABCD{2345 + person}"


def _kept(poll: Drawn, secrecy: Secrecy) -> Poll:
    weights = list(poll.returned.roll.values())
    whole = total(weights, weights[0])
    return replace(
        OPEN_POLL,
        question="放在哪里？",
        roll=whole.heads,
        roll_area=whole.area,
        rule=dump_rule(poll.rule),
        ask=dump_ask(poll.returned.ask),
        secrecy=secrecy,
    )
