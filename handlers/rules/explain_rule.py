"""A rule in plain words, as it stands on the ballot."""

from handlers.rules.outlook import least, step
from handlers.rules.rule import Base, Bound, Clause, Rule, clauses, options
from handlers.rules.tally import Measures
from handlers.rules.verdict import LimitKind
from handlers.rules.wording import amounts, fraction, limit_words, measure_name, share, took_part, with_unit
from handlers.texts import text


def explain_rule(rule: Rule, roll: Measures | None = None) -> tuple[str, ...]:
    """Return the rule as lines for the ballot, in numbers where the roll is known and else in shares."""
    quorum = _quorum_shares(rule) if roll is None else _quorum_numbers(rule, roll)
    lines = [text("rules.rule", quorum=quorum, passing=_passing(rule), basis=_basis(rule))]
    if limits := _limits(rule):
        lines.append(text("rules.rule_limits", limits=text("rules.and").join(limits)))
    bases = {clause.base for clause in clauses(rule.passing)} - {Base.ROLL}
    lines += [text("rules.abstain_counts", base=text(f"rules.counted_in_{base}")) for base in sorted(bases)]
    return tuple(lines)


def _quorum_numbers(rule: Rule, roll: Measures) -> str:
    whole, took = text("rules.roll", amounts=amounts(rule, roll)), took_part(rule)
    if not rule.quorum:
        return text("rules.no_quorum", roll=whole, took_part=took)
    needed = text("rules.and").join(
        text("rules.or").join(_least(clause, roll) for clause in options(requirement))
        for requirement in rule.quorum
    )
    return text("rules.quorum", roll=whole, took_part=took, least=needed)


def _quorum_shares(rule: Rule) -> str:
    took = took_part(rule)
    if not rule.quorum:
        return text("rules.no_quorum_unknown", took_part=took)
    return text("rules.also").join(
        text("rules.or").join(_quorum_share(rule, clause) for clause in options(requirement))
        for requirement in rule.quorum
    )


def _quorum_share(rule: Rule, clause: Clause) -> str:
    words = {"took_part": took_part(rule), "measure": measure_name(rule, clause.measure)}
    if clause.share == 1:
        return text("rules.quorum_all", **words)
    kind = "over" if clause.bound is Bound.OVER else "at_least"
    return text(f"rules.quorum_{kind}", **words, fraction=fraction(clause.share))


def _least(clause: Clause, roll: Measures) -> str:
    amount = roll.of(clause.measure)
    assert amount is not None
    return with_unit(clause.measure, least(clause, amount, step(clause.measure, amount)))


def _passing(rule: Rule) -> str:
    if rule.passing:
        shares = (
            text("rules.or").join(_passing_share(rule, clause) for clause in options(requirement))
            for requirement in rule.passing
        )
        return text("rules.passes", shares=text("rules.also").join(shares))
    return (
        text("rules.near_consensus", limit=rule.most_against)
        if rule.most_against
        else text("rules.consensus")
    )


def _passing_share(rule: Rule, clause: Clause) -> str:
    base, name = text(f"rules.base_{clause.base}"), measure_name(rule, clause.measure)
    return text("rules.passing", base=base, measure=name, share=share(clause))


def _basis(rule: Rule) -> str:
    if not rule.basis:
        return ""
    return text(f"rules.basis_{rule.grade.name.lower()}", basis=rule.basis)


def _limits(rule: Rule) -> list[str]:
    limits = []
    if rule.minimum_present:
        limits.append(limit_words(rule, LimitKind.PRESENT_AT_LEAST, rule.minimum_present))
    if rule.minimum_yes > 1:
        limits.append(limit_words(rule, LimitKind.YES_AT_LEAST, rule.minimum_yes))
    if rule.passing and rule.most_against is not None:
        limits.append(limit_words(rule, LimitKind.NO_AT_MOST, rule.most_against))
    return limits
