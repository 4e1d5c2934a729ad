"""The Telegram channel: groups and private chats of one bot."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import structlog
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.platforms.base import Admit, Doubtful, Pace, Rejected, SendError, TryLater, Unavailable
from bot.platforms.findings import Finding
from bot.platforms.telegram_calls import Call
from bot.platforms.telegram_decode import Me
from bot.platforms.telegram_errors import TelegramStopped, TokenRefused, Told, told
from bot.platforms.telegram_examine import examine
from bot.platforms.telegram_listen import KINDS, Questions, Receiver, SetAside, note_aside, poll
from bot.platforms.telegram_menu import Menu, publish
from bot.platforms.telegram_render import in_words, render
from bot.platforms.telegram_send import TelegramSender
from bot.platforms.telegram_settings import PLATFORM, TelegramSettings, hush_wire_logs
from bot.platforms.telegram_webhook import Endpoint, webhook_endpoint
from bot.platforms.wire import Json
from storage.messages import Act, Address, Outgoing, Urgency

_EDIT_GAP = timedelta(seconds=3)
_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)
# The rest of a card that is half told is worth waiting this long for, since starting anew would tell it twice.
_TRIES, _LONGEST_PAUSE = 4, timedelta(minutes=1)
_SHORT_PAUSE = 2.0
# Several deliveries at once overtake each other; few keep that rare.
_WEBHOOK_CONNECTIONS = 8
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies between the channel and the world: the lines, the clock, waiting, and the tray for the unreadable."""

    request: BaseRequest
    client: httpx.AsyncClient
    clock: Callable[[], datetime]
    pause: Callable[[float], Awaitable[None]]
    set_aside: SetAside


def surroundings(set_aside: SetAside = note_aside) -> Surroundings:
    """Return the real ones; both lines share their certificates, which are slow to load."""
    trust = httpx.create_ssl_context()
    request = HTTPXRequest(
        connection_pool_size=32,
        read_timeout=20,
        connect_timeout=10,
        pool_timeout=10,
        httpx_kwargs={"verify": trust},
    )
    return Surroundings(request, httpx.AsyncClient(verify=trust), _now, asyncio.sleep, set_aside)


def _now() -> datetime:
    return datetime.now(UTC)


class Telegram:
    """A `Platform`. `listen` ends with TelegramStopped when a person must step in: a refused token, another receiver."""

    name = PLATFORM

    def __init__(self, settings: TelegramSettings, around: Surroundings | None = None) -> None:
        # PTB reads this whenever it tells a span of time, and otherwise warns and gives seconds.
        os.environ["PTB_TIMEDELTA"] = "true"
        hush_wire_logs()
        self._settings = settings
        self._around = around or surroundings()
        line = self._around.request
        self._bot = Bot(
            settings.token, settings.methods, settings.files, request=line, get_updates_request=line
        )
        self._sender = TelegramSender(self._bot, settings)
        self._known: Me | None = None
        self._refused = asyncio.Event()

    def pace(self, address: Address) -> Pace:
        """Telegram's own rule of thumb: one message a second to a person, twenty a minute to a group."""
        if _is_private(address):
            return Pace(1, _SECOND, self._settings.overall_per_second, _EDIT_GAP)
        return Pace(self._settings.group_per_minute, _MINUTE, self._settings.overall_per_second, _EDIT_GAP)

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Do it; a card that takes several messages is known by its last, which has the buttons.

        Doubt about an edit, a deletion or an answer is only unavailability: doing it twice harms nobody. So is a
        refused token, whose noise `listen` makes: what was to be said keeps until there is a good one.
        """
        try:
            return await self._carry_out(render(outgoing), urgency)
        except Rejected:
            if outgoing.act is not Act.SAY or not (outgoing.card.files or outgoing.card.location):
                raise
            return await self._carry_out(render(in_words(outgoing)), urgency)
        except Doubtful as fault:
            if outgoing.act is Act.SAY:
                raise
            raise Unavailable(str(fault)) from None
        except TokenRefused as stop:
            self._refused.set()
            raise Unavailable(str(stop)) from None

    async def listen(self, admit: Admit) -> None:
        """Receive until cancelled: by asking, or where a webhook is configured by keeping it registered.

        Raises TelegramStopped when somebody must step in.
        """
        if self._settings.webhook_url:
            await self._insist(self._register)
            await self._refused.wait()
            raise TokenRefused
        await self._insist(self._bot.delete_webhook)
        receiver = await self._insist(lambda: self._receiver(admit))
        questions = Questions(self._settings, self._around.client)
        await poll(questions.ask, receiver.take, self._around.pause)

    def endpoint(self, admit: Admit) -> Endpoint:
        """Return the Starlette endpoint Telegram calls; ValueError without a configured secret."""
        ready: list[Receiver] = []

        async def take(updates: Sequence[Json]) -> None:
            if not ready:
                ready.append(await self._receiver(admit))
            await ready[0].take(updates)

        return webhook_endpoint(self._settings.webhook_secret, take)

    async def examine(self, groups: Sequence[Address] = ()) -> list[Finding]:
        """Return what the doctor should say about this channel and these groups of it."""
        return await examine(self._bot, self._settings, groups)

    async def publish_menu(self, menu: Menu) -> None:
        """Show these commands beside people's input lines. Raises SendError."""
        await publish(menu, self._bot, self._settings)

    async def close(self) -> None:
        """Let go of both lines."""
        await self._around.request.shutdown()
        await self._around.client.aclose()

    async def me(self) -> Me:
        """Return the bot's own account, asked for once. Raises SendError."""
        if self._known is None:
            user = await told(self._bot.get_me(), self._settings)
            self._known = Me(user.id, user.username or "")
        return self._known

    async def _receiver(self, admit: Admit) -> Receiver:
        return Receiver(await self.me(), self._around.clock, admit, self._around.set_aside)

    async def _register(self) -> None:
        await told(
            self._bot.set_webhook(
                self._settings.webhook_url,
                secret_token=self._settings.webhook_secret,
                allowed_updates=KINDS,
                max_connections=_WEBHOOK_CONNECTIONS,
            ),
            self._settings,
        )

    async def _insist(self, step: Callable[[], Awaitable[Told]]) -> Told:
        """Repeat a step of starting until Telegram has answered it."""
        while True:
            try:
                return await told(step(), self._settings)
            except Rejected as fault:
                raise TelegramStopped(str(fault)) from None
            except SendError as fault:
                _log.warning("telegram does not answer yet", why=str(fault))
                await self._around.pause(_pause_after(fault))

    async def _carry_out(self, calls: Sequence[Call], urgency: Urgency) -> str:
        shown = await self._sender.carry_out(calls[0], urgency)
        for call in calls[1:]:
            shown = await self._go_on(call, urgency)
        return shown

    async def _go_on(self, call: Call, urgency: Urgency) -> str:
        for _ in range(_TRIES):
            try:
                return await self._sender.carry_out(call, urgency)
            except (TryLater, Unavailable) as fault:
                if isinstance(fault, TryLater) and fault.pause > _LONGEST_PAUSE:
                    break
                await self._around.pause(_pause_after(fault))
        raise Doubtful("the beginning of the card was told, its end was not")


def _is_private(address: Address) -> bool:
    """Telegram numbers groups and channels below zero."""
    return not address.chat.startswith(("-", "@"))


def _pause_after(fault: SendError) -> float:
    return fault.pause.total_seconds() if isinstance(fault, TryLater) else _SHORT_PAUSE
