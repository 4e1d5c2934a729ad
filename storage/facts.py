"""What meetings made of a topic, read across their agendas, to be told in notices."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from storage.database import Transaction
from storage.records import MeetingState
from storage.tables import agenda, meetings


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """The outcome of one item in a procedure's word, and what was noted with it."""

    name: str
    starts_at: datetime
    outcome: str
    note: str


_DECIDED: Final = (
    select(meetings.c.name, meetings.c.starts_at, agenda.c.outcome, agenda.c.note)
    .join(agenda, agenda.c.meeting_id == meetings.c.id)
    .where(
        agenda.c.topic_id == bindparam("topic"),
        agenda.c.outcome != "",
        meetings.c.state != MeetingState.CANCELLED,
    )
    .order_by(meetings.c.starts_at, meetings.c.id)
)


async def decided_by_meetings(tx: Transaction, topic_id: int) -> list[MeetingFact]:
    """What meetings decided of a topic, oldest first."""
    return [MeetingFact(*row) for row in await tx.rows(_DECIDED, {"topic": topic_id})]
