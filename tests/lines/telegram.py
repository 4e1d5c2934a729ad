"""The line of Telegram: updates asked for and confirmed, calls of the Bot API kept and judged."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import httpx
from telegram.request import HTTPXRequest

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.base import Platform
from bot.platforms.console import Shown
from bot.platforms.telegram import Surroundings, Telegram
from bot.platforms.telegram_listen import note_aside
from bot.platforms.telegram_settings import PLATFORM, TelegramSettings
from handlers.settings import Settings
from storage.database import Database
from storage.messages import Act, Inbound, Outgoing, Pressed, Said, Withdrawn
from tests.fakes import TOKEN
from tests.lines.abilities import Lack
from tests.lines.judging import Wire
from tests.lines.line import Line
from tests.lines.telegram_server import TelegramServer
from tests.lines.telegram_wire import Writer


class TelegramLine(Line):
    """Telegram as the stories meet it."""

    def __init__(self, clock: StoryClock, shown: list[Shown]) -> None:
        super().__init__(PLATFORM, clock, shown)
        self.server = TelegramServer()
        self.writer = Writer(self.server, self.names)

    def make(self, database: Database, settings: Settings) -> Platform:
        del database, settings
        loop = asyncio.get_running_loop()
        self.server.now, self.server.news = loop.time, self.gate.news.set
        transport = httpx.MockTransport(self.server._answer)
        around = Surroundings(
            HTTPXRequest(httpx_kwargs={"transport": transport}),
            httpx.AsyncClient(transport=transport),
            self.clock.now,
            asyncio.sleep,
            note_aside,
        )
        return Telegram(TelegramSettings(TOKEN), around)

    async def feed(self, events: Sequence[Inbound], app: App) -> None:
        """Offered until confirmed; a house that died on the way is offered the same again."""
        for event in events:
            if isinstance(event.content, Withdrawn):
                self.lacks(Lack.WITHDRAWN)
            if isinstance(event.content, Said) and event.content.location and event.content.files:
                self.lacks(Lack.PLACE_AND_PICTURE)
            if isinstance(event.content, Pressed) and event.at != self.clock.now():
                self.lacks(Lack.PRESS_DATES)
        updates = [update for event in events for update in self.writer.written(event)]
        numbers = [update["update_id"] for update in updates]
        self.server.put(*(update for update in updates if not self.server.waits(update["update_id"])))
        await self.gate.until(lambda: not any(self.server.waits(number) for number in numbers))

    def in_wire_words(self, outgoing: Outgoing) -> Outgoing:
        if outgoing.act is not Act.SAY or not outgoing.message_id:
            return outgoing
        return replace(outgoing, message_id=str(self.writer.number(outgoing.message_id)))

    def account(self, known: str) -> str:
        return self.writer.account(known)

    def mark(self) -> int:
        return len(self.server.journal)

    def wire(self, outgoing: Outgoing, message_id: str, since: int) -> Wire | None:
        self.failing.faults += self.server.violations
        self.server.violations.clear()
        to = outgoing.message_id if outgoing.act is Act.ANSWER else outgoing.address.chat
        calls = [call for call in self.server.journal[since:] if call.to == to]
        if outgoing.act is Act.EDIT:
            calls = [call for call in calls if str(call.number) == message_id]
        if not calls:
            return None
        texts = [call.message.words for call in calls if call.message.words]
        limit = {Act.ANSWER: 199, Act.EDIT: 4095}.get(outgoing.act, 0)
        attached = sum(call.message.attached for call in calls)
        return Wire(texts, calls[-1].message.buttons, limit, attached)
