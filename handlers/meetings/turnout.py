"""Too few will come: whoever called the meeting hears of it while something can still be done."""

from handlers.labels import label
from handlers.meetings.lookup import is_private
from handlers.meetings.stages import caller_addresses
from handlers.meetings.telling import urgency
from handlers.meetings.views import expected, heading, quorum
from handlers.texts import text
from handlers.work import Work
from storage import meetings
from storage.records import Meeting, Reply


async def warn_of_turnout(work: Work, meeting: Meeting) -> None:
    """A day before: how many are missing, and how many have not answered. Nothing while enough said they come."""
    invited = await meetings.invited(work.tx, meeting.id)
    needed = await quorum(work, meeting, len(invited))
    coming = expected(meeting, invited)
    if coming >= needed:
        return
    said = text(
        "meetings.too_few",
        heading=heading(work, meeting),
        needed=needed,
        coming=coming,
        missing=needed - coming,
        silent=sum(one.reply is Reply.NONE for one in invited),
    )
    await _tell_caller(work, meeting, said, "turnout")


async def tell_if_hopeless(work: Work, meeting: Meeting) -> None:
    """So many are on leave that the quorum is out of reach: said once for each time the meeting is set for."""
    invited = await meetings.invited(work.tx, meeting.id)
    needed = await quorum(work, meeting, len(invited))
    leave = sum(one.reply is Reply.LEAVE for one in invited)
    left = len(invited) - leave
    if left >= needed:
        return
    said = text(
        "meetings.hopeless",
        heading=heading(work, meeting),
        meeting=label("meeting", meeting),
        needed=needed,
        leave=leave,
        left=left,
    )
    await _tell_caller(work, meeting, said, "hopeless")


async def _tell_caller(work: Work, meeting: Meeting, said: str, about: str) -> None:
    for address in await caller_addresses(work, meeting, private=await is_private(work, meeting)):
        work.say(
            address,
            said,
            subject=f"meeting_news:{meeting.id}",
            once=f"meeting:{meeting.id}:{about}:{meeting.starts_at.isoformat()}:{address}",
            urgency=urgency(work, meeting.starts_at),
            not_after=meeting.starts_at,
        )
