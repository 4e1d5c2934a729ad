"""The community's roll as papers name people: officials with their posts, everybody else to be masked in public."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.papers.facts import NOBODY, Person, Standing
from handlers.texts import term
from storage import members
from storage.database import Transaction
from storage.records import Member, Role, Unit

OFFICES = (
    Role.PARTY_SECRETARY,
    Role.SECRETARY,
    Role.COMMITTEE,
    Role.SUPERVISOR,
    Role.PARTY_COMMITTEE,
    Role.GRID_LEAD,
    Role.GRID_WORKER,
    Role.STREET,
)
"""Whoever holds one answers to the public by name and post; who holds several, by the first of these."""


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody of a community, by their id."""

    people: Mapping[int, Person]

    def person(self, member_id: int | None) -> Person:
        """Somebody by id; nobody for None or an id of another community."""
        return NOBODY if member_id is None else self.people.get(member_id, NOBODY)

    def named(self, name: str) -> Person:
        """Somebody by a name that was written down; one the roll does not know is a resident."""
        same = [person for person in self.people.values() if person.name == name]
        officials = (person for person in same if person.standing is Standing.OFFICIAL)
        return next(officials, same[0] if same else Person(name))

    @property
    def everybody(self) -> tuple[Person, ...]:
        """All of them, in the order of the roll."""
        return tuple(self.people.values())


async def roll_of(tx: Transaction, community: Unit) -> Roll:
    """Read the roll."""
    posts = await _posts(tx, community)
    found = await members.of_community(tx, community.id)
    return Roll({member.id: _person(member, posts.get(member.id)) for member in found})


async def _posts(tx: Transaction, community: Unit) -> dict[int, Role]:
    held: dict[int, Role] = {}
    for holding, _ in await members.held_in(tx, community, OFFICES):
        before = held.get(holding.member_id, holding.role)
        held[holding.member_id] = min(before, holding.role, key=OFFICES.index)
    return held


def _person(member: Member, office: Role | None) -> Person:
    if office is None:
        return Person(member.name, door=member.door)
    return Person(member.name, Standing.OFFICIAL, term("role", office), member.door)
