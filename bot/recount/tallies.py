"""Cases that give the counted numbers: judged strictly and, where the case says so, with the non-voters joined."""

from dataclasses import dataclass, replace

from bot.recount.counts import Count, Opinion, Quantity, minus, read_count, total
from bot.recount.judging import Judgement, judge
from bot.recount.reading import Node, Unreadable
from bot.recount.rules import Measure, Rule

PLURALITY = "plurality"


@dataclass(frozen=True, slots=True)
class Deemed:
    """从多: the judgement with the non-voters, the opinion they joined (None: two were equally large), how many."""

    judgement: Judgement
    count: Count
    joined: Opinion | None
    moved: Quantity


@dataclass(frozen=True, slots=True)
class Tallied:
    """A count, its strict judgement, and the other where one was asked for."""

    rule: Rule
    count: Count
    strict: Judgement
    deemed: Deemed | None

    @property
    def asked_for(self) -> Judgement:
        """The judgement that is the outcome of the case."""
        return self.deemed.judgement if self.deemed else self.strict


def tally(case: Node, rule: Rule) -> Tallied:
    """Judge a case of kind tally."""
    count = read_count(case, rule.measures())
    silent = minus(count.roll, count.present)
    deemed = join(rule, count, silent) if _wants_deemed(case.field("deemed")) else None
    return Tallied(rule, count, judge(rule, count), deemed)


def join(rule: Rule, count: Count, moved: Quantity) -> Deemed:
    """Judge once more with some of the silent at the opinion that most heads have, at none where two have as many."""
    most = max(cast[Measure.HEADS] for cast in count.cast.values())
    leading = [opinion for opinion, cast in count.cast.items() if cast[Measure.HEADS] == most]
    if len(leading) > 1:
        return Deemed(judge(rule, count), count, None, total((), rule.measures()))
    return _joined(rule, count, leading[0], moved)


def _wants_deemed(node: Node) -> bool:
    if node.absent:
        return False
    join = node.field("nonvoters_join")
    if join.words() != PLURALITY:
        raise Unreadable("not_one_of", join.where, words=PLURALITY)
    return True


def _joined(rule: Rule, count: Count, opinion: Opinion, moved: Quantity) -> Deemed:
    measures = rule.measures()
    grown = replace(
        count,
        present=total((count.present, moved), measures),
        returned=total((count.returned, moved), measures),
        cast={**count.cast, opinion: total((count.cast[opinion], moved), measures)},
    )
    return Deemed(judge(rule, grown), grown, opinion, moved)
