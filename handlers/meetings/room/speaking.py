"""举手: who wants to speak says so, and the chair gives the word, for a time if they like. Nothing of it unless used."""

import re
from datetime import timedelta

from handlers.audience import private_address
from handlers.labels import label
from handlers.meetings.lookup import pressed
from handlers.meetings.room.lookup import hosts, one_there, require_host, require_running, running
from handlers.meetings.room.meant import meant
from handlers.moments import span
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import attendances, hands, meetings, members
from storage.messages import Due, Said, Urgency
from storage.records import Hand, Meeting, MeetingState, Member

routes = Routes()
_MINUTES = re.compile(r"\s*(\d{1,2})\s*分钟?\s*$")
_LONGEST = 30
_NEXT = ("下一位", "下一个")


@routes.command("举手", "hand", where=Where.STAFF | Where.PRIVATE)
async def raise_hand(work: Work, said: Said, rest: str) -> None:
    """`举手`: whoever is there gets in line."""
    if not (meant(work, said, rest) or not rest):
        return
    meeting, _ = await running(work, rest)
    member = await work.someone()
    there = await attendances.of_member(work.tx, meeting.id, member.id)
    if there is None or there.left_at:
        raise Refusal("room.check_in_first", meeting=label("meeting", meeting))
    up = await hands.up(work.tx, meeting.id)
    waiting = [one for one in up if one.called_at is None]
    if any(one.member_id == member.id for one in up):
        raise Refusal("room.hand_is_up")
    await hands.raise_hand(work.tx, meeting.id, member.id, work.now)
    work.refresh(f"room:{meeting.id}")
    work.answer(text("room.hand_up", before=len(waiting)))


@routes.command("放下", "handdown", where=Where.STAFF | Where.PRIVATE)
async def lower_hand(work: Work, said: Said, rest: str) -> None:
    """`放下`: no longer, or spoken enough."""
    if not (meant(work, said, rest) or not rest):
        return
    meeting, _ = await running(work, rest)
    member = await work.someone()
    mine = [one for one in await hands.up(work.tx, meeting.id) if one.member_id == member.id]
    if not mine:
        raise Refusal("room.no_hand")
    for one in mine:
        await hands.lower(work.tx, one.id, work.now)
    work.refresh(f"room:{meeting.id}")
    work.answer(text("room.hand_down"))


@routes.command("请", "floor")
async def give_word(work: Work, said: Said, rest: str) -> None:
    """`请 张三 3分钟`, `请 下一位`; without a time, as long as they like."""
    match = _MINUTES.search(narrow(rest))
    name = (rest[: match.start()] if match else rest).strip()
    if not name or (not meant(work, said, rest) and match is None and name not in _NEXT):
        return
    meeting, name = await running(work, name)
    await require_host(work, meeting)
    minutes = int(match[1]) if match else 0
    if minutes > _LONGEST or (match and not minutes):
        raise Refusal("room.word_usage", most=_LONGEST)
    if name.strip() in _NEXT:
        await _next(work, meeting, timedelta(minutes=minutes) if minutes else None)
        return
    member = await one_there(work, meeting, name.strip())
    if member is None:
        raise Refusal("room.nobody_called", names=name.strip())
    await _give(work, meeting, member, timedelta(minutes=minutes))


@routes.press("room.next")
async def press_next(work: Work, arguments: tuple[str, ...]) -> None:
    """下一位: for as long as the one before was given."""
    meeting = await pressed(work, arguments)
    require_running(meeting)
    await require_host(work, meeting)
    await _next(work, meeting, None)


@routes.due("hand.end")
async def time_is_up(work: Work, due: Due) -> None:
    """The chair hears once that somebody's time is over; whether they may go on is the chair's to say."""
    hand = await hands.find(work.tx, due.subject)
    if hand is None or hand.over_at or hand.ends_at is None:
        return
    await hands.forget_end(work.tx, hand.id)
    meeting = await meetings.get(work.tx, hand.meeting_id)
    if meeting.state is not MeetingState.CALLED or meeting.ended_at:
        return
    name = (await members.get(work.tx, hand.member_id)).name
    said = text("room.time_up", name=name)
    for address in await hosts(work, meeting):
        work.say(
            address,
            said,
            once=f"hand:{hand.id}:{hand.ends_at.isoformat()}:{address}",
            urgency=Urgency.NOW,
            not_after=work.now + timedelta(minutes=_LONGEST),
        )
    work.refresh(f"room:{meeting.id}")


async def _next(work: Work, meeting: Meeting, length: timedelta | None) -> None:
    waiting = [one for one in await hands.up(work.tx, meeting.id) if one.called_at is None]
    if not waiting:
        raise Refusal("room.nobody_waits")
    usual = await _usual(work, meeting) if length is None else length
    await _give(work, meeting, await members.get(work.tx, waiting[0].member_id), usual)


async def _usual(work: Work, meeting: Meeting) -> timedelta:
    """For how long the word was given last; nothing for no limit, or once its end was told."""
    last = await hands.last_called(work.tx, meeting.id)
    if last is None or last.called_at is None or last.ends_at is None:
        return timedelta(0)
    return last.ends_at - last.called_at


async def _give(work: Work, meeting: Meeting, member: Member, length: timedelta) -> None:
    """Whoever spoke has spoken; this one speaks now."""
    mine: Hand | None = None
    for one in await hands.up(work.tx, meeting.id):
        if one.member_id == member.id and one.called_at is None:
            mine = one
        elif one.called_at:
            await hands.lower(work.tx, one.id, work.now)
    key = mine.id if mine else await hands.raise_hand(work.tx, meeting.id, member.id, work.now)
    await hands.give_word(work.tx, key, work.now, work.now + length if length else None)
    work.refresh(f"room:{meeting.id}")
    limit = text("room.for_so_long", span=span(length)) if length else ""
    if mine and (address := await private_address(work, member.id)):
        said = text("room.your_turn", limit=limit)
        work.say(address, said, once=f"hand:{key}:turn", urgency=Urgency.NOW)
    work.answer(text("room.has_word", name=member.name, limit=limit))
