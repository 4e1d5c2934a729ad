"""The roll as the operator looks at it: no phone numbers, no codes."""

from dataclasses import dataclass

from bot.cli.front import Refused
from handlers.texts import text
from storage import members, units
from storage.database import Transaction
from storage.records import Member, Role, Unit


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the roll. `roles` are held in the units named; `bound` are the platforms they are known on."""

    id: int
    name: str
    unit: str
    door: str
    roles: tuple[tuple[Role, str], ...]
    bound: tuple[str, ...]

    def row(self) -> dict[str, object]:
        """The person as JSON has it."""
        return {
            "id": self.id,
            "name": self.name,
            "unit": self.unit,
            "door": self.door,
            "roles": [{"role": role, "unit": unit} for role, unit in self.roles],
            "platforms": list(self.bound),
        }


async def everybody(tx: Transaction, unit_name: str) -> list[Person]:
    """Whoever came by a list, of all communities or in the unit of this name and below it."""
    tree = await units.all_units(tx)
    tops = [unit for unit in tree if unit.name == unit_name]
    if unit_name and not tops:
        raise Refused(text("cli.unknown_unit", unit=unit_name))
    paths = {unit.id: unit for unit in tree}
    found = []
    for unit in tree:
        found += await members.of_community(tx, unit.id)
    return [
        await _person(tx, member, paths)
        for member in found
        if member.code and (not tops or any(units.holds(top, paths[member.unit_id]) for top in tops))
    ]


async def _person(tx: Transaction, member: Member, tree: dict[int, Unit]) -> Person:
    held = await members.holdings_of(tx, member.id)
    ways = await members.ways_to(tx, member.id)
    return Person(
        member.id,
        member.name,
        path_name(tree[member.unit_id], tree),
        member.door,
        tuple((holding.role, path_name(tree[holding.unit_id], tree)) for holding in held),
        tuple(dict.fromkeys(way.platform for way in ways)),
    )


def path_name(unit: Unit, tree: dict[int, Unit]) -> str:
    """桂花里社区/第一网格."""
    names = [unit.name]
    while unit.parent_id is not None:
        unit = tree[unit.parent_id]
        names.append(unit.name)
    return "/".join(reversed(names))
