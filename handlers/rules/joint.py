"""Consent of several parties, each by its own rule: the four sides of a 四方联席."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from handlers.rules.rule import INVALID, Base, Bound, Clause, Grade, Measure, Outcome, Rule
from handlers.rules.tally import Tally
from handlers.rules.verdict import Verdict, decide


@dataclass(frozen=True, slots=True)
class Party:
    """One side and the rule by which it makes up its mind."""

    name: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class JointRule:
    """Every one of `parties` must consent; names are unique."""

    parties: tuple[Party, ...]

    def __post_init__(self) -> None:
        names = {party.name for party in self.parties}
        if not names or len(names) != len(self.parties):
            raise ValueError("a joint rule names each of its parties once")


@dataclass(frozen=True, slots=True)
class JointVerdict:
    """An outcome and each party's own verdict, in the rule's order."""

    outcome: Outcome
    verdicts: tuple[tuple[Party, Verdict], ...]

    @property
    def bound(self) -> tuple[str, ...]:
        """The parties that consented: whatever comes of it binds no other."""
        return tuple(party.name for party, verdict in self.verdicts if verdict.outcome is Outcome.PASSED)


def one_voice(electorate: str, basis: str, grade: Grade) -> Rule:
    """Return the rule of a side that speaks with one voice: it must be there, and it must say yes."""
    whole = Clause(Measure.HEADS, Fraction(1), Bound.AT_LEAST, Base.ROLL)
    return Rule(basis, grade, electorate, Outcome.INVALID_PARTICIPATION, (whole,), (whole,))


def decide_jointly(joint: JointRule, tallies: Mapping[str, Tally]) -> JointVerdict:
    """Judge every party by its own rule; a refusal weighs more than an absence.

    Raises ValueError unless there is one tally for each party, an absent one's with nobody taking part.
    """
    if tallies.keys() != {party.name for party in joint.parties}:
        raise ValueError("one tally for each party")
    verdicts = tuple((party, decide(party.rule, tallies[party.name])) for party in joint.parties)
    outcomes = [verdict.outcome for _, verdict in verdicts]
    if Outcome.REJECTED in outcomes:
        return JointVerdict(Outcome.REJECTED, verdicts)
    return JointVerdict(next((one for one in outcomes if one in INVALID), Outcome.PASSED), verdicts)
