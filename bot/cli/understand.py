"""`yishi understand`: what messages mean, how well they are understood here, and learning from those who sort them."""

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Ending, Front, command
from bot.cli.options import AsJson, ConfigFile, UnitName
from handlers.texts import text

if TYPE_CHECKING:
    from typing import BinaryIO

    from bot.config import Config

File = Annotated[str, typer.Argument(metavar="FILE", help=text("cli_option.understand_file"))]
_READ = "read"
_STANDARD_INPUT = "-"


class FilesToo(Front):
    """A group of commands whose first word may also be a file, which is then read."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Anything that is neither a command nor a wish for help is for `read`."""
        meant = args[0] if args else "--help"
        return super().parse_args(ctx, args if meant in {*self.commands, "--help"} else [_READ, *args])


def enter(app: typer.Typer) -> None:
    """Add the commands."""
    understand = typer.Typer(
        name="understand",
        cls=FilesToo,
        no_args_is_help=True,
        help=text("cli_help.understand"),
        epilog=text("cli_example.understand"),
    )
    app.add_typer(understand)

    @command(understand, "understand_read", _READ)
    def read(file: File, config: ConfigFile = None) -> None:
        from bot.cli.opening import settle

        settled = settle(config)
        known = settled if config else None
        if file == _STANDARD_INPUT:
            _read(sys.stdin.buffer, settled, known)
            return
        with _opened(file) as lines:
            _read(lines, settled, known)

    @command(understand, "understand_eval", "eval")
    def evaluate(unit: UnitName = "", config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli import understand_eval
        from bot.cli.opening import settle

        asyncio.run(understand_eval.evaluate(settle(config), unit, as_json=as_json))

    @command(understand, "understand_train", "train")
    def train(config: ConfigFile = None) -> None:
        from bot.cli import understand_train
        from bot.cli.opening import settle

        asyncio.run(understand_train.train(settle(config)))

    @command(understand, "understand_back", "back")
    def back(config: ConfigFile = None) -> None:
        from bot.cli import understand_train
        from bot.cli.opening import settle

        asyncio.run(understand_train.go_back(settle(config)))


def _opened(file: str) -> "BinaryIO":
    from pathlib import Path

    from bot.cli.front import Refused

    try:
        return Path(file).open("rb")
    except OSError:
        raise Refused(text("understand.unreadable", path=file)) from None


def _read(lines: "BinaryIO", config: "Config", known: "Config | None") -> None:
    """`known` is a configuration somebody named, whose community's names and lessons are used."""
    from bot.cli.understand_lines import tell
    from handlers.intake.aliases import NONE

    aliases = NONE
    if known:
        from bot.cli.understand_lessons import heard_here

        aliases = asyncio.run(heard_here(known))
    try:
        faults = tell(lines, config, aliases)
    except BrokenPipeError:  # whoever read along has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    if faults:
        raise typer.Exit(Ending.REFUSED)
