"""What the operator looks through: whole lists, newest last. Nothing is changed here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, func, select

from storage.database import Transaction
from storage.records import (
    Case,
    Entry,
    Group,
    Issue,
    Meeting,
    Notice,
    OutboxState,
    Poll,
    Task,
    Topic,
)
from storage.rows import many
from storage.tables import (
    cases,
    groups,
    issues,
    journal,
    meetings,
    notices,
    outbox,
    polls,
    tasks,
    topics,
)

R = TypeVar("R")
NUMBERED: Final = MappingProxyType(
    {Issue: issues, Topic: topics, Poll: polls, Task: tasks, Notice: notices, Meeting: meetings}
)
"""What counts per community and year."""


async def numbered(
    tx: Transaction, record: type[R], community_id: int | None, number: int | None, count: int
) -> list[R]:
    """The newest `count` of a noun, oldest of them first; of one community and with one number where given."""
    table = NUMBERED[record]
    newest = (
        select(table)
        .where(*_asked(table.c.community_id, community_id), *_asked(table.c.number, number))
        .order_by(table.c.id.desc())
    )
    return (await many(tx, record, newest.limit(count)))[::-1]


async def cases_of(
    tx: Transaction, community_id: int | None, number: int | None, count: int
) -> list[tuple[Case, int]]:
    """The newest cases, oldest of them first, each with the number of its topic, which `number` asks for."""
    newest = (
        select(cases, topics.c.number.label("topic_number"))
        .join(topics, topics.c.id == cases.c.topic_id)
        .where(*_asked(topics.c.community_id, community_id), *_asked(topics.c.number, number))
        .order_by(cases.c.id.desc())
    )
    rows = await tx.rows(newest.limit(count))
    return [(Case(*row[:-1]), int(row[-1])) for row in rows[::-1]]


def _asked(column: ColumnElement[int], value: int | None) -> list[ColumnElement[bool]]:
    return [] if value is None else [column == value]


async def all_groups(tx: Transaction) -> list[Group]:
    """Every group that was ever bound, lost ones too."""
    return await many(tx, Group, select(groups).order_by(groups.c.unit_id, groups.c.id))


async def entries(tx: Transaction, subject: str, count: int) -> list[Entry]:
    """The newest lines of the journal, oldest of them first; about one subject unless that is ""."""
    statement = select(journal).order_by(journal.c.id.desc()).limit(count)
    if subject:
        statement = statement.where(journal.c.subject == subject)
    return (await many(tx, Entry, statement))[::-1]


async def letters(tx: Transaction) -> Mapping[OutboxState, int]:
    """How many letters there are in each state; states without any are missing."""
    rows = await tx.rows(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return {OutboxState(row[0]): int(row[1]) for row in rows}
