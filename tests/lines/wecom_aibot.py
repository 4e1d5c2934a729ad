"""The line of the AI bot: a long connection to a server on this machine, which judges every frame."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.base import Platform
from bot.platforms.console import Shown
from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_keeping import Condition
from bot.platforms.wecom_aibot_memory import HouseMemory
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE, WecomAibotSettings
from handlers.settings import Settings
from storage.database import Database
from storage.messages import Act, Address, FileKind, Inbound, Outgoing, Presence, Pressed, Said
from tests.lines.abilities import Lack
from tests.lines.judging import Wire, is_readable
from tests.lines.line import Line
from tests.lines.mentions import Manners, manners
from tests.lines.wecom_aibot_wire import Writer
from tests.lines.wecom_cards import pressable, words_of
from tests.wecom_line import BOT, NAME, SECRET, Hands, WecomLine

_NO_PINGS = 10.0**9
_UPDATE = "aibot_respond_update_msg"


class AibotLine(Line):
    """The AI bot as the stories meet it."""

    def __init__(self, clock: StoryClock, shown: list[Shown]) -> None:
        super().__init__(PLATFORM, clock, shown)
        self.hands = Hands(clock.now)
        self.server = WecomLine(self.hands)
        self.writer = Writer(self.names, self.server.cards)
        self._serving = False

    def make(self, database: Database, settings: Settings) -> Platform:
        around = Surroundings(HouseMemory(database, settings), self.hands.clock, self.hands.pause)
        given = WecomAibotSettings(
            bot_id=BOT, secret=SECRET, name=NAME, server=self.server.url, ping_seconds=_NO_PINGS
        )
        self.aibot = WecomAibot(given, around)
        return self.aibot

    async def open(self, database: Database, settings: Settings) -> None:
        if not self._serving:
            await self.server.__aenter__()
            self._serving = True
        await super().open(database, settings)
        while self.aibot.condition is not Condition.CONNECTED or len(self.server._lines) != 1:  # noqa: ASYNC110 - nobody else has to know
            await asyncio.sleep(0.001)

    async def end(self) -> None:
        if self._serving:
            await self.server.__aexit__()

    def private(self, account: str) -> Address:
        return Address(PLATFORM, SINGLE + account)

    def group(self, chat: str) -> Address:
        return Address(PLATFORM, f"wr{chat}")

    def knows(self, account: str) -> None:
        self.server._spoke.add(account)

    async def feed(self, events: Sequence[Inbound], app: App) -> None:
        """One frame for each that reaches the bot at all."""
        waited, before = set[str](), self.gate.calls
        for event in events:
            if not await self._reaches(event, app):
                continue
            callback = self.writer.written(event, named=not event.private)
            await self.server.tell(callback.chat, callback.user, callback.body, callback.kind)
            waited.add(callback.body["msgid"])
        done = before + len(waited)
        await self.gate.until(lambda: waited <= self.gate.seen or self.gate.calls >= done)

    async def _reaches(self, event: Inbound, app: App) -> bool:
        if event.sender is None:
            self.lacks(Lack.WITHOUT_PERSON)
        match event.content:
            case Said() as said:
                self._can_be_said(event, said)
                return event.private or await self._is_meant(event, said, app)
            case Pressed() as pressed:
                if not pressed.press:
                    self.lacks(Lack.EMPTY_PRESSES)
                return True
            case Presence(state="inside") if event.private:
                return True
            case other:
                self.lacks(
                    {"edited": Lack.EDITED, "withdrawn": Lack.WITHDRAWN}.get(other.kind, Lack.PRESENCE)
                )
                return False

    async def _is_meant(self, event: Inbound, said: Said, app: App) -> bool:
        how = await manners(app, event, said)
        if how is Manners.IS_OVERHEARD:
            self.lacks(Lack.OVERHEARING)
        return how is Manners.NAMES_IT

    def _can_be_said(self, event: Inbound, said: Said) -> None:
        if said.location:
            self.lacks(Lack.PLACES)
        if any(file.kind is not FileKind.PHOTO for file in said.files):
            self.lacks(Lack.FILES)
        if said.quoted_sender or (said.reply_to and not self.writer.can_quote(event.chat, said)):
            self.lacks(Lack.REPLIES)

    # ------------------------------------------------------------------ what people see

    def mark(self) -> int:
        return len(self.server.frames)

    def wire(self, outgoing: Outgoing, message_id: str, since: int) -> Wire | None:
        self.failing.faults += self.server.violations
        self.server.violations.clear()
        frames = self.server.frames[since:]
        match outgoing.act:
            case Act.EDIT:
                changed = [one for one in _updates(frames) if one["template_card"]["task_id"] == message_id]
                for_all = [one["template_card"] for one in changed if "userids" not in one]
                return Wire([words_of(for_all[-1])], pressable(for_all[-1])) if for_all else None
            case Act.ANSWER:
                return self._alone(outgoing, frames)
            case _:
                said = list(self._said_at(outgoing.address.chat.removeprefix(SINGLE), frames))
                cards = [one["template_card"] for one in said if "template_card" in one]
                found = {press: label for card in cards for press, label in pressable(card).items()}
                texts = [words for one in said if (words := _words(one))]
                return Wire(texts, found, 0, len(said) - len(texts)) if said else None

    def _alone(self, outgoing: Outgoing, frames: list[dict[str, Any]]) -> Wire | None:
        """On the presser's own card, or in their single chat; None when neither could hold it."""
        token, _, user = outgoing.message_id.partition(" ")
        own = [one for one in _updates(frames, token) if user in one.get("userids", [])]
        told = [_words(one) for one in self._said_at(user, frames)]
        found = Wire([*(words_of(one["template_card"]) for one in own[-1:]), *told])
        known = user in self.server._spoke
        return found if known or is_readable(outgoing.card.text, found) else None

    def _said_at(self, chat: str, frames: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for frame in frames:
            body, req_id = frame.get("body") or {}, frame["headers"]["req_id"]
            pushed = frame["cmd"] == "aibot_send_msg" and body["chatid"] == chat
            answered = frame["cmd"] in {"aibot_respond_msg", "aibot_respond_welcome_msg"}
            if pushed or (answered and self.server.callers.get(req_id) == chat):
                yield body


def _updates(frames: list[dict[str, Any]], token: str = "") -> list[dict[str, Any]]:
    return [
        frame["body"]
        for frame in frames
        if frame["cmd"] == _UPDATE and token in {"", frame["headers"]["req_id"]}
    ]


def _words(body: dict[str, Any]) -> str:
    """The text in a message, "" in one that is a file."""
    for kind in ("markdown", "stream", "text"):
        if kind in body:
            return str(body[kind]["content"])
    return words_of(body["template_card"]) if "template_card" in body else ""
