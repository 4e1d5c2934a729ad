from bot.menu import menu
from handlers.house import all_routes


def test_every_command_offered_is_one_we_know() -> None:
    offered = {
        command.name for part in (menu().private, menu().groups, menu().administrators) for command in part
    }
    assert offered <= all_routes().commands.keys()
    assert {"report", "mine", "bind"} <= offered


def test_what_is_offered_fits_telegram() -> None:
    for command in (*menu().private, *menu().groups, *menu().administrators):
        assert command.name.isascii()
        assert 0 < len(command.description) <= 256
