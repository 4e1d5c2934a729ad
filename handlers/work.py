"""What a handler holds in its hands while it handles one event."""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.events import Event
from handlers.intake.hearing import HearingBook
from handlers.moments import morning_after
from handlers.refusals import Refusal
from handlers.settings import Settings
from storage import cards, journal, members, outbox, units
from storage.database import Transaction
from storage.messages import Act, Address, Card, Inbound, Pressed, Said, Urgency
from storage.outbox import Letter
from storage.records import Entry, Group, Holding, Identity, Member, Role, Unit

Reactions = Mapping[type[Event], Sequence[Callable[["Work", Event], Awaitable[None]]]]
Drawings = Mapping[str, Callable[["Work", int], Awaitable[Card | None]]]


@dataclass(frozen=True, slots=True)
class House:
    """What does not change from event to event: who follows whom, who draws what, what the operator set.

    Chance is handed in like time: `random(n)` gives n bytes nobody can guess. `hearings`: how its communities are heard.
    """

    reactions: Reactions
    drawings: Drawings
    settings: Settings
    random: Callable[[int], bytes] = secrets.token_bytes
    hearings: HearingBook = field(default_factory=HearingBook)


@dataclass(frozen=True, slots=True)
class Whisper:
    """An answer that must leave no trace: told from memory after the commit, never written down."""

    address: Address
    query: str
    card: Card


@dataclass(slots=True)
class Saying:
    """A letter, and the subject of the card it shows ("" for one that is about nothing that changes)."""

    letter: Letter
    subject: str


@dataclass(slots=True)
class Work:
    """One event being handled: its transaction, its moment, and who acts.

    What is said and recorded is gathered here and written by `write_down` when the handler has returned, so that a
    handler that refuses has said nothing.
    """

    tx: Transaction
    house: House
    event: Inbound
    now: datetime
    member: Member | None = None
    group: Group | None = None
    sayings: list[Saying] = field(default_factory=list)
    whispers: list[Whisper] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    changed: dict[str, None] = field(default_factory=dict)
    _holdings: list[Holding] | None = None

    @property
    def settings(self) -> Settings:
        """What the operator has decided."""
        return self.house.settings

    @property
    def account(self) -> str:
        """The acting account as `platform:account`, "" for the clock."""
        return f"{self.event.platform}:{self.event.sender.account}" if self.event.sender else ""

    def say(  # noqa: PLR0913 - the particulars of a letter, each with its usual value
        self,
        to: Address,
        card: Card | str,
        *,
        subject: str = "",
        once: str | None = None,
        urgency: Urgency = Urgency.NOTICE,
        reply_to: str = "",
        not_before: datetime | None = None,
        not_after: datetime | None = None,
    ) -> None:
        """Write a message to send. With `once` it is told a single time, whatever crashes and whoever asks again."""
        shown = Card(card) if isinstance(card, str) else card
        letter = Letter(
            Act.SAY, to, shown, urgency, reply_to, once=once, not_before=not_before, not_after=not_after
        )
        self.sayings.append(Saying(letter, subject))

    def answer(self, card: Card | str, *, subject: str = "") -> None:
        """Answer the person who acts, where they acted: to a press in its own window, to a message in its thread."""
        shown = Card(card) if isinstance(card, str) else card
        content = self.event.content
        if isinstance(content, Pressed) and content.query and not shown.rows:
            letter = Letter(Act.ANSWER, self.event.chat, shown, Urgency.ANSWER, content.query)
            self.sayings.append(Saying(letter, ""))
            return
        reply_to = content.message_id if isinstance(content, Said) else ""
        self.say(self.event.chat, shown, subject=subject, urgency=Urgency.ANSWER, reply_to=reply_to)

    def whisper(self, text: str) -> None:
        """Answer the person who acts without leaving a trace on disk."""
        content = self.event.content
        query = content.query if isinstance(content, Pressed) else ""
        self.whispers.append(Whisper(self.event.chat, query, Card(text)))

    def retract(self, to: Address, message_id: str) -> None:
        """Take a message of ours away."""
        self.sayings.append(Saying(Letter(Act.RETRACT, to, Card(""), Urgency.ANSWER, message_id), ""))

    def refresh(self, subject: str) -> None:
        """The cards about this subject show something else now; each is drawn once, when the batch is over."""
        self.changed[subject] = None

    async def record(self, event: Event) -> None:
        """Write `event` into the journal and let whoever follows it act, in this transaction."""
        detail = json.dumps(event.detail, ensure_ascii=False)
        actor = self.member.id if self.member else None
        self.entries.append(Entry(0, self.now, actor, type(event).__name__, event.subject, detail))
        for follow in self.house.reactions.get(type(event), ()):
            await follow(self, event)

    async def someone(self) -> Member:
        """Who acts; somebody met for the first time in a bound group comes into being as its resident."""
        if self.member is None:
            sender = self.event.sender
            if sender is None or self.group is None:
                raise Refusal("members.unknown")
            unit = await units.get(self.tx, self.group.unit_id)
            community = await units.community_of(self.tx, unit)
            met = members.newcomer((community or unit).id, unit.id, sender.name, self.now)
            self.member = await members.add(self.tx, met)
            await members.hold(self.tx, Holding(self.member.id, Role.RESIDENT, unit.id))
            await members.know(
                self.tx, Identity(self.event.platform, sender.account, self.member.id, sender.name, "")
            )
        return self.member

    async def holdings(self) -> list[Holding]:
        """The roles of who acts; none for somebody unknown."""
        if self._holdings is None:
            self._holdings = await members.holdings_of(self.tx, self.member.id) if self.member else []
        return self._holdings

    async def unit(self) -> Unit:
        """The unit this event belongs to: that of the group it was said in, else that of the person."""
        if self.group:
            return await units.get(self.tx, self.group.unit_id)
        if self.member:
            return await units.get(self.tx, self.member.unit_id)
        raise Refusal("members.unknown")

    async def community(self) -> Unit:
        """The community this event belongs to. Refusal above communities."""
        community = await units.community_of(self.tx, await self.unit())
        if community is None:
            raise Refusal("units.above_communities")
        return community


async def write_down(tx: Transaction, works: Sequence[Work], now: datetime) -> None:
    """Write everything the handlers of a batch have said and recorded: journal, cards, outbox, then edits."""
    await journal.append(tx, [entry for work in works for entry in work.entries])
    letters = [await _post(tx, saying, now, work.settings) for work in works for saying in work.sayings]
    await outbox.write(tx, [letter for letter in letters if letter], now)
    drawn = {subject: work for work in works for subject in work.changed}
    for subject, work in drawn.items():
        await _redraw(work, subject)


async def _post(tx: Transaction, saying: Saying, now: datetime, settings: Settings) -> Letter | None:
    letter = saying.letter
    if letter.urgency is Urgency.NOTICE and letter.not_before is None:
        letter = replace(letter, not_before=morning_after(now, settings))
    if letter.once and await outbox.written(tx, letter.once):
        return None
    if letter.act is not Act.SAY or not (saying.subject or letter.card.rows):
        return letter
    card_id = await cards.add(tx, letter.address, saying.subject, _presses(letter.card), now)
    return replace(letter, card_id=card_id)


async def _redraw(work: Work, subject: str) -> None:
    noun, _, key = subject.partition(":")
    card = await work.house.drawings[noun](work, int(key))
    if card is None:
        return
    for posted in await cards.about(work.tx, subject):
        address = Address(posted.platform, posted.chat, posted.thread)
        letter = Letter(Act.EDIT, address, card, Urgency.COUNTER, card_id=posted.id)
        await outbox.edit(work.tx, letter, work.now)
        if posted.presses != (presses := _presses(card)):
            await cards.renumber(work.tx, posted.id, presses)


def _presses(card: Card) -> str:
    return json.dumps([button.press for button in card.buttons])
