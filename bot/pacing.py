"""How fast we speak: a bucket for each chat and one for each platform."""

from dataclasses import dataclass, field
from datetime import timedelta

from aiolimiter import AsyncLimiter

from bot.platforms.base import Pace, Platform
from storage.messages import Act, Address
from storage.outbox import Pending


@dataclass(slots=True)
class Pacer:
    """Lets letters through at the pace their platform gives. Answers to presses are outside all limits."""

    platforms: dict[str, Platform]
    _overall: dict[str, AsyncLimiter] = field(default_factory=dict)
    _chats: dict[Address, AsyncLimiter] = field(default_factory=dict)
    _cards: dict[int, AsyncLimiter] = field(default_factory=dict)

    async def turn(self, letter: Pending) -> None:
        """Wait until this letter may be told."""
        if letter.act is Act.ANSWER:
            return
        pace = self.platforms[letter.address.platform].pace(letter.address)
        if letter.act is Act.EDIT and letter.card_id is not None:
            await self._card(letter.card_id, pace).acquire()
        await self._chat(letter.address, pace).acquire()
        await self._platform(letter.address.platform, pace).acquire()

    def _card(self, card_id: int, pace: Pace) -> AsyncLimiter:
        return self._cards.setdefault(card_id, AsyncLimiter(1, max(pace.edit_gap.total_seconds(), 0.001)))

    def _chat(self, address: Address, pace: Pace) -> AsyncLimiter:
        limiter = AsyncLimiter(pace.chat, pace.chat_window.total_seconds())
        return self._chats.setdefault(Address(address.platform, address.chat), limiter)

    def _platform(self, name: str, pace: Pace) -> AsyncLimiter:
        return self._overall.setdefault(name, AsyncLimiter(pace.overall, 1))


UNHURRIED = Pace(1_000_000, timedelta(seconds=1), 1_000_000, timedelta(0))
