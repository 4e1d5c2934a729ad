"""The long connection: one line, one subscription, one reader that never waits for an answer itself."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.protocol import State

from bot.platforms.base import Doubtful, SendError, Unavailable
from bot.platforms.wecom_aibot_errors import SubscriptionRefused, refusal
from bot.platforms.wecom_aibot_settings import WecomAibotSettings
from bot.platforms.wire import Table, needed, part, words

_MOST_BYTES = 1_000_000
_MISSES = 2
_OPENING = 10.0
_log = structlog.get_logger(__name__)

Hear = Callable[[str, Table], None]
"""Takes a callback: its req_id and its body. Must not wait."""


class Line:
    """One connection. `run` reads it to its end; `ask` may be called from anywhere meanwhile."""

    def __init__(self, settings: WecomAibotSettings, hear: Hear, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._hear = hear
        self._clock = clock
        self.heard_at: datetime | None = None
        self._connection: ClientConnection | None = None
        self._asked: dict[str, deque[asyncio.Future[Table]]] = {}

    @property
    def is_open(self) -> bool:
        """Whether anything can be said at this moment."""
        return self._connection is not None and self._connection.state is State.OPEN

    async def ask(self, command: str, body: Table | None, req_id: str = "") -> Table:
        """Send a frame and return its acknowledgement. Raises SendError when it is refused or none comes.

        `req_id` is that of the callback answered; without one the frame is our own.
        """
        acknowledged = await self._exchange(command, body, req_id or uuid4().hex)
        if code := _errcode(acknowledged):
            raise refusal(code)
        return acknowledged

    async def run(self, opened: Callable[[], None]) -> None:
        """Connect, subscribe, and read until the line ends; `opened` is called once it is subscribed.

        Raises SubscriptionRefused, and Unavailable when there was no line at all.
        """
        try:
            async with connect(
                self._settings.server,
                open_timeout=_OPENING,
                close_timeout=1,
                ping_interval=None,
                max_size=_MOST_BYTES,
            ) as connection:
                self._connection = connection
                await self._live(connection, opened)
        except (OSError, WebSocketException, TimeoutError) as fault:
            raise Unavailable(type(fault).__name__) from None
        finally:
            self._connection = None
            self._give_up()

    def hang_up(self) -> None:
        """End the line at once, without a farewell."""
        if self._connection is not None:
            self._connection.transport.abort()

    async def _live(self, connection: ClientConnection, opened: Callable[[], None]) -> None:
        keeping = asyncio.ensure_future(self._keep(opened))
        reading = asyncio.ensure_future(self._read(connection))
        try:
            await asyncio.wait({keeping, reading}, return_when=asyncio.FIRST_COMPLETED)
            if keeping.done() and not keeping.cancelled() and (fault := keeping.exception()):
                raise fault
        finally:
            for task in (keeping, reading):
                task.cancel()
            await asyncio.gather(keeping, reading, return_exceptions=True)

    async def _keep(self, opened: Callable[[], None]) -> None:
        """Subscribe, then ping until two pings in a row stay unanswered."""
        await self._subscribe()
        opened()
        misses = 0
        while misses < _MISSES:
            await asyncio.sleep(self._settings.ping_seconds)
            try:
                await self.ask("ping", None)
                misses = 0
            except SendError:
                misses += 1
        _log.warning("wecom aibot: no answer to pings, the line is given up")
        self.hang_up()

    async def _subscribe(self) -> None:
        identity: Table = {"bot_id": self._settings.bot_id, "secret": self._settings.secret}
        acknowledged = await self._exchange("aibot_subscribe", identity, uuid4().hex)
        if code := _errcode(acknowledged):
            raise SubscriptionRefused(code)

    async def _exchange(self, command: str, body: Table | None, req_id: str) -> Table:
        headers: Table = {"req_id": req_id}
        frame: Table = {"cmd": command, "headers": headers, **({"body": body} if body else {})}
        answered: asyncio.Future[Table] = asyncio.get_running_loop().create_future()
        self._asked.setdefault(req_id, deque()).append(answered)
        try:
            await self._send(frame)
            async with asyncio.timeout(self._settings.ack_seconds):
                return await answered
        except TimeoutError:
            raise Doubtful("no acknowledgement in time") from None
        finally:
            self._forget(req_id, answered)

    async def _read(self, connection: ClientConnection) -> None:
        with suppress(WebSocketException):
            async for raw in connection:
                self._take(raw)

    def _take(self, raw: str | bytes) -> None:
        """One frame; what cannot be read ends here, since nobody could be told about it."""
        self.heard_at = self._clock()
        try:
            frame = needed({"frame": json.loads(raw)}, "frame")
            command, req_id = words(frame, "cmd"), words(part(frame, "headers") or {}, "req_id")
        except (ValueError, RecursionError):
            _log.warning("wecom aibot: a frame that cannot be read")
            return
        waiting = self._asked.get(req_id)
        if "errcode" in frame and waiting:
            answered = waiting.popleft()
            if not answered.done():
                answered.set_result(frame)
        elif command:
            body = frame.get("body")
            self._hear(req_id, body if isinstance(body, dict) else {})

    async def _send(self, frame: Table) -> None:
        connection = self._connection
        if connection is None or connection.state is not State.OPEN:
            raise Unavailable("no line")
        try:
            await connection.send(json.dumps(frame, ensure_ascii=False))
        except (OSError, WebSocketException) as fault:
            raise Doubtful(type(fault).__name__) from None

    def _forget(self, req_id: str, answered: asyncio.Future[Table]) -> None:
        waiting = self._asked.get(req_id)
        if waiting and answered in waiting:
            waiting.remove(answered)
        if not waiting:
            self._asked.pop(req_id, None)

    def _give_up(self) -> None:
        """Whatever was sent and not acknowledged may or may not have arrived."""
        for waiting in self._asked.values():
            for answered in waiting:
                if not answered.done():
                    answered.set_exception(Doubtful("the line broke"))
        self._asked.clear()


def _errcode(acknowledged: Table) -> int:
    code = acknowledged.get("errcode")
    return code if type(code) is int else -1
