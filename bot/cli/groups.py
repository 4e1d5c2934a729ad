"""`yishi groups`: which chats are bound, and binding them from here."""

import asyncio
import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Misused, Refused, command, family
from bot.cli.options import AsJson, ConfigFile
from handlers.texts import meaning, term, terms, text

if TYPE_CHECKING:
    from bot.config import Config
    from handlers.work import Work
    from storage.messages import Address
    from storage.records import Group, GroupRole, Unit

Chat = Annotated[str, typer.Argument(metavar="ADDRESS", help=text("cli_option.address"))]
As = Annotated[str, typer.Option("--as", metavar="ROLE", help=text("cli_option.as_role"))]
At = Annotated[str, typer.Option("--unit", metavar="UNIT", help=text("cli_option.bind_unit"))]
New = Annotated[bool, typer.Option("--new-unit", help=text("cli_option.new_unit"))]
_GROUP = re.compile(r"-\d{1,20}")


def enter(app: typer.Typer) -> None:
    """Add the commands."""
    groups = family(app, "groups")

    @command(groups, "groups_list", "list")
    def show(config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli.opening import settle

        asyncio.run(_show(settle(config), as_json=as_json))

    @command(groups, "groups_places", "places")
    def places(config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli.opening import settle

        asyncio.run(_places(settle(config), as_json=as_json))

    @command(groups, "groups_bind", "bind")
    def bind(address: Chat, role: As, unit: At = "", new: New = False, config: ConfigFile = None) -> None:
        from bot.cli.opening import settle

        where, what = read_address(address), read_role(role)
        asyncio.run(bind_here(settle(config), where, what, unit, new=new))

    @command(groups, "groups_unbind", "unbind")
    def unbind(address: Chat, config: ConfigFile = None) -> None:
        from bot.cli.opening import settle

        asyncio.run(_unbind(settle(config), read_address(address)))


def read_address(written: str) -> "Address":
    """Read telegram:-100…; Misused when it is no group's address."""
    from storage.messages import Address

    try:
        address = Address.parse(written.strip())
    except ValueError:
        raise Misused(text("cli.bad_address", written=written)) from None
    if address.platform == "telegram" and not _GROUP.fullmatch(address.chat):
        raise Misused(text("cli.bad_telegram_group", written=written))
    return address


def read_role(written: str) -> "GroupRole":
    """Read 居民群 or residents; Misused with the words there are."""
    from storage.records import GroupRole

    try:
        return GroupRole(meaning("group", written.strip()) or written.strip())
    except ValueError:
        roles = "、".join(terms("group").values())
        raise Misused(text("cli.bad_group_role", written=written, roles=roles)) from None


async def _show(config: "Config", *, as_json: bool) -> None:
    from bot.cli.opening import opened
    from bot.cli.screen import plain, show_json, show_table
    from storage import units
    from storage.groups import address_of
    from storage.listings import all_groups

    async with opened(config.storage.url) as database:
        found = await database.read(all_groups)
        names = {unit.id: unit.name for unit in await database.read(units.all_units)}
    if as_json:
        for group in found:
            show_json({**plain(group), "address": str(address_of(group)), "unit": names[group.unit_id]})
        return
    rows = (
        (address_of(one), term("group", one.role), names[one.unit_id], term("group_state", one.state))
        for one in found
    )
    show_table(("address", "group_role", "unit", "state"), rows, "cli.no_groups")


async def _places(config: "Config", *, as_json: bool) -> None:
    from bot.cli.opening import opened
    from bot.cli.places import places
    from bot.cli.screen import show_json, show_table
    from handlers.members.chat import place_code

    async with opened(config.storage.url) as database:
        found = await database.read(places)
    if as_json:
        for unit in found:
            show_json({"unit": unit.name, "code": place_code(unit)})
        return
    show_table(("unit", "place_code"), ((unit.name, place_code(unit)) for unit in found), "cli.no_places")


async def bind_here(config: "Config", where: "Address", role: "GroupRole", unit: str, *, new: bool) -> None:
    """Bind a group as somebody there would, and say so. Refused as they would be."""
    from bot.cli.acting import act
    from bot.cli.opening import Absent, opened
    from bot.cli.places import community_name, known_unit
    from bot.config.handed import house_settings
    from handlers.units.chat import bind_group

    async def job(work: "Work") -> tuple["Group", "Unit"]:
        name = unit or await community_name(work.tx, config)
        found = await known_unit(work.tx, name, config, new=new)
        return await bind_group(work, where, role, found), found

    async with opened(config.storage.url, Absent.CREATE) as database:
        group, found = await act(database, house_settings(config), job)
    typer.echo(text("cli.bound", address=where, unit=found.name, role=term("group", group.role)))


async def _unbind(config: "Config", where: "Address") -> None:
    from bot.cli.acting import act
    from bot.cli.opening import opened
    from bot.config.handed import house_settings
    from handlers.events import GroupLost
    from storage import groups

    async def job(work: "Work") -> None:
        known = await groups.at(work.tx, where)
        if known is None or groups.address_of(known) != where:
            raise Refused(text("cli.not_bound", address=where))
        for group in await groups.lose(work.tx, where):
            await work.record(GroupLost(group.id))

    async with opened(config.storage.url) as database:
        await act(database, house_settings(config), job)
    typer.echo(text("cli.unbound", address=where))
