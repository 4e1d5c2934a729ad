"""What can still be answered, and what was lately told: remembered for as long as the platform allows, in memory.

Nothing here is a truth of ours. After a restart answers become pushes, and cards are read back from the database.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from storage.messages import Address

K = TypeVar("K")
V = TypeVar("V")
_ENDS = " \n…."


class Window(StrEnum):
    """What a callback was, and so for how long and how it may be answered."""

    MESSAGE = "message"
    ENTER = "enter"
    PRESS = "press"


LASTING = {
    Window.MESSAGE: timedelta(hours=24),
    Window.ENTER: timedelta(seconds=5),
    Window.PRESS: timedelta(seconds=5),
}


@dataclass(slots=True)
class Callback:
    """Something the platform told us that may be answered under its own `token` (a req_id, or in URL mode a msgid).

    `task_id` and `card_type` are those of the card pressed. `notes`: what its presser was told, in order.
    `response_url`: where URL mode may answer once more, "" when it was used.
    """

    token: str
    window: Window
    chat: Address
    user: str
    at: datetime
    task_id: str = ""
    card_type: str = ""
    response_url: str = field(default="", repr=False)
    notes: list[str] = field(default_factory=list)
    is_answered: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether the platform still takes an answer."""
        return now - self.at < LASTING[self.window]


class Bounded(OrderedDict[K, V], Generic[K, V]):
    """A mapping that forgets its oldest entry rather than grow."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self._most:
            self.popitem(last=False)


@dataclass(slots=True)
class Reach:
    """Callbacks by what answers to them, and the words we told lately by which a quote is recognised."""

    _messages: Bounded[str, Callback] = field(default_factory=lambda: Bounded(20_000))
    _presses: Bounded[str, Callback] = field(default_factory=lambda: Bounded(5_000))
    _latest: Bounded[str, Callback] = field(default_factory=lambda: Bounded(5_000))
    _entered: Bounded[str, Callback] = field(default_factory=lambda: Bounded(2_000))
    _told: Bounded[tuple[str, str], str] = field(default_factory=lambda: Bounded(5_000))
    _met: set[str] = field(default_factory=set)

    def note(self, callback: Callback, message_id: str) -> None:
        """Something came in."""
        match callback.window:
            case Window.MESSAGE:
                self._messages[message_id] = callback
            case Window.ENTER:
                self._entered[callback.chat.chat] = callback
            case Window.PRESS:
                self._presses[callback.token] = callback
                self._latest[callback.task_id] = callback

    def meet(self, chat: str) -> bool:
        """Whether this chat is met for the first time since we started."""
        new = chat not in self._met
        self._met.add(chat)
        return new

    def wrote(self, chat: Address) -> bool:
        """Whether anything came from this chat since we started."""
        return chat.chat in self._met

    def message(self, message_id: str, chat: Address, now: datetime) -> Callback | None:
        """What a message to this chat may answer: the one it replies to, else the person just coming in."""
        found = self._messages.get(message_id) if message_id else self._entered.get(chat.chat)
        return found if found and found.chat == chat and found.is_open(now) else None

    def press(self, token: str, now: datetime) -> Callback | None:
        """The press behind a query, while it can be answered."""
        found = self._presses.get(token)
        return found if found and found.is_open(now) else None

    def latest_press(self, task_id: str, now: datetime) -> Callback | None:
        """The newest press on a card, while it can be answered."""
        found = self._latest.get(task_id)
        return found if found and found.is_open(now) else None

    def tell(self, chat: Address, said: str, message_id: str) -> None:
        """We have told this; whoever quotes it means that message."""
        self._told[chat.chat, _essence(said)] = message_id

    def quoted(self, chat: Address, said: str) -> str:
        """The id of the message of ours these words are from, "" when they are not ours (or long ago)."""
        return self._told.get((chat.chat, _essence(said)), "")


def _essence(said: str) -> str:
    """The first line without its blanks: clients shorten what is quoted."""
    lines = said.strip(_ENDS).splitlines()
    return "".join(lines[0].split())[:40] if lines else ""
