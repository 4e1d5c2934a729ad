"""A recounted case for machines: one JSON object."""

from bot.recount.announced import Simple
from bot.recount.cases import Answer, Case, Kind, Pressed
from bot.recount.counts import Count, written
from bot.recount.judging import Finding, Judgement, Limit, Sum
from bot.recount.kinds import SENSE, Reckoned
from bot.recount.numbers import digits
from bot.recount.owners import Weight
from bot.recount.published import Recounted
from bot.recount.tallies import Deemed, Tallied


def as_object(case: Case) -> dict[str, object]:
    """`id`, `kind`, `outcome`, `quorum`, `heads`, `area`, null where a kind has none, and what they follow from.

    A published poll is of kind "export", or of the kind of its ballots, then with `winners` and `tied` by number.
    Amounts of heads are numbers, m² and all products are decimal strings. A case that cannot be counted has the
    outcome null and a `fault`.
    """
    if case.answer is None:
        return {"id": case.id, "outcome": None, "fault": case.fault}
    return {"id": case.id, **_answer(case.answer)}


def _answer(answer: Answer) -> dict[str, object]:
    if isinstance(answer, Weight):
        return {"kind": Kind.ROLL, "outcome": None, "quorum": None, **_weight(answer)}
    if isinstance(answer, Pressed):
        return _pressed(answer)
    return _recounted(answer) if isinstance(answer, Recounted) else _tallied(answer)


def _pressed(answer: Pressed) -> dict[str, object]:
    head = {"kind": Kind.BALLOTS, "outcome": answer.outcome, "quorum": None}
    return {**head, **_weight(answer.weight), "ballots": list(answer.became)}


def _weight(weight: Weight) -> dict[str, object]:
    return {"heads": weight.heads, "area": digits(weight.area)}


def _tallied(answer: Tallied) -> dict[str, object]:
    found = {"kind": Kind.TALLY, **_judged(answer.asked_for, answer.count)}
    if answer.deemed is None:
        return found
    return {**found, "strict": _judgement(answer.strict), "deemed": _deemed(answer.deemed)}


def _deemed(deemed: Deemed) -> dict[str, object]:
    return {**_judgement(deemed.judgement), "joined": deemed.joined, "moved": written(deemed.moved)}


def _recounted(answer: Recounted) -> dict[str, object]:
    found = _simple(answer.result) if isinstance(answer.result, Simple) else _reckoned(answer.result)
    return {
        **found,
        "agrees": not answer.differences,
        "differences": [
            {"where": one.where, "stated": one.stated, "found": one.found} for one in answer.differences
        ],
        "seal": answer.seal,
    }


def _simple(result: Simple) -> dict[str, object]:
    found = {"kind": "export", **_judged(result.judgement, result.count)}
    if result.second is None:
        return found
    second = {**_deemed(result.second.deemed), "served": written(result.second.served)}
    return {**found, "deemed": second}


def _reckoned(result: Reckoned) -> dict[str, object]:
    """A poll with options: who is chosen and who is tied, by number, and how each option came out."""
    return {
        "kind": result.ask.kind,
        "outcome": result.outcome,
        "quorum": None if result.outcome == SENSE else result.turnout.quorum,
        "heads": None,
        "area": None,
        "winners": list(result.winners),
        "tied": list(result.tied),
        "tally": _count(result.count),
        "places": [
            {"option": number, "place": place, **written(result.backing[number])}
            for number, place in result.places
        ],
    }


def _judged(judgement: Judgement, count: Count) -> dict[str, object]:
    return {
        "outcome": judgement.outcome,
        "quorum": judgement.quorum,
        "heads": None,
        "area": None,
        "tally": _count(count),
        "comparisons": _comparisons(judgement),
    }


def _judgement(judgement: Judgement) -> dict[str, object]:
    return {
        "outcome": judgement.outcome,
        "quorum": judgement.quorum,
        "comparisons": _comparisons(judgement),
    }


def _count(count: Count) -> dict[str, object]:
    cast = {opinion.value: written(quantity) for opinion, quantity in count.cast.items()}
    return {"roll": written(count.roll), "participation": written(count.present), **cast}


def _comparisons(judgement: Judgement) -> list[dict[str, object]]:
    return [
        _sum(finding, part) if isinstance(part, Sum) else _limit(finding, part)
        for finding in judgement.findings
        for part in finding.parts
    ]


def _sum(finding: Finding, part: Sum) -> dict[str, object]:
    clause = part.clause
    return {
        "step": finding.step,
        "measure": clause.measure,
        "counted": digits(part.counted),
        "den": clause.den,
        "left": digits(part.left),
        "op": clause.op,
        "base": clause.base,
        "whole": digits(part.whole),
        "num": clause.num,
        "right": digits(part.right),
        "holds": part.holds,
        "one_of": len(finding.parts),
    }


def _limit(finding: Finding, part: Limit) -> dict[str, object]:
    return {
        "step": finding.step,
        "limit": part.bar,
        "counted": part.counted,
        "bound": part.limit,
        "holds": part.holds,
    }
