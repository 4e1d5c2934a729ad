"""Coming to a meeting and leaving it: the list, what follows from it, and the warning when too few are left."""

from collections.abc import Sequence

from handlers.events import PresenceChanged
from handlers.labels import label
from handlers.meetings.room.lookup import tell_hosts
from handlers.meetings.room.quorum import House, count_line, house, quorum_line
from handlers.texts import text
from handlers.work import Work
from storage import attendances, hands
from storage.records import Attendance, AttendedBy, Capacity, Meeting


async def arrive(work: Work, meeting: Meeting, came: Sequence[Attendance]) -> None:
    """These are there now."""
    for one in came:
        await attendances.come(work.tx, one)
    await _changed(work, meeting, "yes", [one.member_id for one in came])


async def depart(work: Work, meeting: Meeting, member_ids: Sequence[int]) -> str:
    """These have gone; a warning for whoever is answered when too few are left to vote, "" otherwise."""
    before = await house(work, meeting)
    await attendances.leave(work.tx, meeting.id, member_ids, work.now)
    for hand in await hands.up(work.tx, meeting.id):
        if hand.member_id in member_ids:
            await hands.lower(work.tx, hand.id, work.now)
    await _changed(work, meeting, "", member_ids)
    after = await house(work, meeting)
    if not (before.quorate and not after.quorate and after.needed):
        return ""
    said = warning(meeting, after)
    await tell_hosts(work, meeting, said, f"short:{work.event.event_id}")
    return f"\n{said}"


def warning(meeting: Meeting, found: House) -> str:
    """Too few to vote."""
    return text(
        "room.short", meeting=label("meeting", meeting), count=count_line(found), missing=found.missing
    )


async def greeting(work: Work, meeting: Meeting, capacity: Capacity, way: AttendedBy) -> str:
    """What somebody who checked in is told: that it is noted, as what, and whether the meeting has its quorum."""
    key = "room.checked_in" if capacity is Capacity.VOTER else "room.sits_in"
    lines = [text(key, meeting=label("meeting", meeting), name=meeting.name)]
    if way is AttendedBy.REMOTE and capacity is Capacity.VOTER:
        key = "room.remote_counts" if meeting.remote_basis else "room.remote_listens"
        lines.append(text(key, basis=meeting.remote_basis))
    found = await house(work, meeting)
    lines.append(count_line(found) + quorum_line(found))
    return "\n".join(lines)


async def _changed(work: Work, meeting: Meeting, here: str, member_ids: Sequence[int]) -> None:
    await work.record(PresenceChanged(meeting.id, here, len(member_ids), tuple(member_ids)))
    work.refresh(f"room:{meeting.id}")
    work.refresh(f"room_code:{meeting.id}")
