"""`yishi wechat menu`: what people find under the chat with the Official Account."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import command, family
from bot.cli.options import ConfigFile
from handlers.texts import text

if TYPE_CHECKING:
    from bot.config import Config
    from bot.platforms.wechat_oa_menu import Item

Commit = Annotated[bool, typer.Option("--commit", help=text("cli_option.menu_commit"))]


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(family(app, "wechat"), "wechat_menu", "menu")
    def menu(config: ConfigFile = None, *, commit: Commit = False) -> None:
        from bot.cli.opening import settle

        settled = settle(config)
        for line in _shown(items()):
            typer.echo(line)
        if not commit:
            typer.echo(text("wechat_cli.menu_preview"))
            return
        asyncio.run(_set(settled))
        typer.echo(text("wechat_cli.menu_set"))


def items() -> "tuple[Item, ...]":
    """The menu of this house."""
    from bot.platforms.wechat_oa_menu import Item

    more = tuple(_tap(name) for name in ("status", "meetings", "help"))
    return _tap("report"), _tap("mine"), Item(text("wechat_menu.more"), below=more)


def _tap(name: str) -> "Item":
    from bot.platforms.wechat_oa_menu import Item

    return Item(text(f"wechat_menu.{name}"), text(f"wechat_menu.{name}_says"))


def _shown(found: "tuple[Item, ...]") -> list[str]:
    lines = [text("wechat_cli.menu_begins")]
    for item in found:
        lines.append(_line(item, ""))
        lines += [_line(below, "  ") for below in item.below]
    return lines


def _line(item: "Item", indent: str) -> str:
    if not item.says:
        return indent + text("wechat_cli.menu_opens", name=item.name)
    return indent + text("wechat_cli.menu_says", name=item.name, says=item.says)


async def _set(config: "Config") -> None:
    from bot.cli.wechat_line import account_line
    from bot.platforms.wechat_oa_menu import menu_body

    async with account_line(config) as line:
        await line.ask("menu/create", menu_body(items()))
