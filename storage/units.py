"""The tree of units, and the numbers that count in a community."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Unit, UnitKind
from storage.rows import many, number, one
from storage.tables import numbers, units

_BY_ID = select(units).where(units.c.id == bindparam("id"))
_CHILD = select(units).where(
    units.c.parent_id.is_not_distinct_from(bindparam("parent")), units.c.name == bindparam("name")
)
_NAMED = select(units).where(units.c.name == bindparam("name"))
_UNDER = select(units).where(units.c.path.startswith(bindparam("path"))).order_by(units.c.path)
_NEXT = (
    insert(numbers)
    .values(community_id=bindparam("community"), kind=bindparam("kind"), year=bindparam("year"), last=1)
    .on_conflict_do_update(index_elements=["community_id", "kind", "year"], set_={"last": numbers.c.last + 1})
    .returning(numbers.c.last)
)


async def find(tx: Transaction, unit_id: int) -> Unit | None:
    """The unit with this id, if there is one (codes may say anything)."""
    return await one(tx, Unit, _BY_ID, {"id": unit_id})


async def get(tx: Transaction, unit_id: int) -> Unit:
    """The unit with this id; it exists, for a foreign key says so."""
    unit = await one(tx, Unit, _BY_ID, {"id": unit_id})
    assert unit is not None
    return unit


async def child(tx: Transaction, parent: Unit | None, name: str) -> Unit | None:
    """The unit of this name directly below `parent` (at the top for None)."""
    return await one(tx, Unit, _CHILD, {"parent": parent.id if parent else None, "name": name})


async def named(tx: Transaction, name: str) -> list[Unit]:
    """All units of this name, wherever they hang."""
    return await many(tx, Unit, _NAMED, {"name": name})


async def under(tx: Transaction, unit: Unit) -> list[Unit]:
    """The unit and everything below it."""
    return await many(tx, Unit, _UNDER, {"path": unit.path})


async def all_units(tx: Transaction) -> list[Unit]:
    """The whole tree, each unit after the one it hangs on."""
    return await many(tx, Unit, select(units).order_by(units.c.path))


async def add(tx: Transaction, parent: Unit | None, kind: UnitKind, name: str) -> Unit:
    """Hang a new unit below `parent`."""
    last = await number(tx, select(units.c.id).order_by(units.c.id.desc()).limit(1))
    path = f"{parent.path if parent else ''}{last + 1}/"
    unit = Unit(last + 1, parent.id if parent else None, kind, name, path)
    await tx.run(
        units.insert(),
        {"id": unit.id, "parent_id": unit.parent_id, "kind": kind, "name": name, "path": path},
    )
    return unit


async def community_of(tx: Transaction, unit: Unit) -> Unit | None:
    """The community the unit lies in (itself, when it is one); None above communities."""
    while unit.kind is not UnitKind.COMMUNITY:
        if unit.parent_id is None or unit.kind is UnitKind.STREET:
            return None
        unit = await get(tx, unit.parent_id)
    return unit


def holds(upper: Unit, lower: Unit) -> bool:
    """Whether `lower` is `upper` or lies below it."""
    return lower.path.startswith(upper.path)


async def next_number(tx: Transaction, community_id: int, kind: str, year: int) -> int:
    """The next number of this kind in the community's year, counted from 1 without gaps."""
    tx.writes += 1
    return await number(tx, _NEXT, {"community": community_id, "kind": kind, "year": year})
