"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from handlers.texts import text

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="YISHI_CONFIG", metavar="FILE", help=text("cli_option.config")),
]
AsJson = Annotated[bool, typer.Option("--json", help=text("cli_option.json"))]
UnitName = Annotated[str, typer.Option("--unit", metavar="UNIT", help=text("cli_option.unit"))]
Count = Annotated[int, typer.Option("--last", min=1, max=100_000, help=text("cli_option.last"))]
