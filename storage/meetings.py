"""Meetings, what is on their agendas and who was called."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from storage.database import Transaction
from storage.records import AgendaItem, Invitation, Meeting, MeetingState, Member, Reply
from storage.rows import many, one
from storage.tables import agenda, invitations, meetings, members

_BY_ID = select(meetings).where(meetings.c.id == bindparam("id"))
_BY_NUMBER = (
    select(meetings)
    .where(meetings.c.community_id == bindparam("community"), meetings.c.number == bindparam("number"))
    .order_by(meetings.c.year.desc())
    .limit(1)
)
_LATEST = (
    select(meetings)
    .where(meetings.c.community_id == bindparam("community"))
    .order_by(meetings.c.id.desc())
    .limit(bindparam("count"))
)
_CALLED = (
    select(meetings)
    .where(meetings.c.community_id == bindparam("community"), meetings.c.state == MeetingState.CALLED)
    .order_by(meetings.c.starts_at, meetings.c.id)
)
_AGENDA = select(agenda).where(agenda.c.meeting_id == bindparam("id")).order_by(agenda.c.position)
_WITH_TOPIC = (
    select(meetings)
    .join(agenda, agenda.c.meeting_id == meetings.c.id)
    .where(
        agenda.c.topic_id == bindparam("topic"),
        agenda.c.outcome == "",
        agenda.c.note == "",
        meetings.c.state == MeetingState.CALLED,
    )
    .order_by(meetings.c.id)
)
_INVITED = (
    select(invitations).where(invitations.c.meeting_id == bindparam("id")).order_by(invitations.c.member_id)
)
_INVITATION = select(invitations).where(
    invitations.c.meeting_id == bindparam("id"), invitations.c.member_id == bindparam("member")
)
_PEOPLE = (
    select(members)
    .join(invitations, invitations.c.member_id == members.c.id)
    .where(invitations.c.meeting_id == bindparam("id"))
    .order_by(members.c.id)
)


async def get(tx: Transaction, meeting_id: int) -> Meeting:
    """The meeting with this id; a foreign key says there is one."""
    meeting = await find(tx, meeting_id)
    assert meeting is not None
    return meeting


async def find(tx: Transaction, meeting_id: int) -> Meeting | None:
    """The meeting with this id, if there is one (buttons may say anything)."""
    return await one(tx, Meeting, _BY_ID, {"id": meeting_id})


async def numbered(tx: Transaction, community_id: int, number: int) -> Meeting | None:
    """The newest meeting of the community with this number."""
    return await one(tx, Meeting, _BY_NUMBER, {"community": community_id, "number": number})


async def latest(tx: Transaction, community_id: int, count: int) -> list[Meeting]:
    """The meetings called last, newest first."""
    return await many(tx, Meeting, _LATEST, {"community": community_id, "count": count})


async def called(tx: Transaction, community_id: int) -> list[Meeting]:
    """Meetings still to be held or to have their outcomes entered, the soonest first."""
    return await many(tx, Meeting, _CALLED, {"community": community_id})


async def with_topic(tx: Transaction, topic_id: int) -> list[Meeting]:
    """The called meetings that have this topic before them, undecided."""
    return await many(tx, Meeting, _WITH_TOPIC, {"topic": topic_id})


async def add(tx: Transaction, meeting: Meeting) -> Meeting:
    """Write a new meeting down; the id is the database's to give."""
    fields = {name: getattr(meeting, name) for name in meetings.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(meetings.insert(), fields))


async def change(tx: Transaction, meeting_id: int, **columns: object) -> None:
    """Change columns of a meeting."""
    await tx.run(update(meetings).where(meetings.c.id == meeting_id).values(**columns))


# ---- agenda


async def put_on_agenda(tx: Transaction, meeting_id: int, topic_ids: Sequence[int]) -> None:
    """Give a new meeting its items, in this order."""
    items = [
        AgendaItem(meeting_id, position, topic_id, "", 0, "", "", "")
        for position, topic_id in enumerate(topic_ids, start=1)
    ]
    await add_items(tx, items)


async def set_agenda(tx: Transaction, meeting_id: int, items: Sequence[AgendaItem]) -> None:
    """Let these be the items of a meeting, in this order, in place of those it had."""
    await tx.run(delete(agenda).where(agenda.c.meeting_id == meeting_id))
    mine = [
        replace(item, meeting_id=meeting_id, position=position)
        for position, item in enumerate(items, start=1)
    ]
    await add_items(tx, mine)


async def add_items(tx: Transaction, items: Sequence[AgendaItem]) -> None:
    """Write items down at the positions they name."""
    rows = [{name: getattr(item, name) for name in agenda.c.keys()} for item in items]  # noqa: SIM118
    if rows:
        await tx.run(agenda.insert(), rows)


async def agenda_of(tx: Transaction, meeting_id: int) -> list[AgendaItem]:
    """The items of a meeting, in order."""
    return await many(tx, AgendaItem, _AGENDA, {"id": meeting_id})


async def settle(tx: Transaction, item: AgendaItem, outcome: str, note: str) -> None:
    """Write down what came of an item."""
    same = (agenda.c.meeting_id == item.meeting_id, agenda.c.position == item.position)
    await tx.run(update(agenda).where(*same).values(outcome=outcome, note=note))


async def take_off_agenda(tx: Transaction, meeting_id: int, topic_id: int) -> None:
    """The topic is no longer before this meeting."""
    await tx.run(delete(agenda).where(agenda.c.meeting_id == meeting_id, agenda.c.topic_id == topic_id))


# ---- invitations


async def invite(tx: Transaction, meeting_id: int, member_ids: Sequence[int]) -> None:
    """Call these members: they are the roll of the meeting."""
    rows = [
        {
            "meeting_id": meeting_id,
            "member_id": member_id,
            "reply": Reply.NONE,
            "reason": "",
            "told_until": None,
        }
        for member_id in member_ids
    ]
    await tx.run(invitations.insert(), rows)


async def invited(tx: Transaction, meeting_id: int) -> list[Invitation]:
    """Everybody who was called, with their answers."""
    return await many(tx, Invitation, _INVITED, {"id": meeting_id})


async def people(tx: Transaction, meeting_id: int) -> list[Member]:
    """Everybody who was called, as members, in the order of the roll."""
    return await many(tx, Member, _PEOPLE, {"id": meeting_id})


async def invitation(tx: Transaction, meeting_id: int, member_id: int) -> Invitation | None:
    """What somebody answered; None for one who was not called."""
    return await one(tx, Invitation, _INVITATION, {"id": meeting_id, "member": member_id})


async def answer(tx: Transaction, meeting_id: int, member_id: int, reply: Reply, reason: str) -> None:
    """Note somebody's latest answer."""
    same = (invitations.c.meeting_id == meeting_id, invitations.c.member_id == member_id)
    await tx.run(update(invitations).where(*same).values(reply=reply, reason=reason))


async def ask_again(tx: Transaction, meeting_id: int) -> None:
    """The answers given and the reminders told were of another time."""
    mine = update(invitations).where(invitations.c.meeting_id == meeting_id)
    await tx.run(mine.values(reply=Reply.NONE, reason="", told_until=None))


async def reminded(tx: Transaction, meeting_id: int, member_id: int, until: datetime) -> None:
    """Somebody has been reminded of the meeting, as every reminder up to this moment would have done."""
    same = (invitations.c.meeting_id == meeting_id, invitations.c.member_id == member_id)
    await tx.run(update(invitations).where(*same).values(told_until=until))
