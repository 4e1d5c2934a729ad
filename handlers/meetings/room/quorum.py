"""Who is there, and whether they are enough: for the item the meeting is at."""

from dataclasses import dataclass

from handlers.meetings.room.lookup import Point
from handlers.meetings.room.points import current
from handlers.meetings.rules import decides, least_present, roll_of, rule_of
from handlers.presence import present_of
from handlers.texts import text
from handlers.work import Work
from storage import attendances, meetings, waits
from storage.records import AttendedBy, Capacity, Meeting


@dataclass(frozen=True, slots=True)
class House:
    """应到 `roll`, 实到 `present` (of them `online`), those elsewhere who do not count, 列席; `needed` 0: no rule says."""

    roll: int
    present: int
    online: int
    uncounted: int
    observers: int
    needed: int

    @property
    def quorate(self) -> bool:
        """Whether so many may decide; nobody may not."""
        return self.present >= max(self.needed, 1)

    @property
    def missing(self) -> int:
        """How many must still come."""
        return max(max(self.needed, 1) - self.present, 0)


async def house(work: Work, meeting: Meeting, point: Point | None = None) -> House:
    """The meeting as it sits now, held against what `point` asks (or the item it is at)."""
    came = await attendances.of_meeting(work.tx, meeting.id)
    there, here = present_of(meeting, came), [one for one in came if one.left_at is None]
    voters = [one for one in here if one.capacity is Capacity.VOTER]
    remote = [one for one in voters if one.way is AttendedBy.REMOTE]
    roll = len(await meetings.invited(work.tx, meeting.id))
    return House(
        roll=roll,
        present=len(there),
        online=len(remote) if meeting.remote_basis else 0,
        uncounted=0 if meeting.remote_basis else len(remote),
        observers=len(here) - len(voters),
        needed=await needed_for(work, meeting, point or await current(work, meeting), roll),
    )


async def needed_for(work: Work, meeting: Meeting, point: Point | None, roll: int) -> int:
    """How many must be there to decide an item; 0 where no rule says, or it is only talked about."""
    wait = await waits.of_topic(work.tx, point.topic.id) if point and point.topic else None
    if wait is None or not decides(wait, meeting):
        return 0
    rule = rule_of(wait)
    return least_present(rule, roll_of(meeting.body, roll)) if rule else 0


def count_line(found: House) -> str:
    """应到 8，实到 5（线上 1）；列席 2."""
    online = text("room.online", count=found.online) if found.online else ""
    uncounted = text("room.uncounted", count=found.uncounted) if found.uncounted else ""
    observers = text("room.observers", count=found.observers) if found.observers else ""
    return text("room.count", roll=found.roll, present=found.present, online=online) + uncounted + observers


def quorum_line(found: House) -> str:
    """达标, or how many are missing; nothing where no rule says."""
    if not found.needed:
        return ""
    if found.quorate:
        return text("room.quorate", needed=found.needed)
    return text("room.not_quorate", needed=found.needed, missing=found.missing)
