"""`yishi recount`: count a published poll, or any case written down, once more from the ballots alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Ending, Misused, command, complain
from bot.cli.options import AsJson, ConfigFile
from handlers.texts import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.recount.cases import Case

File = Annotated[Path, typer.Argument(metavar="FILE", help=text("cli_option.recount_file"))]
Seal = Annotated[str, typer.Option("--seal", metavar="SEAL", help=text("cli_option.seal"))]


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "recount")
    def recount(file: File, *, as_json: AsJson = False, seal: Seal = "", config: ConfigFile = None) -> None:
        del config
        cases = _count(file)
        if seal:
            _one_export(cases)
        for case in cases:
            _show(case, as_json=as_json)
        ending = max(_ending(cases), _held_against(cases, seal), key=_SEVERITY.index)
        if ending is not Ending.FINE:
            raise typer.Exit(ending)


_SEVERITY = (Ending.FINE, Ending.USAGE, Ending.REFUSED)
"""A result that is not the one announced weighs more than a case that could not be read."""


def _count(file: Path) -> "list[Case]":
    from bot.recount.cases import count_again
    from bot.recount.reading import Unreadable

    try:
        return list(count_again(file.read_text("utf-8-sig")))
    except (OSError, UnicodeDecodeError):
        raise Misused(text("recount.unreadable", path=file)) from None
    except Unreadable as fault:
        raise Misused(str(fault)) from None


def _show(case: "Case", *, as_json: bool) -> None:
    from bot.cli.screen import show_json
    from bot.recount.lines import lines
    from bot.recount.machine import as_object

    if as_json:
        show_json(as_object(case))
        return
    for line in lines(case):
        typer.echo(line)


def _ending(cases: "Sequence[Case]") -> Ending:
    from bot.recount.published import Recounted

    if any(isinstance(case.answer, Recounted) and case.answer.differences for case in cases):
        return Ending.REFUSED
    return Ending.USAGE if any(case.answer is None for case in cases) else Ending.FINE


def _one_export(cases: "Sequence[Case]") -> None:
    from bot.recount.published import Recounted

    if len(cases) != 1 or not isinstance(cases[0].answer, Recounted | None):
        raise Misused(text("recount.seal_of_what"))


def _held_against(cases: "Sequence[Case]", seal: str) -> Ending:
    """What was printed beside the verdict against what the file comes to; blanks, dashes and case do not matter."""
    from bot.recount.published import Recounted

    answer = cases[0].answer
    if not seal or not isinstance(answer, Recounted):
        return Ending.FINE
    if _plain(seal) == _plain(answer.seal):
        complain(text("recount.seal_fits"))
        return Ending.FINE
    complain(text("recount.seal_differs", stated=seal, found=answer.seal))
    return Ending.REFUSED


def _plain(seal: str) -> str:
    from handlers.codes import normal

    return normal(seal)
