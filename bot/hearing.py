"""What the house has learned of how people speak: from its configuration and its database."""

from dataclasses import dataclass

import structlog

from handlers.intake.aliases import NONE, Aliases
from handlers.intake.hearing import HearingBook
from handlers.intake.weights import Weights, read_weights
from handlers.settings import Settings
from storage import models, place_names, units
from storage.database import Database, Transaction
from storage.records import Model

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights in use with their number (0 and None: those of the program), and each community's names of places."""

    model: int
    weights: Weights | None
    names: dict[int, dict[str, str]]


async def learn_to_hear(database: Database, settings: Settings, book: HearingBook) -> None:
    """Bring the book up to what is known now. Weights that are in use already are not read again."""
    found = await database.read(lambda tx: _learned(tx, book))
    book.model = found.model
    base = settings.words or NONE
    book.learn(Aliases(base.places, base.lexicon, found.weights), found.names)


async def heard_in(database: Database, settings: Settings) -> Aliases:
    """How the house's own community is heard; where none is named, with the names of all."""
    book = HearingBook()
    await learn_to_hear(database, settings, book)
    named = await database.read(lambda tx: units.named(tx, settings.community)) if settings.community else []
    return book.of(named[0].id).aliases if named else book.everywhere


async def _learned(tx: Transaction, book: HearingBook) -> Learned:
    names: dict[int, dict[str, str]] = {}
    for one in await place_names.everywhere(tx):
        names.setdefault(one.community_id, {})[one.name] = one.meant
    number = await models.current_id(tx)
    if number == book.model:
        return Learned(number, book.usual.aliases.weights, names)
    model = await models.current(tx)
    return Learned(number, _read(model) if model else None, names)


def _read(model: Model) -> Weights | None:
    """Weights learned here; None for those of another version of the program, which tell other things apart."""
    try:
        return read_weights(model.weights)
    except ValueError:
        log.warning("what was learned is of another version: run yishi understand train", model=model.id)
        return None
