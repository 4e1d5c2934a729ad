"""What was added to an issue in words after it was raised."""

from sqlalchemy import select

from storage.database import Transaction
from storage.records import Remark
from storage.rows import many
from storage.tables import remarks


async def add(tx: Transaction, remark: Remark) -> None:
    """Add words; the id is the database's to give."""
    values = {
        "issue_id": remark.issue_id,
        "member_id": remark.member_id,
        "text": remark.text,
        "at": remark.at,
    }
    await tx.run(remarks.insert(), values)


async def of(tx: Transaction, issue_id: int) -> list[Remark]:
    """Everything added to an issue, in order."""
    return await many(
        tx, Remark, select(remarks).where(remarks.c.issue_id == issue_id).order_by(remarks.c.id)
    )


async def latest(tx: Transaction, issue_id: int, count: int) -> list[Remark]:
    """The last few, oldest of them first."""
    newest = select(remarks).where(remarks.c.issue_id == issue_id).order_by(remarks.c.id.desc()).limit(count)
    return (await many(tx, Remark, newest))[::-1]
