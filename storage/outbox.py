"""What is to be said, in the order it was decided; the post office reads here and nowhere else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.messages import Act, Address, Button, Card, File, FileKind, Location, Mention, Urgency
from storage.prepared import Line
from storage.records import OutboxState
from storage.tables import cards, outbox

PENDING = (OutboxState.WAITING, OutboxState.SENDING)


@dataclass(frozen=True, slots=True)
class Letter:
    """One row to be written. `once`: a key that lets it be written, and told, a single time.

    `card_id` of a SAY notes which message shows the card; of an EDIT, which card is to change.
    `not_after`: past this moment it means nothing any more and is dropped.
    """

    act: Act
    address: Address
    card: Card
    urgency: Urgency
    message_id: str = ""
    card_id: int | None = None
    once: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None


UNTIL_THEY_WRITE = "waits until the person writes"
"""The error of a row that its platform forbids to send before the person has written again."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A row as the post office sees it. `message_id` of an EDIT is that of its card, "" until it is shown."""

    id: int
    act: Act
    address: Address
    card: Card
    urgency: Urgency
    message_id: str
    card_id: int | None
    once: str | None
    not_before: datetime
    not_after: datetime | None
    state: OutboxState
    attempts: int
    error: str


_WRITE = insert(outbox)
_ONCE = _WRITE.on_conflict_do_nothing(index_elements=["once"])
_EDIT = _WRITE.on_conflict_do_update(
    index_elements=["card_id"],
    index_where=text("act = 'edit' AND state = 'waiting'"),
    set_={"body": _WRITE.excluded.body, "urgency": _WRITE.excluded.urgency},
)
_CALLED = func.json_extract(outbox.c.body, "$.mentions")
"""Whom an unsaid card is to call; null, by which a patch adds nothing, when nobody."""
_UNSAID = (
    update(outbox)
    .where(
        outbox.c.card_id == bindparam("card"),
        outbox.c.act == Act.SAY,
        outbox.c.state == OutboxState.WAITING,
    )
    .values(body=func.json_patch(bindparam("text"), func.json_object("mentions", _CALLED)))
)
_COLUMNS = select(
    outbox.c.id,
    outbox.c.act,
    outbox.c.platform,
    outbox.c.chat,
    outbox.c.thread,
    outbox.c.body,
    outbox.c.urgency,
    outbox.c.message_id,
    cards.c.message_id.label("shown"),
    outbox.c.card_id,
    outbox.c.once,
    outbox.c.not_before,
    outbox.c.not_after,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.error,
).outerjoin_from(outbox, cards, cards.c.id == outbox.c.card_id)
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}
AT_ONCE = 500
"""Letters read at one time: enough for every chat to have its next, however many wait behind them."""
_READY = (
    _COLUMNS.where(
        outbox.c.state == OutboxState.WAITING,
        outbox.c.not_before <= bindparam("now"),
        or_(outbox.c.act != Act.EDIT, cards.c.message_id != ""),
    )
    .order_by(case(_RANK, value=outbox.c.urgency), outbox.c.id)
    .limit(AT_ONCE)
)
_SOONEST = select(func.min(outbox.c.not_before)).where(
    outbox.c.state == OutboxState.WAITING, outbox.c.not_before > bindparam("now")
)
_ONE = _COLUMNS.where(outbox.c.id == bindparam("letter"))
_HASTEN = (
    update(outbox)
    .where(
        outbox.c.platform == bindparam("their_platform"),
        outbox.c.chat == bindparam("their_chat"),
        outbox.c.state == OutboxState.WAITING,
        outbox.c.error == UNTIL_THEY_WRITE,
    )
    .values(not_before=bindparam("now"), error="")
)
_MARK = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("to"),
        attempts=bindparam("tries"),
        error=bindparam("why"),
        not_before=bindparam("when"),
    )
)


async def write(tx: Transaction, letters: Sequence[Letter], now: datetime) -> None:
    """Add letters in order. One whose `once` key was written before is not written again."""
    if letters:
        await tx.run(_ONCE, [_values(letter, now) for letter in letters])


async def edit(tx: Transaction, letter: Letter, now: datetime) -> None:
    """Let a card show something new: the unsaid card itself, or the one edit that waits for it, is replaced."""
    assert letter.card_id is not None
    if not await tx.run(_UNSAID, {"card": letter.card_id, "text": dump_card(letter.card)}):
        await tx.run(_EDIT, _values(letter, now))


async def unsay(tx: Transaction, card_id: int) -> None:
    """Do not tell what was not told yet of this card."""
    await tx.run(
        update(outbox)
        .where(outbox.c.card_id == card_id, outbox.c.state == OutboxState.WAITING)
        .values(state=OutboxState.DROPPED)
    )


async def drop(tx: Transaction, once: str) -> None:
    """Do not tell what was not told yet under any `once` key that begins so."""
    begun = (outbox.c.once >= once, outbox.c.once < f"{once}\U0010ffff")
    await tx.run(
        update(outbox).where(*begun, outbox.c.state == OutboxState.WAITING).values(state=OutboxState.DROPPED)
    )


async def written(tx: Transaction, once: str) -> OutboxState | None:
    """How far the letter with this `once` key has come; None if there is none."""
    row = await tx.row(select(outbox.c.state).where(outbox.c.once == once))
    return None if row is None else OutboxState(row[0])


async def ready(tx: Transaction, now: datetime) -> list[Pending]:
    """What may be told now, most urgent first, then oldest; the first of them when there are many."""
    return [_pending(row) for row in await tx.rows(_READY, {"now": now})]


async def next_moment(tx: Transaction, now: datetime) -> datetime | None:
    """When a letter that is held back may be told."""
    row = await tx.row(_SOONEST, {"now": now})
    found: datetime | None = row[0] if row else None
    return found


async def pending(tx: Transaction) -> list[Pending]:
    """Everything not yet told, in order."""
    rows = await tx.rows(_COLUMNS.where(outbox.c.state.in_(PENDING)).order_by(outbox.c.id))
    return [_pending(row) for row in rows]


async def get(tx: Transaction, letter_id: int) -> Pending | None:
    """One letter as it is now."""
    row = await tx.row(_ONE, {"letter": letter_id})
    return None if row is None else _pending(row)


async def listed(tx: Transaction, *states: OutboxState) -> list[Pending]:
    """The letters in these states, in order."""
    rows = await tx.rows(_COLUMNS.where(outbox.c.state.in_(states)).order_by(outbox.c.id))
    return [_pending(row) for row in rows]


async def mark(tx: Transaction, letter: Pending, state: OutboxState, *, error: str = "") -> None:
    """Write down how it went with a letter."""
    values = {
        "row": letter.id,
        "to": state,
        "tries": letter.attempts,
        "why": error,
        "when": letter.not_before,
    }
    await tx.run(_MARK, values)


def _values(letter: Letter, now: datetime) -> dict[str, object]:
    return {
        "platform": letter.address.platform,
        "chat": letter.address.chat,
        "thread": letter.address.thread,
        "act": letter.act,
        "urgency": letter.urgency,
        "once": letter.once,
        "card_id": letter.card_id,
        "message_id": letter.message_id,
        "body": dump_card(letter.card),
        "written_at": now,
        "not_before": letter.not_before or now,
        "not_after": letter.not_after,
        "state": OutboxState.WAITING,
        "attempts": 0,
        "error": "",
    }


def _pending(row: Line) -> Pending:
    return Pending(
        id=row.id,
        act=row.act,
        address=Address(row.platform, row.chat, row.thread),
        card=load_card(row.body),
        urgency=row.urgency,
        message_id=row.message_id or (row.shown or "" if row.act is not Act.SAY else ""),
        card_id=row.card_id,
        once=row.once,
        not_before=row.not_before,
        not_after=row.not_after,
        state=row.state,
        attempts=row.attempts,
        error=row.error,
    )


def dump_card(card: Card) -> str:
    """A card as JSON."""
    parts: dict[str, object] = {"text": card.text}
    if card.rows:
        parts["rows"] = [[[button.label, button.press] for button in row] for row in card.rows]
    if card.files:
        parts["files"] = [[file.kind, file.ref, file.name] for file in card.files]
    if card.location:
        parts["location"] = [card.location.latitude, card.location.longitude]
    if card.mentions:
        parts["mentions"] = [[one.account, one.name] for one in card.mentions]
    return json.dumps(parts, ensure_ascii=False)


def load_card(body: str) -> Card:
    """The card that `dump_card` wrote."""
    parts = json.loads(body)
    return Card(
        parts["text"],
        tuple(tuple(Button(label, press) for label, press in row) for row in parts.get("rows", ())),
        tuple(File(FileKind(kind), ref, name) for kind, ref, name in parts.get("files", ())),
        Location(*parts["location"]) if "location" in parts else None,
        tuple(Mention(account, name) for account, name in parts.get("mentions", ())),
    )


async def hasten(tx: Transaction, address: Address, now: datetime) -> int:
    """The person has written: what waited for that is due; how much it was."""
    values = {"their_platform": address.platform, "their_chat": address.chat, "now": now}
    return await tx.run(_HASTEN, values)
