"""What messages of ours show: cards read back from the letters that posted them."""

from sqlalchemy import bindparam, select

from storage.database import Transaction
from storage.messages import Act, Address, Card
from storage.outbox import load_card
from storage.tables import cards, outbox

_SHOWN = (
    select(outbox.c.body)
    .join_from(cards, outbox, outbox.c.card_id == cards.c.id)
    .where(
        cards.c.platform == bindparam("platform"),
        cards.c.chat == bindparam("chat"),
        cards.c.message_id == bindparam("message"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_TOLD = (
    select(cards.c.message_id, outbox.c.body)
    .join_from(cards, outbox, outbox.c.card_id == cards.c.id)
    .where(
        cards.c.platform == bindparam("platform"),
        cards.c.chat == bindparam("chat"),
        cards.c.message_id != "",
        outbox.c.act == Act.SAY,
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)


async def shown(tx: Transaction, address: Address, message_id: str) -> Card | None:
    """What was last decided that this message of ours shows, told or not; None when it is no card of ours."""
    row = await tx.row(_SHOWN, {"platform": address.platform, "chat": address.chat, "message": message_id})
    return None if row is None else load_card(row[0])


async def told(tx: Transaction, address: Address, most: int) -> list[tuple[str, Card]]:
    """The cards last posted there with the messages that show them, the newest first."""
    values = {"platform": address.platform, "chat": address.chat, "most": most}
    return [(message_id, load_card(body)) for message_id, body in await tx.rows(_TOLD, values)]
