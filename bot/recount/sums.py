"""The comparisons of a judgement as sums that anybody can do on paper."""

from collections.abc import Iterable, Iterator

from bot.recount.judging import Bar, Finding, Limit, Sum
from bot.recount.numbers import digits
from handlers.texts import term, text


def sums(findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each comparison; a limit that nobody could miss is left out."""
    for finding in findings:
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
