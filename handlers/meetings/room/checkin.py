"""签到: a code read off the chair's phone, typed in private; whoever takes part from elsewhere needs none."""

import re

from handlers.bodies.catalogue import body
from handlers.labels import label
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import may_know
from handlers.meetings.room.codes import is_code
from handlers.meetings.room.coming import arrive, greeting
from handlers.meetings.room.guesses import miss, require_may_try
from handlers.meetings.room.lookup import now_running
from handlers.permissions import holds
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import attendances, meetings
from storage.messages import Said
from storage.records import Attendance, AttendedBy, Capacity, Meeting, Member, Reply

routes = Routes()
_CODE = re.compile(r"\d(?:\s*\d){3}")
_LATEST = 20
_REMOTE = ("线上", "在线")


@routes.command("签到", "checkin")
async def check_in(work: Work, said: Said, rest: str) -> None:
    """`签到 4821`, in private; `签到 线上` by whoever said that they take part from elsewhere."""
    written = narrow(rest).strip()
    code, remote = _CODE.search(written), any(word in written for word in _REMOTE)
    if not work.event.private:
        _refuse_in_group(said, code)
        return
    member = await work.someone()
    candidates = await _open_to(work, member)
    if remote:
        await _check_in_from_elsewhere(work, candidates[0], member)
        return
    if code is None:
        raise Refusal("room.checkin_usage")
    await require_may_try(work, member)
    digits = re.sub(r"\s", "", code[0])
    meeting = next((one for one in candidates if is_code(one.code_key, digits, work.now)), None)
    if meeting is None:
        await miss(work, candidates[0], member)
        return
    await _check_in(work, meeting, member, AttendedBy.CODE)


async def capacity_of(work: Work, meeting: Meeting, member: Member) -> Capacity:
    """正式 for whoever was called, 列席 for roles that may sit in. Refusal for anybody else."""
    if await meetings.invitation(work.tx, meeting.id, member.id):
        return Capacity.VOTER
    known = await attendances.of_member(work.tx, meeting.id, member.id)
    if known:
        return known.capacity
    roles = body(meeting.body).observers
    if roles and await holds(work, await work.community(), *roles):
        return Capacity.OBSERVER
    raise Refusal("room.not_called", meeting=label("meeting", meeting), name=kind_of(meeting.body).name)


async def _open_to(work: Work, member: Member) -> list[Meeting]:
    """The meetings people check in to now, those one is called to first. Refusal that says why there is none."""
    running = await now_running(work)
    if running:
        mine = [one for one in running if await meetings.invitation(work.tx, one.id, member.id)]
        return [*mine, *(one for one in running if one not in mine)]
    community = await work.community()
    latest = [
        one for one in await meetings.latest(work.tx, community.id, _LATEST) if await may_know(work, one)
    ]
    over = max((one for one in latest if one.ended_at), key=lambda one: one.starts_at, default=None)
    coming = [one for one in await meetings.called(work.tx, community.id) if one.begun_at is None]
    if over and not any(one.starts_at <= work.now for one in coming):
        raise Refusal("room.closed", meeting=label("meeting", over))
    raise Refusal("room.nothing_to_check_in")


async def _check_in(work: Work, meeting: Meeting, member: Member, way: AttendedBy) -> None:
    capacity = await capacity_of(work, meeting, member)
    before = await attendances.of_member(work.tx, meeting.id, member.id)
    if before and before.left_at is None and before.way is way:
        work.answer(text("room.checked_in_before", meeting=label("meeting", meeting)))
        return
    await arrive(work, meeting, [Attendance(meeting.id, member.id, capacity, way, work.now, None)])
    work.answer(await greeting(work, meeting, capacity, way))


async def _check_in_from_elsewhere(work: Work, meeting: Meeting, member: Member) -> None:
    """Only who said so beforehand: else the recorder writes them down by name."""
    invitation = await meetings.invitation(work.tx, meeting.id, member.id)
    if invitation is None:
        await capacity_of(work, meeting, member)
    elif invitation.reply is not Reply.ONLINE:
        raise Refusal("room.not_online", meeting=label("meeting", meeting))
    await _check_in(work, meeting, member, AttendedBy.REMOTE)


def _refuse_in_group(said: Said, code: re.Match[str] | None) -> None:
    """A code in a group is read by people who are not there."""
    if code or said.addressed:
        raise Refusal("room.code_alone")
