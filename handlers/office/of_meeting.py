"""会议通知 and 签到表, from the meeting and its roll."""

from datetime import timedelta

from handlers.bodies import name_of
from handlers.office.desk import Desk, Gathered
from handlers.papers.facts import (
    AgendaLine,
    Attendee,
    InvitationFacts,
    Openness,
    Side,
    SignInFacts,
    Treatment,
)
from handlers.papers.invitation import invitation_paper
from handlers.papers.sign_in import sign_in_paper
from handlers.refusals import Refusal
from handlers.texts import term, text
from storage import attendances, meetings, topics, waits
from storage.records import AgendaItem, Capacity, Meeting, MeetingState, Reply

_SPARE = 5
"""Empty lines at the end of a sign-in sheet, for whoever comes besides."""


async def invitation(desk: Desk, number: int) -> Gathered:
    """The notice of a meeting."""
    meeting = await _meeting(desk, number)
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal("office.cancelled_meeting", number=number)
    agenda = tuple(
        [await _line(desk, meeting, item) for item in await meetings.agenda_of(desk.work.tx, meeting.id)]
    )
    length = timedelta(minutes=meeting.length)
    reason = meeting.short_notice
    basis = desk.extra.words("basis") or await _basis(desk, meeting)
    contact = desk.contact()
    return Gathered(
        f"meeting:{meeting.id}",
        lambda envelope, edition: invitation_paper(
            InvitationFacts(
                envelope=envelope,
                meeting=meeting.name,
                called=text("office.all_of", body=name_of(meeting.body)),
                starts_at=meeting.starts_at,
                ends_at=meeting.starts_at + length if length else None,
                place=meeting.place,
                way=desk.extra.words("way") or text("office.way_both" if meeting.link else "office.way_here"),
                convener=desk.roll.person(meeting.called_by),
                agenda=agenda,
                materials=desk.extra.lines("materials"),
                basis=basis,
                urgent_because=reason,
                contact=contact,
            ),
            edition,
        ),
    )


async def sign_in(desk: Desk, number: int) -> Gathered:
    """The sheet to be signed at the door: the roll as it was called, observers apart."""
    meeting = await _meeting(desk, number)
    replies = {one.member_id: one.reply for one in await meetings.invited(desk.work.tx, meeting.id)}
    roll = tuple(
        Attendee(desk.roll.person(member_id), Side.MEMBER, _remark(reply))
        for member_id, reply in replies.items()
    )
    observers = tuple(
        Attendee(desk.roll.person(one.member_id), Side.OBSERVER)
        for one in await attendances.of_meeting(desk.work.tx, meeting.id)
        if one.capacity is Capacity.OBSERVER
    )
    return Gathered(
        f"meeting:{meeting.id}",
        lambda envelope, edition: sign_in_paper(
            SignInFacts(
                envelope=envelope,
                meeting=meeting.name,
                starts_at=meeting.starts_at,
                place=meeting.place,
                roll=(*roll, *observers),
                spare=_SPARE,
            ),
            edition,
        ),
    )


async def held(desk: Desk, number: int) -> Meeting:
    """The meeting with this number. Refusal where there is none."""
    return await _meeting(desk, number)


async def _meeting(desk: Desk, number: int) -> Meeting:
    meeting = await meetings.numbered(desk.work.tx, desk.community.id, number)
    if meeting is None:
        raise Refusal("office.no_meeting", number=number)
    return meeting


async def _line(desk: Desk, meeting: Meeting, item: AgendaItem) -> AgendaLine:
    openness = Openness.INTERNAL if item.internal else Openness.OPEN
    if item.topic_id is None:
        return AgendaLine(item.title, Treatment.TALK, item.minutes, openness)
    topic = await topics.get(desk.work.tx, item.topic_id)
    wait = await waits.of_topic(desk.work.tx, topic.id)
    decides = bool(item.outcome) or (wait is not None and wait.body == meeting.body)
    return AgendaLine(topic.title, Treatment.DECIDE if decides else Treatment.TALK, item.minutes, openness)


async def _basis(desk: Desk, meeting: Meeting) -> str:
    """The articles by which the stages that wait for this meeting ask for it."""
    found: dict[str, None] = {}
    for item in await meetings.agenda_of(desk.work.tx, meeting.id):
        wait = await waits.of_topic(desk.work.tx, item.topic_id) if item.topic_id is not None else None
        if wait and wait.body == meeting.body and wait.basis:
            found[wait.basis] = None
    return text("papers.and").join(found)


def _remark(reply: Reply) -> str:
    """What is known before: who asked for leave (never why) and who attends from elsewhere."""
    return term("reply", reply) if reply in {Reply.LEAVE, Reply.ONLINE} else ""
