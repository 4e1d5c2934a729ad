"""What is asked, what was cast and what came of it, as JSON text: the form a poll keeps and a recount reads."""

import json
from collections.abc import Mapping
from fractions import Fraction

from pydantic import TypeAdapter, ValidationError

from handlers.choices.ask import Ask
from handlers.choices.cast import Abstention, Cast, Consent, Picks, Ranking, Scores, check
from handlers.choices.count import Count, Standing
from handlers.choices.transfers import Stage
from handlers.rules.tally import Measures

_ASK = TypeAdapter(Ask)
_FORMS: Mapping[str, TypeAdapter[Cast]] = {
    "abstain": TypeAdapter(Abstention),
    "picks": TypeAdapter(Picks),
    "scores": TypeAdapter(Scores),
    "ranking": TypeAdapter(Ranking),
    "consent": TypeAdapter(Consent),
}
_NAMES = {Abstention: "abstain", Picks: "picks", Scores: "scores", Ranking: "ranking", Consent: "consent"}


def dump_ask(ask: Ask) -> str:
    """Return what is asked as JSON text."""
    return _ASK.dump_json(ask).decode()


def parse_ask(source: str) -> Ask:
    """Read what `dump_ask` wrote. Raises ValueError, or Refusal for a list nobody could answer."""
    return _ASK.validate_json(source)


def dump_cast(cast: Cast) -> str:
    """Return a ballot as JSON text, the same for equal ballots."""
    return json.dumps({_NAMES[type(cast)]: _fields(cast)}, ensure_ascii=False)


def parse_cast(ask: Ask, source: str) -> Cast:
    """Read what `dump_cast` wrote. Raises ValueError for what is no ballot, Refusal for one not valid here."""
    table = json.loads(source)
    if not isinstance(table, dict) or len(table) != 1:
        raise ValueError("a ballot is of one kind")
    ((name, fields),) = table.items()
    form = _FORMS.get(name)
    if form is None:
        raise ValueError(f"no ballot is a {name!r}")
    try:
        cast = form.validate_python(fields)
    except ValidationError as error:
        raise ValueError(str(error)) from error
    check(ask, cast)
    return cast


def dump_count(count: Count) -> str:
    """Return a result as JSON text: fractions as "7/2", areas as decimal strings, options by number."""
    tally = count.tally
    table = {
        "kind": count.ask.kind,
        "outcome": count.outcome,
        "winners": count.winners,
        "tied": count.tied,
        "roll": _measures(tally.roll),
        "participation": _measures(tally.participation),
        "returned": _measures(tally.participation if tally.returned is None else tally.returned),
        "abstain": _measures(tally.abstain),
        "backing": _measures(tally.yes),
        "standings": [_standing(standing) for standing in count.standings],
        "quota": count.quota,
        "stages": [_stage(stage) for stage in count.stages],
        "pairs": [[pair.first, pair.second, pair.ahead, pair.behind] for pair in count.pairs],
        "stances": dict(count.stances),
        "reasons": count.reasons,
        "worries": count.worries,
    }
    return json.dumps(table, ensure_ascii=False)


def _fields(cast: Cast) -> dict[str, object]:
    if isinstance(cast, Picks):
        return {"options": sorted(cast.options)}
    if isinstance(cast, Scores):
        return {"marks": cast.marks}
    if isinstance(cast, Ranking):
        return {"steps": [sorted(step) for step in cast.steps]}
    return {"stance": cast.stance, "reason": cast.reason} if isinstance(cast, Consent) else {}


def _standing(standing: Standing) -> dict[str, object]:
    marks = standing.marks
    return {
        "option": standing.option,
        "place": standing.place,
        "support": _measures(standing.support),
        "given": marks.given if marks else None,
        "sum": marks.sum if marks else None,
        "mean": _fraction(marks.mean) if marks else None,
        "median": _fraction(marks.median) if marks else None,
        "outcome": standing.verdict.outcome if standing.verdict else None,
    }


def _stage(stage: Stage) -> dict[str, object]:
    return {
        "votes": [[option, _fraction(votes)] for option, votes in stage.votes],
        "exhausted": _fraction(stage.exhausted),
        "elected": stage.elected,
        "excluded": stage.excluded,
    }


def _measures(amounts: Measures) -> dict[str, object]:
    area = None if amounts.area is None else f"{amounts.area:f}"
    return {"heads": amounts.heads, "area": area, "households": amounts.households}


def _fraction(value: Fraction) -> str:
    return str(value)
