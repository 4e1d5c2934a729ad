"""To whom issues are given, and how their time was kept."""

from sqlalchemy import bindparam, delete, select, update

from storage.database import Transaction
from storage.records import Assignment
from storage.rows import one
from storage.tables import assignments

_OF = select(assignments).where(assignments.c.issue_id == bindparam("id"))


async def of(tx: Transaction, issue_id: int) -> Assignment | None:
    """To whom the issue is given now."""
    return await one(tx, Assignment, _OF, {"id": issue_id})


async def give(tx: Transaction, assignment: Assignment) -> None:
    """Give an issue to somebody, in place of whoever had it."""
    await tx.run(delete(assignments).where(assignments.c.issue_id == assignment.issue_id))
    values = {
        "issue_id": assignment.issue_id,
        "party": assignment.party,
        "given_by": assignment.given_by,
        "given_at": assignment.given_at,
        "extended_at": assignment.extended_at,
        "overdue_at": assignment.overdue_at,
    }
    await tx.run(assignments.insert(), values)


async def change(tx: Transaction, issue_id: int, **columns: object) -> None:
    """Change columns of an assignment."""
    await tx.run(update(assignments).where(assignments.c.issue_id == issue_id).values(**columns))
