"""What the owners of a community own, as the rules count it.

Owners whom an older list brought without any property count by the door and the floor area of their own line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from handlers.bodies.doors import full_door
from handlers.refusals import Refusal
from handlers.rules.owners import OwnedUnit, OwnersRoll, Parking, Settlement, count_owners, settle
from handlers.settings import Settings
from storage import members, properties, units
from storage.database import Transaction
from storage.records import Member, Ownership, Property, Role, Unit, UnitKind, UnitUse


@dataclass(frozen=True, slots=True)
class Estate:
    """`units` by door, owners written as the digits of their ids; `unmeasured` are doors of no known area.

    `people` are all owners by that id; `settled` is what the organiser settled of units that share an owner.
    """

    units: tuple[OwnedUnit, ...]
    unmeasured: frozenset[str]
    people: dict[str, Member]
    settled: tuple[Settlement, ...]
    parking: Parking

    @property
    def roll(self) -> OwnersRoll:
        """The entries, with what was settled."""
        return settle(count_owners(self.units, self.parking), self.settled)


@dataclass(frozen=True, slots=True)
class _Line:
    """A door that stands on an owner's own line only."""

    door: str
    owner: Member


async def read_estate(tx: Transaction, settings: Settings, community: Unit) -> Estate:
    """The estate as it stands. Refusal where two lines of one door tell two areas."""
    found = await properties.of_community(tx, community.id)
    owned = await properties.ownerships_in(tx, community.id)
    lines = await _lines(tx, community, {one.member_id for one in owned})
    everybody = {member.id: member for member in await members.of_community(tx, community.id)}
    everybody |= {line.owner.id: line.owner for line in lines}
    told, on_file, owners = _by_door(lines), {one.door for one in found}, _by_property(owned)
    known = [_unit(one, owners.get(one.id, []), told.get(one.door, [])) for one in found]
    told = {door: some for door, some in told.items() if door not in on_file}
    untold = [_untold(door, some) for door, some in told.items()]
    everything = [unit for unit in (*known, *untold) if unit.owners]
    return Estate(
        units=tuple(everything),
        unmeasured=frozenset(door for door, some in told.items() if _area(door, some) is None),
        people={owner: everybody[int(owner)] for unit in everything for owner in unit.owners},
        settled=await _settled(tx, community, found),
        parking=Parking.COUNTED if settings.parking_clause(community.name) else Parking.LEFT_OUT,
    )


async def property_at(tx: Transaction, community: Unit, door: str) -> Property | None:
    """The property with this door; one that only stood on its owners' lines comes onto file here. None: unknown."""
    found = await properties.at_door(tx, community.id, door)
    owned = await properties.ownerships_in(tx, community.id)
    lines = [
        line for line in await _lines(tx, community, {one.member_id for one in owned}) if line.door == door
    ]
    area = _area(door, lines) if lines else None
    if found is None and area is not None:
        found = await properties.add(tx, Property(0, community.id, door, UnitUse.FLAT, area, 1))
    if found:
        for line in lines:
            await properties.own(tx, Ownership(found.id, line.owner.id, line.owner.joined_at))
    return found


async def _lines(tx: Transaction, community: Unit, with_property: set[int]) -> list[_Line]:
    """Owners by their role alone, each with the door of their own line ("#7" for number 7, who has none)."""
    names = {
        unit.id: unit.name for unit in await units.under(tx, community) if unit.kind is not UnitKind.COMMUNITY
    }
    owners = await members.with_roles(tx, community, (Role.OWNER,))
    return [
        _Line(full_door(owner.door, names.get(owner.unit_id, "")) or f"#{owner.id}", owner)
        for owner in owners
        if owner.id not in with_property
    ]


def _by_door(lines: Iterable[_Line]) -> dict[str, list[_Line]]:
    told: dict[str, list[_Line]] = {}
    for line in lines:
        told.setdefault(line.door, []).append(line)
    return told


def _by_property(owned: Iterable[Ownership]) -> dict[int, list[int]]:
    owners: dict[int, list[int]] = {}
    for one in owned:
        owners.setdefault(one.property_id, []).append(one.member_id)
    return owners


def _unit(found: Property, owners: list[int], lines: list[_Line]) -> OwnedUnit:
    ids = (*owners, *(line.owner.id for line in lines))
    return OwnedUnit(found.door, tuple(map(str, ids)), found.area, found.use, found.count)


def _untold(door: str, lines: list[_Line]) -> OwnedUnit:
    owners = tuple(str(line.owner.id) for line in lines)
    return OwnedUnit(door, owners, _area(door, lines) or Decimal(0))


def _area(door: str, lines: list[_Line]) -> Decimal | None:
    areas = {line.owner.area for line in lines if line.owner.area is not None}
    if len(areas) > 1:
        raise Refusal("electorate.areas_differ", door=door)
    return next(iter(areas), None)


async def _settled(tx: Transaction, community: Unit, found: list[Property]) -> tuple[Settlement, ...]:
    door = {one.id: one.door for one in found}
    return tuple(
        Settlement((door[one.property_id], door[one.other_id]), one.heads, one.reason)
        for one in await properties.joinings_in(tx, community.id)
    )
