"""Lessons, and when they are looked at: the only queries on them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Aspect, Category, Lesson, Review
from storage.rows import many, one
from storage.tables import issues, lessons, reviews

_OF_ISSUE = select(lessons).where(lessons.c.issue_id == bindparam("issue")).order_by(lessons.c.id)
_OF_COMMUNITY = (
    select(lessons)
    .join(issues, issues.c.id == lessons.c.issue_id)
    .where(issues.c.community_id == bindparam("community"), lessons.c.at >= bindparam("moment"))
    .order_by(lessons.c.id)
)
_CLASS = (
    select(lessons.c.issue_id)
    .join(issues, issues.c.id == lessons.c.issue_id)
    .where(
        lessons.c.aspect == Aspect.TAKEN,
        lessons.c.understood == bindparam("category"),
        issues.c.community_id == bindparam("community"),
        lessons.c.at >= bindparam("moment"),
    )
    .order_by(lessons.c.id.desc())
    .limit(bindparam("count"))
)
_OF_CLASS = (
    select(lessons)
    .where(lessons.c.issue_id.in_(_CLASS), lessons.c.aspect.in_((Aspect.TAKEN, Aspect.CATEGORY)))
    .order_by(lessons.c.id)
)
_ALL = select(lessons).order_by(lessons.c.id)
_TAUGHT = (
    select(issues.c.id, issues.c.merged_into, issues.c.community_id, issues.c.text)
    .where(issues.c.id.in_(select(lessons.c.issue_id)), issues.c.text != "")
    .order_by(issues.c.id)
)
_REVIEW = select(reviews).where(reviews.c.community_id == bindparam("community"))
_PUT = insert(reviews)
_PLAN = _PUT.on_conflict_do_update(
    index_elements=["community_id"], set_={"since": _PUT.excluded.since, "at": _PUT.excluded.at}
)


@dataclass(frozen=True, slots=True)
class TaughtText:
    """The words of an issue that somebody judged, and the issue it became part of."""

    issue_id: int
    merged_into: int | None
    community_id: int
    text: str


async def add(tx: Transaction, lesson: Lesson) -> None:
    """Write a lesson down; the id is the database's to give."""
    values = {name: getattr(lesson, name) for name in lessons.c.keys() if name != "id"}  # noqa: SIM118
    await tx.run(lessons.insert(), values)


async def of_issue(tx: Transaction, issue_id: int) -> list[Lesson]:
    """What was learned from an issue, oldest first."""
    return await many(tx, Lesson, _OF_ISSUE, {"issue": issue_id})


async def of_community(tx: Transaction, community_id: int, moment: datetime) -> list[Lesson]:
    """What was learned in a community since then, oldest first."""
    return await many(tx, Lesson, _OF_COMMUNITY, {"community": community_id, "moment": moment})


async def of_class(
    tx: Transaction, community_id: int, category: Category, moment: datetime, count: int
) -> list[Lesson]:
    """What was learned of the latest issues a community judged since then that were understood as of this category."""
    values = {"community": community_id, "category": str(category), "moment": moment, "count": count}
    return await many(tx, Lesson, _OF_CLASS, values)


async def everywhere(tx: Transaction) -> list[Lesson]:
    """Everything that was learned, oldest first."""
    return await many(tx, Lesson, _ALL)


async def texts(tx: Transaction) -> list[TaughtText]:
    """The words behind the lessons, as far as they are still kept."""
    return [TaughtText(*row) for row in await tx.rows(_TAUGHT)]


async def review(tx: Transaction, community_id: int) -> Review | None:
    """When a community's lessons are looked at next, if any have been learned."""
    return await one(tx, Review, _REVIEW, {"community": community_id})


async def plan_review(tx: Transaction, planned: Review) -> None:
    """Look at them then."""
    values = {"community_id": planned.community_id, "since": planned.since, "at": planned.at}
    await tx.run(_PLAN, values)


async def end_review(tx: Transaction, community_id: int) -> None:
    """They were looked at; the next lesson plans the next look."""
    await tx.run(delete(reviews).where(reviews.c.community_id == community_id))
