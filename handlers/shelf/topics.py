"""Which topics a paper touches: whoever raised them is never named on it, and private ones keep it inside."""

from handlers.privacy import private_for_ever
from handlers.shelf.roll import OFFICES
from storage import meetings, members, polls, tasks, topics
from storage.database import Transaction


async def topics_of(tx: Transaction, subject: str) -> tuple[int, ...]:
    """The ids of the topics behind "meeting:3", "poll:4", "task:5" or "topic:6"."""
    noun, _, written = subject.partition(":")
    key = int(written)
    if noun == "topic":
        return (key,)
    if noun == "meeting":
        items = await meetings.agenda_of(tx, key)
        return tuple(item.topic_id for item in items if item.topic_id is not None)
    if noun == "poll":
        topic_id = (await polls.get(tx, key)).topic_id
    elif noun == "task":
        topic_id = (await tasks.get(tx, key)).topic_id
    else:
        return ()
    return () if topic_id is None else (topic_id,)


async def any_private(tx: Transaction, topic_ids: tuple[int, ...]) -> bool:
    """Whether nothing of one of them may ever be told."""
    return any([await private_for_ever(tx, topic_id) for topic_id in topic_ids])


async def complainants(tx: Transaction, topic_ids: tuple[int, ...]) -> tuple[str, ...]:
    """The names of those who raised them. An official who did is named in office, and that tells nothing."""
    found: dict[str, None] = {}
    for topic_id in topic_ids:
        for issue in await topics.issues_of(tx, topic_id):
            if issue.reporter_id is not None and not await _holds_office(tx, issue.reporter_id):
                found[(await members.get(tx, issue.reporter_id)).name] = None
    return tuple(found)


async def _holds_office(tx: Transaction, member_id: int) -> bool:
    return any(holding.role in OFFICES for holding in await members.holdings_of(tx, member_id))
