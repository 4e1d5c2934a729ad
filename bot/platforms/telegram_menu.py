"""The list of commands Telegram shows beside the input line, one for each kind of place."""

from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.platforms.telegram_errors import told
from bot.platforms.telegram_settings import TelegramSettings


@dataclass(frozen=True, slots=True)
class Command:
    """`name` without the slash, 1-32 of a-z, 0-9 and _; `description` of 1-256 letters."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What is offered where; administrators of a group see theirs instead of the group's."""

    private: tuple[Command, ...] = ()
    groups: tuple[Command, ...] = ()
    administrators: tuple[Command, ...] = ()


async def publish(menu: Menu, bot: Bot, settings: TelegramSettings) -> None:
    """Show this menu from now on; an empty part takes the list of its place away. Raises SendError."""
    parts: tuple[tuple[tuple[Command, ...], BotCommandScope], ...] = (
        (menu.private, BotCommandScopeAllPrivateChats()),
        (menu.groups, BotCommandScopeAllGroupChats()),
        (menu.administrators, BotCommandScopeAllChatAdministrators()),
    )
    for commands, scope in parts:
        shown = [BotCommand(command.name, command.description) for command in commands]
        call = bot.set_my_commands(shown, scope=scope) if shown else bot.delete_my_commands(scope=scope)
        await told(call, settings)
