"""表决票: one for every entry of the frozen roll whose ballot is not in yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.bodies import name_of
from handlers.bodies.catalogue import Counts, body
from handlers.bodies.doors import doors_in
from handlers.choices.ask import Kind
from handlers.choices.stored import parse_ask
from handlers.labels import topic_label
from handlers.office.desk import Desk, Gathered
from handlers.office.polls import newest_poll, topic_numbered
from handlers.papers.ballot import ballot_paper
from handlers.papers.facts import Asking, BallotFacts, Envelope, Person, Voter
from handlers.papers.model import Edition, Paper
from handlers.receipts import receipt_of, written
from handlers.refusals import Refusal
from handlers.rules.explain_rule import explain_rule
from handlers.rules.rule import Measure
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures
from handlers.rules.wording import with_unit
from handlers.texts import text
from storage import polls
from storage.records import Elector, Poll, PollState, Secrecy


@dataclass(frozen=True, slots=True)
class _Stack:
    """What the ballots of one poll have in common, and for whom they are, with the receipt of each."""

    poll: Poll
    asking: Asking
    options: tuple[str, ...]
    rule: tuple[str, ...]
    return_way: str
    voters: tuple[tuple[Voter, str], ...]

    def made(self, envelope: Envelope, edition: Edition) -> tuple[Paper, ...]:
        """One paper for each voter; nothing of them is ever masked, so nobody need be known."""
        alone = replace(envelope, known=(), complainants=())
        return tuple(ballot_paper(self._facts(alone, *each), edition) for each in self.voters)

    def _facts(self, envelope: Envelope, voter: Voter, receipt: str) -> BallotFacts:
        return BallotFacts(
            envelope=envelope,
            meeting=name_of(self.poll.body),
            question=self.poll.question,
            asking=self.asking,
            options=self.options,
            rule=self.rule,
            voter=voter,
            opens_at=self.poll.opens_at,
            closes_at=self.poll.closes_at,
            return_way=self.return_way,
            code=receipt,
        )


async def ballots(desk: Desk, number: int) -> Gathered:
    """The ballots of the poll about a topic. Refusal where none can be taken on paper."""
    topic = await topic_numbered(desk, number)
    poll = await newest_poll(desk, topic)
    label = topic_label(topic)
    if poll.state is not PollState.OPEN:
        raise Refusal("office.poll_over", topic=label)
    if poll.secrecy is Secrecy.SECRET:
        raise Refusal("office.secret_ballots", topic=label)
    voters = await _voters(desk, poll)
    if not voters:
        raise Refusal("office.all_cast", topic=label)
    stack = _Stack(
        poll=poll,
        asking=Asking.CHOOSING if poll.ask else Asking.YES_NO,
        options=_options(poll, label),
        rule=explain_rule(parse_rule(poll.rule), Measures(poll.roll, poll.roll_area)),
        return_way=desk.extra.words("return_way"),
        voters=voters,
    )
    return Gathered(f"poll:{poll.id}", stack.made)


def _options(poll: Poll, label: str) -> tuple[str, ...]:
    if not poll.ask:
        return ()
    asked = parse_ask(poll.ask)
    if asked.kind is not Kind.SINGLE:
        raise Refusal("office.not_one_mark", topic=label)
    return asked.options


async def _voters(desk: Desk, poll: Poll) -> tuple[tuple[Voter, str], ...]:
    cast = await polls.cast_entries(desk.work.tx, poll.id)
    entries = [
        one
        for one in await polls.electorate(desk.work.tx, poll.id)
        if not one.barred and one.entry_id not in cast
    ]
    return tuple(sorted(_each(desk, poll, entries), key=lambda each: (each[0].door, each[0].name)))


def _each(desk: Desk, poll: Poll, entries: Sequence[Elector]) -> list[tuple[Voter, str]]:
    counts, key = body(poll.body).counts, bytes.fromhex(poll.receipt_key)
    return [
        (_voter(desk.roll.person(one.member_id), one, counts), written(receipt_of(key, one.entry_id)))
        for one in entries
    ]


def _voter(person: Person, entry: Elector, counts: Counts) -> Voter:
    if counts is Counts.OWNER:
        doors = text("papers.and").join(doors_in(entry.reason)) or person.door
        weight = text("papers.and").join(
            with_unit(measure, amount)
            for measure, amount in ((Measure.HEADS, 1), (Measure.AREA, entry.area))
            if amount is not None
        )
        return Voter(person.name, doors, entry.area, weight)
    measure = Measure.HOUSEHOLDS if counts is Counts.HOUSEHOLD else Measure.HEADS
    return Voter(person.name, person.door, None, with_unit(measure, 1))
