"""Which consoles and lines a world has, and what goes over which of them."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.console import Console, Shown
from handlers.settings import Settings
from storage.database import Database
from storage.messages import Address, Inbound, Sender
from tests.lines.abilities import GROUPS, LACKS, Lack, cannot_here
from tests.lines.hours import SkippingLoop
from tests.lines.line import Line

T = TypeVar("T")
CONSOLE = "console"
CHANNELS = ("telegram", "wecom_aibot", "wecom_app", "wechat_oa")


class Wiring:
    """The console stands in for a channel, or, wired to it, for nothing but its name.

    `platforms` has every console and line by its own name, `consoles` by the name that the story gives it.
    `home` is where people are written to alone, `meeting` where the groups are.
    """

    def __init__(self, platforms: Sequence[str], channel: str, clock: StoryClock, path: Path) -> None:
        self.home, self.meeting = channel, GROUPS.get(channel, channel)
        if self.home != self.meeting and len(platforms) > 1:
            cannot_here(self.home, Lack.ONE_ACCOUNT)
        self._path, self._spoke = path, dict[str, set[str]]()
        names = [name for name in platforms if name not in {CONSOLE, *CHANNELS}]
        wanted = {self.home, self.meeting} if CONSOLE in platforms else set[str]()
        self.lines = _lines([*wanted, *platforms], clock)
        if CONSOLE in platforms and not wanted & set(CHANNELS):
            names.append(CONSOLE)
        self.platforms: dict[str, Console] = {name: Console(name) for name in names} | self.lines
        self.consoles = {name: self.platforms[self.at(name)] for name in platforms}

    def runner(self) -> asyncio.Runner:
        return asyncio.Runner(loop_factory=SkippingLoop) if self.lines else asyncio.Runner()

    def settings(self, given: Settings) -> Settings:
        """The same house, with its operators on the channel they use."""
        pairs = [operator.partition(":") for operator in given.operators]
        known = {f"{self.at(name)}:{self.account(name, account)}" for name, _, account in pairs}
        accounts = [self.account(name, account) for name, _, account in pairs if name == CONSOLE]
        groups = {f"{self.meeting}:{self._in_groups(account)}" for account in accounts}
        return replace(given, operators=frozenset(known | groups))

    # ------------------------------------------------------------------ who is who

    def at(self, platform: str) -> str:
        """The platform that somebody is on whom a story puts on the console."""
        return self.home if platform == CONSOLE else platform

    def account(self, platform: str, known: str) -> str:
        line = self.lines.get(self.at(platform))
        return line.account(known) if line else known

    def private(self, platform: str, account: str) -> Address:
        line = self.lines.get(platform)
        return line.private(account) if line else Address(platform, account)

    def group(self, platform: str, chat: str) -> Address:
        name = self.meeting if platform == CONSOLE else platform
        line = self.lines.get(name)
        return line.group(chat) if line else Address(name, chat)

    def identities(self, platform: str, account: str, chat: str) -> list[tuple[str, str, str]]:
        """(platform, account, private chat) of somebody on the roll, on every channel of a story's people."""
        found = [(platform, account, chat)]
        if chat and (line := self.lines.get(platform)):
            line.knows(account)
        if platform == self.home != self.meeting:
            found.append((self.meeting, self._in_groups(account), ""))
        return found

    def sender(self, where: Address, sender: Sender | None) -> Sender | None:
        """The account somebody has where they act; the story ends if the house cannot know it is the same person."""
        if sender is None or self.home == self.meeting or where.platform not in {self.home, self.meeting}:
            return sender
        account = self._in_groups(sender.account)
        spoke = self._spoke.setdefault(account, set())
        spoke.add(where.platform)
        alone = self._member(self.home, sender.account)
        if alone != self._member(self.meeting, account) and (alone or len(spoke) > 1):
            self.lines[self.home].lacks(Lack.ONE_ACCOUNT)
        return sender if where.platform == self.home else Sender(account, sender.name)

    def _in_groups(self, account: str) -> str:
        line = self.lines.get(self.meeting)
        return line.account(account) if line else account

    def _member(self, platform: str, account: str) -> int:
        query = "SELECT member_id FROM identities WHERE platform = ? AND account = ?"
        with sqlite3.connect(self._path) as fresh:
            found = fresh.execute(query, (platform, account)).fetchone()
        return int(found[0]) if found else 0

    # ------------------------------------------------------------------ what is read

    def read_rows(self, asked: str, strangers: Sequence[str]) -> None:
        """Somebody looks into the database, with these words in the question, for people known by an account alone."""
        line = self.lines.get(self.home)
        if line and self.home != self.meeting and "identities" in asked:
            line.lacks(Lack.ONE_ACCOUNT)
        if line and Lack.NAMES in LACKS[line.name] and any(name in asked for name in strangers):
            line.lacks(Lack.NAMES)

    def in_story_words(self, rows: list[tuple[T, ...]]) -> list[tuple[T, ...]]:
        """Rows with the names that the story has for what a platform calls otherwise."""
        names = {wire: name for line in self.lines.values() for wire, name in line.names.items()}
        if not names:
            return rows
        return [tuple(names.get(value, value) for value in row) for row in rows]  # type: ignore[call-overload]

    def read(self, where: Address) -> None:
        """Somebody looks for what was said there."""
        if line := self.lines.get(where.platform):
            line.read(where)

    def read_all(self, where: Address) -> None:
        """Somebody looks at everything there, also at what has changed."""
        if line := self.lines.get(where.platform):
            line.read_cards(where)

    def read_answers(self, account: str) -> None:
        """Somebody looks at the answers to their presses."""
        for line in self.lines.values():
            line.read_answers(line.account(account))

    # ------------------------------------------------------------------ the life of the lines

    async def open(self, database: Database, settings: Settings) -> None:
        for line in self.lines.values():
            await line.open(database, settings)

    def opens(self, app: App) -> None:
        for line in self.lines.values():
            line.gate.opens(app.admit)

    async def shut(self) -> None:
        for line in self.lines.values():
            await line.shut()

    async def end(self) -> None:
        for line in self.lines.values():
            await line.end()

    async def offer(self, app: App, events: Sequence[Inbound]) -> None:
        """Events arrive, over their lines where they have one; the clock's and a plain console's come straight in."""
        if not self.lines:
            return await app.inlet.admit(list(events))
        for name, some in groupby(events, key=lambda event: event.platform):
            line = self.lines.get(name)
            together = list(some)
            await (line.offer(together, app) if line else app.inlet.admit(together))
        return None

    def passes(self, loop: asyncio.AbstractEventLoop, span: timedelta) -> None:
        """The story goes on: so do the pauses of the channels."""
        if isinstance(loop, SkippingLoop):
            loop.skip(span.total_seconds())

    def check(self) -> None:
        """Raises AssertionError with all that the lines have to complain about."""
        for line in self.lines.values():
            line.settle()
            line.failing.check()


def _lines(names: Sequence[str], clock: StoryClock) -> dict[str, Line]:
    shown: list[Shown] = []
    return {name: line_of(name, clock, shown) for name in dict.fromkeys(names) if name in CHANNELS}


def line_of(name: str, clock: StoryClock, shown: list[Shown]) -> Line:
    """A line of one's own; the parts of a channel are loaded when it is told of."""
    match name:
        case "telegram":
            from tests.lines.telegram import TelegramLine

            return TelegramLine(clock, shown)
        case "wecom_aibot":
            from tests.lines.wecom_aibot import AibotLine

            return AibotLine(clock, shown)
        case "wecom_app":
            from tests.lines.wecom_app import AppLine

            return AppLine(clock, shown)
        case "wechat_oa":
            from tests.lines.wechat_oa import AccountLine

            return AccountLine(clock, shown)
        case _:
            raise ValueError(name)
