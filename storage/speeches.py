"""What was said in a meeting, as it was noted."""

from sqlalchemy import bindparam, select

from storage.database import Transaction
from storage.records import AgendaItem, Meeting, Speech
from storage.rows import many
from storage.tables import agenda, meetings, speeches

_OF_MEETING = select(speeches).where(speeches.c.meeting_id == bindparam("meeting")).order_by(speeches.c.id)
_OF_ITEM = (
    select(speeches)
    .where(speeches.c.meeting_id == bindparam("meeting"), speeches.c.position == bindparam("position"))
    .order_by(speeches.c.id)
)
_ITEMS = (
    select(agenda)
    .where(agenda.c.topic_id == bindparam("topic"), (agenda.c.outcome != "") | (agenda.c.note != ""))
    .order_by(agenda.c.meeting_id)
)
_MEETINGS = (
    select(meetings)
    .join(agenda, agenda.c.meeting_id == meetings.c.id)
    .where(agenda.c.topic_id == bindparam("topic"), (agenda.c.outcome != "") | (agenda.c.note != ""))
    .order_by(meetings.c.id)
)


async def add(tx: Transaction, speech: Speech) -> int:
    """Write down what somebody said; the id is the database's to give."""
    return await tx.add(
        speeches.insert(),
        {name: getattr(speech, name) for name in speeches.c.keys() if name != "id"},  # noqa: SIM118
    )


async def of_meeting(tx: Transaction, meeting_id: int) -> list[Speech]:
    """Everything that was noted of a meeting, in order."""
    return await many(tx, Speech, _OF_MEETING, {"meeting": meeting_id})


async def of_item(tx: Transaction, meeting_id: int, position: int) -> list[Speech]:
    """What was noted of one item, in order; of none for position 0."""
    return await many(tx, Speech, _OF_ITEM, {"meeting": meeting_id, "position": position})


async def treated(tx: Transaction, topic_id: int) -> list[tuple[Meeting, AgendaItem]]:
    """The meetings that came to something about a topic, each with its item; the oldest first."""
    items = await many(tx, AgendaItem, _ITEMS, {"topic": topic_id})
    held = await many(tx, Meeting, _MEETINGS, {"topic": topic_id})
    return list(zip(held, items, strict=True))
