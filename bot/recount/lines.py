"""A recounted case in plain words: the outcome, and every sum so that anybody can do it on paper."""

from collections.abc import Iterator

from bot.recount.announced import Simple
from bot.recount.cases import Case, Pressed
from bot.recount.counts import Count, Opinion, Quantity
from bot.recount.judging import Judgement, Step
from bot.recount.kinds import SENSE, Reckoned
from bot.recount.numbers import digits
from bot.recount.owners import Weight
from bot.recount.published import Recounted, Result
from bot.recount.reading import visible
from bot.recount.reckoned_lines import reckoned_headline, reckoned_lines
from bot.recount.sums import sums
from bot.recount.tallies import Deemed, Tallied
from handlers.texts import term, text


def lines(case: Case) -> Iterator[str]:
    """A case as lines; the first says what came out."""
    answer = case.answer
    if answer is None:
        yield text("recount.no_answer", id=visible(case.id), fault=case.fault)
    elif isinstance(answer, Weight):
        yield text("recount.weight", id=visible(case.id), heads=answer.heads, area=digits(answer.area))
    elif isinstance(answer, Pressed):
        yield from _pressed(case.id, answer)
    elif isinstance(answer, Recounted):
        yield from _recounted(answer)
    else:
        yield from _tallied(case.id, answer)


def _pressed(name: str, answer: Pressed) -> Iterator[str]:
    yield text(
        "recount.pressed", id=visible(name), heads=answer.weight.heads, area=digits(answer.weight.area)
    )
    for place, became in enumerate(answer.became, start=1):
        yield text("recount.press", place=place, became=text(f"recount.press_{became}"))


def _tallied(name: str, answer: Tallied) -> Iterator[str]:
    yield text("recount.case", id=visible(name), outcome=_outcome(answer.asked_for))
    yield from _basis(answer.rule.basis)
    yield from _counted(answer.count)
    yield from sums(answer.strict.findings)
    if answer.deemed is None:
        return
    yield text("recount.strict", outcome=_outcome(answer.strict))
    yield from _deemed(answer.deemed)


def _deemed(deemed: Deemed) -> Iterator[str]:
    if deemed.joined is None:
        yield text("recount.nobody_joined")
        return
    yield text("recount.joined", choice=_choice(deemed.joined), moved=_amounts(deemed.moved))
    yield from sums(deemed.judgement.findings)
    yield text("recount.deemed", outcome=_outcome(deemed.judgement))


def _recounted(answer: Recounted) -> Iterator[str]:
    yield text("recount.case", id=visible(answer.id), outcome=_headline(answer.result))
    yield f"  {visible(answer.question)}"
    yield from _basis(answer.rule.basis)
    yield from _simple(answer.result) if isinstance(answer.result, Simple) else _reckoned(answer.result)
    for one in answer.differences:
        yield text("recount.differs", where=one.where, stated=visible(one.stated), found=visible(one.found))
    if answer.void:
        yield text("recount.void", reason=visible(answer.void))
    key = "disagrees" if answer.differences else "agrees"
    yield text(f"recount.{key}", ballots=answer.ballots, count=len(answer.differences), seal=answer.seal)


def _headline(result: Result) -> str:
    return _outcome(result.judgement) if isinstance(result, Simple) else reckoned_headline(result)


def _simple(result: Simple) -> Iterator[str]:
    yield from _counted(result.count)
    yield from sums(result.judgement.findings)
    if result.second is not None:
        yield text("recount.strict", outcome=_outcome(result.judgement))
        yield from _deemed(result.second.deemed)


def _reckoned(result: Reckoned) -> Iterator[str]:
    """Who came, the quorum as sums, then what the kind adds."""
    for measure, whole in result.count.roll.items():
        yield text(
            "recount.turnout",
            measure=term("measure", measure),
            roll=digits(whole),
            present=digits(result.count.present[measure]),
            abstain=digits(result.count.cast[Opinion.ABSTAIN][measure]),
        )
    if result.outcome != SENSE:
        yield from sums(one for one in result.turnout.findings if one.step is Step.QUORUM)
    yield from reckoned_lines(result)


def _outcome(judgement: Judgement) -> str:
    return text(f"recount.{judgement.outcome}")


def _choice(opinion: Opinion) -> str:
    return text(f"recount.{opinion}")


def _amounts(quantity: Quantity) -> str:
    return text("recount.and").join(
        text(f"recount.amount_{measure}", amount=digits(amount)) for measure, amount in quantity.items()
    )


def _basis(basis: str) -> Iterator[str]:
    if basis:
        yield text("recount.basis", basis=visible(basis))


def _counted(count: Count) -> Iterator[str]:
    for measure in count.roll:
        cast = {opinion.value: digits(quantity[measure]) for opinion, quantity in count.cast.items()}
        yield text(
            "recount.counted",
            measure=term("measure", measure),
            roll=digits(count.roll[measure]),
            present=digits(count.present[measure]),
            **cast,
        )
