"""The verdict: one exact comparison per requirement, and the outcome that follows from them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from handlers.refusals import Refusal
from handlers.rules.rule import Base, Bound, Clause, Either, Outcome, Requirement, Rule, measures
from handlers.rules.tally import Amount, Measures, Tally, times
from handlers.texts import text


@dataclass(frozen=True, slots=True)
class Comparison:
    """`counted` held against `share` of `whole` by multiplying crosswise: `left` against `right`, never divided."""

    clause: Clause
    counted: Amount
    whole: Amount

    @property
    def left(self) -> Amount:
        """`counted` × denominator of the share."""
        return times(self.counted, self.clause.share.denominator)

    @property
    def right(self) -> Amount:
        """`whole` × numerator of the share."""
        return times(self.whole, self.clause.share.numerator)

    @property
    def holds(self) -> bool:
        """Whether the clause is met; a share of nothing is never reached, though 0 ≥ 0."""
        if self.whole == 0:
            return False
        return self.left > self.right if self.clause.bound is Bound.OVER else self.left >= self.right


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Comparisons of which one suffices."""

    comparisons: tuple[Comparison, ...]

    @property
    def holds(self) -> bool:
        """Whether at least one of them does."""
        return any(comparison.holds for comparison in self.comparisons)


class LimitKind(StrEnum):
    """What an absolute number of heads limits."""

    PRESENT_AT_LEAST = "present_at_least"
    YES_AT_LEAST = "yes_at_least"
    NO_AT_MOST = "no_at_most"


@dataclass(frozen=True, slots=True)
class Limit:
    """`counted` heads held against an absolute number."""

    kind: LimitKind
    counted: int
    limit: int

    @property
    def holds(self) -> bool:
        """Whether the number is kept."""
        if self.kind is LimitKind.NO_AT_MOST:
            return self.counted <= self.limit
        return self.counted >= self.limit


Finding: TypeAlias = Comparison | Alternatives | Limit


class Reason(StrEnum):
    """Why the outcome is what it is."""

    CARRIED = "carried"
    SHORT_OF_QUORUM = "short_of_quorum"
    TIED = "tied"
    OPPOSED = "opposed"
    SHORT_OF_MAJORITY = "short_of_majority"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with everything it rests on. `passing` is empty where the quorum failed: nothing was judged."""

    rule: Rule
    tally: Tally
    outcome: Outcome
    reason: Reason
    quorum: tuple[Finding, ...]
    passing: tuple[Finding, ...]

    @property
    def dissent(self) -> int:
        """Heads against, to be recorded beside a decision that passed."""
        return self.tally.no.heads


def decide(rule: Rule, tally: Tally) -> Verdict:
    """Judge a tally by its rule. Raises Refusal for a roll that is empty or lacks a measure the rule counts."""
    check_roll(rule, tally.roll)
    quorum = quorum_findings(rule, tally)
    if not all(finding.holds for finding in quorum):
        return Verdict(rule, tally, rule.invalid_as, Reason.SHORT_OF_QUORUM, quorum, ())
    passing = passing_findings(rule, tally)
    if all(finding.holds for finding in passing):
        return Verdict(rule, tally, Outcome.PASSED, Reason.CARRIED, quorum, passing)
    return Verdict(rule, tally, Outcome.REJECTED, _why_rejected(tally, passing), quorum, passing)


def check_roll(rule: Rule, roll: Measures) -> None:
    """Refuse a roll that is empty in any measure the rule counts: 0 ≥ 0 must not make a quorum."""
    for measure in sorted(measures(rule)):
        amount = roll.of(measure)
        if amount is None:
            raise Refusal("rules.not_on_roll", measure=text(f"rules.measure_{measure}"))
        if amount == 0:
            raise Refusal("poll.empty_roll")


def quorum_findings(rule: Rule, tally: Tally) -> tuple[Finding, ...]:
    """Participation held against every requirement of the quorum."""
    found = tuple(_find(requirement, tally.participation, tally) for requirement in rule.quorum)
    if not rule.minimum_present:
        return found
    return (*found, Limit(LimitKind.PRESENT_AT_LEAST, tally.participation.heads, rule.minimum_present))


def passing_findings(rule: Rule, tally: Tally) -> tuple[Finding, ...]:
    """The yes held against every requirement of the majority, then the absolute limits."""
    found = [_find(requirement, tally.yes, tally) for requirement in rule.passing]
    found.append(Limit(LimitKind.YES_AT_LEAST, tally.yes.heads, rule.minimum_yes))
    if rule.most_against is not None:
        found.append(Limit(LimitKind.NO_AT_MOST, tally.no.heads, rule.most_against))
    return tuple(found)


def whole(base: Base, tally: Tally) -> Measures:
    """The quantity a base stands for."""
    if base is Base.ROLL:
        return tally.roll
    if base is Base.PARTICIPANTS and tally.returned is not None:
        return tally.returned
    return tally.participation


def _find(requirement: Requirement, counted: Measures, tally: Tally) -> Finding:
    if isinstance(requirement, Either):
        return Alternatives(tuple(_compare(option, counted, tally) for option in requirement.options))
    return _compare(requirement, counted, tally)


def _compare(clause: Clause, counted: Measures, tally: Tally) -> Comparison:
    amount, base = counted.of(clause.measure), whole(clause.base, tally).of(clause.measure)
    assert amount is not None
    assert base is not None
    return Comparison(clause, amount, base)


def _why_rejected(tally: Tally, passing: tuple[Finding, ...]) -> Reason:
    if tally.yes.heads == tally.no.heads > 0:
        return Reason.TIED
    failed = [finding for finding in passing if not finding.holds]
    if all(isinstance(finding, Limit) and finding.kind is LimitKind.NO_AT_MOST for finding in failed):
        return Reason.OPPOSED
    return Reason.SHORT_OF_MAJORITY
