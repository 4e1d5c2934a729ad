"""The recorder's list: who is there, who has left, who sits in."""

import re
from dataclasses import dataclass, field

from handlers.labels import label
from handlers.meetings.room.coming import arrive, depart
from handlers.meetings.room.lookup import one_there, require_host, running
from handlers.meetings.room.meant import meant
from handlers.meetings.room.quorum import count_line, house, quorum_line
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import attendances, meetings, members
from storage.messages import Said
from storage.records import Attendance, AttendedBy, Capacity, Meeting, Member, Reply

routes = Routes()
_BETWEEN = re.compile(r"[\s、,，;；]+")
_ALL = ("全部", "全体", "都到了")
_REMOTE = ("线上", "在线")
_NAME_LIMIT = 20


@dataclass(slots=True)
class _Read:
    """The names of a list: those found, those nobody is called, those who were not called to the meeting."""

    found: list[Member] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    uncalled: list[str] = field(default_factory=list)


@routes.command("到会", "present")
async def note_coming(work: Work, said: Said, rest: str) -> None:
    """`到会 会3 张三 李四`, `到会 会3 线上 王五`, `到会 会3 全部`."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    await require_host(work, meeting)
    names = [name for name in _BETWEEN.split(left) if name]
    way = AttendedBy.REMOTE if names[:1] and names[0] in _REMOTE else AttendedBy.LIST
    names = names[1:] if way is AttendedBy.REMOTE else names
    if not names:
        raise Refusal("room.list_usage", meeting=label("meeting", meeting))
    if names[0] in _ALL:
        read, absent = await _everybody(work, meeting)
    else:
        read, absent = await _read(work, meeting, names), 0
    here = {one.member_id for one in await attendances.of_meeting(work.tx, meeting.id) if one.left_at is None}
    new = [one for one in read.found if one.id not in here]
    came = [Attendance(meeting.id, one.id, Capacity.VOTER, way, work.now, None) for one in new]
    if came:
        await arrive(work, meeting, came)
    lines = [text("room.listed", meeting=label("meeting", meeting), count=len(came))]
    lines += (
        [text("room.listed_before", count=len(read.found) - len(came))] if len(read.found) > len(came) else []
    )
    lines += [text("room.on_leave_not_listed", count=absent)] if absent else []
    work.answer("\n".join([*lines, *_problems(meeting, read), await _standing(work, meeting)]))


@routes.command("离会", "left")
async def note_leaving(work: Work, said: Said, rest: str) -> None:
    """`离会`, by oneself; `离会 会3 张三`, by the recorder."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    names = [name for name in _BETWEEN.split(left) if name]
    mine = [(await work.someone()).id] if not names else []
    if names:
        await require_host(work, meeting)
    found = [one for name in names if (one := await one_there(work, meeting, name))]
    here = {one.member_id for one in await attendances.of_meeting(work.tx, meeting.id) if one.left_at is None}
    gone = [member_id for member_id in [*mine, *(one.id for one in found)] if member_id in here]
    if not gone:
        raise Refusal("room.not_there", meeting=label("meeting", meeting))
    warning = await depart(work, meeting, gone)
    work.answer(text("room.gone", meeting=label("meeting", meeting), count=len(gone)) + warning)


@routes.command("列席", "observe")
async def note_observer(work: Work, said: Said, rest: str) -> None:
    """`列席 会3 王科长`: somebody sits in, who may speak and never counts; guests need be on no roll."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    await require_host(work, meeting)
    names = [name for name in _BETWEEN.split(left) if name]
    if not names or any(len(name) > _NAME_LIMIT for name in names):
        raise Refusal("room.observe_usage", meeting=label("meeting", meeting))
    guests = [(name, await one_there(work, meeting, name)) for name in names]
    for _, one in guests:
        if one and await meetings.invitation(work.tx, meeting.id, one.id):
            raise Refusal("room.observer_is_called", name=one.name, meeting=label("meeting", meeting))
    came = [one or await _guest(work, name) for name, one in guests]
    rows = [
        Attendance(meeting.id, one.id, Capacity.OBSERVER, AttendedBy.LIST, work.now, None) for one in came
    ]
    await arrive(work, meeting, rows)
    work.answer(text("room.observes", names="、".join(names), meeting=label("meeting", meeting)))


async def _guest(work: Work, name: str) -> Member:
    """Somebody who is on no roll: known by name alone, and with no role."""
    community = await work.community()
    return await members.add(work.tx, members.newcomer(community.id, community.id, name, work.now))


async def _everybody(work: Work, meeting: Meeting) -> tuple[_Read, int]:
    """All who were called, but those who are on leave; how many these are."""
    leave = {one.member_id for one in await meetings.invited(work.tx, meeting.id) if one.reply is Reply.LEAVE}
    people = await meetings.people(work.tx, meeting.id)
    return _Read([one for one in people if one.id not in leave]), len(leave)


async def _read(work: Work, meeting: Meeting, names: list[str]) -> _Read:
    read = _Read()
    for name in dict.fromkeys(names):
        one = await one_there(work, meeting, name)
        if one is None:
            read.unknown.append(name)
        elif await meetings.invitation(work.tx, meeting.id, one.id) is None:
            read.uncalled.append(name)
        elif one not in read.found:
            read.found.append(one)
    return read


def _problems(meeting: Meeting, read: _Read) -> list[str]:
    named = label("meeting", meeting)
    lines = [text("room.nobody_called", names="、".join(read.unknown))] if read.unknown else []
    if read.uncalled:
        names = "、".join(read.uncalled)
        lines.append(text("room.uncalled", names=names, meeting=named, first=read.uncalled[0]))
    return lines


async def _standing(work: Work, meeting: Meeting) -> str:
    found = await house(work, meeting)
    return count_line(found) + quorum_line(found)
