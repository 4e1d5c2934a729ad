"""A ballot of more than yes or no: what stands on it, and whether it may stand there."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.recount.asking import NONE, Ask, Kind
from bot.recount.reading import Node, Unreadable

Steps = tuple[frozenset[int], ...]


class Says(StrEnum):
    """The name under which a ballot says what it says."""

    ABSTAIN = "abstain"
    PICKS = "picks"
    SCORES = "scores"
    RANKING = "ranking"
    CONSENT = "consent"


class Stance(StrEnum):
    """In a consent round."""

    AGREE = "agree"
    RESERVED = "reserved"
    OBJECT = "object"


_ANSWERS = {
    Kind.SINGLE: Says.PICKS,
    Kind.SEVERAL: Says.PICKS,
    Kind.SENSE: Says.PICKS,
    Kind.SCORE: Says.SCORES,
    Kind.SCHULZE: Says.RANKING,
    Kind.STV: Says.RANKING,
    Kind.CONSENT: Says.CONSENT,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """`steps`: best first, what is ticked being one step; those not named come after all. `marks` by option."""

    says: Says
    steps: Steps = ()
    marks: tuple[int, ...] = ()
    stance: Stance | None = None
    reason: str = ""


def read_paper(ask: Ask, node: Node) -> Paper:
    """Read the ballot of an ask, e.g. `{"picks": {"options": [2]}}`. Unreadable where it is not a valid one."""
    names = list(node.only(*Says).table())
    if len(names) != 1:
        raise Unreadable("not_one_answer", node.where)
    says, inside = Says(names[0]), node.field(names[0])
    if says is Says.ABSTAIN:
        inside.only()
        return Paper(says)
    if says is Says.PICKS:
        return _picks(ask, inside.only("options").field("options"))
    if says is not _ANSWERS[ask.kind]:
        raise Unreadable("other_kind_of_ballot", node.where)
    if says is Says.SCORES:
        return _scores(ask, inside.only("marks").field("marks"))
    if says is Says.RANKING:
        return _ranking(ask, inside.only("steps").field("steps"))
    return _consent(inside.only("stance", "reason"))


def accepted(paper: Paper) -> frozenset[int]:
    """The numbers a ballot says yes to: ticked, or ranked before 0, or given marks (see `agrees`)."""
    if paper.says is Says.SCORES:
        return frozenset(range(1, len(paper.marks) + 1))
    if paper.says is not Says.RANKING:
        return frozenset(number for step in paper.steps for number in step)
    better: set[int] = set()
    for step in paper.steps:
        if NONE in step:
            break
        better |= step
    return frozenset(better or {NONE})


def agrees(paper: Paper) -> bool:
    """Whether a ballot says yes to anything at all, in a consent round: does not object."""
    if paper.says is Says.CONSENT:
        return paper.stance is not Stance.OBJECT
    return bool(accepted(paper) - {NONE})


def _picks(ask: Ask, node: Node) -> Paper:
    step = frozenset(_numbers(ask, node, set()))
    rejects = step == {NONE}
    if _ANSWERS[ask.kind] is not Says.PICKS and not rejects:
        raise Unreadable("other_kind_of_ballot", node.where)
    if not step or (NONE in step and not rejects) or len(step) > ask.most:
        raise Unreadable("so_many_ticks", node.where, most=ask.most)
    return Paper(Says.PICKS if _ANSWERS[ask.kind] is not Says.RANKING else Says.RANKING, (step,))


def _scores(ask: Ask, node: Node) -> Paper:
    marks = tuple(mark.whole() for mark in node.items())
    if len(marks) != len(ask.options) or any(not ask.lowest <= mark <= ask.highest for mark in marks):
        raise Unreadable(
            "marks_off", node.where, count=len(ask.options), lowest=ask.lowest, highest=ask.highest
        )
    return Paper(Says.SCORES, marks=marks)


def _ranking(ask: Ask, node: Node) -> Paper:
    seen: set[int] = set()
    steps = tuple(frozenset(_numbers(ask, step, seen)) for step in node.items())
    if not steps or not all(steps):
        raise Unreadable("nobody_ranked", node.where)
    if ask.kind is Kind.STV and len(seen) > len(steps):
        raise Unreadable("no_equals", node.where)
    return Paper(Says.RANKING, steps)


def _consent(node: Node) -> Paper:
    stance, reason = node.field("stance").one_of(Stance), node.field("reason").words()
    if stance is Stance.OBJECT and not reason.strip():
        raise Unreadable("no_reason", node.where)
    return Paper(Says.CONSENT, stance=stance, reason=reason)


def _numbers(ask: Ask, node: Node, seen: set[int]) -> Iterator[int]:
    """Each number once on a whole ballot; `seen` are those it bore before and grows."""
    for item in node.items():
        number = item.whole()
        if number not in ask.numbers:
            raise Unreadable("no_such_option", item.where, number=number)
        if number in seen:
            raise Unreadable("option_twice", item.where, number=number)
        seen.add(number)
        yield number
