"""Counting a poll of any kind: the same ballots give the same result in whatever order they came."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from handlers.choices.ask import NONE, Ask, Kind, ScoredBy
from handlers.choices.cast import Abstention, Cast, Consent, Scores, Stance
from handlers.choices.paths import Pair, beaten, levels, pairwise
from handlers.choices.support import Returned, in_favour, ranked
from handlers.choices.transfers import Stage, transfer
from handlers.rules.rule import Measure, Outcome, Rule, measures
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import Finding, Verdict, check_roll, decide, quorum_findings

K = TypeVar("K", bound=Hashable)
Levels = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one option, exactly; `given` is how many ballots gave one."""

    given: int
    sum: int
    mean: Fraction
    median: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an option came out. Equal options share a `place`; `verdict` where a rule asked for a majority."""

    option: int
    place: int
    support: Measures
    marks: Marks | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Count:
    """The result. `outcome` is None where nothing was to be decided.

    `winners` are sure, best first; `tied` (perhaps with 0, 均不同意) are equal for the places left and wait for
    people to decide, as TIE says. `tally` holds participation and abstentions; its yes is whoever backs anything.
    `stages` of STV with its `quota` of votes; `pairs` of Schulze; of a consent round how many took each of the
    `stances`, the `reasons` against and the `worries`, in the order of their letters and not of the ballots.
    """

    ask: Ask
    outcome: Outcome | None
    winners: tuple[int, ...]
    tied: tuple[int, ...]
    standings: tuple[Standing, ...]
    tally: Tally
    rule: Rule | None = None
    quorum: tuple[Finding, ...] = ()
    quota: int = 0
    stages: tuple[Stage, ...] = ()
    pairs: tuple[Pair, ...] = ()
    stances: tuple[tuple[Stance, int], ...] = ()
    reasons: tuple[str, ...] = ()
    worries: tuple[str, ...] = ()


def count(returned: Returned[K], rule: Rule | None = None) -> Count:
    """Count ballots that `check` has let pass.

    Of `rule` STV asks only the quorum (a majority for each of several places would undo their being shared out),
    and so does a consent round, which knows no majority; the others ask the majority of each option too. Raises Refusal for a roll that is empty or lacks a
    measure the rule counts.
    """
    counting = _counting(returned, rule)
    match returned.ask.kind:
        case Kind.SCORE:
            return _count_scores(counting)
        case Kind.SCHULZE:
            return _count_paths(counting)
        case Kind.STV:
            return _count_transfers(counting)
        case Kind.CONSENT:
            return _count_consent(counting)
        case Kind.SINGLE | Kind.SEVERAL | Kind.SENSE:
            return _count_picks(counting)


@dataclass(frozen=True, slots=True)
class _Counting:
    """What every kind needs once: `said` are the ballots but for abstentions, `support` by option."""

    ask: Ask
    rule: Rule | None
    quorum: tuple[Finding, ...]
    said: tuple[Cast, ...]
    support: Mapping[int, Measures]
    tally: Tally
    backing: Measures

    @property
    def invalid(self) -> Outcome | None:
        """What the poll is where its quorum failed."""
        return self.rule.invalid_as if self.rule and not all(one.holds for one in self.quorum) else None

    def verdict(self, option: int) -> Verdict | None:
        if self.rule is None or option == NONE or self.ask.kind is Kind.SENSE:
            return None
        return decide(self.rule, in_favour(self.tally, self.support[option]))

    def result(self, order: Levels) -> Count:
        """The result of an order of options, best first, of which enough are chosen."""
        verdicts = {option: self.verdict(option) for option in self.ask.numbers}
        standings = tuple(
            Standing(option, place, self.support[option], _marks(self.said, option), verdicts[option])
            for place, level in _placed(order)
            for option in level
        )
        chosen = [one.option for one in standings if one.option and _carried(one)]
        winners, tied = _fill(order, self.ask.places, chosen)
        return self.close(winners, tied, standings)

    def close(
        self, winners: tuple[int, ...], tied: tuple[int, ...], standings: tuple[Standing, ...]
    ) -> Count:
        outcome = Outcome.TIE if tied else Outcome.PASSED if winners else Outcome.REJECTED
        if self.invalid or self.ask.kind is Kind.SENSE:
            winners, tied = (), ()
        return Count(
            ask=self.ask,
            outcome=None if self.ask.kind is Kind.SENSE else self.invalid or outcome,
            winners=winners,
            tied=tied,
            standings=standings,
            tally=in_favour(self.tally, self.backing),
            rule=self.rule,
            quorum=self.quorum,
        )


def _counting(returned: Returned[K], rule: Rule | None) -> _Counting:
    """Look at the ballots once. Raises Refusal where the roll lacks a measure the rule counts."""
    tally, ask = returned.tally(), returned.ask
    if rule:
        check_roll(rule, tally.roll)
    options = [NONE] if ask.kind is Kind.CONSENT else [number for number in ask.numbers if number != NONE]
    return _Counting(
        ask=ask,
        rule=rule,
        quorum=quorum_findings(rule, tally) if rule else (),
        said=tuple(cast for cast in returned.ballots.values() if not isinstance(cast, Abstention)),
        support={option: returned.weigh_backers(option) for option in ask.numbers},
        tally=tally,
        backing=returned.weigh_backers(*options),
    )


def _carried(standing: Standing) -> bool:
    if standing.verdict is not None:
        return standing.verdict.outcome is Outcome.PASSED
    return standing.support.heads > 0


def _fill(order: Levels, places: int, chosen: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Winners and, where more are equal than places are left, the tied. Nobody below 均不同意 is chosen."""
    winners: tuple[int, ...] = ()
    for level in order:
        live = tuple(option for option in level if option in chosen)
        if len(winners) == places or level == (NONE,):
            break
        if NONE in level:
            return winners, (*live, NONE) if live else ()
        if len(winners) + len(live) > places:
            return winners, live
        winners += live
    return winners, ()


def _placed(order: Levels) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Levels with their place: after two firsts comes a third."""
    place = 1
    for level in order:
        yield place, level
        place += len(level)


def _count_picks(counting: _Counting) -> Count:
    compared = measures(counting.rule) if counting.rule else frozenset({Measure.HEADS})
    return counting.result(levels(counting.ask.numbers, _outweighs(counting.support, compared)))


def _outweighs(support: Mapping[int, Measures], compared: frozenset[Measure]) -> Callable[[int, int], bool]:
    """More in one measure and not less in any; more heads but less area is no order, and ends as a tie."""

    def outweighs(first: int, second: int) -> bool:
        pairs = [(support[first].kept()[measure], support[second].kept()[measure]) for measure in compared]
        return all(one >= other for one, other in pairs) and any(one > other for one, other in pairs)

    return outweighs


def _count_scores(counting: _Counting) -> Count:
    """Order by sum or median; 均不同意 comes before all of them where more people tick it than give marks."""
    ask = counting.ask
    marks = {option: _marks(counting.said, option) for option in range(1, len(ask.options) + 1)}

    def scores_more(first: int, second: int) -> bool:
        return _figure(ask, marks[first]) > _figure(ask, marks[second])

    order = levels(marks, scores_more)
    if not ask.none_offered:
        return counting.result(order)
    refusing, accepting = counting.support[NONE].heads, counting.support[1].heads
    if refusing > accepting:
        return counting.result(((NONE,), *order))
    if refusing == accepting:
        return counting.result(((*order[0], NONE), *order[1:]))
    return counting.result((*order, (NONE,)))


def _marks(said: Iterable[Cast], option: int) -> Marks | None:
    given = [cast.marks[option - 1] for cast in said if isinstance(cast, Scores)]
    if not given or option == NONE:
        return None
    return Marks(len(given), sum(given), Fraction(sum(given), len(given)), _median(given))


def _median(marks: Iterable[int]) -> Fraction:
    """The middle mark, half way between the two middle ones of an even number; `statistics` would make it a float."""
    ordered = sorted(marks)
    return Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 2)


def _figure(ask: Ask, marks: Marks | None) -> Fraction:
    if marks is None:
        return Fraction(0)
    return marks.median if ask.scored_by is ScoredBy.MEDIAN else Fraction(marks.sum)


def _count_paths(counting: _Counting) -> Count:
    ask = counting.ask
    rankings = Counter(ranking for cast in counting.said if (ranking := ranked(ask, cast)))
    pairs = pairwise(rankings.items(), ask.numbers)
    found = counting.result(levels(ask.numbers, beaten(pairs)))
    return replace(found, pairs=pairs)


def _count_transfers(counting: _Counting) -> Count:
    """Share out places; a place that 均不同意 wins stays empty."""
    ask = counting.ask
    rankings = (ranked(ask, cast) for cast in counting.said)
    strict = Counter(tuple(min(step) for step in ranking.steps) for ranking in rankings if ranking)
    shared = transfer(strict, ask.numbers, ask.places)
    rest = tuple(option for option in ask.numbers if option not in (*shared.winners, *shared.tied))
    order = (*((option,) for option in shared.winners), *(level for level in (shared.tied, rest) if level))
    standings = tuple(
        Standing(option, place, counting.support[option], None, None)
        for place, level in _placed(order)
        for option in level
    )
    winners = tuple(option for option in shared.winners if option != NONE)
    found = counting.close(winners, shared.tied, standings)
    return replace(found, quota=shared.quota, stages=shared.stages)


def _count_consent(counting: _Counting) -> Count:
    """Consent is what somebody has answered and nobody objects to; a worry is recorded and does not stop it."""
    said = [cast for cast in counting.said if isinstance(cast, Consent)]
    against = any(one.stance is Stance.OBJECT for one in said)
    agreed = Outcome.PASSED if said and not against else Outcome.REJECTED
    return Count(
        ask=counting.ask,
        outcome=counting.invalid or agreed,
        winners=(),
        tied=(),
        standings=(),
        tally=in_favour(counting.tally, counting.backing),
        rule=counting.rule,
        quorum=counting.quorum,
        stances=tuple((stance, sum(one.stance is stance for one in said)) for stance in Stance),
        reasons=_reasons(said, Stance.OBJECT),
        worries=_reasons(said, Stance.RESERVED),
    )


def _reasons(said: Iterable[Consent], stance: Stance) -> tuple[str, ...]:
    return tuple(sorted(one.reason for one in said if one.stance is stance and one.reason))
