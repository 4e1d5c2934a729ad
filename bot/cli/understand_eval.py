"""How well messages are understood here, by what those who sort issues decided."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import TypedDict

import typer

from bot.cli.opening import opened
from bot.cli.screen import show_json, show_table
from bot.cli.understand_lessons import settled_lessons
from bot.config import Config
from handlers.intake.measuring import (
    ENOUGH,
    Score,
    affirmed,
    agreement,
    percent,
    scores,
    settled,
    standing,
    trusted,
)
from handlers.issues.trusting import LATEST, REMEMBERED
from handlers.texts import term, text
from storage import lessons, units
from storage.database import Transaction
from storage.records import Aspect, Category, Lesson, UnitKind

_COLUMNS = ("class", "so", "said", "hits", "precision", "recall", "f1")
_BY_CLASS = (Aspect.KIND, Aspect.CATEGORY)


class Measured(TypedDict):
    """A class as JSON has it: how often it was so, was said, and both; shares as decimals, null for none."""

    aspect: str
    word: str
    so: int
    said: int
    hits: int
    precision: float | None
    recall: float | None
    f1: float | None


async def evaluate(config: Config, unit: str, *, as_json: bool) -> None:
    """Print every score there is, and what may be done automatically."""
    async with opened(config.storage.url) as database:
        taught = await database.read(lambda tx: settled_lessons(tx, unit))
        trust = await database.read(lambda tx: automation(tx, config, datetime.now(UTC)))
    if as_json:
        for aspect, score in _all(taught):
            show_json(_measured(aspect, score))
        return
    if not taught:
        typer.echo(text("understand.no_lessons"))
        return
    _show(taught)
    for sentence in trust:
        typer.echo(sentence)


def _all(taught: Sequence[Lesson]) -> list[tuple[Aspect, Score]]:
    found = [(aspect, score) for aspect in _BY_CLASS for score in scores(taught, aspect)]
    return [*found, *((score_of, _whole(taught, score_of)) for score_of in _whole_aspects())]


def _whole_aspects() -> tuple[Aspect, ...]:
    return Aspect.PLACE, Aspect.SAME, Aspect.SECOND


def _whole(taught: Sequence[Lesson], aspect: Aspect) -> Score:
    return agreement(taught, aspect) if aspect is Aspect.PLACE else affirmed(taught, aspect)


def _measured(aspect: Aspect, score: Score) -> Measured:
    return Measured(
        aspect=aspect,
        word=score.word,
        so=score.so,
        said=score.said,
        hits=score.hits,
        precision=_decimal(score.precision),
        recall=_decimal(score.recall),
        f1=_decimal(score.f1),
    )


def _decimal(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)


def _show(taught: Sequence[Lesson]) -> None:
    issues = len({one.issue_id for one in taught})
    typer.echo(text("understand.judged", count=issues))
    for aspect in _BY_CLASS:
        typer.echo(text("understand.by", aspect=term("aspect", aspect)))
        rows = [_cells(term(aspect, one.word), one) for one in scores(taught, aspect)]
        show_table(_COLUMNS, rows, "cli.nothing_there")
    typer.echo(text("understand.rest"))
    whole = [_cells(term("aspect", aspect), _whole(taught, aspect)) for aspect in _whole_aspects()]
    show_table(_COLUMNS, whole, "cli.nothing_there")


def _cells(word: str, score: Score) -> tuple[object, ...]:
    shares = (percent(share) for share in (score.precision, score.recall, score.f1))
    return (word, score.so, score.said, score.hits, *shares)


async def automation(tx: Transaction, config: Config, now: datetime) -> list[str]:
    """For each community and each category the operator named: whether it does without a person's word, and why not."""
    named = config.understanding.automatic
    found = []
    for unit in await units.all_units(tx) if named else ():
        if unit.kind is UnitKind.COMMUNITY:
            for one in named:
                taught = await lessons.of_class(tx, unit.id, one, now - REMEMBERED, LATEST)
                found.append(_said(unit.name, standing(settled(taught), one), config.understanding.threshold))
    return found


def _said(unit: str, score: Score, threshold: Fraction) -> str:
    values = {"unit": unit, "category": term("category", Category(score.word)), "count": score.said}
    if trusted(score, threshold):
        key = "automatic"
    else:
        key = "not_enough" if score.said < ENOUGH else "not_good_enough"
    shares = {"share": percent(score.precision), "threshold": percent(threshold), "hits": score.hits}
    return text(f"understand.{key}", **values, **shares, enough=ENOUGH)
