"""Receiving: every update is handed over and on disk before Telegram hears that we have it."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

import httpx
import structlog

from bot.platforms.base import Admit
from bot.platforms.telegram_decode import Me, Unreadable, album, decode
from bot.platforms.telegram_errors import AnotherReceiver, TelegramStopped, TokenRefused, refusal
from bot.platforms.telegram_settings import TelegramSettings
from bot.platforms.wire import Json
from storage.messages import Inbound, Said

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram for; it remembers the list until another is given."""

LONG_POLL = 50
"""Seconds Telegram holds a question open when there is nothing to say."""

_LONGEST_WAIT = 30.0
_log = structlog.get_logger(__name__)

Take = Callable[[Sequence[Json]], Awaitable[None]]
"""Takes raw updates over; returns once they are safe."""

SetAside = Callable[[Unreadable, str], Awaitable[None]]
"""Keeps an update nobody could read, with its raw JSON, for a person to look at; it counts as safe afterwards."""


class NoUse(Exception):
    """Telegram answered, but not with updates; asking again later is all there is to do."""

    def __init__(self, reason: str, pause: float = 0) -> None:
        super().__init__(reason)
        self.pause = pause


class Receiver:
    """Turns raw updates into events and hands them over; each stands alone, so a bad one harms no neighbour."""

    def __init__(self, me: Me, clock: Callable[[], datetime], admit: Admit, set_aside: SetAside) -> None:
        self._me = me
        self._clock = clock
        self._admit = admit
        self._set_aside = set_aside
        self.passed_over: Counter[str] = Counter()

    async def take(self, updates: Sequence[Json]) -> None:
        """Hand over what concerns us; returns once it is safe and raises what `admit` raises.

        The pictures of an album are one message to whoever sent them: as far as they come together, here too.
        """
        events: list[Inbound] = []
        albums: dict[str, int] = {}
        received = self._clock()
        for update in updates:
            match decode(update, self._me, received):
                case Inbound() as event:
                    _add(event, album(update), events, albums)
                case Unreadable() as fault:
                    await self._set_aside(fault, json.dumps(update, ensure_ascii=False))
                case None:
                    self._pass_over(update)
        if events:
            await self._admit(events)

    def _pass_over(self, update: Json) -> None:
        kind = next((key for key in update if key != "update_id"), "") if isinstance(update, dict) else ""
        if kind not in KINDS and not self.passed_over["other"]:
            _log.warning("telegram sends a kind of update we did not ask for", kind=kind[:64])
        self.passed_over[kind if kind in KINDS else "other"] += 1


def _add(event: Inbound, name: str, events: list[Inbound], albums: dict[str, int]) -> None:
    """Put an event behind the others; another picture of an album into the first of it."""
    at = albums.setdefault(name, len(events)) if name else len(events)
    if at < len(events):
        events[at] = _with(events[at], event)
    else:
        events.append(event)


def _with(first: Inbound, more: Inbound) -> Inbound:
    assert isinstance(first.content, Said)
    assert isinstance(more.content, Said)
    words, files = first.content.text or more.content.text, first.content.files + more.content.files
    return replace(first, content=replace(first.content, text=words, files=files))


async def note_aside(fault: Unreadable, _raw: str) -> None:
    """Say in the log that an update could not be read; its content stays out of there."""
    _log.error("an unreadable update was set aside", update=fault.event_id, reason=fault.reason)


class Questions:
    """getUpdates by a client of its own: what comes is raw, and the offset moves when we say so."""

    def __init__(self, settings: TelegramSettings, client: httpx.AsyncClient) -> None:
        self._settings = settings
        self._client = client

    async def ask(self, offset: int) -> list[Json]:
        """Return what waits, confirming everything below `offset`; 0 confirms nothing and starts at the oldest.

        Raises TelegramStopped where asking again is no use, NoUse or httpx.TransportError where it may be.
        """
        answer = await self._client.post(
            self._settings.url("getUpdates"),
            json={"offset": offset, "timeout": LONG_POLL, "allowed_updates": KINDS},
            timeout=httpx.Timeout(10, read=LONG_POLL + 10),
        )
        if answer.status_code != HTTPStatus.OK:
            raise _unwilling(answer)
        return _updates(answer.content)


def _unwilling(answer: httpx.Response) -> Exception:
    match answer.status_code:
        case HTTPStatus.CONFLICT:
            return AnotherReceiver()
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            return TokenRefused()
        case _:
            return NoUse(refusal(answer), _asked_pause(answer.content))


def _asked_pause(body: bytes) -> float:
    try:
        seconds = json.loads(body)["parameters"]["retry_after"]
    except (ValueError, KeyError, TypeError):
        return 0
    return float(seconds) if isinstance(seconds, int) else 0


def _updates(body: bytes) -> list[Json]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise NoUse("an answer that is not JSON") from None
    found = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise NoUse("an answer without updates")
    return found


def behind(updates: Sequence[Json]) -> int:
    """Return the offset that confirms these updates; 0, which confirms none, when not one has a number."""
    numbers = (update.get("update_id") for update in updates if isinstance(update, dict))
    return max((number for number in numbers if type(number) is int), default=-1) + 1


async def poll(
    ask: Callable[[int], Awaitable[list[Json]]], take: Take, pause: Callable[[float], Awaitable[None]]
) -> None:
    """Receive until cancelled. Ends with TelegramStopped alone; everything else waits and asks again.

    The first question has no offset, whatever was stored before: Telegram may start numbering anew after a quiet
    week, and a higher offset would confirm what nobody has seen. Repeats are for `admit` to recognise.
    """
    offset, failures = 0, 0
    while True:
        try:
            updates = await ask(offset)
            offset = 0
            await take(updates)
        except TelegramStopped:
            raise
        except Exception as fault:  # noqa: BLE001 - a full disk, a broken line: nothing is confirmed, so nothing is lost
            failures += 1
            _log.warning("telegram: not received, asking again", why=type(fault).__name__, failures=failures)
            await pause(max(getattr(fault, "pause", 0), min(2.0 ** (failures - 1), _LONGEST_WAIT)))
        else:
            offset, failures = behind(updates), 0
