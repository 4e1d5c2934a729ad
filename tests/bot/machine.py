"""The machinery under a house of one slice, made for these tests: what it hears is said in single words.

`write KIND` writes a row and answers; `bug` writes and breaks; `no` refuses before writing, `late` after;
`secret` whispers. Anything else is nobody's business in a group.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.clock import StoryClock
from bot.clockwork import Clockwork
from bot.inlet import Inlet
from bot.pacing import Pacer
from bot.platforms.console import Console
from bot.post import Post
from handlers.dispatch import Dispatch
from handlers.door import Door
from handlers.groupbook import GroupBook
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.settings import Settings
from handlers.work import House, Work
from storage import outbox
from storage.database import Database, Transaction
from storage.messages import Act, Address, Card, Due, Inbound, Outgoing, Said, Sender, Urgency
from storage.outbox import Letter
from tests.storage.files import house, rows

MORNING = datetime(2026, 11, 2, 1, tzinfo=UTC)
REFUSED = 4_004
"""The poll whose close this house refuses, although nobody is there to be told so."""
SECRET = "receipt K7QW-29FJ, which no file may know"
ZHANG = Sender("u1", "张三")
HOME = Address("console", "u1")
_UNIT = text("INSERT INTO units (id, kind, name, path) VALUES (1, 'community', '桂花里', '1/')")
_WRITE = text("INSERT INTO numbers (community_id, kind, year, last) VALUES (1, :kind, 2026, 1)")
_CLOSE = text("UPDATE polls SET state = 'closed', outcome = 'passed' WHERE id = :id")


async def note(work: Work, kind: str) -> None:
    await work.tx.run(_WRITE, {"kind": kind})


def little_routes() -> Routes:
    routes = Routes()

    @routes.command("write", where=Where.ANYWHERE)
    async def write(work: Work, said: Said, rest: str) -> None:
        await note(work, rest)
        work.answer(f"wrote {rest}")

    @routes.command("bug", where=Where.ANYWHERE)
    async def bug(work: Work, said: Said, rest: str) -> None:
        await note(work, f"bug {rest}")
        work.answer("never told")
        raise LookupError("a bug of ours")

    @routes.command("no", where=Where.ANYWHERE)
    async def refuse(work: Work, said: Said, rest: str) -> None:
        work.answer("never told")
        raise Refusal("members.unknown")

    @routes.command("late", where=Where.ANYWHERE)
    async def refuse_late(work: Work, said: Said, rest: str) -> None:
        await note(work, f"late {rest}")
        work.answer("never told")
        raise Refusal("members.unknown")

    @routes.command("secret", where=Where.ANYWHERE)
    async def whisper(work: Work, said: Said, rest: str) -> None:
        await note(work, rest)
        work.whisper(SECRET)

    @routes.due("poll.close")
    async def close(work: Work, due: Due) -> None:
        if due.subject == REFUSED:
            raise Refusal("members.unknown")
        await work.tx.run(_CLOSE, {"id": due.subject})
        work.say(HOME, f"closed {due.subject} at {work.now:%m-%d %H:%M}")

    return routes


class Stage(Console):
    """A console that lets the test do something while it is being spoken to."""

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        if self.meanwhile:
            await self.meanwhile.pop(0)()
        return await super().perform(outgoing, urgency)

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: list[Callable[[], Awaitable[object]]] = []


@dataclass
class Machine:
    """Inlet, post office and clockwork over one file, each driven by the test."""

    path: Path
    database: Database
    console: Stage
    clock: StoryClock
    inlet: Inlet
    post: Post
    clockwork: Clockwork
    batches: list[int] = field(default_factory=list)
    _events: int = 0

    def event(self, words: str, event_id: str = "", sender: Sender = ZHANG) -> Inbound:
        """Something said to us in private."""
        self._events += 1
        said = Said(f"m{self._events}", words)
        name = event_id or f"e{self._events}"
        return Inbound("console", name, HOME, self.clock.now(), said, sender, private=True)

    async def says(self, *words: str) -> None:
        """Several messages at once, then whatever was answered is told."""
        await self.inlet.admit([self.event(one) for one in words])
        await self.post.drain()

    async def letters(self, *letters: Letter) -> None:
        """Letters decided elsewhere."""
        await self.database.write(lambda tx: outbox.write(tx, letters, self.clock.now()))

    async def later(self, **span: float) -> None:
        """Time passes, and what may be told by then is told."""
        self.clock.move(self.clock.now() + timedelta(**span))
        await self.post.drain()

    def written(self) -> set[str]:
        return {kind for (kind,) in rows(self.path, "SELECT kind FROM numbers")}

    def told(self) -> list[str]:
        return [shown.card.text for shown in self.console.shown]

    def states(self) -> list[str]:
        return [state for (state,) in rows(self.path, "SELECT state FROM outbox ORDER BY id")]

    async def _committed(self, works: Sequence[Work]) -> None:
        self.batches.append(len(works))
        self.post.whisper(whisper for work in works for whisper in work.whispers)


@asynccontextmanager
async def machine(path: Path, start: datetime = MORNING) -> AsyncIterator[Machine]:
    """Everything put together over a file that may be new, the inlet serving."""
    async with house(path) as database:
        if not rows(path, "SELECT 1 FROM units"):
            await database.write(_found)
        made = _assembled(database, path, StoryClock(start))
        await made.post.recover()
        serving = asyncio.create_task(made.inlet.run())
        try:
            yield made
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


async def _found(tx: Transaction) -> None:
    await tx.run(_UNIT)


def _assembled(database: Database, path: Path, clock: StoryClock) -> Machine:
    console, routes, settings = Stage(), little_routes(), Settings()
    book = GroupBook()
    door = Door(routes, settings, lambda _: False, book)
    dispatch = Dispatch(routes, House(routes.reactions, routes.drawings, settings), book)

    async def committed(works: Sequence[Work]) -> None:
        await made._committed(works)

    inlet = Inlet(database, dispatch, door, clock, committed)
    post = Post(database, {"console": console}, clock, Pacer({"console": console}))
    made = Machine(path, database, console, clock, inlet, post, Clockwork(database, inlet, clock))
    return made


def say(
    words: str, to: Address = HOME, *, once: str | None = None, urgency: Urgency = Urgency.ANSWER
) -> Letter:
    return Letter(Act.SAY, to, Card(words), urgency, once=once)
