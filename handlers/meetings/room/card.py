"""The chair's two cards: how the meeting stands, and the code of the check-in."""

from handlers.labels import label
from handlers.meetings.lookup import pressed
from handlers.meetings.room.codes import code_at, good_until
from handlers.meetings.room.lookup import require_host, require_running, running
from handlers.meetings.room.meant import meant
from handlers.meetings.room.points import current
from handlers.meetings.room.quorum import count_line, house, quorum_line
from handlers.moments import clock
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.texts import text
from handlers.work import Work
from storage import hands, meetings, members
from storage.messages import Button, Card, Said
from storage.records import Hand, Meeting

routes = Routes()
_SHOWN = 8


@routes.card("room")
async def room_card(work: Work, meeting_id: int) -> Card | None:
    """Who is there, whether they are enough, where the meeting is, who speaks and who wants to."""
    meeting = await meetings.find(work.tx, meeting_id)
    if meeting is None or meeting.begun_at is None:
        return None
    found = await house(work, meeting)
    lines = [text("room.card", meeting=label("meeting", meeting), name=meeting.name), count_line(found)]
    if meeting.ended_at:
        return Card("\n".join([*lines, text("room.is_over", at=clock(meeting.ended_at, work.settings.zone))]))
    lines += [quorum_line(found), await _item_line(work, meeting), *await _speaking(work, meeting)]
    code = Button(text("room.code_button"), press("room.code", meeting.id))
    after = Button(text("room.next_button"), press("room.next", meeting.id))
    return Card("\n".join(line for line in lines if line), ((code, after),))


@routes.card("room_code")
async def code_card(work: Work, meeting_id: int) -> Card | None:
    """The code that is good now, in a line of its own, and how many have come."""
    meeting = await meetings.find(work.tx, meeting_id)
    if meeting is None or not meeting.code_key:
        return None
    if meeting.ended_at:
        return Card(text("room.ended", meeting=label("meeting", meeting)))
    said = text(
        "room.code",
        meeting=label("meeting", meeting),
        code=" ".join(code_at(meeting.code_key, work.now)),
        until=clock(good_until(work.now), work.settings.zone),
        count=count_line(await house(work, meeting)),
    )
    return Card(said, ((Button(text("room.again_button"), press("room.again", meeting.id)),),))


@routes.command("签到码", "checkincode")
async def show_code(work: Work, said: Said, rest: str) -> None:
    """`签到码 会3`, in private: the chair holds up the phone or reads the code out."""
    del said
    meeting, _ = await running(work, rest)
    await _show_code(work, meeting)


@routes.press("room.code")
async def press_code(work: Work, arguments: tuple[str, ...]) -> None:
    """签到码."""
    await _show_code(work, await pressed(work, arguments))


@routes.press("room.again")
async def press_again(work: Work, arguments: tuple[str, ...]) -> None:
    """换一个: the card shows the code of this moment."""
    meeting = await pressed(work, arguments)
    await _require_may_see(work, meeting)
    work.refresh(f"room_code:{meeting.id}")


@routes.command("会场", "room")
async def show_room(work: Work, said: Said, rest: str) -> None:
    """`会场 会3`: the card of the chair once more."""
    if not (meant(work, said, rest) or not rest):
        return
    meeting, _ = await running(work, rest)
    await require_host(work, meeting)
    card = await room_card(work, meeting.id)
    assert card is not None
    work.answer(card, subject=f"room:{meeting.id}")


async def _show_code(work: Work, meeting: Meeting) -> None:
    await _require_may_see(work, meeting)
    card = await code_card(work, meeting.id)
    assert card is not None
    work.answer(card, subject=f"room_code:{meeting.id}")


async def _require_may_see(work: Work, meeting: Meeting) -> None:
    """In a group the code would be read by those who are not there."""
    require_running(meeting)
    await require_host(work, meeting)
    if not work.event.private:
        raise Refusal("room.code_in_private")


async def _item_line(work: Work, meeting: Meeting) -> str:
    point = await current(work, meeting)
    return text("room.at_item", item=point.label, title=point.title) if point else text("room.all_done")


async def _speaking(work: Work, meeting: Meeting) -> list[str]:
    up = await hands.up(work.tx, meeting.id)
    lines = [await _speaker(work, one) for one in up if one.called_at]
    waiting = [(await members.get(work.tx, one.member_id)).name for one in up if one.called_at is None]
    if waiting:
        names = "、".join(waiting[:_SHOWN])
        lines.append(text("room.waiting", names=names, count=len(waiting)))
    return lines


async def _speaker(work: Work, hand: Hand) -> str:
    name = (await members.get(work.tx, hand.member_id)).name
    if hand.ends_at is None:
        return text("room.speaks", name=name)
    return text("room.speaks_until", name=name, at=clock(hand.ends_at, work.settings.zone))
