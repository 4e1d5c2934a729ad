"""Events admitted, each once, and those set aside for the operator."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import InboxState, Received
from storage.rows import many
from storage.tables import inbox

_GIVEN = func.json_each(bindparam("keys")).table_valued("value")
_KNOWN = select(inbox.c.platform, inbox.c.event_id).where(
    tuple_(inbox.c.platform, inbox.c.event_id).in_(
        select(func.json_extract(_GIVEN.c.value, "$[0]"), func.json_extract(_GIVEN.c.value, "$[1]"))
    )
)
_ADMIT = insert(inbox)


async def known(tx: Transaction, keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these `(platform, event_id)` were admitted before."""
    rows = await tx.rows(_KNOWN, {"keys": json.dumps(list(keys))})
    return {(row[0], row[1]) for row in rows}


async def admit(tx: Transaction, keys: Sequence[tuple[str, str]], now: datetime) -> None:
    """Write down that these events are done with; the unique key refuses a second time."""
    if keys:
        done = {"at": now, "state": InboxState.DONE, "body": "", "error": ""}
        await tx.run(_ADMIT, [{"platform": platform, "event_id": event, **done} for platform, event in keys])


async def park(tx: Transaction, received: Received) -> None:
    """Keep an event that could not be handled, with what is needed to try it again."""
    values = {
        "platform": received.platform,
        "event_id": received.event_id,
        "at": received.at,
        "state": InboxState.PARKED,
        "body": received.body,
        "error": received.error,
    }
    again = _ADMIT.on_conflict_do_update(index_elements=["platform", "event_id"], set_=values)
    await tx.run(again, values)


async def parked(tx: Transaction) -> list[Received]:
    """What waits for the operator, oldest first."""
    statement = select(inbox).where(inbox.c.state == InboxState.PARKED).order_by(inbox.c.at)
    return await many(tx, Received, statement)


async def forget(tx: Transaction, platform: str, event_id: str) -> None:
    """Strike an event out, so that it can be admitted again."""
    await tx.run(delete(inbox).where(inbox.c.platform == platform, inbox.c.event_id == event_id))


async def prune(tx: Transaction, before: datetime) -> int:
    """Forget events done with before this moment; platforms repeat for a day, so two are plenty."""
    return await tx.run(delete(inbox).where(inbox.c.state == InboxState.DONE, inbox.c.at < before))
