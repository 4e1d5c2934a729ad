"""The box of a poll opened: its frozen roll, its ballots, and what they come to."""

from dataclasses import dataclass

from handlers.choices import results
from handlers.choices.results import Result
from handlers.matters.stored import grounds_of
from handlers.polls.published import Published, publish_openly, publish_secretly
from handlers.presence import present_at
from handlers.receipts import KEY_BYTES
from handlers.rules.rule import Measure, Rule, measures
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures, Tally, weigh
from handlers.work import Work
from storage import meetings, polls
from storage.database import Transaction
from storage.records import Ballot, Elector, Poll, Secrecy


@dataclass(frozen=True, slots=True)
class Box:
    """The entries of the roll; the ballots of an open poll, or (receipt, ballot) of a secret one.

    `idle`: the entries that sit in the room of a meeting and have cast nothing; they are present all the same.
    """

    roll: list[Elector]
    ballots: list[Ballot]
    secret: list[tuple[str, str]]
    idle: frozenset[int] = frozenset()


async def gather(tx: Transaction, poll: Poll) -> Box:
    """Read everything that is counted or published of a poll."""
    roll = await polls.electorate(tx, poll.id)
    if poll.secrecy is Secrecy.SECRET:
        return Box(roll, [], await polls.secret_choices(tx, poll.id), await _idle(tx, poll))
    return Box(roll, await polls.ballots_of(tx, poll.id), [], await _idle(tx, poll))


async def _idle(tx: Transaction, poll: Poll) -> frozenset[int]:
    meeting = await meetings.find(tx, grounds_of(poll).meeting)
    if meeting is None:
        return frozenset()
    there = await present_at(tx, meeting)
    entries = {one.entry_id for one in await polls.entitled(tx, poll.id) if one.member_id in there}
    return frozenset(entries - await polls.cast_entries(tx, poll.id))


def count(poll: Poll, box: Box) -> Result:
    """Count and judge."""
    rule = parse_rule(poll.rule)
    return results.judge(poll.ask, rule, *_weighed(poll, rule, box))


async def tally_of(work: Work, poll: Poll, rule: Rule) -> Tally:
    """The count so far by this rule; of a kind with options, who takes part and who abstains."""
    return results.tally(poll.ask, *_weighed(poll, rule, await gather(work.tx, poll)))


async def publish(tx: Transaction, poll: Poll) -> Published:
    """The ballots by receipt with their chain, read anew."""
    return published_of(poll, await gather(tx, poll))


def published_of(poll: Poll, box: Box) -> Published:
    """The ballots by receipt with their chain; of a secret poll from the box alone."""
    if poll.secrecy is Secrecy.SECRET:
        return publish_secretly(poll, box.secret)
    return publish_openly(poll, box.roll, box.ballots, bytes.fromhex(poll.receipt_key) or bytes(KEY_BYTES))


def _weighed(poll: Poll, rule: Rule, box: Box) -> tuple[dict[int, Measures], dict[int, str], frozenset[int]]:
    """What each entry weighs, the ballots by entry, who is present besides.

    Secret ballots belong to nobody and weigh one head each.
    """
    if poll.secrecy is Secrecy.OPEN:
        cast = {ballot.member_id: ballot.choice for ballot in box.ballots}
        return weigh(rule, box.roll), cast, box.idle
    assert measures(rule) == {Measure.HEADS}
    roll = {place: Measures(1) for place, _ in enumerate(box.roll)}
    besides = range(len(box.secret), len(box.secret) + len(box.idle))
    return roll, dict(enumerate(choice for _, choice in box.secret)), frozenset(besides)
