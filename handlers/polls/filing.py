"""Reading a count taken elsewhere: 应到36 到会34 赞成21 反对9 弃权4, and for owners 面积 after each."""

import re
from decimal import Decimal

from handlers.refusals import Refusal
from handlers.rules.rule import Measure, Rule, measures
from handlers.rules.tally import Measures, Tally
from handlers.words import narrow

_PART = re.compile(
    r"(应到|到会|参与|赞成|反对|弃权)\s*[:：]?\s*(\d+)\s*(?:人|户)?(?:\s*[/／]\s*(\d+(?:\.\d+)?))?"
)
_SAME = {"参与": "到会"}


def read_count(rule: Rule, words: str) -> Tally:
    """The tally somebody reports; `应到18/1800` gives heads and m². Refusal when a part is missing or too large."""
    found = {_SAME.get(part, part): (heads, area) for part, heads, area in _PART.findall(narrow(words))}
    by_area = Measure.AREA in measures(rule)
    if any(part not in found for part in ("应到", "到会", "赞成")) or (
        by_area and not all(a for _, a in found.values())
    ):
        raise Refusal("polls.count_usage_area" if by_area else "polls.count_usage")
    roll, present, yes, no, abstain = (
        _measures(*found.get(part, ("0", "0")), by_area=by_area)
        for part in ("应到", "到会", "赞成", "反对", "弃权")
    )
    try:
        return Tally(roll, present, yes, no, abstain)
    except ValueError as error:
        raise Refusal("polls.count_too_large") from error


def _measures(heads: str, area: str, *, by_area: bool) -> Measures:
    return Measures(int(heads), Decimal(area) if by_area else None)
