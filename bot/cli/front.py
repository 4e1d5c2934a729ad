"""How a command is announced and how it ends: help with an example, one of four exit codes, faults as sentences."""

import sqlite3
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from enum import IntEnum
from typing import ParamSpec

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from handlers.refusals import Refusal
from handlers.texts import text

P = ParamSpec("P")
_SAID = frozenset({"NoSuchOption", "MissingParameter", "BadParameter"})


class Ending(IntEnum):
    """What the exit code of a command says."""

    FINE = 0
    REFUSED = 1
    USAGE = 2
    BROKEN = 3


class Refused(Exception):
    """The command will not be carried out; every reason in a sentence."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class Misused(Exception):
    """The command was not written as it should be; the sentence says how."""


class Order(TyperCommand):
    """A command whose help speaks Chinese."""

    def get_help_option(self, ctx: typer.Context) -> TyperOption | None:  # type: ignore[override]
        """`--help`, in our words."""
        return _in_our_words(super().get_help_option(ctx))

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]
        """Print the help with our titles."""
        _title_help()
        super().format_help(ctx, formatter)  # type: ignore[arg-type]


class Front(TyperGroup):
    """The whole command line, or a group of it."""

    def get_help_option(self, ctx: typer.Context) -> TyperOption | None:  # type: ignore[override]
        """`--help`, in our words."""
        return _in_our_words(super().get_help_option(ctx))

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]
        """Print the help with our titles."""
        _title_help()
        super().format_help(ctx, formatter)  # type: ignore[arg-type]

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the command line; Misused, with what may have been meant, when there is no command of that name."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise Misused(_no_command(args[0], tuple(self.commands)))
        return super().parse_args(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: object,
    ) -> object:
        """Carry out a command and end the process with its code."""
        del standalone_mode, extra
        try:
            code = super().main(
                args, prog_name, complete_var, standalone_mode=False, windows_expand_args=windows_expand_args
            )
        except typer.TyperException as fault:
            code = _misused(fault)
        except typer.Abort:
            code = Ending.REFUSED
        except Exception as fault:  # noqa: BLE001 - the last word on whatever went wrong
            code = _ended_by(fault)
        sys.exit(code if isinstance(code, int) else Ending.FINE)


def command(group: typer.Typer, key: str, name: str = "") -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Add a command to a group; its help and its example are the sentences `key` of cli.toml."""

    def add(carry_out: Callable[P, None]) -> Callable[P, None]:
        said, example = text(f"cli_help.{key}"), text(f"cli_example.{key}")
        group.command(name or key, cls=Order, help=said, epilog=example)(carry_out)
        return carry_out

    return add


def family(parent: typer.Typer, name: str) -> typer.Typer:
    """The group of commands of that name under `parent`, added where it is not there yet."""
    for known in parent.registered_groups:
        if known.typer_instance is not None and known.typer_instance.info.name == name:
            return known.typer_instance
    made = typer.Typer(
        name=name,
        cls=Front,
        no_args_is_help=True,
        help=text(f"cli_help.{name}"),
        epilog=text(f"cli_example.{name}"),
    )
    parent.add_typer(made)
    return made


def complain(*sentences: str) -> None:
    """Say what is wrong, where errors are said."""
    for sentence in sentences:
        typer.echo(sentence, err=True)


def _in_our_words(option: object) -> TyperOption | None:
    if not isinstance(option, TyperOption):
        return None
    option.help = text("cli.help")
    return option


def _title_help() -> None:
    """The titles around and the marks behind options are the library's variables, meant to be set."""
    from typer import rich_utils

    rich_utils.OPTIONS_PANEL_TITLE = text("cli.options")
    rich_utils.ARGUMENTS_PANEL_TITLE = text("cli.arguments")
    rich_utils.COMMANDS_PANEL_TITLE = text("cli.commands")
    rich_utils.DEFAULT_STRING = text("cli.default")
    rich_utils.ENVVAR_STRING = text("cli.variable")
    rich_utils.REQUIRED_LONG_STRING = text("cli.required")


def _no_command(said: str, known: Sequence[str]) -> str:
    near = get_close_matches(said, known, n=1, cutoff=0.5)
    if near:
        return text("cli.no_command_guess", said=said, guess=near[0])
    return text("cli.no_command", said=said, commands="、".join(known))


def _misused(fault: typer.TyperException) -> Ending:
    """What Typer found wrong with the words of a command; it says so itself when it has shown the help."""
    kind = type(fault).__name__
    if kind == "NoArgsIsHelpError":
        return Ending.USAGE
    asked = getattr(getattr(fault, "ctx", None), "command_path", "yishi")
    complain(_said(fault, kind), text("cli.see_help", command=asked))
    return Ending.USAGE


def _said(fault: typer.TyperException, kind: str) -> str:
    if kind not in _SAID:
        return text("cli.usage", detail=fault.format_message())
    param = getattr(fault, "param", None)
    name = param.get_error_hint() if param is not None else getattr(fault, "option_name", "")
    return text(f"cli.usage_{kind}", name=str(name).replace("'", ""), detail=fault.message)


def _ended_by(fault: Exception) -> Ending:
    if isinstance(fault, Refused):
        complain(*fault.reasons)
        return Ending.REFUSED
    if isinstance(fault, Refusal):
        complain(text(fault.key, **fault.values))
        return Ending.REFUSED
    if isinstance(fault, Misused):
        complain(str(fault))
        return Ending.USAGE
    complain(_broken(fault))
    return Ending.BROKEN


def _broken(fault: Exception) -> str:
    """What broke, without the words of an error that may quote a message or a secret."""
    from sqlalchemy.exc import DBAPIError

    from bot.cli.logs import bare

    plain = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(plain, sqlite3.Error):
        return text("cli.database_broken", reason=str(plain))
    if isinstance(fault, OSError):
        return text("cli.machine_broken", reason=fault.strerror or type(fault).__name__)
    return text("cli.broken", where=bare(fault))
