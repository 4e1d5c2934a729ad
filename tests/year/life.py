"""A life lived through a world: what people do, at which moments, and what goes wrong in between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from storage.messages import Pressed
from tests.people import Person
from tests.world import Manner, World
from tests.year.cast import Body, Cast
from tests.year.ledger import Ledger
from tests.year.truth import ZONE, Answered, Truth, shown_moment

Deed = Callable[[], None]


@dataclass
class Life:
    """A world, its people, and what they still have before them.

    `rough` is the share of deeds at which the house is killed after its commit, or is told them twice.
    """

    world: World
    cast: Cast
    chance: Random
    ledger: Ledger
    rough: float = 0
    truths: dict[int, Truth] = field(default_factory=dict)
    down: list[tuple[datetime, datetime]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    deeds: int = 0
    _ahead: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    @property
    def now(self) -> datetime:
        """The moment that has come."""
        return self.world.clock.now()

    def at(self, moment: datetime, deed: Deed) -> None:
        """Something will be done then."""
        heappush(self._ahead, (moment, next(self._order), deed))

    def live(self, until: datetime) -> None:
        """Let everything happen, in order. What falls into a time when the house is down reaches it afterwards."""
        while self._ahead and self._ahead[0][0] <= until:
            moment, _, deed = heappop(self._ahead)
            self.world.later(until=moment)
            self.world.manner = self._manner()
            deed()
            self.deeds += 1
        self.world.manner = Manner.CALM
        self.world.later(until=until)

    def _manner(self) -> Manner:
        rough = (Manner.KILLED_AFTER_EVERY_COMMIT, Manner.EVERYTHING_TWICE)
        return self.chance.choice(rough) if self.chance.random() < self.rough else Manner.CALM

    # ------------------------------------------------------------------ the house

    def restart(self) -> None:
        """Stop and start."""
        self.world.restart()

    def sleep(self, length: timedelta) -> None:
        """The house is down for so long; what was said meanwhile reaches it after it has seen to what was due."""
        begun = self.now
        self.world.asleep(seconds=length.total_seconds())
        self.down.append((begun, self.now))
        self.world.later(seconds=1)

    # ------------------------------------------------------------------ the office

    def call(self, body: Body, starts_at: datetime, extra: str = "") -> Truth | None:
        """The clerk calls a meeting; None when the house said no. `extra` may begin with another place."""
        words = f"开会 {body.name} {_typed(starts_at)} {extra or body.place}"
        if not self._does(words, "📅 已通知"):
            return None
        [(key, number)] = self.world.rows("SELECT id, number FROM meetings ORDER BY id DESC LIMIT 1")
        truth = Truth(key, number, body, [(self.now, starts_at)])
        self.truths[number] = truth
        return truth

    def move(self, truth: Truth, starts_at: datetime) -> None:
        """The clerk moves a meeting."""
        if self._does(f"改期 会{truth.number} {_typed(starts_at)}", "已改"):
            truth.starts.append((self.now, starts_at))

    def cancel(self, truth: Truth) -> None:
        """The clerk calls a meeting off."""
        if self._does(f"取消 会{truth.number} 与换届会撞期", f"会{truth.number} 已取消，不再提醒"):
            truth.cancelled_at = self.now

    def decide(self, truth: Truth, topic: int) -> None:
        """The clerk enters what came of an item."""
        self._does(f"结果 会{truth.number} 议{topic} 通过", "已记")

    def _does(self, words: str, answered: str) -> bool:
        """Say it to the house; whether the answer begins so. Any other answer is kept as a no."""
        self.cast.clerk.says(words)
        done = any(said.startswith(answered) for said in self._answers())
        if not done:
            self.refused.append(f"{words} → {self.cast.clerk.heard()[-1]}")
        return done

    def _answers(self) -> list[str]:
        heard = self.cast.clerk.private
        return [one.text for one in self.ledger.heard[-80:] if one.where == heard and one.at == self.now]

    # ------------------------------------------------------------------ who was called

    def answer(self, truth: Truth, who: Person, *, comes: bool) -> None:
        """Somebody says whether they come: by a button, in words, or in the group when they have no private chat."""
        valid = truth.open_at(self.now)
        where = "" if who.name not in self.cast.unreached else truth.body.group
        if self.chance.random() < 0.5 and not where:
            verb = "coming" if comes else "leave"
            pressed = Pressed(f"meeting.{verb}:{truth.id}", "m0", f"q{self.world._id()}")
            self.world.arrive(who.private, pressed, who.sender, private=True)
        else:
            who.says(f"{'参加' if comes else '请假'} 会{truth.number}", to=where)
        if valid:
            truth.answers.append(Answered(self.now, who, comes))


def _typed(at: datetime) -> str:
    return f"{at.astimezone(ZONE).year}年" + shown_moment(at, at)
