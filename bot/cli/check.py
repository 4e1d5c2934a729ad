"""`yishi check`: the doctor."""

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import typer

from bot.cli.front import Ending, command
from bot.cli.options import AsJson, ConfigFile
from handlers.texts import text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.cli.ailments import Found


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "check")
    def check(config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli.ailments import Level
        from bot.cli.screen import screen, show_json

        found = asyncio.run(_examine(config))
        for one in found:
            if as_json:
                show_json({"check": one.check, "level": one.level, "said": one.said})
            else:
                screen().print(text(f"cli_level.{one.level.value}"), end=" ")
                screen().print(one.said, markup=False)
        counts = Counter(one.level for one in found)
        if not as_json:
            typer.echo(text("cli.check_sum", **{level.value: counts[level] for level in Level}))
        if counts[Level.ERROR]:
            raise typer.Exit(Ending.REFUSED)


async def _examine(file: "Path | None") -> "list[Found]":
    import os

    from bot.cli import ailments, doctor
    from bot.config import BadConfig, load_config

    try:
        config = load_config(file, os.environ)
    except BadConfig as bad:
        faults = [ailments.Found("config", ailments.Level.ERROR, fault.sentence) for fault in bad.faults]
        return [*faults, *ailments.procedures()]
    return await doctor.examine(config)
