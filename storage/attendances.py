"""签到: who came to a meeting, how, and who has left."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Attendance
from storage.rows import many, one
from storage.tables import attendances

_OF_MEETING = (
    select(attendances)
    .where(attendances.c.meeting_id == bindparam("meeting"))
    .order_by(attendances.c.came_at, attendances.c.member_id)
)
_OF_MEMBER = select(attendances).where(
    attendances.c.meeting_id == bindparam("meeting"), attendances.c.member_id == bindparam("member")
)
_COME = insert(attendances)
_COME = _COME.on_conflict_do_update(
    index_elements=["meeting_id", "member_id"],
    set_={"capacity": _COME.excluded.capacity, "way": _COME.excluded.way, "left_at": None},
)


async def come(tx: Transaction, attendance: Attendance) -> None:
    """Somebody is there; whoever had left is back, and came when they came first."""
    await tx.run(_COME, {name: getattr(attendance, name) for name in attendances.c.keys()})  # noqa: SIM118


async def leave(tx: Transaction, meeting_id: int, member_ids: Sequence[int], at: datetime) -> None:
    """These have gone."""
    mine = update(attendances).where(
        attendances.c.meeting_id == meeting_id,
        attendances.c.member_id.in_(list(member_ids)),
        attendances.c.left_at.is_(None),
    )
    await tx.run(mine.values(left_at=at))


async def of_meeting(tx: Transaction, meeting_id: int) -> list[Attendance]:
    """Everybody who came, also those who left, in the order in which they came."""
    return await many(tx, Attendance, _OF_MEETING, {"meeting": meeting_id})


async def of_member(tx: Transaction, meeting_id: int, member_id: int) -> Attendance | None:
    """How somebody attends; None for one who never came."""
    return await one(tx, Attendance, _OF_MEMBER, {"meeting": meeting_id, "member": member_id})
