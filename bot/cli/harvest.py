"""What has come of a story: the closing table, and the same for machines."""

from typing import TypedDict

from sqlalchemy import Column, String, func, select, type_coerce

from bot.cli.screen import show_table
from handlers.labels import topic_label
from handlers.procedures.loader import parse
from handlers.texts import term, text
from storage import cases
from storage.database import Transaction
from storage.records import Topic
from storage.rows import many, number
from storage.tables import (
    followups,
    issues,
    meetings,
    notices,
    objections,
    polls,
    supports,
    tasks,
    topics,
)


class TopicFacts(TypedDict):
    """A topic's way: its procedures in order and how each ended."""

    topic: str
    title: str
    procedures: list[str]
    ends: list[str]
    stages: int


class Harvest(TypedDict):
    """Counts and outcomes. `messages` were said by people; those `passed_over` were chatter, of which nothing is kept."""

    messages: int
    passed_over: int
    issues: dict[str, int]
    supports: int
    topics: list[TopicFacts]
    polls: dict[str, int]
    meetings: dict[str, int]
    notices: dict[str, int]
    objections: int
    tasks: dict[str, int]
    answers: dict[str, int]


async def harvest(tx: Transaction, said: int, passed_over: int) -> Harvest:
    """Read what has come of it from the rows."""
    return Harvest(
        messages=said,
        passed_over=passed_over,
        issues=await _by(tx, issues.c.state),
        supports=await number(tx, select(func.count()).select_from(supports)),
        topics=[
            await _topic(tx, topic) for topic in await many(tx, Topic, select(topics).order_by(topics.c.id))
        ],
        polls=await _by(tx, polls.c.outcome),
        meetings=await _by(tx, meetings.c.state),
        notices=await _by(tx, notices.c.state),
        objections=await number(tx, select(func.count()).select_from(objections)),
        tasks=await _by(tx, tasks.c.state),
        answers=await _by(tx, followups.c.answer),
    )


def show_harvest(facts: Harvest) -> None:
    """The closing table, and a table of topics."""
    rows = [
        (
            text("cli_column.messages"),
            text("demo.messages", said=facts["messages"], passed_over=facts["passed_over"]),
        ),
        (text("cli_column.issues"), _counted("issue_state", facts["issues"])),
        (text("cli_column.supports"), facts["supports"]),
        (text("cli_column.polls"), _counted("outcome", facts["polls"])),
        (text("cli_column.meetings"), _counted("meeting_state", facts["meetings"])),
        (text("cli_column.notices"), _counted("notice_state", facts["notices"])),
        (text("cli_column.objections"), facts["objections"]),
        (text("cli_column.tasks"), _counted("task_state", facts["tasks"])),
        (text("cli_column.answers"), _counted("answer", facts["answers"])),
    ]
    show_table(("what", "came_of_it"), rows, "cli.nothing_there")
    ways = [
        (one["topic"], one["title"], "→".join(one["procedures"]), "→".join(one["ends"]), one["stages"])
        for one in facts["topics"]
    ]
    show_table(("topic", "title", "procedure", "end", "stages"), ways, "cli.nothing_there")


def _counted(kind: str, counts: dict[str, int]) -> str:
    return "、".join(text("demo.count", what=term(kind, word), count=count) for word, count in counts.items())


async def _by(tx: Transaction, column: Column[str]) -> dict[str, int]:
    named = type_coerce(column, String) != ""
    rows = await tx.rows(select(column, func.count()).where(named).group_by(column).order_by(column))
    return {str(row[0]): int(row[1]) for row in rows}


async def _topic(tx: Transaction, topic: Topic) -> TopicFacts:
    run = await cases.all_of_topic(tx, topic.id)
    procedures = [parse(await cases.procedure_source(tx, case.digest)) for case in run]
    return TopicFacts(
        topic=topic_label(topic),
        title=topic.title,
        procedures=[procedure.name for procedure in procedures],
        ends=[
            procedure.end(case.ended_as).name if case.ended_as else procedure.stage(case.stage).name
            for case, procedure in zip(run, procedures, strict=True)
        ],
        stages=sum([len(await cases.path(tx, case.id)) for case in run]),
    )
