"""What came of a poll that asks for more than yes or no: each kind counted as its words describe it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.recount.asking import NONE, Ask, Kind, ScoredBy
from bot.recount.counts import Count, Opinion, Quantity, minus, total
from bot.recount.judging import PASSED, REJECTED, Judgement, judge
from bot.recount.papers import Paper, Says, Stance, accepted, agrees
from bot.recount.ranking import Before, Duel, Levels, duels, in_levels, stronger
from bot.recount.rules import Measure, Rule
from bot.recount.sharing import Shared, share_out

TIE = "tie"
SENSE = "sense"
_UNJUDGED = frozenset({Kind.STV, Kind.CONSENT, Kind.SENSE})
"""Kinds whose options need no majority of their own."""


@dataclass(frozen=True, slots=True)
class Voter:
    """A ballot, and what it weighs."""

    paper: Paper
    weight: Quantity


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The result. `tied` are equal for the places left, perhaps with 0; a sense check has the outcome "sense".

    `levels` holds every number, best first; `backing` is what a yes to each of them weighs, `judged` the rule asked
    of it. `turnout` is the judgement of the whole, of which only the quorum counts.
    """

    ask: Ask
    outcome: str
    winners: tuple[int, ...]
    tied: tuple[int, ...]
    levels: Levels
    backing: Mapping[int, Quantity]
    judged: Mapping[int, Judgement]
    count: Count
    turnout: Judgement
    papers: tuple[Paper, ...]
    shared: Shared | None = None
    fought: tuple[Duel, ...] = ()

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        """Every number with its place: after two firsts comes a third."""
        place = 1
        for level in self.levels:
            yield from ((number, place) for number in level)
            place += len(level)

    def stance(self, stance: Stance) -> list[str]:
        """The reasons of those who took a stance, empty ones too, in the order of their letters."""
        return sorted(paper.reason for paper in self.papers if paper.stance is stance)


@dataclass(frozen=True, slots=True)
class _Poll:
    """What is counted: ballots with their weight, of a roll that weighs `whole`; `came` in, and the `blank` of them."""

    ask: Ask
    rule: Rule
    voters: Sequence[Voter]
    whole: Quantity
    came: Quantity
    blank: Quantity

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The ballots that say something."""
        return tuple(voter.paper for voter in self.voters if voter.paper.says is not Says.ABSTAIN)

    def backing(self) -> dict[int, Quantity]:
        """What a yes to each number weighs."""
        piles: dict[int, list[Quantity]] = {number: [] for number in self.ask.numbers}
        for voter in self.voters:
            for number in accepted(voter.paper) & piles.keys():
                piles[number].append(voter.weight)
        return {number: total(pile, self.rule.measures()) for number, pile in piles.items()}

    def in_favour(self, yes: Quantity) -> Count:
        """The count in which every ballot is a no that is neither one of those yes nor an abstention."""
        no = minus(minus(self.came, self.blank), yes)
        cast = {Opinion.YES: yes, Opinion.NO: no, Opinion.ABSTAIN: self.blank}
        return Count(self.whole, self.came, self.came, cast)


def _poll(ask: Ask, rule: Rule, voters: Sequence[Voter], whole: Quantity) -> _Poll:
    came = total((voter.weight for voter in voters), rule.measures())
    blank = (voter.weight for voter in voters if voter.paper.says is Says.ABSTAIN)
    return _Poll(ask, rule, voters, whole, came, total(blank, rule.measures()))


def reckon(ask: Ask, rule: Rule, voters: Sequence[Voter], whole: Quantity) -> Reckoned:
    """Count the ballots of a roll that weighs `whole`."""
    poll = _poll(ask, rule, voters, whole)
    shared = share_out(_strict(poll), ask.numbers, ask.places) if ask.kind is Kind.STV else None
    fought = duels([paper.steps for paper in poll.papers], ask.numbers) if ask.kind is Kind.SCHULZE else ()
    backing = poll.backing()
    judged = {} if ask.kind in _UNJUDGED else _judged(poll, backing)
    levels = _shared_levels(ask, shared) if shared else _levels(poll, backing, fought)
    yes = total((voter.weight for voter in voters if agrees(voter.paper)), rule.measures())
    count = poll.in_favour(yes)
    turnout = judge(rule, count)
    winners, tied = _chosen(ask, levels, judged, shared)
    outcome = _outcome(poll, turnout, winners, tied)
    decided = outcome in {PASSED, REJECTED, TIE}
    return Reckoned(
        ask=ask,
        outcome=outcome,
        winners=winners if decided else (),
        tied=tied if decided else (),
        levels=levels,
        backing=backing,
        judged=judged,
        count=count,
        turnout=turnout,
        papers=poll.papers,
        shared=shared,
        fought=fought,
    )


def middle(marks: Iterable[int]) -> Fraction:
    """The median: half of the two middle marks of the sorted list laid beside its mirror."""
    up = sorted(marks)
    pairs = list(zip(up, reversed(up), strict=True))
    low, high = pairs[len(pairs) // 2]
    return Fraction(low + high, 2)


def marks_of(papers: Iterable[Paper], number: int) -> list[int]:
    """The marks an option was given."""
    return [paper.marks[number - 1] for paper in papers if paper.marks and number != NONE]


def _strict(poll: _Poll) -> list[tuple[int, ...]]:
    return [tuple(number for step in paper.steps for number in step) for paper in poll.papers]


def _judged(poll: _Poll, backing: Mapping[int, Quantity]) -> dict[int, Judgement]:
    """The rule asked of each option; 0 is no proposal that could be carried."""
    return {
        number: judge(poll.rule, poll.in_favour(yes)) for number, yes in backing.items() if number != NONE
    }


def _levels(poll: _Poll, backing: Mapping[int, Quantity], fought: tuple[Duel, ...]) -> Levels:
    if poll.ask.kind is Kind.SCHULZE:
        return in_levels(poll.ask.numbers, stronger(fought))
    if poll.ask.kind is Kind.SCORE:
        return _by_marks(poll, backing)
    measures = (Measure.HEADS,) if poll.ask.kind is Kind.SENSE else poll.rule.measures()
    return in_levels(poll.ask.numbers, _heavier(backing, measures))


def _heavier(backing: Mapping[int, Quantity], measures: Iterable[Measure]) -> Before:
    """Not less in anything and not the same: more heads with less area comes neither before nor after."""
    listed = tuple(measures)

    def heavier(one: int, other: int) -> bool:
        mine, theirs = ([backing[number][measure] for measure in listed] for number in (one, other))
        return mine != theirs and [max(pair) for pair in zip(mine, theirs, strict=True)] == mine

    return heavier


def _by_marks(poll: _Poll, backing: Mapping[int, Quantity]) -> Levels:
    """By sum or median; 0 comes first where more heads tick it than give marks, joins the first where as many do."""
    figures = {number: _figure(poll.ask, marks_of(poll.papers, number)) for number in poll.ask.named}
    levels = in_levels(figures, lambda one, other: figures[one] > figures[other])
    if not poll.ask.none_offered:
        return levels
    refuse, accept = backing[NONE][Measure.HEADS], backing[1][Measure.HEADS]
    if refuse > accept:
        return ((NONE,), *levels)
    return ((*levels[0], NONE), *levels[1:]) if refuse == accept else (*levels, (NONE,))


def _figure(ask: Ask, marks: list[int]) -> Fraction:
    if ask.scored_by is ScoredBy.SUM or not marks:
        return Fraction(sum(marks))
    return middle(marks)


def _shared_levels(ask: Ask, shared: Shared) -> Levels:
    """One by one as they were elected, then those tied, then all others."""
    rest = tuple(sorted(set(ask.numbers) - {*shared.winners, *shared.tied}))
    return (*((one,) for one in shared.winners), *(level for level in (shared.tied, rest) if level))


def _chosen(
    ask: Ask, levels: Levels, judged: Mapping[int, Judgement], shared: Shared | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Winners and tied. A place that 0 wins stays empty; else nothing at or below 0 is chosen."""
    if shared:
        return tuple(one for one in shared.winners if one != NONE), shared.tied
    winners: list[int] = []
    for level in levels:
        carried = [one for one in level if one in judged and judged[one].outcome == PASSED]
        if len(winners) == ask.places or level == (NONE,):
            break
        if NONE in level:
            return tuple(winners), ((*carried, NONE) if carried else ())
        if len(winners) + len(carried) > ask.places:
            return tuple(winners), tuple(carried)
        winners += carried
    return tuple(winners), ()


def _outcome(poll: _Poll, turnout: Judgement, winners: tuple[int, ...], tied: tuple[int, ...]) -> str:
    if poll.ask.kind is Kind.SENSE:
        return SENSE
    if not turnout.quorum:
        return turnout.outcome
    if poll.ask.kind is Kind.CONSENT:
        stances = {paper.stance for paper in poll.papers}
        return PASSED if stances and Stance.OBJECT not in stances else REJECTED
    if tied:
        return TIE
    return PASSED if winners else REJECTED
