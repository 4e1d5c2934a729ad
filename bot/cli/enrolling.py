"""A roll file becomes people of the house: first shown, then done, in one transaction."""

import csv
from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO
from zoneinfo import ZoneInfo

import typer

from bot.cli.acting import act
from bot.cli.enrolled import show_outcomes, show_remarks
from bot.cli.estates import Heads, heads_of, show_heads
from bot.cli.front import Refused
from bot.cli.opening import Absent, opened
from bot.cli.places import known_unit
from bot.config import Config
from bot.config.handed import house_settings
from bot.rollfile import Flat, RollFile, RollRow, read_roll
from handlers.bodies.doors import full_door
from handlers.members.matching import Listed, ListedFlat
from handlers.members.roll import Fate, Outcome, Roles, take_list
from handlers.texts import text
from handlers.units.tree import find_or_found
from handlers.work import Work
from storage import units
from storage.database import sqlite_path
from storage.records import Role, Unit, UnitKind
from storage.standing import Standing, look


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator asked for: the file, the community it is of ("" unless said), roles, where codes go."""

    file: Path
    unit: str
    roles: Roles
    codes: Path | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of everybody on the list, and how the owners of each community count afterwards."""

    outcomes: tuple[Outcome, ...]
    heads: tuple[Heads | None, ...]


ADULT = 18


class _UndoneError(Exception):
    """A look ahead is over: nothing of it is to stay."""

    def __init__(self, taken: Taken) -> None:
        super().__init__("looked")
        self.taken = taken


async def enrol(config: Config, asked: Asked, *, commit: bool) -> None:
    """Show what the file would do, or do it. Refused when nothing in it can be read."""
    roll = read_roll(asked.file)
    show_remarks(roll)
    if not roll.rows:
        raise Refused(text("cli.roll_nothing", path=asked.file))
    taken = await (_commit if commit else _preview)(config, asked, roll)
    outcomes = list(taken.outcomes)
    show_outcomes(outcomes)
    for heads in taken.heads:
        show_heads(heads)
    typer.echo(text("cli.roll_committed" if commit else "cli.roll_preview", path=asked.file))
    if commit and asked.codes:
        typer.echo(text("cli.codes_written", path=asked.codes))
    if roll.errors or any(outcome.fate is Fate.LEFT_OUT for outcome in outcomes):
        typer.echo(text("cli.roll_left_out"), err=True)


async def _preview(config: Config, asked: Asked, roll: RollFile) -> Taken:
    """Do everything and undo it, so that what is shown is what would happen; no database is made for a look."""

    async def job(work: Work) -> None:
        raise _UndoneError(await take(work, config, asked, roll))

    with TemporaryDirectory() as folder:
        missing = look(sqlite_path(config.storage.url)) is Standing.MISSING
        url = f"sqlite:///{Path(folder) / 'look.db'}" if missing else config.storage.url
        async with opened(url, Absent.CREATE) as database:
            try:
                await act(database, house_settings(config), job)
            except _UndoneError as looked:
                return looked.taken
    return Taken((), ())


async def _commit(config: Config, asked: Asked, roll: RollFile) -> Taken:
    async with opened(config.storage.url, Absent.CREATE) as database:
        paper = _paper(asked.codes) if asked.codes else None
        try:
            settings = house_settings(config)
            taken = await act(database, settings, lambda work: take(work, config, asked, roll))
        except BaseException:
            if paper and asked.codes:
                paper.close()
                asked.codes.unlink()
            raise
        if paper:
            _write_codes(paper, taken.outcomes)
        return taken


async def take(work: Work, config: Config, asked: Asked, roll: RollFile) -> Taken:
    """Take the people of a file onto the roll; their units come into being on the way."""
    home = asked.unit or config.community.name
    if asked.unit:
        await known_unit(work.tx, asked.unit, config, new=_names_community(asked.unit))
    listed: dict[int, list[Listed]] = {}
    homes: dict[int, Unit] = {}
    for row in roll.rows:
        unit = await _unit(work, home, row)
        community = await units.community_of(work.tx, unit) or unit
        homes[community.id] = community
        listed.setdefault(community.id, []).append(await _listed(work, home, row, unit))
    outcomes: list[Outcome] = []
    for key, people in listed.items():
        outcomes += await take_list(work, homes[key], people, asked.roles)
    heads = [
        await heads_of(work, homes[key]) for key, people in listed.items() if any(one.flats for one in people)
    ]
    return Taken(tuple(sorted(outcomes, key=lambda one: one.line)), tuple(heads))


async def _unit(work: Work, home: str, row: RollRow) -> Unit:
    path = full_path(home, row.unit)
    if not path:
        raise Refused(text("cli.roll_no_community", line=row.line))
    return await find_or_found(work.tx, path)


async def _listed(work: Work, home: str, row: RollRow, unit: Unit) -> Listed:
    """The row with its units found; what a person holds elsewhere is held there."""
    here = unit.id if row.unit else None
    held: set[tuple[Role, int | None]] = {(role, here) for role in row.roles}
    for other in row.elsewhere:
        held.add((other.role, (await find_or_found(work.tx, full_path(home, other.unit))).id))
    accounts = tuple((one.platform, one.account) for one in row.accounts)
    adult_at, adult_by = coming_of_age(work, row)
    return Listed(
        row.line,
        row.name,
        here,
        row.door,
        row.area,
        row.phone,
        frozenset(held),
        accounts,
        tuple([await _flat(work, home, flat) for flat in row.flats]),
        adult_at,
        adult_by,
    )


async def _flat(work: Work, home: str, flat: Flat) -> ListedFlat:
    """What somebody owns, by the door it has in the whole community."""
    unit = await find_or_found(work.tx, full_path(home, flat.unit))
    name = "" if unit.kind is UnitKind.COMMUNITY else unit.name
    return ListedFlat(full_door(flat.door, name), flat.area, flat.use, flat.count)


def coming_of_age(work: Work, row: RollRow) -> tuple[datetime | None, datetime | None]:
    """When somebody comes of age by their date of birth, else at the latest by their age (民法典 17)."""
    zone = work.settings.zone
    if row.born:
        return _birthday(row.born, ADULT, zone), None
    if row.age is None or row.age >= ADULT:
        return None, None
    return None, _birthday(work.now.astimezone(zone).date(), ADULT - row.age, zone)


def _birthday(day: date, years: int, zone: ZoneInfo) -> datetime:
    """The same day so many years on; the first of March for a leap day that year has not."""
    year = day.year + years
    leap = (day.month, day.day) == (2, 29) and not isleap(year)
    then = date(year, 3, 1) if leap else day.replace(year=year)
    return datetime.combine(then, time(), zone).astimezone(UTC)


def full_path(home: str, written: str) -> str:
    """A unit as a path from the community on; one that begins with a community or street of its own is whole."""
    if not written or not home:
        return written or home
    parts = written.split("/")
    name = home.rsplit("/", 1)[-1]
    if name in parts:
        return "/".join([home, *parts[parts.index(name) + 1 :]])
    return written if _names_community(parts[0]) else f"{home}/{written}"


def _names_community(name: str) -> bool:
    return name.endswith(("社区", "村", "街道", "镇", "乡"))


def _paper(path: Path) -> TextIO:
    """A new file that only its owner can read. Refused where one is already, so that no codes are lost."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise Refused(text("cli.codes_exist", path=path)) from None
    except OSError as fault:
        raise Refused(text("cli.unwritable", path=path, reason=fault.strerror or "")) from None
    return path.open("w", encoding="utf-8-sig", newline="")


def _write_codes(paper: TextIO, outcomes: tuple[Outcome, ...]) -> None:
    with paper:
        rows = csv.writer(paper)
        rows.writerow([text(f"cli_column.{name}") for name in ("person", "door", "code")])
        for outcome in outcomes:
            if outcome.member:
                rows.writerow([outcome.member.name, outcome.member.door, outcome.member.code])
