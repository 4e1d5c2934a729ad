"""What a poll still lacks, in plain words for whoever organises it."""

from handlers.rules.outlook import Gap, Need
from handlers.rules.rule import Rule
from handlers.rules.wording import took_part, with_unit
from handlers.texts import text


def explain_gap(rule: Rule, gap: Gap) -> tuple[str, ...]:
    """Return one line for participation, one for the yes, or one that says that nothing is missing."""
    lines = []
    if gap.participation:
        lines.append(
            text("rules.gap_participation", took_part=took_part(rule), needs=_needs(gap.participation))
        )
    if gap.yes:
        lines.append(text("rules.gap_yes", needs=_needs(gap.yes)))
    return tuple(lines) or (text("rules.gap_none"),)


def _needs(entries: tuple[tuple[Need, ...], ...]) -> str:
    return text("rules.and").join(text("rules.or").join(_need(need) for need in needs) for needs in entries)


def _need(need: Need) -> str:
    if need.missing is None:
        return text("rules.gap_never", measure=text(f"rules.measure_{need.measure}"))
    missing = with_unit(need.measure, need.missing)
    if need.reachable:
        return missing
    return text("rules.gap_beyond", need=missing, left=with_unit(need.measure, need.left))
