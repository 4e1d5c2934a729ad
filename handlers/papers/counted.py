"""A counted poll on paper: the rule, the numbers in every measure, the comparisons anybody can repeat."""

from handlers.papers.facts import Counted, MeasureCount
from handlers.papers.model import Table
from handlers.papers.required import label
from handlers.refusals import Refusal
from handlers.rules.explain_rule import explain_rule
from handlers.rules.explain_verdict import explain_arithmetic, headline
from handlers.rules.rule import Measure, measures
from handlers.rules.tally import Amount, Tally, minus, plus
from handlers.rules.verdict import Verdict
from handlers.rules.wording import plain
from handlers.texts import text


def counted(verdict: Verdict) -> Counted:
    """A verdict in the words and numbers of a paper."""
    rule, tally = verdict.rule, verdict.tally
    counts = tuple(_measured(tally, measure) for measure in Measure if measure in measures(rule))
    quoted = tuple(line.removeprefix(text("papers.rule_prefix")) for line in explain_rule(rule, tally.roll))
    return Counted(counts, quoted, headline(verdict), explain_arithmetic(verdict))


def counts_table(found: Counted) -> Table:
    """One row per measure: 应到 实到 赞成 反对 弃权 未投."""
    headers = tuple(label(name) for name in ("measure", "roll", "present", "yes", "no", "abstain", "idle"))
    return Table(headers, tuple(_row(count) for count in found.counts), (6, 4, 4, 4, 4, 4, 5))


def check_counts(found: Counted) -> None:
    """Refuse numbers that cannot be: more present than on the roll, more cast than present."""
    wrong = [_measure(count) for count in found.counts if not _adds_up(count)]
    if wrong:
        raise Refusal("papers.counts_disagree", measures=text("papers.and").join(wrong))


def _measured(tally: Tally, measure: Measure) -> MeasureCount:
    parts = (tally.roll, tally.participation, tally.yes, tally.no, tally.abstain)
    return MeasureCount(measure, *(_kept(part.of(measure)) for part in parts))


def _kept(value: Amount | None) -> Amount:
    assert value is not None, "the measures a rule speaks of are kept"
    return value


def _row(count: MeasureCount) -> tuple[str, ...]:
    values = (count.roll, count.present, count.yes, count.no, count.abstain, _idle(count))
    return (text(f"papers.in_{count.measure}"), *(plain(value) for value in values))


def _measure(count: MeasureCount) -> str:
    return text(f"rules.measure_{count.measure}")


def _idle(count: MeasureCount) -> Amount:
    return minus(count.present, _cast(count))


def _cast(count: MeasureCount) -> Amount:
    return plus(plus(count.yes, count.no), count.abstain)


def _adds_up(count: MeasureCount) -> bool:
    parts = (count.yes, count.no, count.abstain)
    return min(parts) >= 0 and _cast(count) <= count.present <= count.roll
