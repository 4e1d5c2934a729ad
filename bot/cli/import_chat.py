"""`yishi import-chat`: what an exported chat was about. Nothing is stored."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Refused, command
from bot.cli.options import AsJson, ConfigFile
from handlers.texts import term, text

if TYPE_CHECKING:
    from bot.cli.proposing import Heard, Proposed

File = Annotated[Path, typer.Argument(metavar="FILE", help=text("cli_option.chat_file"))]
_MOST_FAULTS = 20
_LINES = 8


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "import_chat", "import-chat")
    def import_chat(file: File, config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli.opening import settle
        from bot.cli.proposing import listen
        from bot.cli.screen import show_json
        from bot.cli.understand_lessons import heard_here
        from handlers.intake.aliases import NONE

        if not file.is_file():
            raise Refused(text("cli.unreadable", path=file))
        settled = settle(config)
        aliases = asyncio.run(heard_here(settled)) if config else NONE
        with _bar(file) as moved:
            heard = listen(file, settled.community.timezone, moved, aliases)
        _show_faults(heard)
        if as_json:
            for one in heard.proposed:
                show_json(one.row())
        else:
            _show(heard)
        if not heard.messages:
            raise Refused(text("cli.chat_nothing", path=file))


@contextmanager
def _bar(file: Path) -> Iterator[Callable[[int], None]]:
    """A progress bar over the bytes of a file, on the error stream; silent where nobody looks on."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(text("cli.reading", path=file.name), total=file.stat().st_size)
        yield lambda done: bar.update(task, completed=done)


def _show_faults(heard: "Heard") -> None:
    for fault in heard.faults[:_MOST_FAULTS]:
        typer.echo(fault.sentence, err=True)
    if len(heard.faults) > _MOST_FAULTS:
        typer.echo(text("cli.more_faults", count=len(heard.faults) - _MOST_FAULTS), err=True)


def _show(heard: "Heard") -> None:
    from bot.cli.screen import show_table

    columns = ("level", "category", "place", "messages", "senders", "lines", "text")
    show_table(columns, map(_cells, heard.proposed), "cli.chat_no_topics")
    typer.echo(
        text(
            "cli.chat_sum",
            messages=heard.messages,
            matters=sum(len(one.lines) for one in heard.proposed),
            topics=len(heard.proposed),
            faults=len(heard.faults),
        )
    )


def _cells(one: "Proposed") -> tuple[object, ...]:
    lines = "、".join(map(str, one.lines[:_LINES])) + ("…" if len(one.lines) > _LINES else "")
    return (
        term("level", one.level),
        term("category", one.category),
        one.place,
        len(one.lines),
        len(one.senders),
        lines,
        one.sample,
    )
