"""Who is reminded of a meeting and when, and what people wish for in general."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update

from storage.database import Transaction
from storage.records import Meeting, MeetingState, Reminder, ReminderKind
from storage.rows import many, one
from storage.tables import invitations, meetings, reminder_wishes, reminders

_REMINDER = select(reminders).where(reminders.c.id == bindparam("id"))
_OF_MEETING = (
    select(reminders)
    .where(reminders.c.meeting_id == bindparam("id"))
    .order_by(reminders.c.minutes.desc(), reminders.c.id)
)
_WAITING = (
    select(reminders)
    .join(meetings, meetings.c.id == reminders.c.meeting_id)
    .where(
        reminders.c.at <= bindparam("until"),
        reminders.c.kind.in_((ReminderKind.MEETING, ReminderKind.WISH)),
        meetings.c.community_id == bindparam("community"),
        meetings.c.state == MeetingState.CALLED,
    )
    .order_by(reminders.c.at, reminders.c.id)
)
_WISHES = (
    select(reminder_wishes)
    .join(invitations, invitations.c.member_id == reminder_wishes.c.member_id)
    .where(invitations.c.meeting_id == bindparam("id"))
)
_WISH = select(reminder_wishes.c.minutes).where(reminder_wishes.c.member_id == bindparam("member"))
_CALLED_TO = (
    select(meetings)
    .join(invitations, invitations.c.meeting_id == meetings.c.id)
    .where(
        invitations.c.member_id == bindparam("member"),
        meetings.c.state == MeetingState.CALLED,
        meetings.c.starts_at > bindparam("now"),
    )
    .order_by(meetings.c.starts_at)
)


async def plan(
    tx: Transaction, meeting: Meeting, kind: ReminderKind, minutes: Sequence[int], now: datetime
) -> None:
    """Remind so many minutes before the start (after it for negative ones); what lies behind us is not planned.

    What is planned already stays as it is.
    """
    known = {one.minutes for one in await of_meeting(tx, meeting.id) if one.kind is kind}
    rows = [
        {
            "meeting_id": meeting.id,
            "kind": kind,
            "minutes": before,
            "at": _still(meeting.starts_at, before, now),
        }
        for before in dict.fromkeys(minutes)
        if before not in known
    ]
    if rows:
        await tx.run(reminders.insert(), rows)


async def drop(tx: Transaction, meeting_id: int, kind: ReminderKind) -> None:
    """Forget the reminders of this kind."""
    await tx.run(delete(reminders).where(reminders.c.meeting_id == meeting_id, reminders.c.kind == kind))


async def follow_start(tx: Transaction, meeting: Meeting, now: datetime) -> None:
    """Let the reminders of a meeting follow its start."""
    for reminder in await of_meeting(tx, meeting.id):
        await remind_at(tx, reminder.id, _still(meeting.starts_at, reminder.minutes, now))


async def stop(tx: Transaction, meeting_id: int) -> None:
    """Nobody is reminded of this meeting any more."""
    await tx.run(update(reminders).where(reminders.c.meeting_id == meeting_id).values(at=None))


async def get(tx: Transaction, reminder_id: int) -> Reminder | None:
    """The reminder with this id."""
    return await one(tx, Reminder, _REMINDER, {"id": reminder_id})


async def of_meeting(tx: Transaction, meeting_id: int) -> list[Reminder]:
    """The reminders of a meeting, the earliest first."""
    return await many(tx, Reminder, _OF_MEETING, {"id": meeting_id})


async def waiting(tx: Transaction, community_id: int, until: datetime) -> list[Reminder]:
    """Reminders to people of a community that fall due up to this moment, of meetings that stand."""
    return await many(tx, Reminder, _WAITING, {"community": community_id, "until": until})


async def remind_at(tx: Transaction, reminder_id: int, at: datetime | None) -> None:
    """Set a reminder to another moment, or to none."""
    await tx.run(update(reminders).where(reminders.c.id == reminder_id).values(at=at))


# ---- what people wish


async def wishes_of(tx: Transaction, meeting_id: int) -> Mapping[int, tuple[int, ...]]:
    """The minutes that people called to a meeting wish to be reminded at; those who wish nothing special are missing."""
    rows = await tx.rows(_WISHES, {"id": meeting_id})
    return {row.member_id: _minutes(row.minutes) for row in rows}


async def wish_of(tx: Transaction, member_id: int) -> tuple[int, ...] | None:
    """The minutes before a start at which a member wishes to be reminded; () for never, None for as usual."""
    row = await tx.row(_WISH, {"member": member_id})
    return None if row is None else _minutes(row[0])


async def wish(tx: Transaction, member_id: int, minutes: Sequence[int] | None) -> None:
    """Note what a member wishes of reminders; None: as usual."""
    await tx.run(delete(reminder_wishes).where(reminder_wishes.c.member_id == member_id))
    if minutes is not None:
        written = ",".join(map(str, minutes))
        await tx.run(reminder_wishes.insert(), {"member_id": member_id, "minutes": written})


async def called_to(tx: Transaction, member_id: int, now: datetime) -> list[Meeting]:
    """The coming meetings a member is called to."""
    return await many(tx, Meeting, _CALLED_TO, {"member": member_id, "now": now})


def _minutes(written: str) -> tuple[int, ...]:
    return tuple(int(one) for one in written.split(",") if one)


def _still(starts_at: datetime, minutes: int, now: datetime) -> datetime | None:
    at = starts_at - timedelta(minutes=minutes)
    return at if at > now else None
