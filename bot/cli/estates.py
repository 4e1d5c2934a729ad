"""What a list makes of the owners' roll: whose units count as one head, and what is still to be settled."""

from dataclasses import dataclass

import typer

from handlers.bodies.estate import Estate, read_estate
from handlers.refusals import Refusal
from handlers.rules.owners import OwnersEntry, unsettled
from handlers.texts import text
from handlers.work import Work
from storage.records import Unit

MOST_SHOWN = 20
"""So many heads of several owners or units are shown line by line."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The owners' roll of a community in sentences: `lines` of whoever shares a head, `open` what is not settled."""

    summary: str
    lines: tuple[str, ...]
    open: tuple[str, ...]


async def heads_of(work: Work, community: Unit) -> Heads | None:
    """How owners count there now; None where nobody owns."""
    try:
        estate = await read_estate(work.tx, work.settings, community)
    except Refusal as no:
        return Heads("", (), (text(no.key, **no.values),))
    roll = estate.roll
    if not roll.entries:
        return None
    shared = [entry for entry in roll.entries if len(entry.units) > 1 or len(entry.holder) > 1]
    whole = roll.whole
    return Heads(
        summary=text("cli.heads", unit=community.name, heads=whole.heads, area=f"{whole.area:f}"),
        lines=tuple(_line(estate, entry) for entry in shared),
        open=tuple(
            text("cli.heads_open", one=one, other=other) for one, other in unsettled(roll, estate.settled)
        ),
    )


def show_heads(heads: Heads | None) -> None:
    """Say it where the rest of a look is said; what is not settled as a warning."""
    if heads is None:
        return
    if heads.summary:
        typer.echo(heads.summary)
    for line in heads.lines[:MOST_SHOWN]:
        typer.echo(line)
    if len(heads.lines) > MOST_SHOWN:
        typer.echo(text("cli.heads_more", count=len(heads.lines) - MOST_SHOWN))
    for line in heads.open:
        typer.echo(line, err=True)


def _line(estate: Estate, entry: OwnersEntry) -> str:
    divider = text("electorate.and")
    return text(
        "cli.heads_one",
        doors=divider.join(entry.units),
        names=divider.join(estate.people[owner].name for owner in entry.holder),
        area=f"{entry.area:f}",
    )
