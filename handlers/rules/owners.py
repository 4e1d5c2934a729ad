"""Owners: how units become heads and square metres, and whose press counts for a shared unit.

业主大会和业主委员会指导规则 (建房〔2009〕274号) 24 and 25; parking after 宁波 18(2), a local rule.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, product
from typing import TypeAlias

from handlers.rules.outlook import Ballots
from handlers.rules.tally import Measures, total
from storage.records import Choice, Heads, UnitUse

Holder: TypeAlias = tuple[str, ...]
"""The persons who own together, sorted: one head."""


class Parking(StrEnum):
    """Whether the estate's own rules count parking spaces and garages."""

    LEFT_OUT = "left_out"
    COUNTED = "counted"


class Ground(StrEnum):
    """Why an entry is one head."""

    ONE_UNIT = "one_unit"
    SEVERAL_UNITS = "several_units"
    CO_OWNED = "co_owned"
    UNSOLD = "unsold"
    JOINED = "joined"


class Admission(StrEnum):
    """What becomes of a press."""

    KEPT = "kept"
    CHANGED = "changed"
    REPEATED = "repeated"
    FINAL = "final"
    KEEP_FIRST_WARN = "keep_first_warn"
    NOT_AN_OWNER = "not_an_owner"


@dataclass(frozen=True, slots=True)
class OwnedUnit:
    """A unit, or `count` like units with their total `area` in m², and who owns it."""

    id: str
    owners: tuple[str, ...]
    area: Decimal
    use: UnitUse = UnitUse.FLAT
    count: int = 1


@dataclass(frozen=True, slots=True)
class OwnersEntry:
    """One head of the roll with the units it stands for; `note` is the organiser's reason where he joined entries."""

    holder: Holder
    units: tuple[str, ...]
    area: Decimal
    ground: Ground
    note: str = ""

    @property
    def weight(self) -> Measures:
        """One head and the floor area."""
        return Measures(1, self.area)


@dataclass(frozen=True, slots=True)
class OwnersRoll:
    """Entries in the order of the units; `left_out` are the units that count for nothing."""

    entries: tuple[OwnersEntry, ...]
    left_out: tuple[str, ...]

    @property
    def whole(self) -> Measures:
        """Heads and area of the roll."""
        return total((entry.weight for entry in self.entries), Measures(0, Decimal(0)))

    def weights(self) -> dict[Holder, Measures]:
        """The roll as `take_tally` reads it."""
        return {entry.holder: entry.weight for entry in self.entries}


@dataclass(frozen=True, slots=True)
class Overlap:
    """A person in several entries, as where a couple owns one flat and one of them another: the organiser decides."""

    person: str
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the organiser settled of two units that share an owner, and why."""

    units: tuple[str, str]
    heads: Heads
    note: str


@dataclass(frozen=True, slots=True)
class UnitBallot:
    """A press for a unit by one of its owners."""

    by: str
    unit: str
    choice: Choice


def count_owners(units: Iterable[OwnedUnit], parking: Parking = Parking.LEFT_OUT) -> OwnersRoll:
    """Make one entry of all units with the same owners. Raises ValueError for a unit without any."""
    held: defaultdict[Holder, list[OwnedUnit]] = defaultdict(list)
    left_out: list[str] = []
    for unit in units:
        if not unit.owners:
            raise ValueError(f"unit {unit.id} has no owner")
        if unit.use is UnitUse.PARKING and parking is Parking.LEFT_OUT:
            left_out.append(unit.id)
        else:
            held[tuple(sorted(set(unit.owners)))].append(unit)
    return OwnersRoll(tuple(_entry(holder, owned) for holder, owned in held.items()), tuple(left_out))


def overlaps(roll: OwnersRoll) -> tuple[Overlap, ...]:
    """The persons who stand in several entries, by name."""
    found: defaultdict[str, list[Holder]] = defaultdict(list)
    for entry in roll.entries:
        for person in entry.holder:
            found[person].append(entry.holder)
    return tuple(
        Overlap(person, tuple(holders)) for person, holders in sorted(found.items()) if len(holders) > 1
    )


def settle(roll: OwnersRoll, settled: Iterable[Settlement]) -> OwnersRoll:
    """Make one head of the entries that were settled so, where they still share a person; others are left alone."""
    for settlement in settled:
        first, second = (_entry_of(roll, unit) for unit in settlement.units)
        if settlement.heads is Heads.ONE and first and second and _shared(first, second):
            roll = join(roll, (first.holder, second.holder), settlement.note)
    return roll


def unsettled(roll: OwnersRoll, settled: Collection[Settlement]) -> tuple[tuple[str, str], ...]:
    """Two units, the first of each entry, for every two entries that share a person and were not settled as APART."""
    apart = {frozenset(one.units) for one in settled if one.heads is Heads.APART}
    by_holder = {entry.holder: entry for entry in roll.entries}
    pairs = {
        (one, other): (by_holder[one], by_holder[other])
        for overlap in overlaps(roll)
        for one, other in combinations(overlap.holders, 2)
    }
    return tuple(
        (one.units[0], other.units[0])
        for one, other in pairs.values()
        if not any(frozenset(units) in apart for units in product(one.units, other.units))
    )


def electors_of(roll: OwnersRoll) -> dict[Holder, Holder]:
    """Who may cast the ballot of each entry: its owners, but nobody for two entries.

    Where owners stand in several entries that count apart, each entry gets one of them before any gets a second;
    an entry for which nobody is left gets ().
    """
    several = {overlap.person for overlap in overlaps(roll)}
    free = {
        entry.holder: tuple(person for person in entry.holder if person not in several)
        for entry in roll.entries
    }
    taken: dict[str, Holder] = {}
    for holder in sorted((holder for holder, own in free.items() if not own), key=len):
        _seat(holder, taken, set())
    for entry in roll.entries:
        for person in entry.holder:
            if person in several:
                taken.setdefault(person, entry.holder)
    return {
        holder: tuple(person for person in holder if person in own or taken.get(person) == holder)
        for holder, own in free.items()
    }


def _seat(holder: Holder, taken: dict[str, Holder], asked: set[str]) -> bool:
    """Find a person for an entry, moving others to a person of theirs where that helps (Kuhn's matching)."""
    for person in holder:
        if person not in asked:
            asked.add(person)
            if person not in taken or _seat(taken[person], taken, asked):
                taken[person] = holder
                return True
    return False


def _entry_of(roll: OwnersRoll, unit: str) -> OwnersEntry | None:
    return next((entry for entry in roll.entries if unit in entry.units), None)


def _shared(first: OwnersEntry, second: OwnersEntry) -> bool:
    return first is not second and bool(set(first.holder) & set(second.holder))


def join(roll: OwnersRoll, holders: Collection[Holder], note: str) -> OwnersRoll:
    """Make one head of several entries, with the organiser's reason. Raises ValueError without one."""
    joined = [entry for entry in roll.entries if entry.holder in holders]
    if not note.strip() or len(joined) != len(holders):
        raise ValueError("joining takes entries of this roll and a reason")
    one = OwnersEntry(
        holder=tuple(sorted({person for entry in joined for person in entry.holder})),
        units=tuple(unit for entry in joined for unit in entry.units),
        area=_area(entry.area for entry in joined),
        ground=Ground.JOINED,
        note=note,
    )
    kept = tuple(entry for entry in roll.entries if entry.holder not in holders)
    return OwnersRoll((one, *kept), roll.left_out)


def admit(standing: UnitBallot | None, pressed: UnitBallot, ballots: Ballots) -> Admission:
    """What becomes of a press while `standing` is the entry's ballot: the first co-owner's stands, the other is told."""
    if standing is None:
        return Admission.KEPT
    if standing.by != pressed.by:
        return Admission.KEEP_FIRST_WARN
    if standing.choice is pressed.choice:
        return Admission.REPEATED
    return Admission.CHANGED if ballots is Ballots.CHANGEABLE else Admission.FINAL


def receive(
    roll: OwnersRoll, pressed: Sequence[UnitBallot], ballots: Ballots = Ballots.FINAL
) -> tuple[dict[Holder, Choice], tuple[Admission, ...]]:
    """Take presses in order of arrival: each entry's standing choice, and the admission of every press."""
    entry_of = {unit: entry for entry in roll.entries for unit in entry.units}
    standing: dict[Holder, UnitBallot] = {}
    answers: list[Admission] = []
    for ballot in pressed:
        entry = entry_of.get(ballot.unit)
        if entry is None or ballot.by not in entry.holder:
            answers.append(Admission.NOT_AN_OWNER)
            continue
        answers.append(admit(standing.get(entry.holder), ballot, ballots))
        if answers[-1] in {Admission.KEPT, Admission.CHANGED}:
            standing[entry.holder] = ballot
    return {holder: ballot.choice for holder, ballot in standing.items()}, tuple(answers)


def _entry(holder: Holder, owned: Sequence[OwnedUnit]) -> OwnersEntry:
    units, area = tuple(unit.id for unit in owned), _area(unit.area for unit in owned)
    return OwnersEntry(holder, units, area, _ground(holder, owned))


def _ground(holder: Holder, owned: Sequence[OwnedUnit]) -> Ground:
    if any(unit.use is UnitUse.UNSOLD for unit in owned):
        return Ground.UNSOLD
    if len(holder) > 1:
        return Ground.CO_OWNED
    return Ground.SEVERAL_UNITS if sum(unit.count for unit in owned) > 1 else Ground.ONE_UNIT


def _area(areas: Iterable[Decimal]) -> Decimal:
    found = total((Measures(0, area) for area in areas), Measures(0, Decimal(0))).area
    assert found is not None
    return found
