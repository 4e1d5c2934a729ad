"""Answering presses within their five seconds: the presser's own card changes, or everybody's.

A card with options keeps each voter's own answer on it, so it is never changed for everybody; a card with actions is,
so that all see who took the matter. An edit that no press makes possible is passed over: the card stays as it is.
"""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.platforms.base import SendError
from bot.platforms.wecom_aibot_memory import Memory
from bot.platforms.wecom_aibot_plain import plain
from bot.platforms.wecom_aibot_reach import Bounded, Callback, Reach
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE
from bot.platforms.wecom_aibot_speak import Mouth
from bot.platforms.wecom_cards import DESCRIPTION, SUBTITLE, CardKind, kind_of, template
from bot.platforms.wecom_quota import Quota
from storage.messages import Address, Card, Outgoing, Urgency

_log = structlog.get_logger(__name__)


class Presses:
    """Knows what our cards show, and changes them while that is possible."""

    def __init__(
        self, reach: Reach, mouth: Mouth, memory: Memory, quota: Quota, clock: Callable[[], datetime]
    ) -> None:
        self._reach = reach
        self._mouth = mouth
        self._memory = memory
        self._quota = quota
        self._clock = clock
        self._cards: Bounded[str, Card] = Bounded(5_000)

    def shows(self, message_id: str, card: Card) -> None:
        """This message of ours shows this card."""
        if card.buttons:
            self._cards[message_id] = card

    async def answer(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Tell the presser alone: on the card while that is possible, else in the single chat if there is one.

        Neither possible: it is passed over, since anywhere else others would read it. Raises TryLater.
        """
        token, _, user = outgoing.message_id.partition(" ")
        said = outgoing.card.text.strip()
        press = self._reach.press(token, self._clock())
        if not said:
            return ""
        shown = False
        if press is not None:
            press.notes.append(said)
            shown = await self._on_the_card(press)
            if shown and _fits(press):
                return ""
        if not await self._alone(user, said, urgency) and not shown:
            _log.info("wecom aibot: a press was answered too late to be shown")
        return ""

    async def edit(self, outgoing: Outgoing) -> str:
        """Show the card anew to everybody if somebody has just pressed it; otherwise it stays. Never fails."""
        task_id = outgoing.message_id
        if task_id in self._cards:
            self._cards[task_id] = outgoing.card
        press = self._reach.latest_press(task_id, self._clock())
        if press is None or _kind(press, outgoing.card) is CardKind.POLL:
            return task_id
        try:
            await self._mouth.update(press, template(outgoing.card, _kind(press, outgoing.card), task_id), ())
            if press.notes:
                await self._on_the_card(press)
        except SendError as fault:
            _log.info("wecom aibot: a card was not changed", why=str(fault))
        return task_id

    async def _on_the_card(self, press: Callback) -> bool:
        card = self._cards.get(press.task_id) or await self._memory.card(press.chat, press.task_id)
        if card is None:
            return False
        self._cards[press.task_id] = card
        shown = template(card, _kind(press, card), press.task_id, "\n".join(press.notes))
        try:
            await self._mouth.update(press, shown, (press.user,))
        except SendError as fault:
            _log.info("wecom aibot: a press was not answered on its card", why=str(fault))
            return False
        return True

    async def _alone(self, user: str, said: str, urgency: Urgency) -> bool:
        """Say it in the single chat; False where there is none."""
        chat = Address(PLATFORM, SINGLE + user)
        if not user or not (self._reach.wrote(chat) or await self._memory.may_write_to(user)):
            return False
        self._quota.take(chat.chat, 1, self._clock(), urgency)
        await self._mouth.words(chat, plain(said), None)
        return True


def _kind(press: Callback, card: Card) -> CardKind:
    """A card keeps the kind it was posted with."""
    return (
        CardKind(press.card_type)
        if press.card_type in set(CardKind) - {CardKind.WORDS}
        else _shown_kind(card)
    )


def _shown_kind(card: Card) -> CardKind:
    found = kind_of(card)
    return CardKind.BUTTONS if found is CardKind.WORDS else found


def _fits(press: Callback) -> bool:
    room = SUBTITLE if press.card_type == CardKind.BUTTONS else DESCRIPTION
    return len("\n".join(press.notes)) <= room
