"""台账: what happened, appended and never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.records import Entry
from storage.rows import many, one
from storage.tables import journal

_APPEND = journal.insert()


async def append(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Add lines at the end; their ids are the database's to give."""
    if entries:
        rows = [
            {
                "at": entry.at,
                "actor_id": entry.actor_id,
                "event": entry.event,
                "subject": entry.subject,
                "detail": entry.detail,
            }
            for entry in entries
        ]
        await tx.run(_APPEND, rows)


async def of(tx: Transaction, subject: str) -> list[Entry]:
    """Everything that happened to "issue:12", in order."""
    return await many(tx, Entry, select(journal).where(journal.c.subject == subject).order_by(journal.c.id))


async def since(tx: Transaction, subject: str, event: str, after: datetime) -> list[Entry]:
    """What of one kind happened to a subject after a moment, in order."""
    mine = (journal.c.subject == subject, journal.c.event == event, journal.c.at > after)
    return await many(tx, Entry, select(journal).where(*mine).order_by(journal.c.id))


async def last(tx: Transaction, subject: str, event: str) -> Entry | None:
    """What of one kind happened to a subject last."""
    mine = (journal.c.subject == subject, journal.c.event == event)
    return await one(tx, Entry, select(journal).where(*mine).order_by(journal.c.id.desc()).limit(1))


async def latest(tx: Transaction, count: int) -> list[Entry]:
    """The newest lines, oldest of them first."""
    newest = await many(tx, Entry, select(journal).order_by(journal.c.id.desc()).limit(count))
    return newest[::-1]
