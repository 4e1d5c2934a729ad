"""Minutes of meetings version by version, the corrections people ask for, and what is read of a meeting for them."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction
from storage.records import Correction, Meeting, MeetingState, Minutes, MinutesState, Wait
from storage.rows import many, number, one
from storage.tables import agenda, corrections, meetings, minutes, waits

_BY_ID: Final = select(minutes).where(minutes.c.id == bindparam("id"))
_VERSIONS: Final = (
    select(minutes).where(minutes.c.meeting_id == bindparam("meeting")).order_by(minutes.c.version)
)
_CORRECTIONS: Final = (
    select(corrections).where(corrections.c.meeting_id == bindparam("meeting")).order_by(corrections.c.number)
)
_WAITED: Final = (
    select(waits)
    .where(
        waits.c.topic_id == bindparam("topic"),
        waits.c.body == bindparam("body"),
        waits.c.since <= bindparam("by"),
    )
    .order_by(waits.c.step_id.desc())
    .limit(1)
)
_BEFORE: Final = select(func.count()).where(
    meetings.c.community_id == bindparam("community"),
    meetings.c.body == bindparam("body"),
    meetings.c.state != MeetingState.CANCELLED,
    meetings.c.starts_at >= bindparam("since"),
    meetings.c.starts_at < bindparam("until"),
)
_NEXT_WITH_TOPIC: Final = (
    select(meetings.c.starts_at)
    .join(agenda, agenda.c.meeting_id == meetings.c.id)
    .where(
        agenda.c.topic_id == bindparam("topic"),
        meetings.c.starts_at > bindparam("after"),
        meetings.c.state != MeetingState.CANCELLED,
    )
    .order_by(meetings.c.starts_at)
    .limit(1)
)
_NEXT_OF_BODY: Final = (
    select(meetings)
    .where(
        meetings.c.community_id == bindparam("community"),
        meetings.c.body == bindparam("body"),
        meetings.c.state == MeetingState.CALLED,
        meetings.c.starts_at > bindparam("after"),
    )
    .order_by(meetings.c.starts_at)
    .limit(1)
)
_SETTLED: Final = (MinutesState.APPROVED, MinutesState.PUBLISHED)


# ---- versions


async def find(tx: Transaction, minutes_id: int) -> Minutes | None:
    """The version with this id, if there is one (buttons may say anything)."""
    return await one(tx, Minutes, _BY_ID, {"id": minutes_id})


async def get(tx: Transaction, minutes_id: int) -> Minutes:
    """The version with this id."""
    found = await find(tx, minutes_id)
    assert found is not None
    return found


async def versions(tx: Transaction, meeting_id: int) -> list[Minutes]:
    """Every version of a meeting's minutes, the first one first."""
    return await many(tx, Minutes, _VERSIONS, {"meeting": meeting_id})


async def latest(tx: Transaction, meeting_id: int) -> Minutes | None:
    """The newest version."""
    found = await versions(tx, meeting_id)
    return found[-1] if found else None


async def approved(tx: Transaction, meeting_id: int) -> Minutes | None:
    """The newest version that the chair approved, published or not."""
    found = [one for one in await versions(tx, meeting_id) if one.state in _SETTLED]
    return found[-1] if found else None


async def add(tx: Transaction, new: Minutes) -> Minutes:
    """Write a version down; the id is the database's to give."""
    fields = {name: getattr(new, name) for name in minutes.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(minutes.insert(), fields))


async def change(tx: Transaction, minutes_id: int, **columns: object) -> Minutes:
    """Move a version on; what it says stays as it is. The version as it is then."""
    await tx.run(update(minutes).where(minutes.c.id == minutes_id).values(**columns))
    return await get(tx, minutes_id)


# ---- corrections


async def corrections_of(tx: Transaction, meeting_id: int) -> list[Correction]:
    """What people said is not right, oldest first."""
    return await many(tx, Correction, _CORRECTIONS, {"meeting": meeting_id})


async def ask_correction(tx: Transaction, asked: Correction) -> int:
    """Write down that something is not right; the row's id."""
    fields = {name: getattr(asked, name) for name in corrections.c.keys() if name != "id"}  # noqa: SIM118
    return await tx.add(corrections.insert(), fields)


async def change_correction(tx: Transaction, correction_id: int, **columns: object) -> None:
    """Change columns of a correction."""
    await tx.run(update(corrections).where(corrections.c.id == correction_id).values(**columns))


# ---- what is read of a meeting


async def waited(tx: Transaction, topic_id: int, body: str, by: datetime) -> Wait | None:
    """The stage that the topic waited in for this body when it met, over or not."""
    return await one(tx, Wait, _WAITED, {"topic": topic_id, "body": body, "by": by})


async def held_before(tx: Transaction, meeting: Meeting, since: datetime) -> int:
    """How many meetings of the body were held since then and before this one."""
    values = {
        "community": meeting.community_id,
        "body": meeting.body,
        "since": since,
        "until": meeting.starts_at,
    }
    return await number(tx, _BEFORE, values)


async def next_with_topic(tx: Transaction, topic_id: int, after: datetime) -> datetime | None:
    """When the next meeting that has the topic begins."""
    row = await tx.row(_NEXT_WITH_TOPIC, {"topic": topic_id, "after": after})
    return row[0] if row else None


async def next_of_body(tx: Transaction, meeting: Meeting) -> Meeting | None:
    """The next meeting of the same body that is called already."""
    values = {"community": meeting.community_id, "body": meeting.body, "after": meeting.starts_at}
    return await one(tx, Meeting, _NEXT_OF_BODY, values)
