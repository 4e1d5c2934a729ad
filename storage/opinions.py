"""Second opinions on issues: the only queries on them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Category, IssueState, Kind, Opinion
from storage.rows import number, one
from storage.tables import issues, opinions

_OF_ISSUE = select(opinions).where(opinions.c.issue_id == bindparam("issue"))
_NEXT = (
    select(opinions.c.issue_id, issues.c.text)
    .join(issues, issues.c.id == opinions.c.issue_id)
    .where(
        opinions.c.asked_at.is_(None),
        opinions.c.wanted_at >= bindparam("moment"),
        issues.c.state == IssueState.CANDIDATE,
    )
    .order_by(opinions.c.wanted_at, opinions.c.issue_id)
    .limit(1)
)
_ASKED = select(func.count()).select_from(opinions).where(opinions.c.asked_at >= bindparam("moment"))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A candidate that somebody else is to be asked about."""

    issue_id: int
    text: str


async def want(tx: Transaction, issue_id: int, now: datetime) -> None:
    """Ask somebody else about this issue, once."""
    await tx.run(insert(opinions).on_conflict_do_nothing(), {"issue_id": issue_id, "wanted_at": now})


async def next_wanted(tx: Transaction, moment: datetime) -> Doubt | None:
    """The first candidate wanted since then that nobody was asked about; what a person has settled needs no opinion."""
    row = await tx.row(_NEXT, {"moment": moment})
    return Doubt(row[0], row[1]) if row else None


async def asked_since(tx: Transaction, moment: datetime) -> int:
    """How often somebody was asked since then."""
    return await number(tx, _ASKED, {"moment": moment})


async def of_issue(tx: Transaction, issue_id: int) -> Opinion | None:
    """What somebody else says of an issue, if it was wanted."""
    return await one(tx, Opinion, _OF_ISSUE, {"issue": issue_id})


async def ask(tx: Transaction, issue_id: int, now: datetime) -> None:
    """It is being asked for: never again, whatever comes of it."""
    await tx.run(update(opinions).where(opinions.c.issue_id == issue_id).values(asked_at=now))


async def answer(tx: Transaction, issue_id: int, said: tuple[Kind, Category], now: datetime) -> None:
    """Somebody else holds it to be of this kind and category."""
    kind, category = said
    mine = update(opinions).where(opinions.c.issue_id == issue_id)
    await tx.run(mine.values(answered_at=now, kind=kind, category=category))


async def show(tx: Transaction, issue_id: int, now: datetime) -> None:
    """Those who sort can read it now."""
    await tx.run(update(opinions).where(opinions.c.issue_id == issue_id).values(shown_at=now))
