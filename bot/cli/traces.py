"""`yishi inbox`, `outbox`, `due`, `journal`: the machine's own work, and what of it waits for the operator."""

import asyncio
import re
from typing import Annotated

import typer

from bot.cli.front import Misused, command, family
from bot.cli.options import AsJson, ConfigFile, Count
from handlers.texts import text

Key = Annotated[str, typer.Argument(metavar="KEY", help=text("cli_option.inbox_key"))]
Letter = Annotated[int, typer.Argument(metavar="ID", help=text("cli_option.letter"))]
About = Annotated[str, typer.Option("--about", metavar="NOUN:ID", help=text("cli_option.about"))]
_SUBJECT = re.compile(r"[a-z_]+:\S+")


def enter(app: typer.Typer) -> None:
    """Add the commands."""
    _enter_inbox(app)
    _enter_outbox(app)

    @command(app, "due")
    def due(count: Count = 30, config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli import looking
        from bot.cli.opening import settle

        asyncio.run(looking.due_moments(settle(config), count, as_json=as_json))

    @command(app, "journal")
    def journal(
        about: About = "", count: Count = 30, config: ConfigFile = None, as_json: AsJson = False
    ) -> None:
        from bot.cli import looking
        from bot.cli.opening import settle

        if about and not _SUBJECT.fullmatch(about):
            raise Misused(text("cli.bad_subject", written=about))
        asyncio.run(looking.journal_lines(settle(config), about, count, as_json=as_json))


def _enter_inbox(app: typer.Typer) -> None:
    inbox = family(app, "inbox")

    @inbox.callback(invoke_without_command=True, no_args_is_help=False)
    def bare(chosen: typer.Context, config: ConfigFile = None, as_json: AsJson = False) -> None:
        if chosen.invoked_subcommand is None:
            show(config, as_json)

    @command(inbox, "inbox_list", "list")
    def show(config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli import looking
        from bot.cli.opening import settle

        asyncio.run(looking.parked(settle(config), as_json=as_json))

    @command(inbox, "inbox_retry", "retry")
    def retry(key: Key, config: ConfigFile = None) -> None:
        from bot.cli import mending
        from bot.cli.opening import settle

        asyncio.run(mending.retry_event(settle(config), key))

    @command(inbox, "inbox_drop", "drop")
    def drop(key: Key, config: ConfigFile = None) -> None:
        from bot.cli import mending
        from bot.cli.opening import settle

        asyncio.run(mending.drop_event(settle(config), key))


def _enter_outbox(app: typer.Typer) -> None:
    outbox = family(app, "outbox")

    @outbox.callback(invoke_without_command=True, no_args_is_help=False)
    def bare(chosen: typer.Context, config: ConfigFile = None, as_json: AsJson = False) -> None:
        if chosen.invoked_subcommand is None:
            show(config, as_json)

    @command(outbox, "outbox_list", "list")
    def show(config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli import looking
        from bot.cli.opening import settle

        asyncio.run(looking.letters(settle(config), as_json=as_json))

    @command(outbox, "outbox_retry", "retry")
    def retry(letter: Letter, config: ConfigFile = None) -> None:
        from bot.cli import mending
        from bot.cli.opening import settle

        asyncio.run(mending.retry_letter(settle(config), letter))

    @command(outbox, "outbox_drop", "drop")
    def drop(letter: Letter, config: ConfigFile = None) -> None:
        from bot.cli import mending
        from bot.cli.opening import settle

        asyncio.run(mending.drop_letter(settle(config), letter))
