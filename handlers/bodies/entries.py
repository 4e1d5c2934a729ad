"""The roll of a body, entry by entry: who shares one head, why they stand there, and with what floor area."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from handlers.bodies.catalogue import Body, Computed, Counts, bodies
from handlers.bodies.doors import full_door, written
from handlers.bodies.estate import Estate, read_estate
from handlers.bodies.people import community_of, people
from handlers.refusals import Refusal
from handlers.rules.owners import Ground, OwnersEntry, electors_of, unsettled
from handlers.texts import term, text
from handlers.work import Work
from storage import members, units
from storage.records import Holding, Member, Role, Unit, UnitKind, UnitUse

_SHOWN = 5
"""So many overlaps are named at once; the next ones when these are settled."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One head of a roll: the ids of those who may cast its ballot, the first of whom it is counted under.

    `reason` is what the frozen roll keeps of it, its doors first; `area` in m² is kept of owners alone, None where
    it is not known.
    """

    members: tuple[int, ...]
    reason: str
    area: Decimal | None = None


async def entries(work: Work, body_id: str, topic_id: int | None, at: datetime) -> list[Entry]:
    """The roll of a body for a topic as of `at`, when whoever is not of age yet stands on none (民法典 13, 17).

    Owners are the exception: for a minor who owns, the guardian casts (业主大会和业主委员会指导规则 25). Refusal where
    the law leaves it open how owners count, and for a body whose roll nobody keeps here.
    """
    body = bodies()[body_id]
    if body.computed is Computed.COLLECTIVE_MEMBERS:
        raise Refusal("electorate.no_collective_roll", body=body.name)
    if body.counts is Counts.OWNER:
        return await _owners(work, body, topic_id, at)
    found = await people(work, body_id, topic_id)
    if body.computed:
        return [Entry((member.id,), body.name) for member in found]
    adults = [member for member in found if member.adult_at is None or member.adult_at <= at]
    community = await community_of(work, topic_id)
    if body.counts is Counts.HOUSEHOLD:
        return await _households(work, community, adults)
    return await _persons(work, community, body, adults)


async def _persons(work: Work, community: Unit, body: Body, found: Sequence[Member]) -> list[Entry]:
    held: defaultdict[int, list[str]] = defaultdict(list)
    holdings = await members.held_in(work.tx, community, body.roles)
    for holding, unit in sorted(holdings, key=lambda one: body.roles.index(one[0].role)):
        held[holding.member_id].append(_held(holding, unit))
    divider = text("electorate.and")
    return [Entry((member.id,), divider.join(dict.fromkeys(held[member.id]))) for member in found]


def _held(holding: Holding, unit: str) -> str:
    return text("electorate.person", role=term("role", holding.role), unit=unit)


async def _households(work: Work, community: Unit, found: Sequence[Member]) -> list[Entry]:
    """One entry for each door, whoever of its representatives comes first; one without a door is its own."""
    names = {
        unit.id: unit.name
        for unit in await units.under(work.tx, community)
        if unit.kind is not UnitKind.COMMUNITY
    }
    homes: defaultdict[str, list[int]] = defaultdict(list)
    for member in found:
        homes[full_door(member.door, names.get(member.unit_id, "")) or f"#{member.id}"].append(member.id)
    role = term("role", Role.HOUSEHOLD)
    return [Entry(tuple(ids), written(_shown((door,)), role)) for door, ids in homes.items()]


async def _owners(work: Work, body: Body, topic_id: int | None, at: datetime) -> list[Entry]:
    community = await community_of(work, topic_id)
    estate = await read_estate(work.tx, work.settings, community)
    roll = estate.roll
    if open_pairs := unsettled(roll, estate.settled):
        raise Refusal("electorate.overlap", pairs=_pairs(open_pairs), example=" ".join(open_pairs[0]))
    seats = electors_of(roll)
    if unseated := [entry for entry in roll.entries if not seats[entry.holder]]:
        raise Refusal("electorate.too_few_owners", doors=text("electorate.and").join(unseated[0].units))
    made = [_entry(estate, entry, seats[entry.holder], at) for entry in roll.entries]
    if body.computed is None:
        return made
    concerned = {member.id for member in await people(work, body.id, topic_id)}
    return [entry for entry in made if concerned & set(entry.members)]


def _pairs(open_pairs: Sequence[tuple[str, str]]) -> str:
    said = [text("electorate.pair", one=one, other=other) for one, other in open_pairs[:_SHOWN]]
    return text("electorate.and").join(said)


def _entry(estate: Estate, entry: OwnersEntry, seated: Iterable[str], at: datetime) -> Entry:
    unknown = estate.unmeasured & set(entry.units)
    area = None if unknown else entry.area
    ids = tuple(sorted(int(person) for person in seated))
    return Entry(ids, written(_shown(entry.units), _reason(estate, entry, area, at)), area)


def _reason(estate: Estate, entry: OwnersEntry, area: Decimal | None, at: datetime) -> str:
    persons = [estate.people[owner] for owner in entry.holder]
    minors = any(member.adult_at and member.adult_at > at for member in persons)
    return text(
        "electorate.owner",
        owner=term("role", Role.OWNER),
        shared=text("electorate.shared", count=len(persons)) if len(persons) > 1 else "",
        unsold=_unsold(estate, entry),
        joined=text("electorate.joined", note=entry.note) if entry.ground is Ground.JOINED else "",
        minor=text("electorate.minor") if minors else "",
        area=_area(entry, area),
    )


def _unsold(estate: Estate, entry: OwnersEntry) -> str:
    if entry.ground not in {Ground.UNSOLD, Ground.JOINED}:
        return ""
    unsold = [unit for unit in estate.units if unit.id in entry.units and unit.use is UnitUse.UNSOLD]
    return text("electorate.unsold", count=sum(unit.count for unit in unsold)) if unsold else ""


def _area(entry: OwnersEntry, area: Decimal | None) -> str:
    if area is None:
        return ""
    key = "electorate.area" if len(entry.units) == 1 else "electorate.area_together"
    return text(key, area=f"{area:f}")


def _shown(doors: Iterable[str]) -> tuple[str, ...]:
    """The doors people know; a line without one has but a number of ours."""
    return tuple(door for door in doors if not door.startswith("#"))
