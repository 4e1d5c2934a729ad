"""What stays private for ever: mediation, and every matter that went through it."""

import json

from handlers.events import IssueMoved
from handlers.procedures.loader import parse
from handlers.work import Work
from storage import cases, journal, topics
from storage.database import Transaction
from storage.records import Issue, IssueState


async def kept_private(work: Work, topic_id: int) -> bool:
    """Whether nothing of a topic may ever be told in a group: it ran under a private procedure, or came from mediation."""
    return await private_for_ever(work.tx, topic_id)


async def private_for_ever(tx: Transaction, topic_id: int) -> bool:
    """The same for whoever only reads."""
    for case in await cases.all_of_topic(tx, topic_id):
        if parse(await cases.procedure_source(tx, case.digest)).private:
            return True
    return any([await _with_mediators(tx, issue) for issue in await topics.issues_of(tx, topic_id)])


async def issue_kept_private(work: Work, issue: Issue) -> bool:
    """Whether an issue is, or ever was, with the mediators."""
    return await _with_mediators(work.tx, issue)


async def _with_mediators(tx: Transaction, issue: Issue) -> bool:
    if issue.state is IssueState.MEDIATE:
        return True
    moves = (
        entry for entry in await journal.of(tx, f"issue:{issue.id}") if entry.event == IssueMoved.__name__
    )
    return any(json.loads(entry.detail)["state"] == IssueState.MEDIATE for entry in moves)
