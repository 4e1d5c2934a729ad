"""`yishi wechat group`: a group made by the self-built app, and what it is for."""

import asyncio
import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Misused, Refused, command, family
from bot.cli.options import ConfigFile
from handlers.texts import term, text

if TYPE_CHECKING:
    from bot.config import Config
    from storage.messages import Address

Name = Annotated[str, typer.Argument(metavar="NAME", help=text("cli_option.group_name"))]
Members = Annotated[str, typer.Option("--members", metavar="A,B", help=text("cli_option.group_members"))]
Owner = Annotated[str, typer.Option("--owner", metavar="A", help=text("cli_option.group_owner"))]
As = Annotated[str, typer.Option("--as", metavar="ROLE", help=text("cli_option.group_as"))]
At = Annotated[str, typer.Option("--unit", metavar="UNIT", help=text("cli_option.bind_unit"))]
_USERID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_@.-]{0,63}")
_FEWEST, _MOST = 2, 2000
_LONGEST_NAME = 50


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(family(app, "wechat"), "wechat_group", "group")
    def group(
        name: Name,
        *,
        members: Members,
        owner: Owner = "",
        role: As = "",
        unit: At = "",
        config: ConfigFile = None,
    ) -> None:
        from bot.cli.groups import bind_here, read_role
        from bot.cli.opening import settle

        settled, people = settle(config), read_people(members, owner)
        if not 0 < len(name.strip()) <= _LONGEST_NAME:
            raise Misused(text("wechat_cli.group_name", most=_LONGEST_NAME))
        meant = read_role(role) if role else None
        address = asyncio.run(_create(settled, name.strip(), people))
        typer.echo(text("wechat_cli.group_made", name=name.strip(), address=address, count=len(people)))
        if meant is None:
            typer.echo(text("wechat_cli.group_bind", address=address))
            return
        typer.echo(text("wechat_cli.group_binding", role=term("group", meant)))
        asyncio.run(bind_here(settled, address, meant, unit, new=False))


def read_people(members: str, owner: str) -> list[str]:
    """Read the accounts, the owner's first, each once. Misused with what is wrong about them."""
    named = [one.strip() for one in re.split(r"[,，、;；\s]+", f"{owner},{members}") if one.strip()]
    people = list(dict.fromkeys(named))
    if unfit := [one for one in people if not _USERID.fullmatch(one)]:
        raise Misused(text("wechat_cli.group_unfit", names="、".join(unfit)))
    if not _FEWEST <= len(people) <= _MOST:
        raise Misused(text("wechat_cli.group_size", fewest=_FEWEST, most=_MOST))
    return people


async def _create(config: "Config", name: str, people: list[str]) -> "Address":
    """Make it (appchat/create); its first member owns it."""
    from bot.cli.wechat_line import app_line
    from bot.platforms.wecom_app_settings import GROUP, PLATFORM
    from storage.messages import Address

    async with app_line(config) as line:
        answer = await line.ask("appchat/create", {"name": name, "owner": people[0], "userlist": [*people]})
    chat = answer.get("chatid")
    if not isinstance(chat, str) or not chat:
        raise Refused(text("wechat_cli.no_answer", reason="appchat/create"))
    return Address(PLATFORM, f"{GROUP}{chat}")
