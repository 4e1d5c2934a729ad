"""The WeCom AI bot 智能机器人: internal groups where it is mentioned, and single chats.

A card can be changed only in answer to a press, and nothing can be taken back: that is the platform's rule.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.pacing import UNHURRIED
from bot.platforms.base import Admit, Doubtful, Pace, Rejected, Ring, SendError, TryLater, Unavailable
from bot.platforms.wecom_aibot_door import Door
from bot.platforms.wecom_aibot_hearing import Hearing
from bot.platforms.wecom_aibot_keeping import Condition, Keeper
from bot.platforms.wecom_aibot_line import Line
from bot.platforms.wecom_aibot_memory import Memory
from bot.platforms.wecom_aibot_presses import Presses
from bot.platforms.wecom_aibot_queue import Queue
from bot.platforms.wecom_aibot_reach import Callback, Reach
from bot.platforms.wecom_aibot_render import Telling, render
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE, Mode, WecomAibotSettings, hush_wire_logs
from bot.platforms.wecom_aibot_speak import LongMouth, Mouth
from bot.platforms.wecom_aibot_url import Slots, UrlMouth
from bot.platforms.wecom_quota import Quota
from storage.messages import Act, Address, Outgoing, Urgency

# The rest of a letter that is half told is worth waiting this long for, since starting anew would tell it twice.
_TRIES, _LONGEST_PAUSE, _SHORT_PAUSE = 4, timedelta(minutes=1), 2.0
_EDIT_GAP = timedelta(seconds=1)
_log = structlog.get_logger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]
Step = Callable[[], Awaitable[None]]
"""One message of a letter, ready to be told."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies between the channel and the world: the clock, waiting, the lasting memory, the HTTP line.

    `ring`: where a webhook stands in the same groups.
    """

    memory: Memory
    clock: Callable[[], datetime] = _now
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    client: httpx.AsyncClient | None = None
    ring: Ring | None = None


class WecomAibot:
    """A `Platform`. When somebody else takes the bot's line, it stops and says so in `condition`; nothing is lost then."""

    name = PLATFORM

    def __init__(self, settings: WecomAibotSettings, around: Surroundings) -> None:
        hush_wire_logs()
        self._settings = settings
        self._around = around
        self._reach = Reach()
        self._quota = Quota()
        self._hearing = Hearing(settings.name, self._reach, around.memory)
        self._queue = Queue(self._hearing, around.clock, around.pause)
        self._line = Line(settings, self._queue.put, around.clock)
        self._keeper = Keeper(self._line, around.clock, around.pause, around.memory.apologise)
        self._queue.kicked = self._keeper.kicked
        self._slots = Slots()
        self._client = around.client or httpx.AsyncClient(timeout=httpx.Timeout(8, connect=5))
        self._mouth: Mouth = (
            LongMouth(self._line)
            if settings.mode is Mode.LONG
            else UrlMouth(self._slots, self._client, around.clock)
        )
        self._presses = Presses(self._reach, self._mouth, around.memory, self._quota, around.clock)

    @property
    def condition(self) -> Condition:
        """How it stands with the line; URL mode has none to lose."""
        return self._keeper.condition if self._settings.mode is Mode.LONG else Condition.CONNECTED

    @property
    def is_stopped(self) -> bool:
        """Whether nothing is heard until a person has stepped in."""
        return self.condition in {Condition.KICKED, Condition.REFUSED}

    def pace(self, address: Address) -> Pace:
        """Our own count is stricter, since one letter may be two messages; edits follow presses by seconds."""
        del address
        return replace(UNHURRIED, edit_gap=_EDIT_GAP)

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Do it. Raises Rejected for RETRACT, which this platform does not know."""
        match outgoing.act:
            case Act.SAY:
                return await self._say(outgoing, urgency)
            case Act.EDIT:
                return await self._presses.edit(outgoing)
            case Act.ANSWER:
                return await self._presses.answer(outgoing, urgency)
            case Act.RETRACT:
                raise Rejected("WeCom takes nothing back")

    async def listen(self, admit: Admit) -> None:
        """Receive until cancelled. Kicked or refused, it stays and receives nothing: other channels go on."""
        consuming = asyncio.ensure_future(self._queue.run(admit))
        try:
            if self._settings.mode is Mode.LONG:
                await self._keeper.run()
            await asyncio.Event().wait()
        finally:
            self._line.hang_up()
            consuming.cancel()
            await asyncio.gather(consuming, return_exceptions=True)
            await self._queue.finish(admit)

    def endpoint(self, admit: Admit) -> Endpoint:
        """Return what answers at the callback address in URL mode. ValueError without a token and a key."""
        door = self.door(admit)

        async def called(request: Request) -> Response:
            return await (door.verify(request) if request.method == "GET" else door.receive(request))

        return called

    def door(self, admit: Admit) -> Door:
        """Return what answers WeCom's requests in URL mode. ValueError without a token and a key."""
        return Door(self._settings, self._hearing, self._slots, self._around.clock, admit)

    async def close(self) -> None:
        """Let go of the lines."""
        self._line.hang_up()
        await self._client.aclose()

    async def _say(self, outgoing: Outgoing, urgency: Urgency) -> str:
        made = tuple(one for one in outgoing.made if one.kind in self._mouth.media)
        telling, now = render(replace(outgoing, made=made)), self._around.clock()
        self._quota.take(outgoing.address.chat, telling.count, now, urgency)
        answering = self._reach.message(outgoing.message_id, outgoing.address, now)
        await self._tell(outgoing.address, telling, answering)
        for words in telling.quotes:
            self._reach.tell(outgoing.address, words, telling.message_id)
        self._presses.shows(telling.message_id, outgoing.card)
        if self._around.ring and outgoing.card.mentions and not outgoing.address.chat.startswith(SINGLE):
            await self._around.ring(outgoing.address.chat, outgoing.card)
        return telling.message_id

    async def _tell(self, chat: Address, telling: Telling, answering: Callback | None) -> None:
        steps: list[Step] = [partial(self._mouth.words, chat, words, answering) for words in telling.texts]
        steps += [partial(self._mouth.file, chat, file) for file in telling.files]
        if telling.card is not None:
            steps.append(partial(self._card, chat, telling, answering))
        await steps[0]()
        for step in steps[1:]:
            await self._go_on(step)

    async def _card(self, chat: Address, telling: Telling, answering: Callback | None) -> None:
        """Show the card; where WeCom refuses it, its buttons become numbered lines."""
        try:
            await self._mouth.card(chat, telling.card or {}, answering)
        except Rejected as fault:
            if not telling.instead:
                raise
            _log.warning("wecom aibot: a card was refused, told in words", why=str(fault))
            await self._mouth.words(chat, telling.instead, answering)

    async def _go_on(self, step: Step) -> None:
        for _ in range(_TRIES):
            try:
                return await step()
            except (TryLater, Unavailable) as fault:
                if isinstance(fault, TryLater) and fault.pause > _LONGEST_PAUSE:
                    break
                await self._around.pause(_pause_after(fault))
        raise Doubtful("the beginning of the letter was told, its end was not")


def _pause_after(fault: SendError) -> float:
    return fault.pause.total_seconds() if isinstance(fault, TryLater) else _SHORT_PAUSE
