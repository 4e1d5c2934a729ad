"""The people of the year, and who of them is called to what."""

from dataclasses import dataclass

from tests.people import Person
from tests.world import World

RESIDENTS = "居民群"
COMMITTEE = "两委群"
DELEGATES = "代表决议群"
PARTY = "党员审议群"


@dataclass(frozen=True, slots=True)
class Body:
    """Who meets: what the meeting is called, its group, its place, the people on its roll."""

    name: str
    group: str
    place: str
    roll: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody. `bystanders` are on the roll of no meeting, `unreached` (names) have no private chat with us."""

    clerk: Person
    committee: Body
    delegates: Body
    bystanders: tuple[Person, ...]
    unreached: frozenset[str]

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Each person once."""
        return (self.clerk, *self.committee.roll, *self.delegates.roll[1:], *self.bystanders)


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are of each; every `unreached`-th of them has no private chat with us."""

    committee: int = 6
    party: int = 8
    representatives: int = 13
    bystanders: int = 3
    unreached: int = 6


def cast_of(world: World, size: Size) -> Cast:
    """Put the community, its groups and its people into a world."""
    for group in (RESIDENTS, DELEGATES, COMMITTEE, PARTY):
        world.group(group)
    head = world.member("书记", "书记")
    committee = _people(world, "委员", "居（村）委", size.committee, size)
    party = _people(world, "党员", "党员", size.party, size)
    representatives = _people(world, "代表", "居民代表", size.representatives, size)
    called = (head, *party, *representatives)
    unreached = [
        person.name
        for part in (committee, party, representatives)
        for person in part[size.unreached - 1 :: size.unreached]
    ]
    return Cast(
        clerk=world.member("小周", "文书"),
        committee=Body("两委会", COMMITTEE, "二楼会议室", (head, *committee)),
        delegates=Body("党员群众代表会", DELEGATES, "议事厅", called),
        bystanders=_people(world, "居民", "居民", size.bystanders, size),
        unreached=frozenset(unreached),
    )


def _people(world: World, name: str, role: str, count: int, size: Size) -> tuple[Person, ...]:
    numbers = range(1, count + 1)
    return tuple(
        world.member(f"{name}{number}", role, private=number % size.unreached != 0) for number in numbers
    )
