"""The running program: put together, kept going, and stopped without losing a word."""

import asyncio
import signal
import socket
import sys
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import structlog

from bot.advisor import Advisor
from bot.app import App
from bot.channels import Channels, is_called, open_channels
from bot.cli.front import Refused
from bot.cli.opening import Absent, opened
from bot.clock import Clock, SystemClock
from bot.config import Config
from bot.config.handed import advisor_settings, house_settings, telegram_settings
from bot.menu import menu
from bot.pages import Pages
from bot.platforms.base import SendError
from bot.platforms.telegram import Telegram, surroundings
from bot.platforms.telegram_decode import Unreadable
from bot.platforms.telegram_errors import AnotherReceiver, TelegramStopped, TokenRefused
from bot.platforms.telegram_listen import SetAside
from bot.platforms.telegram_settings import PLATFORM
from bot.platforms.wechat_vault import SharedVault
from bot.platforms.wecom_aibot_memory import HouseMemory
from bot.web import WebServer, pages, server
from handlers.texts import text
from storage import due, inbox
from storage.database import Database
from storage.records import InboxState, Received

log = structlog.get_logger()
_PATIENCE = 20.0
"""Seconds that what is under way is given after a signal to stop."""


async def serve(config: Config, door: socket.socket | None) -> None:
    """Run until told to stop. Refused when a platform needs somebody to step in."""
    stop = asyncio.Event()
    _stop_on_signals(stop)
    async with opened(config.storage.url, Absent.CREATE) as database:
        clock = SystemClock()
        telegram = _telegram(config, database, clock)
        memory = HouseMemory(database, house_settings(config))
        others = open_channels(config, clock.now, SharedVault(database), memory)
        advisor = _advisor(config)
        platforms = {**({PLATFORM: telegram} if telegram else {}), **others.platforms}
        try:
            app = await App.open(database, platforms, clock, house_settings(config))
            memory.woken = app.post.wake
            if advisor:
                app.ask(advisor)
            menu_offered = asyncio.ensure_future(_offer_menu(telegram))
            web = _web(config, app, telegram, others) if door else None
            log.info("started", database=str(database.path), channels=[*platforms], webhook=is_called(config))
            await _until_stopped(app, web, door, stop)
            menu_offered.cancel()
            log.info("stopped")
        except ExceptionGroup as failed:
            stopped, broken = failed.split(TelegramStopped)
            if broken or stopped is None:
                raise
            raise Refused(_why(stopped)) from None
        finally:
            for platform in platforms.values():
                await platform.close()
            if advisor:
                await advisor.client.aclose()


def _advisor(config: Config) -> Advisor | None:
    """Who is asked for second opinions, if anybody."""
    settings = advisor_settings(config)
    return Advisor(settings, httpx.AsyncClient(follow_redirects=False)) if settings.url else None


def _telegram(config: Config, database: Database, clock: Clock) -> Telegram | None:
    if not config.telegram.configured:
        return None
    return Telegram(telegram_settings(config), surroundings(keeping_aside(database, clock)))


async def _offer_menu(telegram: Telegram | None) -> None:
    """A convenience: where it cannot be offered now, the words work all the same."""
    if telegram is None:
        return
    try:
        await telegram.publish_menu(menu())
    except (SendError, TelegramStopped) as error:
        log.warning("the menu was not offered", why=type(error).__name__)


def _stop_on_signals(stop: asyncio.Event) -> None:
    """The first signal asks to finish; a second one ends the process at once."""
    loop = asyncio.get_running_loop()

    def asked() -> None:
        stop.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        else:
            loop.add_signal_handler(number, asked)


async def _until_stopped(
    app: App, web: WebServer | None, door: socket.socket | None, stop: asyncio.Event
) -> None:
    """First nobody is let in any more, then what was let in is finished; whoever fails ends the rest."""
    done = asyncio.Event()
    house = asyncio.ensure_future(app.serve(done))
    front = asyncio.ensure_future(web.serve([door] if door else None)) if web else None
    asked = asyncio.ensure_future(stop.wait())
    await asyncio.wait({part for part in (house, front, asked) if part}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if web and front:
        web.stop()
        await front
    done.set()
    try:
        await asyncio.wait_for(house, _PATIENCE)
    except TimeoutError:
        log.warning("stopped before everything was told")


def _web(config: Config, app: App, telegram: Telegram | None, others: Channels) -> WebServer:
    async def alive() -> None:
        await app.database.read(lambda tx: due.coming(tx, 1))

    hook = config.telegram.webhook_url
    webhooks = {urlsplit(hook).path or "/": telegram.endpoint(app.admit)} if hook and telegram else {}
    people = Pages(app.database, app.dispatch.house.settings, app.clock)
    return server(pages(webhooks, alive, [*others.routes(app.admit), *people.routes()], others.stopped))


def keeping_aside(database: Database, clock: Clock) -> SetAside:
    """Updates nobody could read are kept in the inbox for the operator."""

    async def keep(fault: Unreadable, raw: str) -> None:
        name = fault.event_id or f"unnumbered-{uuid4().hex}"
        row = Received(PLATFORM, name, clock.now(), InboxState.PARKED, raw, fault.reason)
        await database.write(lambda tx: inbox.park(tx, row))
        log.error("an unreadable update was set aside", update=name)

    return keep


def _why(stopped: ExceptionGroup[TelegramStopped]) -> str:
    fault: Exception = stopped
    while isinstance(fault, ExceptionGroup):
        fault = fault.exceptions[0]
    if isinstance(fault, TokenRefused):
        return text("telegram.token_refused")
    if isinstance(fault, AnotherReceiver):
        return text("cli.another_receiver")
    return text("cli.telegram_stopped", reason=str(fault))
