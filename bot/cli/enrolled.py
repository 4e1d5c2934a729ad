"""How a roll file is shown: every remark on it, and what it does to whom."""

from collections import Counter

import typer

from bot.cli.screen import show_table
from bot.rollfile import RollFile
from handlers.members.roll import Fate, Outcome
from handlers.texts import term, text


def show_remarks(roll: RollFile) -> None:
    """Every remark, in the order of the lines; errors where errors are said."""
    for fault in roll.faults:
        marked = text(f"cli_mark.{fault.severity.value}", said=fault.sentence)
        typer.echo(marked, err=fault in roll.errors)


def show_outcomes(outcomes: list[Outcome]) -> None:
    """A line for everybody about whom something changes, and how many there are of each kind."""
    told = [one for one in outcomes if one.fate is not Fate.SAME]
    rows = [(one.line, one.name, text(f"cli_fate.{one.fate.value}"), _why(one)) for one in told]
    show_table(("line", "person", "fate", "what"), rows, "cli.roll_same")
    counts = Counter(one.fate for one in outcomes)
    typer.echo(text("cli.roll_counts", **{fate.value: counts[fate] for fate in Fate}))
    for one in outcomes:
        if one.beyond and "role" not in one.changed:
            roles = "、".join(term("role", role) for role in one.beyond)
            typer.echo(text("cli.roll_beyond", line=one.line, name=one.name, roles=roles))
    for one in outcomes:
        if one.flats_beyond:
            doors = "、".join(one.flats_beyond)
            typer.echo(text("cli.roll_flats_beyond", line=one.line, name=one.name, doors=doors))
        for door, name in one.co_owners:
            typer.echo(text("cli.roll_co_owner", line=one.line, name=one.name, door=door, other=name))


def _why(one: Outcome) -> str:
    if one.clash:
        return text(f"cli_clash.{one.clash.value}", other=one.other)
    if one.fate is Fate.NEW or not one.changed:
        return ""
    return "、".join(dict.fromkeys(text(f"cli_change.{name}") for name in one.changed))
