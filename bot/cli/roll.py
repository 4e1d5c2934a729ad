"""`yishi roll`: a list of people is looked through, then taken onto the roll; and who is on it."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import command, family
from bot.cli.options import AsJson, ConfigFile, UnitName
from handlers.texts import term, text

if TYPE_CHECKING:
    from bot.config import Config

File = Annotated[Path, typer.Argument(metavar="FILE", help=text("cli_option.roll_file"))]
Commit = Annotated[bool, typer.Option("--commit", help=text("cli_option.commit"))]
Exact = Annotated[bool, typer.Option("--exact-roles", help=text("cli_option.exact"))]
Codes = Annotated[
    Path | None, typer.Option("--codes", metavar="FILE", dir_okay=False, help=text("cli_option.codes"))
]
Named = Annotated[str, typer.Argument(metavar="[NAME]", help=text("cli_option.person"))]


def enter(app: typer.Typer) -> None:
    """Add the commands."""
    roll = family(app, "roll")

    @command(roll, "roll_import", "import")
    def take(
        file: File,
        *,
        commit: Commit = False,
        unit: UnitName = "",
        exact: Exact = False,
        codes: Codes = None,
        config: ConfigFile = None,
    ) -> None:
        from bot.cli.enrolling import Asked, enrol
        from bot.cli.opening import settle
        from handlers.members.roll import Roles

        asked = Asked(file, unit, Roles.EXACT if exact else Roles.ADD, codes)
        asyncio.run(enrol(settle(config), asked, commit=commit))

    @command(roll, "roll_show", "show")
    def show(
        name: Named = "", unit: UnitName = "", config: ConfigFile = None, as_json: AsJson = False
    ) -> None:
        from bot.cli.opening import settle

        asyncio.run(_show(settle(config), name, unit, as_json=as_json))


async def _show(config: "Config", name: str, unit: str, *, as_json: bool) -> None:
    from bot.cli.opening import opened
    from bot.cli.people import Person, everybody
    from bot.cli.screen import show_json, show_table

    async with opened(config.storage.url) as database:
        found = await database.read(lambda tx: everybody(tx, unit))
    people = [person for person in found if not name or name in person.name]
    if as_json:
        for person in people:
            show_json(person.row())
        return

    def cells(person: Person) -> tuple[object, ...]:
        roles = "、".join(dict.fromkeys(term("role", role) for role, _ in person.roles))
        bound = "、".join(person.bound) or text("cli.not_yet")
        return (person.id, person.name, roles, person.unit, person.door, bound)

    show_table(("id", "person", "roles", "unit", "door", "bound"), map(cells, people), "cli.no_people")
