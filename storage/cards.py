"""Cards we posted: what they are about, where they stand, and what their numbers mean."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.messages import Address
from storage.records import PostedCard
from storage.rows import many, one
from storage.tables import cards

_HERE = (
    cards.c.platform == bindparam("platform"),
    cards.c.chat == bindparam("chat"),
)
_MESSAGE = select(cards).where(*_HERE, cards.c.message_id == bindparam("message"), cards.c.message_id != "")
_LATEST = select(cards).where(*_HERE, cards.c.presses != "[]").order_by(cards.c.id.desc()).limit(1)
_ABOUT = select(cards).where(cards.c.subject == bindparam("subject")).order_by(cards.c.id)
_ADD = cards.insert()
_SHOWN = update(cards).where(cards.c.id == bindparam("card")).values(message_id=bindparam("message"))
_LET_GO = update(cards).where(cards.c.id == bindparam("card")).values(subject="", presses="[]")
_NUMBERS = update(cards).where(cards.c.id == bindparam("card")).values(presses=bindparam("numbers"))


async def add(tx: Transaction, address: Address, subject: str, presses: str, now: datetime) -> int:
    """Note a card that is about to be said; `presses` is a JSON list, its first entry answers to "1"."""
    values = {
        "platform": address.platform,
        "chat": address.chat,
        "thread": address.thread,
        "subject": subject,
        "message_id": "",
        "presses": presses,
        "at": now,
    }
    return await tx.add(_ADD, values)


async def about(tx: Transaction, subject: str) -> list[PostedCard]:
    """Every card about this subject."""
    return await many(tx, PostedCard, _ABOUT, {"subject": subject})


async def at_message(tx: Transaction, address: Address, message_id: str) -> PostedCard | None:
    """The card that this message of ours shows."""
    values = {"platform": address.platform, "chat": address.chat, "message": message_id}
    return await one(tx, PostedCard, _MESSAGE, values)


async def latest_with_numbers(tx: Transaction, address: Address) -> PostedCard | None:
    """The newest card with buttons in this chat."""
    return await one(tx, PostedCard, _LATEST, {"platform": address.platform, "chat": address.chat})


async def shown(tx: Transaction, card_id: int, message_id: str) -> None:
    """The platform has posted the card as this message."""
    await tx.run(_SHOWN, {"card": card_id, "message": message_id})


async def renumber(tx: Transaction, card_id: int, presses: str) -> None:
    """The card has other buttons now."""
    await tx.run(_NUMBERS, {"card": card_id, "numbers": presses})


async def let_go(tx: Transaction, card_id: int) -> None:
    """The card's message is taken away: it is about nothing any more and its numbers mean nothing."""
    await tx.run(_LET_GO, {"card": card_id})
