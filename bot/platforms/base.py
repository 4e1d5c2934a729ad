"""What the post office and the inlet ask of a channel, and the ways in which telling somebody can fail."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from storage import outbox
from storage.messages import Address, Card, Inbound, Outgoing, Urgency


class SendError(Exception):
    """A message was not told; the subclasses say what is known about it."""


class TryLater(SendError):
    """The platform asks for a pause in this chat; nothing was told."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__(f"pause {pause.total_seconds():.0f} s")
        self.pause = pause


class Crowded(TryLater):
    """Our own count keeps what room is left for what is more urgent, which need not wait."""


class Silent(TryLater):
    """The person has to write first; what waits for that is told as soon as they do, and tried now and then."""

    def __init__(self) -> None:
        super().__init__(timedelta(hours=6))
        self.args = (outbox.UNTIL_THEY_WRITE,)


class Unavailable(SendError):
    """The platform was not reached at all; nothing was told, trying again is safe."""


class Doubtful(SendError):
    """The line broke after we spoke: it may or may not have been told."""


class Unreachable(SendError):
    """We may not speak there (any more): put out of the group, blocked by the person."""


class Rejected(SendError):
    """The platform will not take this content, however often it is offered."""


class ChatMoved(SendError):
    """The chat has another id now; say it again there."""

    def __init__(self, chat: str) -> None:
        super().__init__(chat)
        self.chat = chat


Ring = Callable[[str, Card], Awaitable[None]]
"""Calls the people of a card in a group by its chat, for a channel that cannot; never fails."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a platform lets us say: `chat` calls per `chat_window` in one chat, `overall` per second in all.

    `edit_gap` is the least time between two edits of one message. Answers to presses are outside all of this.
    """

    chat: int
    chat_window: timedelta
    overall: int
    edit_gap: timedelta


Admit = Callable[[list[Inbound]], Awaitable[None]]
"""Hands over events in order; returns once they are on disk (or known to be chatter) and raises when they are not."""


class Platform(Protocol):
    """One channel. `name` is the first half of its addresses."""

    name: str

    def pace(self, address: Address) -> Pace:
        """How fast we may speak at this address."""
        ...

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Do it; the id of the message that now shows the card ("" for ANSWER and RETRACT). Raises SendError."""
        ...

    async def listen(self, admit: Admit) -> None:
        """Receive until cancelled. An event is confirmed to the platform only after `admit` has returned."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
