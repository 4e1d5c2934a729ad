"""The outcome: every comparison of a rule, multiplied crosswise."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.recount.counts import Count, Opinion, Quantity
from bot.recount.rules import Clause, Measure, Op, Rule

PASSED = "passed"
REJECTED = "rejected"


class Step(StrEnum):
    """Whether enough took part; whether enough agreed."""

    QUORUM = "quorum"
    PASS = "pass"  # noqa: S105 - the second step of a verdict


@dataclass(frozen=True, slots=True)
class Sum:
    """`counted` × den against `whole` × num. A share of nothing is never reached."""

    clause: Clause
    counted: Fraction
    whole: Fraction

    @property
    def left(self) -> Fraction:
        """What was counted, times the denominator."""
        return self.counted * self.clause.den

    @property
    def right(self) -> Fraction:
        """The base, times the numerator."""
        return self.whole * self.clause.num

    @property
    def holds(self) -> bool:
        """Whether the clause is met."""
        reached = self.left > self.right or (self.clause.op is Op.AT_LEAST and self.left == self.right)
        return reached and self.whole > 0


class Bar(StrEnum):
    """What an absolute number of heads bounds."""

    PRESENT = "minimum_present"
    YES = "minimum_yes"
    AGAINST = "most_against"


@dataclass(frozen=True, slots=True)
class Limit:
    """`counted` heads against an absolute number: at least that many, at most of those against."""

    bar: Bar
    counted: int
    limit: int

    @property
    def holds(self) -> bool:
        """Whether the number is kept."""
        return self.counted <= self.limit if self.bar is Bar.AGAINST else self.counted >= self.limit


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule asks for: a sum, sums of which one suffices, or a limit."""

    step: Step
    parts: tuple[Sum | Limit, ...]

    @property
    def holds(self) -> bool:
        """Whether it is met."""
        return any(part.holds for part in self.parts)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome and all it follows from; where too few took part, agreement is not looked at."""

    outcome: str
    quorum: bool
    findings: tuple[Finding, ...]


def judge(rule: Rule, count: Count) -> Judgement:
    """Judge a count. Nobody can make a quorum of an empty roll."""
    some = all(count.roll[measure] > 0 for measure in rule.measures())
    took_part = _shares(Step.QUORUM, rule.quorum, count.present, count)
    if rule.minimum_present:
        took_part += (_limit(Step.QUORUM, Bar.PRESENT, count.present, rule.minimum_present),)
    if not some or not all(finding.holds for finding in took_part):
        return Judgement(rule.invalid_as, quorum=False, findings=took_part)
    agreed = _agreement(rule, count)
    outcome = PASSED if all(finding.holds for finding in agreed) else REJECTED
    return Judgement(outcome, quorum=True, findings=took_part + agreed)


def _agreement(rule: Rule, count: Count) -> tuple[Finding, ...]:
    yes, no = count.cast[Opinion.YES], count.cast[Opinion.NO]
    found = _shares(Step.PASS, rule.passing, yes, count)
    found += (_limit(Step.PASS, Bar.YES, yes, rule.minimum_yes),)
    if rule.most_against is not None:
        found += (_limit(Step.PASS, Bar.AGAINST, no, rule.most_against),)
    return found


def _shares(
    step: Step, asked: tuple[tuple[Clause, ...], ...], counted: Quantity, count: Count
) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            step,
            tuple(
                Sum(clause, counted[clause.measure], count.base(clause.base)[clause.measure])
                for clause in part
            ),
        )
        for part in asked
    )


def _limit(step: Step, bar: Bar, counted: Quantity, limit: int) -> Finding:
    return Finding(step, (Limit(bar, int(counted[Measure.HEADS]), limit),))
