"""A voting rule as data: which share, of what, reached or exceeded."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


class Measure(StrEnum):
    """What is counted: persons, square metres, or the households that the persons stand for."""

    HEADS = "heads"
    AREA = "area"
    HOUSEHOLDS = "households"


class Base(StrEnum):
    """What a share is a share of.

    ROLL is 应到; PRESENT is everybody who attends, including those who then cast nothing; PARTICIPANTS is
    everybody whose ballot came in, including abstentions.
    """

    ROLL = "roll"
    PRESENT = "present"
    PARTICIPANTS = "participants"


class Bound(StrEnum):
    """以上 includes the number itself, 过半数 and 超过 do not (民法典 1259)."""

    OVER = ">"
    AT_LEAST = ">="


class Grade(StrEnum):
    """How firm the ground of a number is: statute, statute still to be checked, one place's rule, our proposal."""

    LAW = "law"
    LAW_UNCHECKED = "law?"
    LOCAL = "local"
    PROPOSAL = "proposal"


class Outcome(StrEnum):
    """How a decision ended.

    A yes/no poll never ends as TIE (equal votes are REJECTED, and the verdict's reason says that they were equal)
    nor as CONDITIONAL, which a meeting states and no number shows; both are kept so that they are never written
    down as something else. SENSE is said of a poll that took the temperature and decided nothing.
    """

    PASSED = "passed"
    REJECTED = "rejected"
    INVALID_PARTICIPATION = "invalid_participation"
    INVALID_QUORUM = "invalid_quorum"
    CONDITIONAL = "conditional"
    TIE = "tie"
    SENSE = "sense"


INVALID = frozenset({Outcome.INVALID_PARTICIPATION, Outcome.INVALID_QUORUM})


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison that must hold: `measure` counted reaches (or exceeds) `share` of its `base`."""

    measure: Measure
    share: Fraction
    bound: Bound
    base: Base

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"a share lies above 0 and at most at 1, not at {self.share}")
        if self.share == 1 and self.bound is Bound.OVER:
            raise ValueError("nothing exceeds the whole")


@dataclass(frozen=True, slots=True)
class Either:
    """Clauses of which one must hold: more than half of the adults, or two thirds of the households."""

    options: tuple[Clause, ...]

    def __post_init__(self) -> None:
        if len(self.options) < 2:  # noqa: PLR2004 - one option is no alternative
            raise ValueError("an alternative has at least two options")


Requirement: TypeAlias = Clause | Either


@dataclass(frozen=True, slots=True)
class Rule:
    """When a poll is valid and when it passes: every requirement of `quorum`, then every one of `passing`.

    `basis` names the article or charter, `electorate` the roll it speaks of (`villagers18`, `owners`, …),
    `invalid_as` what a failed quorum is called. `minimum_present` and `minimum_yes` are absolute numbers of heads.
    `most_against` is the number of heads against that consensus still bears (0: nobody), None where no such limit
    is set.
    """

    basis: str
    grade: Grade
    electorate: str
    invalid_as: Outcome
    quorum: tuple[Requirement, ...]
    passing: tuple[Requirement, ...]
    minimum_present: int = 0
    minimum_yes: int = 1
    most_against: int | None = None

    def __post_init__(self) -> None:
        if self.invalid_as not in INVALID:
            raise ValueError(f"{self.invalid_as} does not say that a poll was invalid")
        if any(clause.base is not Base.ROLL for clause in clauses(self.quorum)):
            raise ValueError("a quorum is a share of the roll")
        if not self.passing and self.most_against is None:
            raise ValueError("a rule that nothing can fail decides nothing")
        if self.minimum_yes < 1 or self.minimum_present < 0 or (self.most_against or 0) < 0:
            raise ValueError("the smallest number of yes is 1, of those present 0, of those against 0")


def options(requirement: Requirement) -> tuple[Clause, ...]:
    """The clauses of which one suffices: a plain clause is its own only option."""
    return requirement.options if isinstance(requirement, Either) else (requirement,)


def clauses(requirements: tuple[Requirement, ...]) -> tuple[Clause, ...]:
    """Every clause of the requirements, alternatives laid side by side."""
    return tuple(clause for requirement in requirements for clause in options(requirement))


def measures(rule: Rule) -> frozenset[Measure]:
    """The measures a rule speaks of; heads always, since a ballot is cast by somebody."""
    named = {clause.measure for clause in clauses(rule.quorum) + clauses(rule.passing)}
    return frozenset(named | {Measure.HEADS})
