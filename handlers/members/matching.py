"""Who on a list is who on the roll: a pure comparison, so that reading a list again doubles nobody."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from storage.records import Identity, Member, Role, UnitUse


@dataclass(frozen=True, slots=True)
class ListedFlat:
    """What a list says somebody owns; `door` as it is known in the whole community, None for what is left out."""

    door: str
    area: Decimal | None
    use: UnitUse | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a list. `held` are (role, unit id), `accounts` (platform, account); a unit None was not said.

    `adult_at` is when they come of age by their date of birth (it may lie behind us), `adult_by` when they do at the
    latest, where nothing but an age was told.
    """

    line: int
    name: str
    unit_id: int | None
    door: str
    area: Decimal | None
    phone: str
    held: frozenset[tuple[Role, int | None]]
    accounts: tuple[tuple[str, str], ...]
    flats: tuple[ListedFlat, ...] = ()
    adult_at: datetime | None = None
    adult_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody as stored, with roles (and the units they are held in), accounts, and the doors of what they own."""

    member: Member
    held: frozenset[tuple[Role, int]]
    accounts: tuple[Identity, ...]
    doors: frozenset[str] = frozenset()

    @property
    def on_roll(self) -> bool:
        """Whether they came by a list: whoever is only met in a chat is known by an account and nothing else."""
        return bool(self.member.code)


class Clash(StrEnum):
    """Why a person of a list is nobody's match and yet not new."""

    ACCOUNT_TAKEN = "account_taken"
    SEVERAL = "several"
    LISTED_TWICE = "listed_twice"


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a listed person was found to be: `known` (None: new), `met` in chats before the list came, or a clash.

    `other` says with whom (or with which line) it clashes.
    """

    listed: Listed
    known: Enrolled | None = None
    met: tuple[Enrolled, ...] = ()
    clash: Clash | None = None
    other: str = ""


@dataclass(slots=True)
class Roll:
    """The people of a community (and whoever owns an account of the list), by what they can be recognised by."""

    community_id: int
    people: Sequence[Enrolled]
    _named: dict[str, list[Enrolled]] = field(default_factory=dict)
    _owners: dict[tuple[str, str], Enrolled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look everybody over once."""
        for person in self.people:
            if person.on_roll and person.member.community_id == self.community_id:
                self._named.setdefault(person.member.name, []).append(person)
            self._owners |= {(one.platform, one.account): person for one in person.accounts}

    def match(self, listed: Iterable[Listed]) -> list[Match]:
        """Find everybody of a list, in its order; nobody is found twice."""
        people = list(listed)
        once = _names_once(people)
        taken: dict[int, int] = {}
        found = []
        for person in people:
            match = self._find(person, once)
            first = taken.setdefault(match.known.member.id, person.line) if match.known else person.line
            again = Match(person, clash=Clash.LISTED_TWICE, other=str(first))
            found.append(match if first == person.line else again)
        return found

    def _find(self, person: Listed, once: frozenset[str]) -> Match:
        owners = {
            self._owners[key].member.id: self._owners[key] for key in person.accounts if key in self._owners
        }
        claimed = {key: owner for key, owner in owners.items() if owner.on_roll}
        met = tuple(owner for owner in owners.values() if not owner.on_roll)
        for owner in claimed.values():
            if owner.member.community_id != self.community_id or not _may_be(owner.member, person):
                return Match(person, clash=Clash.ACCOUNT_TAKEN, other=owner.member.name)
        same = claimed | self._like(person, once)
        if len(same) > 1:
            return Match(person, clash=Clash.SEVERAL, other=person.name)
        return Match(person, next(iter(same.values()), None), met)

    def _like(self, person: Listed, once: frozenset[str]) -> dict[int, Enrolled]:
        """Namesakes with the same phone, else the same door, else what they own, else the only one without a door."""
        namesakes = self._named.get(person.name, [])
        alike = [one for one in namesakes if _same_phone(one.member, person)]
        alike = alike or [one for one in namesakes if _same_home(one.member, person)]
        alike = alike or [one for one in namesakes if _same_flat(one, person)]
        if not alike and person.name in once and len(namesakes) == 1:
            alike = [one for one in namesakes if _homeless(one.member, person)]
        return {one.member.id: one for one in alike}


def _names_once(people: Sequence[Listed]) -> frozenset[str]:
    counted = Counter(person.name for person in people)
    return frozenset(name for name, times in counted.items() if times == 1)


def _may_be(member: Member, person: Listed) -> bool:
    """An account says who somebody is, a corrected name included, as long as phone or door agree with it."""
    return member.name == person.name or _same_phone(member, person) or _same_home(member, person)


def _same_phone(member: Member, person: Listed) -> bool:
    return bool(person.phone) and member.phone == person.phone


def _same_home(member: Member, person: Listed) -> bool:
    return bool(person.door) and member.door == person.door


def _same_flat(one: Enrolled, person: Listed) -> bool:
    """A namesake who owns what the list says somebody owns, where no two phones tell them apart."""
    two_phones = bool(person.phone and one.member.phone and person.phone != one.member.phone)
    return not two_phones and any(flat.door in one.doors for flat in person.flats)


def _homeless(member: Member, person: Listed) -> bool:
    """No door on either side and no other unit: a grid worker or an official, not one of two neighbours."""
    return not (member.door or person.door) and person.unit_id in {None, member.unit_id}
