"""Who owns what in a community, while a list is taken: read once, changed as the list tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.members.matching import ListedFlat
from handlers.work import Work
from storage import properties
from storage.database import Transaction
from storage.records import Ownership, Property, Unit, UnitUse


@dataclass(slots=True)
class Ledger:
    """Properties by door and their owners by id; `changed` are the members whose property a list has changed."""

    community: Unit
    by_door: dict[str, Property]
    owners: defaultdict[str, set[int]]
    doors: defaultdict[int, set[str]]
    changed: set[int] = field(default_factory=set)

    @classmethod
    async def read(cls, tx: Transaction, community: Unit) -> "Ledger":
        """The ledger as it stands."""
        found = await properties.of_community(tx, community.id)
        door = {one.id: one.door for one in found}
        ledger = cls(community, {one.door: one for one in found}, defaultdict(set), defaultdict(set))
        for one in await properties.ownerships_in(tx, community.id):
            ledger.owners[door[one.property_id]].add(one.member_id)
            ledger.doors[one.member_id].add(door[one.property_id])
        return ledger

    def doors_of(self, member_id: int) -> frozenset[str]:
        """What somebody owns."""
        return frozenset(self.doors[member_id])

    def owners_at(self, door: str) -> list[int]:
        """Who owns a unit, in the order of the roll."""
        return sorted(self.owners[door])

    async def take(self, work: Work, owning: Mapping[int, Sequence[ListedFlat]]) -> None:
        """Write down what each member owns; a unit whose area nobody tells is left to its owner's own line."""
        for member_id, flats in owning.items():
            for flat in flats:
                await self._correct(work.tx, member_id, flat)
        for member_id, flats in owning.items():
            for flat in flats:
                await self._enter(work, member_id, flat.door)

    async def strike_out(self, tx: Transaction, member_id: int, doors: Iterable[str]) -> None:
        """These units are not theirs any more."""
        for door in doors:
            await properties.let_go(tx, self.by_door[door].id, member_id)
            self.owners[door].discard(member_id)
            self.doors[member_id].discard(door)
            self.changed.add(member_id)

    async def _correct(self, tx: Transaction, member_id: int, flat: ListedFlat) -> None:
        if flat.area is None:
            return
        known = self.by_door.get(flat.door)
        if known is None:
            use = flat.use or UnitUse.FLAT
            told = Property(0, self.community.id, flat.door, use, flat.area, flat.count or 1)
            self.by_door[flat.door] = await properties.add(tx, told)
            return
        said = {"area": flat.area, "use": flat.use, "count": flat.count}
        new = {name: value for name, value in said.items() if value and value != getattr(known, name)}
        if new:
            await properties.change(tx, known.id, **new)
            self.changed.add(member_id)

    async def _enter(self, work: Work, member_id: int, door: str) -> None:
        if door in self.by_door and member_id not in self.owners[door]:
            await properties.own(work.tx, Ownership(self.by_door[door].id, member_id, work.now))
            self.owners[door].add(member_id)
            self.doors[member_id].add(door)
            self.changed.add(member_id)
