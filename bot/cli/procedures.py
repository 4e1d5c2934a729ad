"""`yishi procedures`: what the catalogue holds, and whether a file of one's own could run."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.front import Ending, Refused, command, family
from bot.cli.options import AsJson, ConfigFile
from handlers.texts import text

File = Annotated[Path, typer.Argument(metavar="FILE", help=text("cli_option.procedure_file"))]
Name = Annotated[str, typer.Argument(metavar="ID", help=text("cli_option.procedure"))]


def enter(app: typer.Typer) -> None:
    """Add the commands."""
    procedures = family(app, "procedures")

    @command(procedures, "procedures_list", "list")
    def listed(config: ConfigFile = None, as_json: AsJson = False) -> None:
        del config
        _list(as_json=as_json)

    @command(procedures, "procedures_check", "check")
    def check(file: File, config: ConfigFile = None) -> None:
        del config
        _check(file)

    @command(procedures, "procedures_show", "show")
    def show(name: Name, config: ConfigFile = None) -> None:
        del config
        _show(name)


def _list(*, as_json: bool) -> None:
    from bot.cli.screen import show_json, show_table
    from handlers.procedures.shipped import catalogue

    found = [entry.procedure for entry in catalogue().entries]
    if as_json:
        for one in found:
            show_json(
                {"id": one.id, "name": one.name, "family": one.family, "stages": [s.id for s in one.stages]}
            )
        return
    rows = ((one.id, one.name, len(one.stages), "、".join(one.aliases)) for one in found)
    show_table(("procedure", "name", "stages", "aliases"), rows, "cli.no_procedures")


def _check(file: Path) -> None:
    from handlers.procedures.describe import fault_lines
    from handlers.procedures.loader import read_procedure

    try:
        source = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refused(text("cli.unreadable", path=file)) from None
    reading = read_procedure(source)
    for line in fault_lines(reading.errors):
        typer.echo(line, err=True)
    for line in fault_lines(reading.warnings):
        typer.echo(line)
    if reading.procedure is None:
        raise typer.Exit(Ending.REFUSED)
    name, count = reading.procedure.name, len(reading.procedure.stages)
    typer.echo(text("cli.procedure_fine", name=name, count=count))


def _show(said: str) -> None:
    from handlers.procedures.describe import describe
    from handlers.procedures.shipped import catalogue

    found = catalogue().named(said)
    if not found:
        near = catalogue().nearest(said)
        raise Refused(
            text("cli.no_procedure_guess", said=said, guess=near)
            if near
            else text("cli.no_procedure", said=said)
        )
    if len(found) > 1:
        ids = "、".join(entry.procedure.id for entry in found)
        raise Refused(text("cli.which_procedure", said=said, ids=ids))
    for line in describe(found[0].procedure):
        typer.echo("  " * line.depth + line.text)
