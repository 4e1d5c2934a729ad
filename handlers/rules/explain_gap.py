"""What a poll still lacks, in plain words for whoever organises it."""

from handlers.rules.outlook import Need
from handlers.rules.rule import Rule
from handlers.rules.wording import took_part, with_unit
from handlers.texts import text


def explain_gap(rule: Rule, needs: tuple[tuple[Need, ...], ...]) -> str:
    """Return who is still missing (`still_needed`), in one line."""
    missing = text("rules.and").join(text("rules.or").join(map(_missing, options)) for options in needs)
    return text("rules.gap", took_part=took_part(rule), needs=missing)


def _missing(need: Need) -> str:
    missing = with_unit(need.measure, need.missing)
    if need.reachable:
        return missing
    return text("rules.gap_beyond", need=missing, left=with_unit(need.measure, need.left))
