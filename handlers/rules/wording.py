"""The pieces of a rule's and a verdict's sentences: amounts, shares, signs."""

from decimal import Decimal
from fractions import Fraction

from handlers.rules.rule import Bound, Clause, Measure, Rule, measures
from handlers.rules.tally import Amount, Measures
from handlers.rules.verdict import Comparison, Finding, LimitKind
from handlers.texts import text

_HALF = Fraction(1, 2)


def plain(amount: Amount) -> str:
    """Return an amount in digits, without an exponent and without idle zeros."""
    if isinstance(amount, Decimal) and amount.as_tuple().exponent != 0:
        digits = f"{amount:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return str(amount)


def with_unit(measure: Measure, amount: Amount) -> str:
    """Return “24 人”, “312.5 m²” or “80 户”."""
    return text(f"rules.amount_{measure}", amount=plain(amount))


def number(measure: Measure, amount: Amount) -> str:
    """Return “24”, “312.5 m²” or “80 户”: heads go without saying."""
    return text(f"rules.number_{measure}", amount=plain(amount))


def measure_name(rule: Rule, measure: Measure) -> str:
    """Name the measure, where the rule has more than one."""
    return text(f"rules.measure_{measure}") if len(measures(rule)) > 1 else ""


def took_part(rule: Rule) -> str:
    """到会 of a meeting, 参与 of a ballot handed in."""
    return text(f"rules.took_part_{rule.invalid_as}")


def share(clause: Clause) -> str:
    """Return 过半, 半数以上, 超过三分之二, 三分之二以上 or 全数."""
    if clause.share == 1:
        return text("rules.share_all")
    kind = "over" if clause.bound is Bound.OVER else "at_least"
    if clause.share == _HALF:
        return text(f"rules.half_{kind}")
    return text(f"rules.share_{kind}", fraction=fraction(clause.share))


def fraction(value: Fraction) -> str:
    """Return 三分之二, or 半数."""
    if value == _HALF:
        return text("rules.half")
    return text("rules.fraction", den=_numeral(value.denominator), num=_numeral(value.numerator))


def mark(finding: Finding) -> str:
    """✔ or ✘."""
    return text("rules.kept") if finding.holds else text("rules.broken")


def sign(comparison: Comparison) -> str:
    """How the left side stands to the right: the sign asked for where it holds, its contrary where not."""
    if comparison.clause.bound is Bound.OVER:
        return ">" if comparison.holds else "≤"
    return "≥" if comparison.holds else "<"


def amounts(rule: Rule, quantity: Measures) -> str:
    """A quantity in every measure the rule counts."""
    kept = quantity.kept()
    return text("rules.and").join(
        with_unit(measure, kept[measure]) for measure in Measure if measure in measures(rule)
    )


def limit_words(rule: Rule, kind: LimitKind, limit: int) -> str:
    """Name an absolute limit."""
    return text(f"rules.limit_{kind}", took_part=took_part(rule), limit=limit)


def _numeral(value: int) -> str:
    numerals = text("rules.numerals")
    return numerals[value] if value < len(numerals) else f" {value} "
