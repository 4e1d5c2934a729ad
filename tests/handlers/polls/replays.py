"""A poll that is open in a house made once and copied for every example, and people who act in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from unittest.mock import patch

from storage.messages import Address, Inbound, Pressed
from tests.people import Person
from tests.stories.voting import at_the_vote
from tests.world import World

VOTERS = 5
GROUP = "代表决议群"
LABELS = {"for": "赞成", "against": "反对", "abstain": "弃权"}
BEGIN = 100_000  # events of the copies bear other names than those that made the house


class Hall:
    """A world in which poll 1 is open to VOTERS representatives."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.presses: list[Inbound] = []

    @property
    def closes_at(self) -> datetime:
        (text,) = self.world.rows("SELECT closes_at FROM polls")[0]
        return datetime.fromisoformat(f"{text}+00:00")

    @property
    def open(self) -> bool:
        return self.world.rows("SELECT state FROM polls") == [("open",)]

    def votes(self, number: int, choice: str) -> None:
        """A voter presses; the event is kept, to be delivered again later."""
        content = Pressed(f"poll.cast:1:{choice}", "x", f"q{len(self.presses)}")
        sender = self.world.people[f"代表{number}"].sender
        self.presses.append(self.world.event(self.world.groups[GROUP], content, sender))
        self.world.arrive_together([self.presses[-1]])

    def result(self) -> tuple[object, ...]:
        """Outcome, verdict with its tally, and seal: equal houses with equal ballots must have equal ones."""
        return self.world.rows("SELECT outcome, verdict, seal FROM polls")[0]

    def ballots(self) -> dict[int, str]:
        """What the rows say, by the number of the representative."""
        query = "SELECT name, choice FROM ballots JOIN members ON members.id = ballots.member_id"
        return {int(name.removeprefix("代表")): choice for name, choice in self.world.rows(query)}


@contextmanager
def hall() -> Iterator[Hall]:
    """A fresh copy of the open poll."""
    file, groups, accounts, now = _made()
    with (
        TemporaryDirectory() as folder,
        patch("tests.world.empty_database", lambda: file),
    ):
        world = World(Path(folder), start=now)
        world._events = BEGIN
        world.groups.update(groups)
        world.people.update({name: Person(world, name, account) for name, account in accounts.items()})
        yield Hall(world)
        world.close()


@cache
def _made() -> tuple[bytes, dict[str, Address], dict[str, str], datetime]:
    world = World(Path(mkdtemp()))
    at_the_vote(world, voters=VOTERS)
    accounts = {person.name: person.account for person in world.people.values()}
    now = world.clock.now()
    world.close()
    return world.path.read_bytes(), dict(world.groups), accounts, now
