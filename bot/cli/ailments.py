"""Single looks of the doctor's: each says what it found, in one finding or several."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.cli.screen import local
from bot.config import Config
from handlers.texts import term, text
from storage import inbox, journal, members, outbox, units
from storage.database import Transaction
from storage.listings import all_groups
from storage.records import GroupRole, GroupState, OutboxState, Role, Unit, UnitKind

_LITTLE, _TOO_LITTLE = 1_000_000_000, 50_000_000
_SLIP, _LATE = timedelta(minutes=5), timedelta(hours=1)
_NEEDED = (
    GroupRole.RESIDENTS,
    GroupRole.GRID,
    GroupRole.PARTY_REVIEW,
    GroupRole.REP_DECISION,
    GroupRole.HOUSEHOLD_NOTICE,
)
_STAFF: Mapping[str, tuple[Role, ...]] = MappingProxyType(
    {
        "grid": (Role.GRID_WORKER, Role.GRID_LEAD),
        "desk": (Role.SECRETARY, Role.PARTY_SECRETARY, Role.COMMITTEE),
    }
)


class Level(StrEnum):
    """How much a finding matters; with an error the program cannot do its work."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the doctor's: what was looked at, how it is, and what to do about it."""

    check: str
    level: Level
    said: str


def operators(config: Config) -> list[Found]:
    """Whether anybody is named who may bind groups from a chat."""
    count = len(config.operator.accounts)
    if count:
        return [Found("operators", Level.OK, text("cli_check.operators", count=count))]
    return [Found("operators", Level.WARNING, text("cli_check.no_operators"))]


def time_zone(config: Config, now: datetime) -> list[Found]:
    """What the community's clock shows, for a person to compare with the one on the wall."""
    zone = config.community.timezone
    return [Found("timezone", Level.OK, text("cli_check.timezone", zone=zone.key, now=local(now, zone)))]


def disk(path: Path) -> list[Found]:
    """Whether there is room beside the database."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return [Found("disk", Level.ERROR, text("cli.no_folder", folder=folder))]
    free = shutil.disk_usage(folder).free
    level = Level.ERROR if free < _TOO_LITTLE else Level.WARNING if free < _LITTLE else Level.OK
    word = "disk_fine" if level is Level.OK else "disk_little"
    return [Found("disk", level, text(f"cli_check.{word}", free=f"{free / 1e9:.1f}"))]


def procedures() -> list[Found]:
    """Whether the catalogue can be read."""
    from handlers.procedures.faults import FaultyProcedureError
    from handlers.procedures.shipped import catalogue

    try:
        count = len(catalogue().entries)
    except FaultyProcedureError as faulty:
        return [Found("procedures", Level.ERROR, text("cli_check.procedures_faulty", name=faulty.name))]
    return [Found("procedures", Level.OK, text("cli_check.procedures", count=count))]


async def clock(tx: Transaction, now: datetime, zone: ZoneInfo) -> list[Found]:
    """Whether the machine's clock stands before what it has already written down."""
    newest = await journal.latest(tx, 1)
    if newest and newest[0].at > now + _SLIP:
        when = local(newest[0].at, zone)
        return [Found("clock", Level.ERROR, text("cli_check.clock_back", newest=when, now=local(now, zone)))]
    return [Found("clock", Level.OK, text("cli_check.clock_fine"))]


async def traces(tx: Transaction, now: datetime) -> list[Found]:
    """What waits for the operator, and whether anybody is sending."""
    parked = len(await inbox.parked(tx))
    stuck = len(await outbox.listed(tx, OutboxState.FAILED, OutboxState.DOUBTFUL))
    pending = await outbox.pending(tx)
    late = sum(letter.not_before < now - _LATE for letter in pending)
    silent = sum(letter.error == outbox.UNTIL_THEY_WRITE for letter in pending)
    return [
        _count("inbox", parked, "inbox_parked", "inbox_fine"),
        _count("outbox", stuck, "outbox_stuck", "outbox_fine"),
        *([_count("outbox", late, "outbox_late", "outbox_fine")] if late else []),
        *([_count("outbox", silent, "outbox_silent", "outbox_fine")] if silent else []),
    ]


def _count(check: str, count: int, some: str, none: str) -> Found:
    if count:
        return Found(check, Level.WARNING, text(f"cli_check.{some}", count=count))
    return Found(check, Level.OK, text(f"cli_check.{none}"))


async def bindings(tx: Transaction) -> list[Found]:
    """The groups of every community, what is missing among them, and those that were lost."""
    found = []
    bound = await all_groups(tx)
    tree = {unit.id: unit for unit in await units.all_units(tx)}
    for unit in tree.values():
        if unit.kind is UnitKind.COMMUNITY:
            inside = [
                group.role
                for group in bound
                if group.state is GroupState.ACTIVE and _serves(tree[group.unit_id], unit)
            ]
            found.append(_missing(unit, inside))
    lost = [group for group in bound if group.state is GroupState.LOST]
    if lost:
        found.append(Found("groups", Level.WARNING, text("cli_check.groups_lost", count=len(lost))))
    return found or [Found("groups", Level.WARNING, text("cli_check.no_groups"))]


def _serves(bound: Unit, community: Unit) -> bool:
    return units.holds(bound, community) or units.holds(community, bound)


def _missing(unit: Unit, inside: list[GroupRole]) -> Found:
    missing = [role for role in _NEEDED if role not in inside]
    if not missing:
        return Found("groups", Level.OK, text("cli_check.groups_fine", unit=unit.name, count=len(inside)))
    names = "、".join(term("group", role) for role in missing)
    return Found("groups", Level.WARNING, text("cli_check.groups_missing", unit=unit.name, roles=names))


async def roll(tx: Transaction) -> list[Found]:
    """Whether there are people, and people who do the work, in every community."""
    found = []
    for unit in await units.all_units(tx):
        if unit.kind is not UnitKind.COMMUNITY:
            continue
        people = [member for member in await members.of_community(tx, unit.id) if member.code]
        if not people:
            found.append(Found("roll", Level.WARNING, text("cli_check.roll_empty", unit=unit.name)))
            continue
        found.append(Found("roll", Level.OK, text("cli_check.roll_fine", unit=unit.name, count=len(people))))
        for word, roles in _STAFF.items():
            if not await members.with_roles(tx, unit, roles):
                said = text(f"cli_check.roll_no_{word}", unit=unit.name)
                found.append(Found("roll", Level.WARNING, said))
    return found or [Found("roll", Level.WARNING, text("cli_check.no_community"))]
