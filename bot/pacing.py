"""How fast we speak: a bucket for each chat and one for each platform, and the pauses that platforms ask for."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiolimiter import AsyncLimiter

from bot.platforms.base import Crowded, Pace, Platform, TryLater
from storage.messages import Act, Address, Urgency
from storage.outbox import Pending


@dataclass(slots=True)
class Pacer:
    """Lets letters and whispers through at the pace their platform gives. Answers to presses are outside all limits."""

    platforms: dict[str, Platform]
    _overall: dict[str, AsyncLimiter] = field(default_factory=dict)
    _chats: dict[Address, AsyncLimiter] = field(default_factory=dict)
    _cards: dict[int, AsyncLimiter] = field(default_factory=dict)

    async def turn(self, act: Act, address: Address, card_id: int | None = None) -> None:
        """Wait until this may be done there; `card_id`: the card that an edit changes."""
        if act is Act.ANSWER:
            return
        pace = self.platforms[address.platform].pace(address)
        if act is Act.EDIT and card_id is not None:
            await self._card(card_id, pace).acquire()
        await self._chat(address, pace).acquire()
        await self._platform(address.platform, pace).acquire()

    def _card(self, card_id: int, pace: Pace) -> AsyncLimiter:
        return self._cards.setdefault(card_id, AsyncLimiter(1, max(pace.edit_gap.total_seconds(), 0.001)))

    def _chat(self, address: Address, pace: Pace) -> AsyncLimiter:
        limiter = AsyncLimiter(pace.chat, pace.chat_window.total_seconds())
        return self._chats.setdefault(Address(address.platform, address.chat), limiter)

    def _platform(self, name: str, pace: Pace) -> AsyncLimiter:
        return self._overall.setdefault(name, AsyncLimiter(pace.overall, 1))


@dataclass(slots=True)
class Pauses:
    """Until when nothing is said in a chat, as the letters found out that were told to come later.

    What a platform asks for holds up the whole chat; our own count holds up what is no more urgent than the letter
    that found no room. An answer to a press is nothing said in the chat: it waits for what answers ran into alone.
    """

    _said: dict[tuple[Address, Urgency], datetime] = field(default_factory=dict)
    _answered: dict[Address, datetime] = field(default_factory=dict)

    def hold(self, letter: Pending, error: TryLater, now: datetime) -> None:
        """This letter was told to come later. One that found no room for an answer keeps no other answer waiting."""
        crowded, until = isinstance(error, Crowded), now + error.pause
        if letter.act is not Act.ANSWER:
            ranks = list(Urgency)
            for urgency in ranks[ranks.index(letter.urgency) if crowded else 0 :]:
                self._said[letter.address, urgency] = until
        elif not crowded:
            self._answered[letter.address] = until

    def end(self, letter: Pending) -> datetime | None:
        """When this letter's pause is over, None without one."""
        if letter.act is Act.ANSWER:
            return self._answered.get(letter.address)
        return self._said.get((letter.address, letter.urgency))

    def lift(self, address: Address) -> None:
        """They have written: whatever was asked for there is over."""
        for urgency in Urgency:
            self._said.pop((address, urgency), None)


UNHURRIED = Pace(1_000_000, timedelta(seconds=1), 1_000_000, timedelta(0))
