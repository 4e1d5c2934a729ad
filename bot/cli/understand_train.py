"""Learning anew, and going back to what was used before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import typer

from bot.cli.acting import act
from bot.cli.front import Refused
from bot.cli.opening import opened
from bot.cli.understand_lessons import Material, material
from bot.config import Config
from bot.config.handed import house_settings
from handlers.events import ModelRetired, ModelTrained
from handlers.intake.refitting import LEAST, Contest, Trial, contest, divided, refit
from handlers.intake.training import examples
from handlers.intake.weights import Weights
from handlers.texts import text
from handlers.work import Work
from storage import models
from storage.records import Model


async def train(config: Config) -> None:
    """Learn from what people decided. Refused with both figures when the result is worse, or with too little to learn."""
    async with opened(config.storage.url) as database:
        found = await material(database, config)
        if len(found.taught) < LEAST:
            raise Refused(text("understand.too_few", count=len(found.taught), least=LEAST))
        with _waiting(len(found.taught)):
            new, tried = _learn(found)
        figures = _figures(tried)
        if not tried.won:
            raise Refused(text("understand.worse", **figures))

        async def keep(work: Work) -> int:
            kept = Model(0, work.now, len(found.taught), new.written(), None)
            number = await models.add(work.tx, kept)
            before, after = (_written(trial) for trial in (tried.held_before, tried.held_after))
            await work.record(ModelTrained(number, before, after))
            return number

        number = await act(database, house_settings(config), keep)
    typer.echo(text("understand.trained", number=number, **figures))


def _learn(found: Material) -> tuple[Weights, Contest]:
    learnt, apart = divided(found.taught)
    shipped = examples()
    new = refit(shipped, learnt, found.aliases)
    bare = replace(found.aliases, places={})  # the names are spelt out in the examples already
    return new, contest(bare, new, apart, shipped)


def _figures(tried: Contest) -> dict[str, str]:
    return {
        "held_before": _written(tried.held_before),
        "held_after": _written(tried.held_after),
        "shipped_before": _written(tried.shipped_before),
        "shipped_after": _written(tried.shipped_after),
    }


def _written(trial: Trial) -> str:
    return f"{trial.right}/{trial.count}"


@contextmanager
def _waiting(count: int) -> Iterator[None]:
    """Say on the error stream that this takes a while; where somebody looks on, let something move."""
    from rich.console import Console

    console, said = Console(stderr=True), text("understand.learning", count=count)
    if console.is_terminal:
        with console.status(said):
            yield
    else:
        typer.echo(said, err=True)
        yield


async def go_back(config: Config) -> None:
    """Use what was used before the last training. Refused when that is what came with the program already."""
    async with opened(config.storage.url) as database:
        current = await database.read(models.current)
        if current is None:
            raise Refused(text("understand.nothing_learned"))

        async def retire(work: Work) -> None:
            await models.retire(work.tx, current.id, work.now)
            await work.record(ModelRetired(current.id))

        await act(database, house_settings(config), retire)
        before = await database.read(models.current)
    now_used = text("understand.used_model", number=before.id) if before else text("understand.used_shipped")
    typer.echo(text("understand.went_back", number=current.id, used=now_used))
