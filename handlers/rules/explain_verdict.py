"""A verdict in plain words: the outcome, the numbers under it, and the sums anybody can check."""

from handlers.rules.deemed import BothVerdicts, Grounds
from handlers.rules.outlook import least_of
from handlers.rules.rule import INVALID, Measure, Outcome, measures
from handlers.rules.tally import Amount, Measures
from handlers.rules.verdict import Alternatives, Comparison, Finding, Limit, LimitKind, Reason, Verdict
from handlers.rules.wording import amounts, limit_words, mark, number, plain, share, sign, took_part
from handlers.texts import text


def headline(verdict: Verdict) -> str:
    """Return the outcome in a few words, with what was short or that the votes were even."""
    if verdict.outcome in INVALID:
        failed = [finding for finding in verdict.quorum if not finding.holds]
        short = text("rules.and").join(_short(verdict, finding) for finding in failed)
        return text(f"rules.{verdict.outcome}", short=short)
    if verdict.reason is Reason.TIED:
        return text("rules.rejected_tied", number=verdict.tally.yes.heads)
    if verdict.reason is Reason.OPPOSED:
        return text("rules.rejected_opposed", number=verdict.tally.no.heads)
    return text(f"rules.{verdict.outcome}")


def explain_verdict(verdict: Verdict) -> tuple[str, ...]:
    """Return the numbers the verdict rests on as lines: turnout, then yes, no and abstentions in each measure.

    Of an invalid poll only the turnout is told: nothing was decided for or against.
    """
    turnout = _turnout(verdict)
    if verdict.outcome in INVALID:
        return turnout
    splits = (_split(verdict, measure) for measure in Measure if measure in measures(verdict.rule))
    return (*turnout, *splits, *_limits_checked(verdict.passing, verdict), *_remarks(verdict))


def explain_arithmetic(verdict: Verdict) -> tuple[str, ...]:
    """Return every comparison as a sum anybody can check: “到会达标：24×3=72 ≥ 35×2=70”."""
    took = took_part(verdict.rule)
    quorum = (_sum("quorum", found, took) for found in _comparisons(verdict.quorum))
    passing = (_sum("passing", found, took) for found in _comparisons(verdict.passing))
    return (*quorum, *passing)


def explain_both(both: BothVerdicts, grounds: Grounds) -> tuple[str, ...]:
    """Return the strict result and the one with the non-voters, one line each."""
    strict = text("rules.deemed_strict", verdict=headline(both.strict))
    if both.joined is None:
        return (strict, text("rules.deemed_undecided"))
    deemed = text(
        "rules.deemed_with",
        verdict=headline(both.deemed),
        moved=amounts(both.strict.rule, both.moved),
        choice=text(f"rules.choice_{both.joined}"),
        clause=grounds.clause,
    )
    return (strict, deemed)


def _short(verdict: Verdict, finding: Finding) -> str:
    took = took_part(verdict.rule)
    if isinstance(finding, Limit):
        return text("rules.short", took_part=took, counted=finding.counted, least=finding.limit)
    if isinstance(finding, Alternatives):
        return text("rules.or").join(_short(verdict, option) for option in finding.comparisons)
    measure = finding.clause.measure
    counted, least = number(measure, finding.counted), number(measure, least_of(finding))
    return text("rules.short", took_part=took, counted=counted, least=least)


def _turnout(verdict: Verdict) -> tuple[str, ...]:
    compared = tuple(_turnout_line(verdict, found) for found in _comparisons(verdict.quorum))
    limits = _limits_checked(verdict.quorum, verdict)
    if compared:
        return compared + limits
    roll, tally = amounts(verdict.rule, verdict.tally.roll), verdict.tally
    counted = amounts(verdict.rule, tally.participation)
    free = text("rules.turnout_free", whole=roll, took_part=took_part(verdict.rule), counted=counted)
    return (free, *limits)


def _turnout_line(verdict: Verdict, found: Comparison) -> str:
    measure = found.clause.measure
    return text(
        "rules.turnout",
        whole=number(measure, found.whole),
        took_part=took_part(verdict.rule),
        counted=number(measure, found.counted),
        sign="≥" if found.holds else "<",
        least=number(measure, least_of(found)),
        share=share(found.clause),
        mark=mark(found),
    )


def _split(verdict: Verdict, measure: Measure) -> str:
    tally = verdict.tally
    parts = {
        "yes": _yes(verdict, measure),
        "no": number(measure, _amount(tally.no, measure)),
        "abstain": number(measure, _amount(tally.abstain, measure)),
    }
    idle = _amount(tally.participation - tally.cast, measure)
    if idle == 0:
        return text("rules.others", **parts)
    name = text(f"rules.idle_{verdict.rule.invalid_as}")
    return text("rules.others_idle", **parts, idle_name=name, idle=number(measure, idle))


def _yes(verdict: Verdict, measure: Measure) -> str:
    yes = number(measure, _amount(verdict.tally.yes, measure))
    judged = [
        text(
            "rules.judged",
            base=text(f"rules.base_{found.clause.base}"),
            share=share(found.clause),
            least=number(measure, least_of(found)),
            mark=mark(found),
        )
        for found in _comparisons(verdict.passing)
        if found.clause.measure is measure
    ]
    return text("rules.comma").join((text("rules.yes", yes=yes), *judged))


def _limits_checked(findings: tuple[Finding, ...], verdict: Verdict) -> tuple[str, ...]:
    return tuple(
        text(
            "rules.limit_checked",
            limit=limit_words(verdict.rule, found.kind, found.limit),
            counted=found.counted,
            mark=mark(found),
        )
        for found in findings
        if isinstance(found, Limit) and not _goes_without_saying(found)
    )


def _goes_without_saying(found: Limit) -> bool:
    return found.holds and found.kind is LimitKind.YES_AT_LEAST and found.limit == 1


def _remarks(verdict: Verdict) -> tuple[str, ...]:
    remarks = []
    if verdict.outcome is Outcome.PASSED and verdict.tally.yes.heads == verdict.tally.no.heads:
        remarks.append(text("rules.even_but_passed"))
    if verdict.outcome is Outcome.PASSED and verdict.rule.most_against is not None and verdict.dissent:
        remarks.append(text("rules.dissent", number=verdict.dissent))
    return tuple(remarks)


def _sum(step: str, found: Comparison, took: str) -> str:
    ratio = found.clause.share
    shown = text(
        "rules.sum",
        counted=plain(found.counted),
        den=ratio.denominator,
        left=plain(found.left),
        sign=sign(found),
        whole=plain(found.whole),
        num=ratio.numerator,
        right=plain(found.right),
    )
    met = "met" if found.holds else "unmet"
    return text(f"rules.{step}_{met}", took_part=took, sum=shown)


def _comparisons(findings: tuple[Finding, ...]) -> tuple[Comparison, ...]:
    found: list[Comparison] = []
    for finding in findings:
        if isinstance(finding, Comparison):
            found.append(finding)
        elif isinstance(finding, Alternatives):
            found += finding.comparisons
    return tuple(found)


def _amount(quantity: Measures, measure: Measure) -> Amount:
    amount = quantity.of(measure)
    assert amount is not None
    return amount
