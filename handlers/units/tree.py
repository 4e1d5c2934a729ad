"""Finding a unit by what people call it, and founding the ones that are not there yet."""

from handlers.refusals import Refusal
from storage import units
from storage.database import Transaction
from storage.records import Unit, UnitKind


async def find_or_found(tx: Transaction, name: str) -> Unit:
    """The unit of this name or path (桂花里社区/第一网格); an unknown community at the top is founded."""
    unit: Unit | None = None
    for part in filter(None, name.replace("／", "/").split("/")):
        found = await units.child(tx, unit, part) or (await _only(tx, part) if unit is None else None)
        unit = found or await units.add(tx, unit, _kind_below(unit, part), part)
    if unit is None:
        raise Refusal("units.no_such_unit", unit=name)
    return unit


async def _only(tx: Transaction, name: str) -> Unit | None:
    found = await units.named(tx, name)
    if len(found) > 1:
        raise Refusal("units.ambiguous", unit=name)
    return found[0] if found else None


def _kind_below(parent: Unit | None, name: str) -> UnitKind:
    if parent is None:
        return UnitKind.STREET if name.endswith(("街道", "镇", "乡")) else UnitKind.COMMUNITY
    below = {
        UnitKind.STREET: UnitKind.COMMUNITY,
        UnitKind.COMMUNITY: UnitKind.GRID if "网格" in name else UnitKind.STAIRWELL,
        UnitKind.GRID: UnitKind.STAIRWELL,
        UnitKind.STAIRWELL: UnitKind.STAIRWELL,
    }
    return below[parent.kind]
