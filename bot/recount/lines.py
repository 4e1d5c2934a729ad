"""A recounted case in plain words: the outcome, and every sum so that anybody can do it on paper."""

from collections.abc import Iterator

from bot.recount.cases import Case, Pressed
from bot.recount.counts import Count, Opinion
from bot.recount.judging import Bar, Finding, Judgement, Limit, Sum
from bot.recount.numbers import digits
from bot.recount.owners import Weight
from bot.recount.published import Recounted
from bot.recount.reading import visible
from bot.recount.tallies import Tallied
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
    yield from _sums(answer.strict)
    if answer.deemed is None:
        return
    yield text("recount.strict", outcome=_outcome(answer.strict))
    if answer.deemed.joined is None:
        yield text("recount.nobody_joined")
        return
    yield text("recount.joined", choice=_choice(answer.deemed.joined), moved=_moved(answer))
    yield from _sums(answer.deemed.judgement)
    yield text("recount.deemed", outcome=_outcome(answer.deemed.judgement))


def _recounted(answer: Recounted) -> Iterator[str]:
    yield text("recount.case", id=visible(answer.id), outcome=_outcome(answer.judgement))
    yield f"  {visible(answer.question)}"
    yield from _basis(answer.rule.basis)
    yield from _counted(answer.count)
    yield from _sums(answer.judgement)
    for one in answer.differences:
        yield text("recount.differs", where=one.where, stated=visible(one.stated), found=visible(one.found))
    key = "disagrees" if answer.differences else "agrees"
    yield text(f"recount.{key}", ballots=answer.ballots, count=len(answer.differences), seal=answer.seal)


def _outcome(judgement: Judgement) -> str:
    return text(f"recount.{judgement.outcome}")


def _choice(opinion: Opinion) -> str:
    return text(f"recount.{opinion}")


def _moved(answer: Tallied) -> str:
    assert answer.deemed is not None
    amounts = answer.deemed.moved.items()
    return text("recount.and").join(
        text(f"recount.amount_{measure}", amount=digits(amount)) for measure, amount in amounts
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


def _sums(judgement: Judgement) -> Iterator[str]:
    for finding in judgement.findings:
        if len(finding.parts) > 1:
            yield text("recount.one_suffices")
        for part in finding.parts:
            if isinstance(part, Sum):
                yield _sum(finding, part)
            elif not _goes_without_saying(part):
                yield _limit(part)


def _goes_without_saying(part: Limit) -> bool:
    return part.holds and part.bar is Bar.YES and part.limit == 1


def _sum(finding: Finding, part: Sum) -> str:
    clause = part.clause
    return text(
        "recount.sum",
        step=text(f"recount.step_{finding.step}"),
        measure=term("measure", clause.measure),
        base=term("base", clause.base),
        counted=digits(part.counted),
        den=clause.den,
        left=digits(part.left),
        relation=_relation(part),
        whole=digits(part.whole),
        num=clause.num,
        right=digits(part.right),
        wanted=text("recount.more_than" if clause.op == ">" else "recount.at_least"),
        mark=_mark(part),
    )


def _relation(part: Sum) -> str:
    if part.left == part.right:
        return "="
    return ">" if part.left > part.right else "<"


def _limit(part: Limit) -> str:
    return text(f"recount.{part.bar}", counted=part.counted, limit=part.limit, mark=_mark(part))


def _mark(part: Sum | Limit) -> str:
    return text("recount.holds" if part.holds else "recount.fails")
