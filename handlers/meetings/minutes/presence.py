"""Who came to a meeting, in which way, who was on leave; and how many had to come."""

from collections import Counter

from handlers.labels import topic_label
from handlers.meetings.minutes.gathered import Presence
from handlers.meetings.minutes.registry import Registry
from handlers.meetings.rules import least_present, roll_of, rule_of
from handlers.presence import counts
from handlers.texts import text
from handlers.work import Work
from storage import attendances, meetings, minutes, topics
from storage.records import AgendaItem, Attendance, AttendedBy, Capacity, Meeting, Reply


async def presence_of(work: Work, meeting: Meeting, registry: Registry) -> Presence:
    """The roll beside those who were checked in. A reason for leave was told to who called alone: not that it was is kept."""
    invited = await meetings.invited(work.tx, meeting.id)
    came = await attendances.of_meeting(work.tx, meeting.id)
    there = {one.member_id for one in came}
    leave = [one for one in invited if one.reply is Reply.LEAVE and one.member_id not in there]
    voters = [one for one in came if counts(meeting, one)]
    return Presence(
        expected=len(invited),
        present=len(voters) if came else None,
        channels=_channels(
            voters, [one for one in came if one.way is AttendedBy.REMOTE and one not in voters]
        ),
        leave=tuple([(await registry.person(one.member_id), _reason(one.reason)) for one in leave]),
        observers=tuple(
            [await registry.person(one.member_id) for one in came if one.capacity is Capacity.OBSERVER]
        ),
        listed="yes" if came else "",
    )


def _channels(voters: list[Attendance], beside: list[Attendance]) -> tuple[tuple[str, int], ...]:
    found = Counter("online" if one.way is AttendedBy.REMOTE else "on_site" for one in voters)
    found["online_beside"] = len(beside)
    names = ("on_site", "online", "online_beside")
    return tuple((text(f"minutes.channel_{name}"), found[name]) for name in names if found[name])


def _reason(reason: str) -> str:
    return text("minutes.leave_told" if reason else "minutes.leave_untold")


async def quorums(
    work: Work, meeting: Meeting, items: list[AgendaItem], expected: int
) -> tuple[tuple[str, int], ...]:
    """How many had to come, item by item: (议7, 24); 0 where no rule says."""
    roll, found = roll_of(meeting.body, expected), list[tuple[str, int]]()
    for item in items:
        if item.topic_id is None:
            continue
        wait = await minutes.waited(work.tx, item.topic_id, meeting.body, meeting.starts_at)
        rule = rule_of(wait) if wait else None
        topic = await topics.get(work.tx, item.topic_id)
        found.append((topic_label(topic), least_present(rule, roll) if rule else 0))
    return tuple(found)
