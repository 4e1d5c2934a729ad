"""The one door: who is it, what do they mean, which handler, what follows."""

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.groupbook import GroupBook
from handlers.refusals import Refusal
from handlers.routes import Routes, Where, Word
from handlers.texts import text
from handlers.words import Spoken, spoken
from handlers.work import House, Work, write_down
from storage import cards, inbox, members
from storage.database import Transaction
from storage.messages import Due, Inbound, Pressed, Said
from storage.records import PUBLIC, Identity


class WroteBeforeRefusingError(Exception):
    """A handler changed rows and then refused: this event needs a transaction of its own, which is undone."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.key)
        self.refusal = refusal


class MomentRefusedError(Exception):
    """A handler refused a moment: nobody asked who could be answered, and what was due has not been done."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command word and what was said after it."""

    word: Word
    rest: str


def _spoken_alone(work: Work) -> list[Identity]:
    """The account of who has just said or pressed something in a private chat: there they can be written to."""
    event = work.event
    if not event.private or event.sender is None or not isinstance(event.content, Said | Pressed):
        return []
    member_id = work.member.id if work.member else 0
    return [Identity(event.platform, event.sender.account, member_id, event.sender.name, event.chat.chat)]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The door of a house."""

    routes: Routes
    house: House
    groups: GroupBook

    async def batch(self, tx: Transaction, events: Sequence[Inbound], now: datetime) -> list[Work]:
        """Handle events in order, in one transaction; what was admitted before is passed over.

        Returns the work of those that concerned us. Raises what a handler raised, having finished nothing: the
        caller undoes the transaction.
        """
        keys = [(event.platform, event.event_id) for event in events]
        seen = await inbox.known(tx, keys)
        done: list[Work] = []
        for event, key in zip(events, keys, strict=True):
            if key not in seen and (work := await self.handle(tx, event, now)):
                seen.add(key)
                done.append(work)
        await inbox.admit(tx, [(work.event.platform, work.event.event_id) for work in done], now)
        await members.open_private_chats(tx, [way for work in done for way in _spoken_alone(work)])
        await write_down(tx, done, now)
        return done

    async def handle(self, tx: Transaction, event: Inbound, now: datetime) -> Work | None:
        """Handle one event; None when it turned out not to concern us."""
        work = Work(tx, self.house, event, now)
        before = tx.writes
        try:
            await self._find_out_who(work)
            return work if await self._serve(work) else None
        except Refusal as refusal:
            if isinstance(event.content, Due):
                raise MomentRefusedError(refusal.key) from refusal
            if tx.writes != before:
                raise WroteBeforeRefusingError(refusal) from refusal
            return self.refused(work, refusal)

    def refused(self, work: Work, refusal: Refusal) -> Work:
        """The work of an event that was answered with a no: nothing but that answer."""
        bare = Work(work.tx, work.house, work.event, work.now, work.member, work.group)
        if work.event.sender:
            bare.answer(text(refusal.key, **refusal.values))
        return bare

    async def refuse(self, tx: Transaction, event: Inbound, refusal: Refusal, now: datetime) -> list[Work]:
        """Answer an event with a no, in a transaction of its own."""
        work = self.refused(Work(tx, self.house, event, now), refusal)
        await inbox.admit(tx, [(event.platform, event.event_id)], now)
        await write_down(tx, [work], now)
        return [work]

    def may_be_kept(self, event: Inbound) -> bool:
        """Whether an event that failed may be set aside whole; one that may hold a secret ballot may not."""
        content = event.content
        if isinstance(content, Pressed):
            return content.press.partition(":")[0] not in self.routes.unkept
        if isinstance(content, Said):
            words = spoken(content.text)
            order = self.command(words)
            if words.number is not None:
                return False
            return order is None or order.word.words[0] not in self.routes.unkept
        return True

    async def _find_out_who(self, work: Work) -> None:
        event = work.event
        if event.sender:
            work.member = await members.by_account(work.tx, event.platform, event.sender.account)
        if not event.private and event.sender:
            work.group = await self.groups.find(work.tx, event.chat)

    async def _serve(self, work: Work) -> bool:
        content = work.event.content
        if isinstance(content, Due):
            await self.routes.moments[content.what](work, content)
            return True
        if isinstance(content, Pressed):
            return await self._pressed(work, content.press)
        if isinstance(content, Said):
            return await self._said(work, content)
        return await self._heard(work)

    async def _pressed(self, work: Work, press: str) -> bool:
        verb, *arguments = press.split(":")
        handler = self.routes.presses.get(verb)
        if handler is None:
            raise Refusal("dispatch.stale_button")
        await handler(work, tuple(arguments))
        return True

    async def _said(self, work: Work, said: Said) -> bool:
        words = spoken(said.text)
        if words.number is not None and (press := await self._numbered(work, said, words.number)):
            return await self._pressed(work, press)
        command = self.command(words)
        if command and self._listens(work, said, words, command.word):
            await command.word.handler(work, said, command.rest)
            return True
        if await self._heard(work):
            return True
        if said.addressed or work.event.private or words.marked:
            self._not_understood(work, words)
            return True
        return False

    async def _heard(self, work: Work) -> bool:
        for hearer in self.routes.hearers.get(type(work.event.content), ()):
            if await hearer(work, work.event):
                return True
        return False

    def command(self, words: Spoken) -> "Order | None":
        """The command these words begin with, if any."""
        found = ((self.routes.commands.get(first), rest) for first, rest in words.readings)
        return next((Order(word, rest) for word, rest in found if word), None)

    def _listens(self, work: Work, said: Said, words: Spoken, command: Word) -> bool:
        if work.event.private:
            return Where.PRIVATE in command.where or words.marked
        if said.addressed or words.marked:
            return True
        public = work.group is None or work.group.role in PUBLIC
        return (Where.RESIDENTS if public else Where.STAFF) in command.where

    async def _numbered(self, work: Work, said: Said, number: int) -> str | None:
        """The press behind a numbered reply: of the card replied to, else of the latest card in this chat.

        In a residents' group a bare number is far more often a bid in a chain than an answer to us, so there it
        must be a reply, or name us.
        """
        event = work.event
        if said.reply_to:
            card = await cards.at_message(work.tx, event.chat, said.reply_to)
        elif event.private or said.addressed or (work.group and work.group.role not in PUBLIC):
            card = await cards.latest_with_numbers(work.tx, event.chat)
        else:
            return None
        presses: list[str] = json.loads(card.presses) if card else []
        if not presses:
            return None
        if not 1 <= number <= len(presses):
            raise Refusal("dispatch.no_such_number", last=len(presses))
        return presses[number - 1]

    def _not_understood(self, work: Work, words: Spoken) -> None:
        taught = [word.words[0] for word in self.routes.commands.values()]
        near = difflib.get_close_matches(words.first, taught, n=1, cutoff=0.5)
        heard = words.shortened
        sentence = (
            text("dispatch.did_you_mean", heard=heard, word=near[0])
            if near
            else text("dispatch.help", heard=heard)
        )
        work.answer(sentence)
