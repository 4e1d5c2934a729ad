"""What the office changes of a poll is told once, wherever the question was put or the matter raised."""

from handlers.permissions import DESK, require
from handlers.polls.closing import concerned
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.work import Work
from storage import units
from storage.records import Poll, PollState


async def require_desk(work: Work, poll: Poll) -> str:
    """Refuse whoever is not of the office; the poll's label for the answer."""
    await require(work, await units.get(work.tx, poll.community_id), *DESK)
    return await poll_label(work, poll)


async def require_running(work: Work, poll: Poll) -> str:
    """Refuse whoever is not of the office, and a poll that is over; its label for the answer."""
    label = await require_desk(work, poll)
    if poll.state is not PollState.OPEN or work.now >= poll.closes_at:
        raise Refusal("polls.over", poll=label)
    return label


def needs_reason(reason: str) -> str:
    """The reason as it is shown. Refusal without one."""
    if not reason.strip():
        raise Refusal("polls.say_why")
    return reason.strip()


async def tell(work: Work, poll: Poll, said: str, *for_office: str) -> None:
    """Tell everybody concerned once, and the office what is for it alone."""
    work.refresh(f"poll:{poll.id}")
    for address in await concerned(work, poll):
        work.say(address, said, once=f"{work.event.event_id}:{address}")
    work.answer("\n".join((said, *for_office)))
