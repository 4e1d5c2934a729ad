"""Taking a list of people onto the roll: members with personal codes, their roles and accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.codes import LENGTH, code_from
from handlers.events import RollImported
from handlers.members.ledger import Ledger
from handlers.members.matching import Clash, Enrolled, Listed, ListedFlat, Match, Roll
from handlers.work import Work
from storage import members
from storage.database import Transaction
from storage.records import Holding, Identity, Member, Role, Unit


class Roles(StrEnum):
    """What becomes of roles somebody holds and the list does not give: they stay, or are taken back."""

    ADD = "add"
    EXACT = "exact"


class Fate(StrEnum):
    """What the list does to a person."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done for one person of the list.

    `changed` names columns of the member, "role", "account" or "flat"; `beyond` are roles held that the list does not
    give, `flats_beyond` doors of what they own and the list does not tell. `co_owners` says, as (door, names), who
    else owns a unit of theirs by the roll and not by the list.
    """

    line: int
    name: str
    fate: Fate
    member: Member | None = None
    changed: tuple[str, ...] = ()
    beyond: tuple[Role, ...] = ()
    clash: Clash | None = None
    other: str = ""
    flats_beyond: tuple[str, ...] = ()
    co_owners: tuple[tuple[str, str], ...] = ()


async def take_list(work: Work, community: Unit, listed: Sequence[Listed], roles: Roles) -> list[Outcome]:
    """Put the people of a list on the community's roll, or correct what it says of them; in the list's order.

    A person who clashes is left out and the others are taken.
    """
    estate = await Ledger.read(work.tx, community)
    roll = Roll(community.id, await _everybody(work.tx, community, listed, estate))
    taking = _Taking(work, community, roles)
    taken = [await taking.take(match) for match in roll.match(listed)]
    outcomes = await _take_flats(work, estate, listed, taken, roles)
    done = sum(one.fate in {Fate.NEW, Fate.CHANGED} for one in outcomes)
    if done:
        await work.record(RollImported(community.id, done))
    return outcomes


async def _take_flats(
    work: Work, estate: Ledger, listed: Sequence[Listed], taken: Sequence[Outcome], roles: Roles
) -> list[Outcome]:
    """Write down what the people of a list own, and say so in their outcomes."""
    told = {one.member.id: person for person, one in zip(listed, taken, strict=True) if one.member}
    owning = {
        member_id: person.flats
        for member_id, person in told.items()
        if person.flats or (roles is Roles.EXACT and estate.doors_of(member_id))
    }
    await estate.take(work, owning)
    beyond = {member_id: estate.doors_of(member_id) - _doors(flats) for member_id, flats in owning.items()}
    if roles is Roles.EXACT:
        for member_id, doors in beyond.items():
            await estate.strike_out(work.tx, member_id, doors)
        beyond = {}
    return [await _with_flats(work.tx, estate, one, owning, beyond) for one in taken]


async def _with_flats(
    tx: Transaction,
    estate: Ledger,
    one: Outcome,
    owning: Mapping[int, tuple[ListedFlat, ...]],
    beyond: Mapping[int, frozenset[str]],
) -> Outcome:
    if one.member is None or one.member.id not in owning:
        return one
    others = []
    for door in sorted(_doors(owning[one.member.id])):
        unlisted = [owner for owner in estate.owners_at(door) if door not in _doors(owning.get(owner, ()))]
        names = [(await members.get(tx, owner)).name for owner in unlisted]
        others += [(door, name) for name in names]
    changed = (*one.changed, "flat") if one.member.id in estate.changed else one.changed
    fate = Fate.CHANGED if changed and one.fate is Fate.SAME else one.fate
    left = tuple(sorted(beyond.get(one.member.id, ())))
    return replace(one, fate=fate, changed=changed, flats_beyond=left, co_owners=tuple(others))


def _doors(flats: Sequence[ListedFlat]) -> frozenset[str]:
    return frozenset(flat.door for flat in flats)


async def _everybody(
    tx: Transaction, community: Unit, listed: Sequence[Listed], estate: Ledger
) -> list[Enrolled]:
    found = {member.id: member for member in await members.of_community(tx, community.id)}
    for platform, account in (account for person in listed for account in person.accounts):
        owner = await members.by_account(tx, platform, account)
        if owner:
            found[owner.id] = owner
    return [await _enrolled(tx, member, estate.doors_of(member.id)) for member in found.values()]


async def _enrolled(tx: Transaction, member: Member, doors: frozenset[str]) -> Enrolled:
    held = await members.holdings_of(tx, member.id)
    return Enrolled(
        member,
        frozenset((holding.role, holding.unit_id) for holding in held),
        tuple(await members.ways_to(tx, member.id)),
        doors,
    )


@dataclass(frozen=True, slots=True)
class _Taking:
    work: Work
    community: Unit
    roles: Roles

    async def take(self, match: Match) -> Outcome:
        listed = match.listed
        if match.clash:
            return Outcome(listed.line, listed.name, Fate.LEFT_OUT, clash=match.clash, other=match.other)
        known = match.known or Enrolled(await self._enrol(listed), frozenset(), ())
        changed = await self._correct(known, listed) if match.known else []
        beyond = await self._give_roles(known, listed, changed)
        await self._know_accounts(known, match, changed)
        fate = Fate.NEW if match.known is None else Fate.CHANGED if changed else Fate.SAME
        now = await members.get(self.work.tx, known.member.id)
        return Outcome(listed.line, listed.name, fate, now, tuple(changed), beyond)

    async def _enrol(self, listed: Listed) -> Member:
        unit = listed.unit_id or self.community.id
        code = await self._new_code()
        made = Member(
            0,
            self.community.id,
            listed.name,
            unit,
            listed.door,
            listed.area,
            listed.phone,
            code,
            self.work.now,
            self._coming_of_age(listed, None),
        )
        return await members.add(self.work.tx, made)

    async def _new_code(self) -> str:
        while True:
            code = code_from(self.work.house.random(LENGTH))
            if not await members.by_code(self.work.tx, code):
                return code

    async def _correct(self, known: Enrolled, listed: Listed) -> list[str]:
        """Change what the list says otherwise; what it leaves empty stays. Another unit somebody owns is no new home."""
        member = known.member
        said: dict[str, object] = {
            "name": listed.name,
            "unit_id": listed.unit_id,
            "door": listed.door,
            "area": listed.area,
            "phone": listed.phone,
        }
        new = {name: value for name, value in said.items() if value and value != getattr(member, name)}
        owned = _doors(listed.flats)
        if "door" in new and listed.door in owned and member.door in owned | known.doors:
            new = {name: value for name, value in new.items() if name not in {"door", "area"}}
        if (adult_at := self._coming_of_age(listed, member.adult_at)) != member.adult_at:
            new["adult_at"] = adult_at
        if new:
            await members.change(self.work.tx, member.id, **new)
        return list(new)

    def _coming_of_age(self, listed: Listed, known: datetime | None) -> datetime | None:
        """When a minor comes of age; None once they have, so that no grown-up's birthday is kept.

        An age alone tells it to a year: it only ever brings the day forward.
        """
        if listed.adult_at:
            return listed.adult_at if listed.adult_at > self.work.now else None
        if listed.adult_by is None:
            return known
        return min(known or listed.adult_by, listed.adult_by) if listed.adult_by > self.work.now else None

    async def _give_roles(self, known: Enrolled, listed: Listed, changed: list[str]) -> tuple[Role, ...]:
        """Give the roles of the list; the roles held beyond it, which are taken back where it is to be exact."""
        wanted = frozenset(self._placed(role, unit, known) for role, unit in listed.held)
        beyond = known.held - wanted
        for role, unit in sorted(wanted - known.held):
            await members.hold(self.work.tx, Holding(known.member.id, role, unit))
        if self.roles is Roles.EXACT:
            for role, unit in sorted(beyond):
                await members.lay_down(self.work.tx, Holding(known.member.id, role, unit))
        if wanted - known.held or (beyond and self.roles is Roles.EXACT):
            changed.append("role")
        return tuple(dict.fromkeys(role for role, _ in sorted(beyond)))

    def _placed(self, role: Role, unit: int | None, known: Enrolled) -> tuple[Role, int]:
        """Where a role is held; one whose unit was not said is where it was held before, else in the community."""
        if unit is not None:
            return role, unit
        before = sorted(held for held in known.held if held[0] is role)
        return before[0] if before else (role, self.community.id)

    async def _know_accounts(self, known: Enrolled, match: Match, changed: list[str]) -> None:
        """Whoever was met in a chat under one of these accounts is this person, with all they have raised."""
        before = {(one.platform, one.account) for one in known.accounts}
        for met in match.met:
            await members.absorb(self.work.tx, met.member, known.member)
        for platform, account in match.listed.accounts:
            if (platform, account) not in before:
                way = Identity(platform, account, known.member.id, match.listed.name, "")
                await members.know(self.work.tx, way)
                changed.append("account")
