"""What can be said of a meeting after it was called or prepared: who chairs and records, its length, link, reminders."""

from handlers.events import MeetingChanged
from handlers.labels import label
from handlers.meetings.announcing import announce
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import require_caller
from handlers.meetings.offices import Officers, named_officers
from handlers.meetings.particulars import Particulars
from handlers.meetings.planning import plan_officers, replan
from handlers.meetings.telling import hearers, news
from handlers.meetings.views import counted_text, draft_text, heading, news_card
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import meetings
from storage.records import Meeting, MeetingState


async def arrange(work: Work, meeting: Meeting, said: Particulars) -> None:
    """Set what was said; a link is told to everybody who was called. Refusal once the meeting is over."""
    await _standing(work, meeting)
    if said.remind is not None and meeting.notice_at is not None:
        raise Refusal("meetings.remind_later", meeting=label("meeting", meeting))
    before = Officers(meeting.chair_id, meeting.recorder_id, ())
    officers = await named_officers(work, await work.community(), said, before)
    await meetings.change(
        work.tx,
        meeting.id,
        chair_id=officers.chair_id,
        recorder_id=officers.recorder_id,
        length=said.length or meeting.length,
        link=said.link or meeting.link,
        remote_basis=said.remote_basis if said.link else meeting.remote_basis,
    )
    arranged = await meetings.get(work.tx, meeting.id)
    if said.remind is not None:
        await replan(work, arranged, said.remind)
    if meeting.notice_at is None:
        await plan_officers(work, arranged)
    if said.link:
        await _tell_link(work, arranged)
    work.refresh(f"meeting:{meeting.id}")
    work.refresh(f"summons:{meeting.id}")
    await work.record(MeetingChanged(meeting.id, "arranged"))
    noted = text("meetings.arranged", meeting=label("meeting", meeting))
    work.answer("\n".join([noted, await draft_text(work, arranged), *officers.remarks]))


async def announce_now(work: Work, meeting: Meeting) -> None:
    """Call the people of a prepared meeting at once. Refusal when that was done before."""
    await _standing(work, meeting)
    if meeting.notice_at is None:
        raise Refusal("meetings.announced_before", meeting=label("meeting", meeting))
    if meeting.starts_at <= work.now:
        raise Refusal("meetings.begun", meeting=label("meeting", meeting))
    work.answer(await announce(work, meeting))


async def _standing(work: Work, meeting: Meeting) -> None:
    await require_caller(work, await work.community(), kind_of(meeting.body))
    if meeting.state is not MeetingState.CALLED or meeting.ended_at is not None:
        state = MeetingState.HELD if meeting.ended_at else meeting.state
        raise Refusal("meetings.over", meeting=label("meeting", meeting), state=term("meeting_state", state))


async def _tell_link(work: Work, meeting: Meeting) -> None:
    """Those called hear the link alone; a group hears only that there is one."""
    told = await hearers(work, meeting)
    for address in told.everywhere:
        link = text("meetings.link", link=meeting.link, counted=counted_text(meeting))
        shown = text("meetings.link_in_private") if address == told.group else link
        card = news_card(meeting, f"{text('meetings.card', heading=heading(work, meeting))}\n{shown}")
        once = f"meeting:{meeting.id}:link:{work.now.isoformat()}:{address}"
        news(work, meeting, address, card, once)
