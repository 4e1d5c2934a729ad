"""从多: non-voters counted with the largest opinion, only where a rule says so, and only beside the strict result."""

from dataclasses import dataclass, replace

from handlers.refusals import Refusal
from handlers.rules.rule import Rule
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import Verdict, decide
from storage.records import Choice


@dataclass(frozen=True, slots=True)
class Grounds:
    """What must be on file before non-voters may be counted at all.

    `clause` is the sentence of the 管理规约 or 议事规则, `warning` the consequence as it was shown to the voters,
    `earlier_meetings` how many owners' meetings there were before (a first one has no rules yet), `served` the
    non-voters to whom a ballot was demonstrably served.
    """

    clause: str
    warning: str
    earlier_meetings: int
    served: Measures


@dataclass(frozen=True, slots=True)
class BothVerdicts:
    """The strict verdict, and the one with the non-voters; never one without the other.

    `joined` is the opinion they were counted with, None where two opinions were equally large and nobody was moved.
    """

    strict: Verdict
    deemed: Verdict
    joined: Choice | None
    moved: Measures


def decide_deemed(rule: Rule, tally: Tally, grounds: Grounds) -> BothVerdicts:
    """Judge a tally strictly and with the served non-voters joined to the option that has most heads.

    Raises Refusal where the grounds are not on file, ValueError where more were served than stayed silent.
    """
    check_grounds(grounds)
    if not grounds.served.within(tally.silent):
        raise ValueError("more non-voters were served than there are")
    strict = decide(rule, tally)
    joined = _largest(tally)
    if joined is None:
        return BothVerdicts(strict, strict, None, tally.roll.none())
    return BothVerdicts(strict, decide(rule, _join(tally, joined, grounds.served)), joined, grounds.served)


def check_grounds(grounds: Grounds) -> None:
    """Refuse to count non-voters without the clause, the shown warning and an earlier meeting that made the clause."""
    if not grounds.clause.strip():
        raise Refusal("rules.deemed_without_clause")
    if not grounds.warning.strip():
        raise Refusal("rules.deemed_without_warning")
    if grounds.earlier_meetings < 1:
        raise Refusal("rules.deemed_at_first_meeting")


def _largest(tally: Tally) -> Choice | None:
    heads = {
        Choice.FOR: tally.yes.heads,
        Choice.AGAINST: tally.no.heads,
        Choice.ABSTAIN: tally.abstain.heads,
    }
    most = max(heads.values())
    leading = [choice for choice, number in heads.items() if number == most]
    return leading[0] if len(leading) == 1 else None


def _join(tally: Tally, joined: Choice, moved: Measures) -> Tally:
    grown = replace(
        tally,
        participation=tally.participation + moved,
        returned=None if tally.returned is None else tally.returned + moved,
    )
    if joined is Choice.FOR:
        return replace(grown, yes=tally.yes + moved)
    if joined is Choice.AGAINST:
        return replace(grown, no=tally.no + moved)
    return replace(grown, abstain=tally.abstain + moved)
