"""What stories in the room need: the representatives sit together, and the secretary is their host."""

import re
from datetime import UTC, datetime, timedelta

from tests.people import Person
from tests.stories.gatherings import HALL, before_the_representatives, community
from tests.world import World

EVENING = datetime(2026, 11, 14, 11, 0, tzinfo=UTC)  # 19:00 in Shanghai


def waiting(world: World, representatives: int = 6, extra: str = "") -> Person:
    """会1 of the representatives about 议1 is called, and its hour has come; quorum 4 of 6, more than half of those there."""
    secretary = community(world, representatives)
    before_the_representatives(world)
    secretary.says(f"开会 居民代表会议 11月14日19:00 {HALL} 议题 1{extra}", to="两委群")
    world.later(until=EVENING)
    return secretary


def sitting(world: World, representatives: int = 6, present: int = 0, extra: str = "") -> Person:
    """会1 has been opened, and the first so many are written down as present."""
    secretary = waiting(world, representatives, extra)
    secretary.says("开始 会1")
    if present:
        names = " ".join(f"代表{number}" for number in range(1, present + 1))
        secretary.says(f"到会 会1 {names}")
    return secretary


def shown_code(world: World, host: Person) -> str:
    """The code on the host's phone now."""
    host.says("签到码 会1")
    found = re.search(r"\d \d \d \d", world.last(host))
    assert found, world.last(host)
    return found[0].replace(" ", "")


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 4321) % 10000:04d}"


def room(world: World, host: Person) -> str:
    """The newest card of the room on the host's phone, as it looks now."""
    return [card.text for card in world.cards(host) if card.text.startswith("🏛")][-1]


def minutes(world: World, count: int) -> None:
    """So many minutes pass."""
    world.later(until=world.clock.now() + timedelta(minutes=count))


def attendances(world: World) -> list[tuple[object, ...]]:
    """(name, capacity, way, whether they have left), in the order of the roll."""
    return world.rows(
        "SELECT m.name, a.capacity, a.way, a.left_at IS NOT NULL FROM attendances a"
        " JOIN members m ON m.id = a.member_id ORDER BY a.member_id"
    )
