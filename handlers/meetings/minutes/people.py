"""Who may do what with minutes: keep them, approve them, read them, say that they are not right."""

from handlers.meetings.minutes.gathering import chair_of
from handlers.papers.kept_minutes import parse_minutes
from handlers.permissions import DESK, holds
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import attendances, meetings, minutes, units
from storage.records import GroupRole, Meeting, MeetingState, MinutesState, Reply


def require_room(work: Work) -> None:
    """Minutes are talked about in private or in the committee's group, and nowhere else."""
    if work.event.private or (work.group and work.group.role is GroupRole.COMMITTEE):
        return
    raise Refusal("minutes.not_here")


def require_begun(work: Work, meeting: Meeting, label: str) -> None:
    """There is nothing to write down of a meeting that was cancelled or has not begun."""
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal("meetings.over", meeting=label, state=term("meeting_state", meeting.state))
    if meeting.begun_at is None and meeting.starts_at > work.now:
        raise Refusal("minutes.not_begun", meeting=label)


async def keeps(work: Work, meeting: Meeting) -> bool:
    """Whether who acts may see drafts and edit them: recorder, chair, or the office; of a private meeting who called it."""
    mine = work.member.id if work.member else 0
    if mine in {meeting.recorder_id, meeting.chair_id, meeting.called_by}:
        return True
    community = await units.get(work.tx, meeting.community_id)
    return await holds(work, community, *DESK)


async def require_keeper(work: Work, meeting: Meeting) -> None:
    """Refuse whoever may not write the minutes."""
    if not await keeps(work, meeting):
        raise Refusal("members.not_your_role", roles=text("minutes.keepers"))


async def require_chair(work: Work, meeting: Meeting) -> None:
    """Refuse whoever does not preside; where chair and recorder are one, another of the office has to look."""
    mine = work.member.id if work.member else 0
    chair, last = chair_of(meeting), await minutes.latest(work.tx, meeting.id)
    recorder = meeting.recorder_id or (last.made_by if last else None)
    if chair is not None and chair != recorder:
        if mine != chair:
            raise Refusal("minutes.chair_only")
        return
    if mine == recorder:
        raise Refusal("minutes.not_alone")
    community = await units.get(work.tx, meeting.community_id)
    if not await holds(work, community, *DESK):
        raise Refusal("minutes.chair_only")


async def attended(work: Work, meeting: Meeting) -> list[int]:
    """Everybody who was there; where nobody was checked in, whoever was called and is not on leave."""
    came = await attendances.of_meeting(work.tx, meeting.id)
    if came:
        return [one.member_id for one in came]
    invited = await meetings.invited(work.tx, meeting.id)
    return [one.member_id for one in invited if one.reply is not Reply.LEAVE]


async def concerned(work: Work, meeting: Meeting) -> bool:
    """Whether who acts was there, or promised something according to a version that was read back."""
    if work.member is None:
        return False
    owners = {
        promise.owner_id
        for version in await minutes.versions(work.tx, meeting.id)
        if version.state is not MinutesState.DRAFT
        for promise in parse_minutes(version.body).promises
    }
    return work.member.id in owners or work.member.id in await attended(work, meeting)
