"""`yishi show`: what the house knows, as its staff see it."""

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Misused, Refused, command
from bot.cli.options import AsJson, ConfigFile, Count, UnitName
from handlers.texts import text

if TYPE_CHECKING:
    from bot.config import Config


class Noun(StrEnum):
    """What can be shown."""

    ISSUES = "issues"
    TOPICS = "topics"
    CASES = "cases"
    POLLS = "polls"
    TASKS = "tasks"
    NOTICES = "notices"
    MEETINGS = "meetings"


What = Annotated[str, typer.Argument(metavar="NOUN", help=text("cli_option.noun", nouns="|".join(Noun)))]
Number = Annotated[int | None, typer.Argument(metavar="[N]", min=1, help=text("cli_option.number"))]


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "show")
    def show(
        noun: What,
        number: Number = None,
        *,
        unit: UnitName = "",
        count: Count = 30,
        config: ConfigFile = None,
        as_json: AsJson = False,
    ) -> None:
        from bot.cli.opening import settle

        asyncio.run(_show(settle(config), _noun(noun), number, unit, count, as_json=as_json))


def _noun(said: str) -> Noun:
    """Read issues or issue; Misused with the words there are."""
    for noun in Noun:
        if said in {noun.value, noun.value.removesuffix("s")}:
            return noun
    raise Misused(text("cli.bad_noun", said=said, nouns="、".join(Noun)))


async def _show(
    config: "Config", noun: Noun, number: int | None, unit: str, count: int, *, as_json: bool
) -> None:
    from bot.cli.facts import CASES, COLUMNS, Asked, gather
    from bot.cli.opening import opened
    from bot.cli.screen import show_json, show_table

    asked = Asked(noun.value, number, unit, count)
    async with opened(config.storage.url) as database:
        facts = await database.read(lambda tx: gather(tx, asked, config.community.timezone))
    if number is not None and not facts:
        raise Refused(text("cli.no_such", noun=text(f"cli_noun.{noun.value}"), number=number))
    if as_json:
        for fact in facts:
            show_json(fact.row)
        return
    columns = CASES if noun is Noun.CASES else COLUMNS[noun.value]
    show_table(columns, (fact.cells for fact in facts), "cli.nothing_there")
    if number is not None:
        for fact in facts:
            for line in fact.more:
                typer.echo(line)
