"""What is offered beside people's input lines, where a platform has such a list."""

from bot.platforms.telegram_menu import Command, Menu
from handlers.texts import text

_PRIVATE = ("report", "mine", "status", "vote", "meetings", "start")
_GROUPS = ("report", "mine", "status")
_ADMINISTRATORS = (*_GROUPS, "bind")


def menu() -> Menu:
    """The commands worth showing; every other is a sentence one learns on the way."""
    return Menu(_commands(_PRIVATE), _commands(_GROUPS), _commands(_ADMINISTRATORS))


def _commands(names: tuple[str, ...]) -> tuple[Command, ...]:
    return tuple(Command(name, text(f"menu.{name}")) for name in names)
