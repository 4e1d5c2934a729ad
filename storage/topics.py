"""Topics and the issues they came from."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Issue, Topic, TopicState
from storage.rows import many, one
from storage.tables import issues, topic_issues, topics

_BY_ID = select(topics).where(topics.c.id == bindparam("id"))
_BY_NUMBER = (
    select(topics)
    .where(topics.c.community_id == bindparam("community"), topics.c.number == bindparam("number"))
    .order_by(topics.c.year.desc())
    .limit(1)
)
_ISSUES = (
    select(issues)
    .join(topic_issues, topic_issues.c.issue_id == issues.c.id)
    .where(topic_issues.c.topic_id == bindparam("id"))
    .order_by(issues.c.id)
)
_OF_ISSUE = (
    select(topics)
    .join(topic_issues, topic_issues.c.topic_id == topics.c.id)
    .where(topic_issues.c.issue_id == bindparam("id"))
    .order_by(topics.c.id)
)


async def get(tx: Transaction, topic_id: int) -> Topic:
    """The topic with this id."""
    topic = await one(tx, Topic, _BY_ID, {"id": topic_id})
    assert topic is not None
    return topic


async def numbered(tx: Transaction, community_id: int, number: int) -> Topic | None:
    """The newest topic of the community with this number."""
    return await one(tx, Topic, _BY_NUMBER, {"community": community_id, "number": number})


async def open_ones(tx: Transaction, community_id: int) -> list[Topic]:
    """What the community is working on, oldest first."""
    statement = select(topics).where(topics.c.community_id == community_id, topics.c.state == TopicState.OPEN)
    return await many(tx, Topic, statement.order_by(topics.c.id))


async def add(tx: Transaction, topic: Topic) -> Topic:
    """Write a new topic down; the id is the database's to give."""
    fields = {name: getattr(topic, name) for name in topics.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(topics.insert(), fields))


async def end(tx: Transaction, topic_id: int) -> None:
    """The topic's work is over."""
    await tx.run(update(topics).where(topics.c.id == topic_id).values(state=TopicState.ENDED))


async def join(tx: Transaction, topic_id: int, issue_id: int) -> None:
    """This issue is what the topic is about, among others."""
    await tx.run(insert(topic_issues).on_conflict_do_nothing(), {"topic_id": topic_id, "issue_id": issue_id})


async def issues_of(tx: Transaction, topic_id: int) -> list[Issue]:
    """The issues a topic came from."""
    return await many(tx, Issue, _ISSUES, {"id": topic_id})


async def of_issue(tx: Transaction, issue_id: int) -> list[Topic]:
    """The topics an issue became."""
    return await many(tx, Topic, _OF_ISSUE, {"id": issue_id})
