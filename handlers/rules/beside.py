"""What a closed poll keeps beside its strict verdict, as it is told: how many stood back, and the result with non-voters.

The grounds of 从多 stand in `Poll.deemed` as {clause, warning, earlier_meetings}. In `Poll.verdict` two things may
join the strict verdict: `recused` (persons), and `deemed` {clause, joined, outcome, tally, served, to}, of which `to`
are receipts and `served` the heads and area of whoever was served, cast nothing and was free to.
"""

import json

from handlers.rules.deemed import BothVerdicts, Grounds
from handlers.rules.explain_verdict import explain_arithmetic, explain_both
from handlers.rules.stored import parse_rule, parse_tally, parse_verdict
from handlers.rules.tally import Measures
from handlers.rules.verdict import decide
from handlers.texts import text
from storage.records import Choice, Poll


def dump_grounds(clause: str, warning: str) -> str:
    """The grounds as a poll keeps them; that there was an earlier meeting was said when they were written down."""
    return json.dumps({"clause": clause, "warning": warning, "earlier_meetings": 1}, ensure_ascii=False)


def grounds_of(poll: Poll, served: Measures) -> Grounds:
    """The grounds a poll keeps, with the non-voters who were served."""
    kept = json.loads(poll.deemed)
    return Grounds(str(kept["clause"]), str(kept["warning"]), int(kept["earlier_meetings"]), served)


def warnings_of(poll: Poll) -> tuple[str, ...]:
    """The consequence of not voting, as it was put on file; nothing where there is none."""
    return (grounds_of(poll, Measures(0)).warning,) if poll.deemed else ()


def recused_lines(count: int) -> tuple[str, ...]:
    """How many stood back, never who or why: no statute takes them out of the roll, so they stay in the base."""
    return (text("rules.stood_back", count=count),) if count else ()


def beside_lines(poll: Poll) -> tuple[str, ...]:
    """What a closed poll tells beside its strict verdict: both results with the sums of the second, who stood back."""
    kept: dict[str, object] = json.loads(poll.verdict)
    recused = recused_lines(int(str(kept.get("recused", 0))))
    return (*_deemed_lines(poll, kept.get("deemed")), *recused)


def _deemed_lines(poll: Poll, block: object) -> tuple[str, ...]:
    if not isinstance(block, dict):
        return ()
    rule, joined = parse_rule(poll.rule), block["joined"]
    strict, deemed = parse_verdict(rule, poll.verdict), decide(rule, parse_tally(block["tally"]))
    moved = deemed.tally.participation - strict.tally.participation
    both = BothVerdicts(strict, deemed, Choice(str(joined)) if joined else None, moved)
    sums = explain_arithmetic(deemed) if joined else ()
    return (*explain_both(both, grounds_of(poll, moved)), *sums, text("rules.strict_decides"))
