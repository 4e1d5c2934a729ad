"""What the house has learned from those who sort issues: read for judging, for training, and to be heard with."""

from dataclasses import dataclass

from bot.cli.front import Refused
from bot.cli.opening import opened
from bot.config import Config
from bot.config.handed import house_settings
from bot.hearing import heard_in, learn_to_hear
from handlers.intake.aliases import NONE, Aliases
from handlers.intake.hearing import HearingBook
from handlers.intake.measuring import settled
from handlers.intake.refitting import Taught, decided, example
from handlers.texts import text
from storage import lessons, units
from storage.database import Database, Transaction, sqlite_path
from storage.records import Lesson
from storage.standing import Standing, look


async def heard_here(config: Config) -> Aliases:
    """How the community of this configuration is heard; without a database, with what its files say."""
    settings = house_settings(config)
    if look(sqlite_path(config.storage.url)) is not Standing.OURS:
        return settings.words or NONE
    async with opened(config.storage.url) as database:
        return await heard_in(database, settings)


async def settled_lessons(tx: Transaction, unit: str) -> list[Lesson]:
    """The last word on everything that was judged in a community, or in all of them for ""."""
    taught = settled(await lessons.everywhere(tx))
    if not unit:
        return taught
    named = await units.named(tx, unit)
    community = await units.community_of(tx, named[0]) if named else None
    if community is None:
        raise Refused(text("understand.no_community", unit=unit))
    inside = {one.issue_id for one in await lessons.texts(tx) if one.community_id == community.id}
    return [one for one in taught if one.issue_id in inside]


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from, and how the house hears now."""

    taught: list[Taught]
    aliases: Aliases


async def material(database: Database, config: Config) -> Material:
    """Every text of the house that people judged in kind and category, the names of its community spelt out."""
    book = HearingBook()
    await learn_to_hear(database, house_settings(config), book)

    async def read(tx: Transaction) -> list[Taught]:
        judged = decided(settled(await lessons.everywhere(tx)))
        return [
            Taught(
                example(one.text, judged[one.issue_id], book.of(one.community_id).aliases.places),
                one.merged_into or one.issue_id,
            )
            for one in await lessons.texts(tx)
            if one.issue_id in judged
        ]

    return Material(await database.read(read), book.usual.aliases)
