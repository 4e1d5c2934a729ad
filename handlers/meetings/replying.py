"""参加, 线上 and 请假: one tap, changeable until the meeting begins."""

from handlers.audience import private_address
from handlers.bodies.catalogue import body
from handlers.labels import label
from handlers.meetings.kinds import kind_of
from handlers.meetings.turnout import tell_if_hopeless
from handlers.meetings.views import counted_text, when_text
from handlers.refusals import Refusal
from handlers.routes import press
from handlers.texts import term, text
from handlers.work import Work
from storage import meetings
from storage.messages import Button, Card, Urgency
from storage.records import Meeting, MeetingState, Member, Reply

REASONS = ("ill", "away", "work", "family", "unsaid")
REASON_LIMIT = 100


async def come(work: Work, meeting: Meeting) -> None:
    """Who acts will be there."""
    member = await _called(work, meeting)
    await meetings.answer(work.tx, meeting.id, member.id, Reply.COMING, "")
    work.refresh(f"meeting:{meeting.id}")
    work.answer(
        text("meetings.coming", meeting=label("meeting", meeting), when=when_text(work, meeting.starts_at))
    )


async def come_online(work: Work, meeting: Meeting) -> None:
    """Who acts will attend from elsewhere, and hears at once whether that counts."""
    member = await _called(work, meeting)
    if not meeting.link:
        raise Refusal("meetings.no_link", meeting=label("meeting", meeting))
    await meetings.answer(work.tx, meeting.id, member.id, Reply.ONLINE, "")
    work.refresh(f"meeting:{meeting.id}")
    said = text("meetings.online", meeting=label("meeting", meeting), counted=counted_text(meeting))
    work.answer(said)


async def take_leave(work: Work, meeting: Meeting, reason: str) -> None:
    """Who acts will not be there; without a reason they are asked for one, in private, and need not give it."""
    member = await _called(work, meeting)
    reason = reason.strip()[:REASON_LIMIT]
    await meetings.answer(work.tx, meeting.id, member.id, Reply.LEAVE, reason)
    work.refresh(f"meeting:{meeting.id}")
    await tell_if_hopeless(work, meeting)
    noted = text("meetings.leave", meeting=label("meeting", meeting))
    if reason:
        work.answer(text("meetings.leave_because", meeting=label("meeting", meeting), reason=reason))
        return
    if work.event.private:
        work.answer(_ask_reason(meeting, noted), subject=f"leave:{meeting.id}")
        return
    work.answer(noted)
    if address := await private_address(work, member.id):
        asked = _ask_reason(meeting, noted)
        work.say(address, asked, subject=f"leave:{meeting.id}", urgency=Urgency.ANSWER)


async def give_reason(work: Work, meeting: Meeting, word: str) -> None:
    """Why who acts is on leave, by one of the words on the buttons."""
    if word not in REASONS:
        raise Refusal("dispatch.stale_button")
    member = await _called(work, meeting)
    reason = "" if word == "unsaid" else text(f"meetings.reason_{word}")
    await meetings.answer(work.tx, meeting.id, member.id, Reply.LEAVE, reason)
    work.refresh(f"meeting:{meeting.id}")
    key = "meetings.leave_because" if reason else "meetings.leave_unsaid"
    work.answer(text(key, meeting=label("meeting", meeting), reason=reason))


async def only_one(work: Work, word: str) -> Meeting:
    """The one coming meeting that who acts is called to. Refusal that asks which, or says there is none."""
    community = await work.community()
    coming = [one for one in await meetings.called(work.tx, community.id) if one.starts_at > work.now]
    mine = [
        one for one in coming if work.member and await meetings.invitation(work.tx, one.id, work.member.id)
    ]
    if not mine:
        raise Refusal("meetings.none_for_you")
    if len(mine) > 1:
        names = "、".join(f"{label('meeting', one)} {one.name}" for one in mine)
        raise Refusal("meetings.which", names=names, word=word, example=label("meeting", mine[0]))
    return mine[0]


async def _called(work: Work, meeting: Meeting) -> Member:
    """Who acts, when they are called to the meeting and it can still be answered."""
    if meeting.state is not MeetingState.CALLED:
        raise Refusal(
            "meetings.over", meeting=label("meeting", meeting), state=term("meeting_state", meeting.state)
        )
    if meeting.notice_at is not None:
        raise Refusal("meetings.not_called_yet", meeting=label("meeting", meeting))
    if meeting.starts_at <= work.now:
        raise Refusal("meetings.begun", meeting=label("meeting", meeting))
    if work.member is None or not await meetings.invitation(work.tx, meeting.id, work.member.id):
        watched = text("meetings.may_listen") if body(meeting.body).observers else ""
        raise Refusal("meetings.not_called", name=kind_of(meeting.body).name, listen=watched)
    return work.member


def _ask_reason(meeting: Meeting, noted: str) -> Card:
    rows = tuple(
        (Button(text(f"meetings.reason_{word}"), press("meeting.reason", meeting.id, word)),)
        for word in REASONS
    )
    return Card(text("meetings.why_leave", noted=noted), rows)
