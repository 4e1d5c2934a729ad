"""计票单: every number of a closed poll, what came on paper and what came in the chat apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from handlers.labels import topic_label
from handlers.office.desk import Desk, Gathered
from handlers.office.polls import is_too_small, newest_poll, numbers_of, topic_numbered, verdict_of
from handlers.papers.count_sheet import count_sheet_paper
from handlers.papers.facts import Channel, CountSheetFacts, Stack
from handlers.papers.model import PaperKind
from handlers.refusals import Refusal
from handlers.rules.beside import beside_lines
from handlers.rules.rule import Measure
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Amount, Measures, plus, weigh
from handlers.texts import text
from storage import papers, polls, services
from storage.records import Ballot, Choice, Elector, Poll, PollState, Secrecy


@dataclass(frozen=True, slots=True)
class _Box:
    """The ballots of a poll as they came in, what each entry weighs, and when paper was printed for whoever was left."""

    weights: dict[int, Measures]
    ballots: Sequence[Ballot]
    served: frozenset[int]
    printed_at: datetime | None

    def stack(self, channel: Channel, measure: Measure) -> Stack:
        """One channel in one measure. A chat offers its ballot to everybody; on paper are those that were printed."""
        mine = [one for one in self.ballots if (channel is Channel.PAPER) == bool(one.witness)]
        cast = {one.member_id for one in mine}
        others = {one.member_id for one in self.ballots} - cast
        returned = self._sum(cast, measure)
        offered = self.weights.keys() if channel is Channel.ONLINE else cast | self._printed_for()
        served = cast | (self.served - others if channel is Channel.ONLINE else set())
        return Stack(
            channel=channel,
            measure=measure,
            issued=self._sum(offered, measure),
            served=self._sum(served, measure),
            returned=returned,
            valid=returned,
            void=_nothing(measure),
            duplicate=_nothing(measure),
            yes=self._sum(_who(mine, Choice.FOR), measure),
            no=self._sum(_who(mine, Choice.AGAINST), measure),
            abstain=self._sum(_who(mine, Choice.ABSTAIN), measure),
        )

    def _printed_for(self) -> set[int]:
        if self.printed_at is None:
            return set()
        return self.weights.keys() - {one.member_id for one in self.ballots if one.cast_at < self.printed_at}

    def _sum(self, entries: Iterable[int], measure: Measure) -> Amount:
        total = _nothing(measure)
        for entry in entries:
            total = plus(total, self.weights[entry].of(measure) or 0)
        return total


async def count_sheet(desk: Desk, number: int) -> Gathered:
    """The sheet of the last poll about a topic. Refusal while it runs, and where its numbers would tell on people."""
    topic = await topic_numbered(desk, number)
    poll = await newest_poll(desk, topic)
    _check(poll, topic_label(topic))
    numbers = numbers_of(poll)
    stacks = await _stacks(desk, poll, [one.measure for one in numbers.counts])
    extra, roll = desk.extra, desk.roll
    return Gathered(
        f"poll:{poll.id}",
        lambda envelope, edition: count_sheet_paper(
            CountSheetFacts(
                envelope=envelope,
                question=poll.question,
                opened_at=poll.opens_at,
                closed_at=poll.closes_at,
                counted=numbers,
                stacks=stacks,
                kept=text("office.first_stands"),
                joined=beside_lines(poll),
                counters=extra.people("counters", roll),
                overseers=extra.people("overseers", roll),
                counted_at=poll.closes_at,
                place=extra.words("place"),
            ),
            edition,
        ),
    )


def _check(poll: Poll, label: str) -> None:
    if poll.state is not PollState.CLOSED:
        raise Refusal("office.poll_open", topic=label)
    if poll.ask:
        raise Refusal("office.not_yes_no", topic=label)
    if is_too_small(poll):
        raise Refusal("office.too_small", topic=label)


async def _stacks(desk: Desk, poll: Poll, measures: Sequence[Measure]) -> tuple[Stack, ...]:
    if poll.secrecy is Secrecy.SECRET:
        return tuple(_secret(poll, measure) for measure in measures)
    tx = desk.work.tx
    electors = [one for one in await polls.electorate(tx, poll.id) if one.entry_id == one.member_id]
    box = _Box(
        weights=_weights(poll, electors),
        ballots=await polls.ballots_of(tx, poll.id),
        served=frozenset(one.member_id for one in await services.of_poll(tx, poll.id)),
        printed_at=await _printed(desk, poll),
    )
    used = [Channel.PAPER] if box.printed_at or any(one.witness for one in box.ballots) else []
    return tuple(box.stack(channel, measure) for measure in measures for channel in (*used, Channel.ONLINE))


def _weights(poll: Poll, electors: Sequence[Elector]) -> dict[int, Measures]:
    return dict(weigh(parse_rule(poll.rule), electors))


async def _printed(desk: Desk, poll: Poll) -> datetime | None:
    """When ballots were printed for this poll, if they were."""
    kept = await papers.newest_about(desk.work.tx, desk.community.id, f"poll:{poll.id}", PaperKind.BALLOT)
    return kept.made_at if kept else None


def _secret(poll: Poll, measure: Measure) -> Stack:
    """Of a secret poll only the sums are known, and all of it came in the chat."""
    tally = verdict_of(poll).tally
    yes, no, abstain, roll = (
        part.of(measure) or _nothing(measure) for part in (tally.yes, tally.no, tally.abstain, tally.roll)
    )
    back = plus(plus(yes, no), abstain)
    none = _nothing(measure)
    return Stack(Channel.ONLINE, measure, roll, back, back, back, none, none, yes, no, abstain)


def _who(ballots: Iterable[Ballot], choice: Choice) -> list[int]:
    return [one.member_id for one in ballots if one.choice == choice]


def _nothing(measure: Measure) -> Amount:
    return Decimal(0) if measure is Measure.AREA else 0
