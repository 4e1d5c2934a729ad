"""What the lines have in common whose channel is called from outside, one person at a time."""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence

import httpx

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.console import Shown
from storage.messages import Address, Inbound, Presence, Pressed, Said
from tests.lines.abilities import Lack
from tests.lines.line import Line, Offered
from tests.lines.weixin_server import WeixinServer
from tests.lines.weixin_wire import Writer
from tests.weixin import Caller

_WORDS = 20_000
"""Bytes; what somebody pastes into a chat of WeChat is cut long before."""
_LACKS = {"edited": Lack.EDITED, "withdrawn": Lack.WITHDRAWN, "moved": Lack.MOVED}


class CalledLine(Line):
    """A platform that calls our address and is answered there."""

    caller: Caller

    def __init__(self, name: str, receiver: str, clock: StoryClock, shown: list[Shown]) -> None:
        super().__init__(name, clock, shown)
        self.server = WeixinServer(clock=clock.now)
        self.writer = Writer(name, receiver, self.names)

    @abstractmethod
    def code(self) -> str:
        """What comes with a press."""

    def took(self, person: str, answer: httpx.Response) -> None:
        """The callback has been answered."""
        if not answer.is_success:
            self.failing.faults.append(f"a callback was answered {answer.status_code}")

    async def feed(self, events: Sequence[Inbound], app: App) -> None:
        """One callback after the other; while it waits for its answer, the house may say what it likes."""
        for event in events:
            self._can_be_done(event)
            assert event.sender
            self.server.writes(event.sender.account)
            code = self.code() if isinstance(event.content, Pressed) else ""
            asking = asyncio.ensure_future(self.caller.post(self.writer.written(event, code)))
            taken = asyncio.ensure_future(self._admitted(self.gate.calls))
            await asyncio.wait({asking, taken}, return_when=asyncio.FIRST_COMPLETED)
            await app.post.drain()
            answer = await asking
            taken.cancel()
            await asyncio.gather(taken, return_exceptions=True)
            self.gate.check()
            self.took(event.sender.account, answer)

    async def _admitted(self, before: int) -> None:
        await self.gate.until(lambda: self.gate.calls > before)

    def _can_be_done(self, event: Inbound) -> None:
        if event.sender is None:
            self.lacks(Lack.WITHOUT_PERSON)
        match event.content:
            case Said() as said:
                self._can_be_said(said)
            case Pressed():
                self._can_be_pressed()
            case Presence():
                pass
            case other:
                self.lacks(_LACKS[other.kind])

    def _can_be_pressed(self) -> None:
        """Whether there is anything to press."""

    def _can_be_said(self, said: Said) -> None:
        if len(said.text.encode()) > _WORDS:
            self.lacks(Lack.LONG_WORDS)
        if said.reply_to or said.quoted:
            self.lacks(Lack.REPLIES)
        if len(said.files) + bool(said.location) + bool(said.text and said.files) > 1:
            self.lacks(Lack.CAPTIONS)

    def number_for(self, where: Address, seen: Offered, message: str) -> Said:
        """There is nothing to reply to: the number stands alone, and means the newest card."""
        if not self.is_newest_with_buttons(where, seen.message_id):
            self.lacks(Lack.OLD_CARDS)
        return Said(message, str(seen.number), True)

    def mark(self) -> int:
        return len(self.server.calls)
