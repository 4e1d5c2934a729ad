"""The console: a platform of our own where chats are lines on a screen. Demo, tests and `yishi chat` speak here."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.pacing import UNHURRIED
from bot.platforms.base import Admit, Pace, Rejected, SendError
from storage.messages import Act, Address, Card, Made, Outgoing, Urgency


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that appeared in a chat. `act` says whether it is new, changed, private to a presser, or gone.

    `made` are the files among it that the house has made.
    """

    act: Act
    address: Address
    message_id: str
    card: Card
    urgency: Urgency
    made: tuple[Made, ...] = ()


@dataclass(slots=True)
class Console:
    """Keeps what each chat shows. `faults` are raised instead of showing, in order, as a real platform might."""

    name: str = "console"
    show: Callable[[Shown], None] = lambda _: None
    shown: list[Shown] = field(default_factory=list)
    faults: list[SendError | None] = field(default_factory=list)
    _messages: dict[str, Card] = field(default_factory=dict)
    _prefix: str = field(default_factory=lambda: secrets.token_hex(3))

    def pace(self, address: Address) -> Pace:
        """As fast as we like."""
        del address
        return UNHURRIED

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Show it. Rejected when a message to edit is not there."""
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        message_id = outgoing.message_id
        if outgoing.act is Act.SAY:
            message_id = f"{self._prefix}-{len(self.shown)}"
        elif outgoing.act in {Act.EDIT, Act.RETRACT} and not message_id:
            raise Rejected("no such message")
        self._keep(outgoing, message_id)
        shown = Shown(outgoing.act, outgoing.address, message_id, outgoing.card, urgency, outgoing.made)
        self.shown.append(shown)
        self.show(shown)
        return message_id

    def card(self, message_id: str) -> Card | None:
        """What a message shows now; None once it was taken away."""
        return self._messages.get(message_id)

    async def listen(self, admit: Admit) -> None:
        """Nothing comes in by itself: stories and `yishi chat` hand their events to the inlet."""
        del admit
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing to let go of."""

    def _keep(self, outgoing: Outgoing, message_id: str) -> None:
        if outgoing.act is Act.RETRACT:
            self._messages.pop(message_id, None)
        elif outgoing.act is not Act.ANSWER:
            self._messages[message_id] = outgoing.card
