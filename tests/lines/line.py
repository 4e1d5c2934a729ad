"""A line: a console whose chats are a real channel's, with the platform's own end played by a fake."""

import asyncio
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.base import Pace, Platform, Rejected, SendError, Silent, TryLater
from bot.platforms.console import Console, Shown
from bot.story import NotShownError
from handlers.settings import Settings
from storage.database import Database
from storage.messages import Act, Address, Card, Inbound, Outgoing, Pressed, Said, Urgency
from tests.lines.abilities import LACKS, Lack, cannot_here
from tests.lines.gate import Gate
from tests.lines.judging import Wire, complaints, is_readable, number_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A button as somebody sees it; `number` is 0 where it can be touched, else what they have to say for it."""

    press: str
    message_id: str
    number: int
    text: str


@dataclass(slots=True)
class Posted:
    """A message of ours: what it shows in truth, and what the house wanted it to show in the end."""

    message_id: str
    card: Card
    wire: Wire
    meant: Card

    @property
    def is_stale(self) -> bool:
        return self.card != self.meant


@dataclass
class Failing:
    """What went wrong on a line; read at the end of every delivery."""

    faults: list[str] = field(default_factory=list)

    def check(self) -> None:
        found, self.faults = self.faults, []
        assert not found, "\n".join(found)


class Line(Console, ABC):
    """Looks like the console to the stories. `name` is the channel's own.

    `names` is how the stories call what the platform calls otherwise: messages of people, and their files.
    """

    def __init__(self, name: str, clock: StoryClock, shown: list[Shown]) -> None:
        super().__init__(name, shown=shown)
        self.clock = clock
        self.gate = Gate()
        self.failing = Failing()
        self.numbers_said: set[str] = set()
        self.names: dict[str, str] = {}
        self.silent: set[Address] = set()
        self.mute: set[str] = set()
        self._posted: dict[Address, list[Posted]] = defaultdict(list)
        self._pressing: Address | None = None
        self._listening: asyncio.Future[None] | None = None

    @property
    def _prefix(self) -> str:
        return ""

    @_prefix.setter
    def _prefix(self, chosen: str) -> None:
        """How the ids of messages begin; a story that wants to choose them, to compare two worlds, finds it cannot."""
        if chosen and hasattr(self, "gate") and Lack.CHOSEN_IDS in LACKS[self.name]:
            self.lacks(Lack.CHOSEN_IDS)

    @abstractmethod
    def make(self, database: Database, settings: Settings) -> Platform:
        """The channel as the program would open it over this database."""

    @abstractmethod
    async def feed(self, events: Sequence[Inbound], app: App) -> None:
        """Let the platform tell the channel of these; returns when the house has taken them over."""

    @abstractmethod
    def mark(self) -> int:
        """How much the platform has been asked up to now."""

    @abstractmethod
    def wire(self, outgoing: Outgoing, message_id: str, since: int) -> Wire | None:
        """What became of a letter; None when nothing of it is to be seen."""

    async def open(self, database: Database, settings: Settings) -> None:
        self.gate = Gate()
        self.channel = self.make(database, settings)
        self._listening = asyncio.ensure_future(self.channel.listen(self.gate.admit))

    async def shut(self) -> None:
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        await self.channel.close()

    async def offer(self, events: Sequence[Inbound], app: App) -> None:
        """People do something."""
        for event in events:
            if isinstance(event.content, Said) and event.content.message_id in self.numbers_said:
                self._pressing = event.chat
        await self.feed(events, app)

    def settle(self) -> None:
        """Everything that was to be told is told."""

    async def end(self) -> None:
        """The end of the world."""

    def account(self, known: str) -> str:
        """The account the platform would give somebody the stories call so."""
        return known

    def private(self, account: str) -> Address:
        return Address(self.name, account)

    def group(self, chat: str) -> Address:
        return Address(self.name, chat)

    def knows(self, account: str) -> None:
        """Somebody has written to us alone before the story began."""

    def offered(self, where: Address, label: str) -> Offered:
        """The newest button there that begins so, as people see it."""
        self.read(where)
        for posted in reversed(self._posted[where]):
            for number, button in enumerate(posted.card.buttons, start=1):
                if button.label.startswith(label):
                    spoken = number_of(button, posted.wire, number)
                    return Offered(button.press, posted.message_id, spoken, posted.card.text)
            if any(button.label.startswith(label) for button in posted.meant.buttons):
                self.lacks(Lack.REDRAWING)
        raise NotShownError(label)

    def is_newest_with_buttons(self, where: Address, message_id: str) -> bool:
        with_buttons = [one for one in self._posted[where] if one.meant.buttons]
        return bool(with_buttons) and with_buttons[-1].message_id == message_id

    def pressing(self, where: Address, label: str, message: str) -> Pressed | Said:
        """What people do to press it; `message` is the id of what they say where they have to say a number."""
        seen = self.offered(where, label)
        if not seen.number:
            return Pressed(seen.press, seen.message_id, f"q{message}")
        self.numbers_said.add(message)
        return self.number_for(where, seen, message)

    def number_for(self, where: Address, seen: Offered, message: str) -> Said:
        """Saying a number; with a quotation where people can quote."""
        return Said(message, str(seen.number), True, seen.message_id, seen.text)

    def lacks(self, lack: Lack) -> None:
        cannot_here(self.name, lack)

    def read(self, where: Address) -> None:
        """Somebody looks at a chat: what could not be told there, or came late, ends the story."""
        if where in self.silent:
            self.lacks(Lack.SPEAKING_FIRST)

    def read_cards(self, where: Address) -> None:
        """The same for what the messages there show now."""
        self.read(where)
        if any(one.is_stale for one in self._posted[where]):
            self.lacks(Lack.REDRAWING)

    def read_answers(self, account: str) -> None:
        """The same for the answers to somebody's presses."""
        if account in self.mute:
            self.lacks(Lack.PRIVATE_ANSWERS)

    def pace(self, address: Address) -> Pace:
        return self.channel.pace(address)

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        since = self.mark()
        outgoing = self.in_wire_words(outgoing)
        try:
            message_id = await self.channel.perform(outgoing, urgency)
        except SendError as no:
            self._not_told(outgoing, no)
            raise
        except Exception as bug:
            self.failing.faults.append(f"the channel broke: {bug!r}")
            raise
        self._told(outgoing, urgency, message_id, since)
        return message_id

    def _not_told(self, outgoing: Outgoing, no: SendError) -> None:
        if isinstance(no, Silent):
            self.silent.add(outgoing.address)
        elif outgoing.act is Act.RETRACT and isinstance(no, Rejected):
            self._intend(outgoing.message_id, Card(""))
        elif not isinstance(no, TryLater):
            self.failing.faults.append(f"not told: {no!r}: {outgoing}")

    def _told(self, outgoing: Outgoing, urgency: Urgency, message_id: str, since: int) -> None:
        match outgoing.act:
            case Act.SAY:
                self._said(outgoing, message_id, self.wire(outgoing, message_id, since))
            case Act.EDIT:
                if not self._redrawn(outgoing, self.wire(outgoing, message_id, since)):
                    return
            case Act.RETRACT:
                self._forget(outgoing.message_id)
            case Act.ANSWER:
                if not self._answered(outgoing, self.wire(outgoing, message_id, since)):
                    return
        self._note(outgoing, message_id or outgoing.message_id, urgency)

    def _said(self, outgoing: Outgoing, message_id: str, wire: Wire | None) -> None:
        if wire is None:
            self.failing.faults.append(f"nothing was shown: {outgoing}")
            return
        self.failing.faults += complaints(outgoing.card, wire)
        shown = Posted(message_id, outgoing.card, wire, outgoing.card)
        self._posted[outgoing.address].append(shown)

    def _redrawn(self, outgoing: Outgoing, wire: Wire | None) -> bool:
        """Whether the message shows it now. A wire that says less than all has changed the buttons alone."""
        posted = self._intend(outgoing.message_id, outgoing.card)
        if posted is None or wire is None:
            return posted is not None and not posted.is_stale
        posted.wire = wire
        if is_readable(outgoing.card.text, wire):
            posted.card = outgoing.card
            self.failing.faults += complaints(outgoing.card, wire)
            return True
        posted.card = replace(posted.card, rows=outgoing.card.rows)
        return False

    def _answered(self, outgoing: Outgoing, wire: Wire | None) -> bool:
        if not outgoing.card.text.strip():
            return True
        if wire is None:
            self.mute.add(outgoing.message_id.rpartition(" ")[2])
        elif not is_readable(outgoing.card.text, wire):
            self.failing.faults.append(f"the presser cannot read {outgoing.card.text!r} in {wire.texts!r}")
        return wire is not None

    def _intend(self, message_id: str, card: Card) -> Posted | None:
        for several in self._posted.values():
            for posted in several:
                if posted.message_id == message_id:
                    posted.meant = card
                    return posted
        return None

    def _forget(self, message_id: str) -> None:
        for several in self._posted.values():
            several[:] = [posted for posted in several if posted.message_id != message_id]

    def in_wire_words(self, outgoing: Outgoing) -> Outgoing:
        """A story may have put a message into the database under a name of its own."""
        return outgoing

    def _in_story_words(self, card: Card) -> Card:
        """Files are called on the platform as the platform calls them, in a story as the story does."""
        files = tuple(replace(file, ref=self.names.get(file.ref, file.ref)) for file in card.files)
        return replace(card, files=files)

    def _answers_a_number(self, outgoing: Outgoing, urgency: Urgency) -> bool:
        if outgoing.act is not Act.SAY or outgoing.card.rows or urgency is not Urgency.ANSWER:
            return False
        whispered = not outgoing.message_id and outgoing.address == self._pressing
        return whispered or self.names.get(outgoing.message_id) in self.numbers_said

    def _note(self, outgoing: Outgoing, message_id: str, urgency: Urgency) -> None:
        """An answer to a number that stood for a press is heard like the answer to a press."""
        act = Act.ANSWER if self._answers_a_number(outgoing, urgency) else outgoing.act
        with suppress(KeyError):
            self._keep(replace(outgoing, act=act, card=self._in_story_words(outgoing.card)), message_id)
        card = self._in_story_words(outgoing.card)
        shown = Shown(act, outgoing.address, message_id, card, urgency, outgoing.made)
        self.shown.append(shown)
        self.show(shown)
