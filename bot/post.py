"""What goes out: from the outbox to the platforms, in order, at their pace, each important word once.

A letter is marked `sending` on disk before it is offered and `sent` after. Found `sending` after a crash it may or
may not have been told: one that carries a `once` key is set aside as doubtful, any other is said again. Answers to
presses are marked like all others, though telling them twice harms nobody: the marks of one moment are one commit,
and what is not marked would be found waiting, and told again, by whoever looks meanwhile.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.pacing import Pacer, Pauses
from bot.platforms.base import (
    ChatMoved,
    Doubtful,
    Platform,
    SendError,
    Silent,
    TryLater,
    Unavailable,
    Unreachable,
)
from bot.post_book import Book
from handlers.work import Whisper
from storage import cards, groups, members, outbox
from storage.database import Database, Transaction
from storage.messages import Act, Address, Card, Made, Outgoing, Urgency
from storage.outbox import Pending
from storage.records import OutboxState

log = structlog.get_logger()
BACK_OFF = (1, 2, 5, 15, 60, 300)
Make = Callable[[Card], Coroutine[object, object, tuple[Card, tuple[Made, ...]]]]
"""Makes the files of a card that the house makes itself; the card then names no other. Raises SendError to wait."""


Night = Callable[[datetime], datetime | None]
"""When the quiet hours that hold at a moment end; None by day."""


def _never_quiet(_: datetime) -> datetime | None:
    return None


async def _makes_nothing(card: Card) -> tuple[Card, tuple[Made, ...]]:
    return card, ()


@dataclass(slots=True)
class Post:
    """The post office of all platforms."""

    database: Database
    platforms: Mapping[str, Platform]
    clock: Clock
    pacer: Pacer
    make: Make = _makes_nothing
    night: Night = _never_quiet
    _book: Book = field(init=False)
    _waiting: dict[int, Pending] = field(default_factory=dict)
    _soonest: datetime | None = None
    _busy: set[Address] = field(default_factory=set)
    _pauses: Pauses = field(default_factory=Pauses)
    _silent: set[Address] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._book = Book(self.database)

    async def recover(self) -> None:
        """After a start: what was being told when we stopped is doubtful if important, else told again."""
        await self.database.write(_recover)
        waiting = await self.database.read(lambda tx: outbox.listed(tx, OutboxState.WAITING))
        self._silent = {letter.address for letter in waiting if letter.error == outbox.UNTIL_THEY_WRITE}

    async def heard(self, address: Address) -> None:
        """Somebody has written to us alone: what waited for that may be told."""
        if address not in self._silent:
            return
        self._silent.discard(address)
        self._pauses.lift(address)
        now = self.clock.now()
        await self._book.write(lambda tx: outbox.hasten(tx, address, now))

    async def run(self) -> None:
        """Serve until cancelled, then let what is on its way arrive."""
        try:
            while True:
                self._woken.clear()
                await self.collect()
                self._start_ready()
                await self._wait()
        finally:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drain(self) -> None:
        """Tell everything that may be told at this moment, and return when that is done."""
        while True:
            await self.collect()
            self._start_ready()
            if not self._tasks:
                return
            await asyncio.gather(*self._tasks)

    def wake(self) -> None:
        """Something was committed: there may be letters."""
        self._woken.set()

    async def collect(self) -> None:
        """Read what may be told now, and when something that is held back may be."""
        now = self.clock.now()
        rows, self._soonest = await self.database.read(lambda tx: _looked_through(tx, now))
        self._waiting = {letter.id: letter for letter in rows}

    def whisper(self, whispers: Iterable[Whisper]) -> None:
        """Begin to tell from memory what must leave no trace; whose event it was about does not wait for it.

        When it cannot be told it is lost, as it should be.
        """
        for one in whispers:
            if one.address.platform in self.platforms:
                self._start(self._whisper(one))

    async def _whisper(self, one: Whisper) -> None:
        act = Act.ANSWER if one.query else Act.SAY
        try:
            await self.pacer.turn(act, one.address)
            card, made = await self.make(one.card)
            outgoing = Outgoing(act, one.address, card, one.query, made)
            await self.platforms[one.address.platform].perform(outgoing, Urgency.ANSWER)
        except SendError:
            log.info("a whisper was not heard", platform=one.address.platform)
        except Exception:
            log.exception("a channel broke", platform=one.address.platform)

    def _start_ready(self) -> None:
        for letter in self._ready():
            self._busy.add(_lane(letter))
            self._start(self._deliver(letter))

    def _start(self, errand: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(errand)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _ready(self) -> list[Pending]:
        """The next letter of every chat that is free; they were read most urgent first, then oldest."""
        now = self.clock.now()
        first: dict[Address, Pending] = {}
        for letter in self._waiting.values():
            lane = _lane(letter)
            if lane not in first and lane not in self._busy and self._may_go(letter, now):
                first[lane] = letter
        return list(first.values())

    def _may_go(self, letter: Pending, now: datetime) -> bool:
        if letter.address.platform not in self.platforms:
            return False
        return (self._pauses.end(letter) or now) <= now

    async def _wait(self) -> None:
        """Until somebody wakes us, or until the earliest letter that waits for its time."""
        now = self.clock.now()
        free = [one for one in self._waiting.values() if _lane(one) not in self._busy]
        times = [self._pauses.end(one) or now for one in free]
        times += [self._soonest] if self._soonest else []
        seconds = min((max((at - now).total_seconds(), 0.5) for at in times), default=30.0)
        # Not `wait_for`: in Python 3.11 it may swallow that we are to stop when we are woken at the same moment.
        with suppress(TimeoutError):
            async with asyncio.timeout(min(seconds, 30.0)):
                await self._woken.wait()

    async def _deliver(self, letter: Pending) -> None:
        try:
            await self.pacer.turn(letter.act, letter.address, letter.card_id)
            claimed = await self._book.write(lambda tx: _claim(tx, letter.id, self.clock.now(), self.night))
            if claimed:
                await self._tell(claimed)
        finally:
            self._waiting.pop(letter.id, None)
            self._busy.discard(_lane(letter))
            self._woken.set()

    async def _tell(self, letter: Pending) -> None:
        platform = self.platforms[letter.address.platform]
        try:
            message = await platform.perform(await self._outgoing(letter), letter.urgency)
        except SendError as error:
            await self._failed(letter, error)
        except Exception as bug:
            log.exception("a channel broke", letter=letter.id, platform=letter.address.platform)
            await self._failed(letter, Doubtful(type(bug).__name__))
        else:
            await self._book.write(lambda tx: _sent(tx, letter, message))

    async def _outgoing(self, letter: Pending) -> Outgoing:
        """What is to be told, with the files that the house makes; an edit leaves those that hang there."""
        if letter.act is not Act.SAY:
            return Outgoing(letter.act, letter.address, letter.card, letter.message_id)
        card, made = await self.make(letter.card)
        return Outgoing(letter.act, letter.address, card, letter.message_id, made)

    async def _failed(self, letter: Pending, error: SendError) -> None:
        now = self.clock.now()
        if isinstance(error, TryLater):
            self._pauses.hold(letter, error, now)
            if isinstance(error, Silent):
                self._silent.add(letter.address)
            await self._again(letter, now + error.pause, error)
        elif isinstance(error, Unavailable) or (isinstance(error, Doubtful) and letter.once is None):
            await self._again(letter, now + _patience(letter.attempts), error)
        elif isinstance(error, ChatMoved):
            chat = error.chat
            await self._book.write(lambda tx: _moved(tx, letter, chat))
        else:
            await self._set_aside(letter, error)

    async def _again(self, letter: Pending, when: datetime, error: SendError) -> None:
        later = replace(letter, not_before=when, attempts=letter.attempts + 1)
        await self._book.write(lambda tx: outbox.mark(tx, later, OutboxState.WAITING, error=str(error)))

    async def _set_aside(self, letter: Pending, error: SendError) -> None:
        state = OutboxState.DOUBTFUL if isinstance(error, Doubtful) else OutboxState.FAILED
        kind = type(error).__name__
        log.warning("not told", letter=letter.id, act=letter.act, state=state, why=kind)

        async def job(tx: Transaction) -> None:
            await outbox.mark(tx, letter, state, error=f"{kind}: {error}"[:300])
            if isinstance(error, Unreachable):
                await members.forget_private_chat(tx, letter.address)

        await self._book.write(job)


def _lane(letter: Pending) -> Address:
    """Letters of one lane go one after the other. Answers to presses overtake: their spinner is turning."""
    return letter.address if letter.act is not Act.ANSWER else Address("answer", letter.message_id)


def _patience(attempts: int) -> timedelta:
    return timedelta(seconds=BACK_OFF[min(attempts, len(BACK_OFF) - 1)])


async def _recover(tx: Transaction) -> None:
    for letter in await outbox.listed(tx, OutboxState.SENDING):
        state = OutboxState.WAITING if letter.once is None else OutboxState.DOUBTFUL
        await outbox.mark(tx, letter, state, error="stopped while it was being told")


async def _looked_through(tx: Transaction, now: datetime) -> tuple[list[Pending], datetime | None]:
    return await outbox.ready(tx, now), await outbox.next_moment(tx, now)


async def _claim(tx: Transaction, letter_id: int, now: datetime, night: Night) -> Pending | None:
    """Mark a letter as being told and read its latest text; None when it has lapsed, or waits for the morning.

    A letter of the day is found in the night when nobody could tell it in time: the house or the line was down.
    """
    letter = await outbox.get(tx, letter_id)
    if letter is None or letter.state is not OutboxState.WAITING:
        return None
    if letter.not_after and now > letter.not_after:
        await outbox.mark(tx, letter, OutboxState.DROPPED, error="its time has passed")
        return None
    if (morning := night(now)) and _can_wait(letter, morning):
        await outbox.mark(tx, replace(letter, not_before=morning), OutboxState.WAITING, error=letter.error)
        return None
    await outbox.mark(tx, letter, OutboxState.SENDING)
    return letter


async def _sent(tx: Transaction, letter: Pending, message_id: str) -> None:
    await outbox.mark(tx, letter, OutboxState.SENT)
    if letter.card_id is not None and letter.act is Act.SAY:
        await cards.shown(tx, letter.card_id, message_id)


async def _moved(tx: Transaction, letter: Pending, chat: str) -> None:
    await groups.move(tx, letter.address, chat)
    await outbox.mark(tx, letter, OutboxState.WAITING, error="the chat has another id")


def _can_wait(letter: Pending, morning: datetime) -> bool:
    if letter.act is not Act.SAY or letter.urgency is not Urgency.NOTICE:
        return False
    return letter.not_after is None or morning < letter.not_after
