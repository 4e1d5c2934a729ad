"""The days for challenges are over: the result is final, or it waits for the last of them to be settled."""

from handlers.audience import desk
from handlers.events import Event, StageDecided, StageLeft
from handlers.polls.closing import concerned, settle
from handlers.polls.finality import is_interim, is_waiting
from handlers.polls.views import poll_label
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import challenges, outbox, polls, units
from storage.messages import Due
from storage.records import ChallengeState, Poll, PollState

routes = Routes()


@routes.due("poll.final")
async def at_the_end(work: Work, due: Due) -> None:
    """Final, unless a challenge is not settled: then the office hears so once, and the result waits."""
    poll = await polls.get(work.tx, due.subject)
    await polls.change(work.tx, poll.id, final_at=None)
    if poll.state is not PollState.CLOSED or poll.void:
        return
    work.refresh(f"poll:{poll.id}")
    if not await settle_if_clear(work, await polls.get(work.tx, poll.id)):
        await _remind_office(work, poll)


async def settle_if_clear(work: Work, poll: Poll) -> bool:
    """Make a result final whose days for challenges are over; False while one of them is not settled."""
    if await challenges.unsettled(work.tx, poll.id):
        return False
    said = text("polls.now_final", poll=await poll_label(work, poll))
    for address in await concerned(work, poll):
        work.say(address, said, once=f"poll:{poll.id}:final:{address}")
    work.refresh(f"poll:{poll.id}")
    await settle(work, poll)
    return True


@routes.on(StageLeft, StageDecided)
async def lapse(work: Work, event: Event) -> None:
    """The stage was left or decided another way: its poll is cancelled, a result that is not final void."""
    assert isinstance(event, StageLeft | StageDecided)
    poll = await polls.of_step(work.tx, event.step_id)
    if poll is None:
        return
    if poll.state is PollState.OPEN:
        over = {"state": PollState.CANCELLED, "remind_at": None, "open_at": None, "final_at": None}
        await polls.change(work.tx, poll.id, **over)
        await outbox.drop(work.tx, f"poll:{poll.id}:remind:")
    elif is_interim(poll) or await is_waiting(work, poll):
        await polls.change(work.tx, poll.id, void=text("polls.void_left"), final_at=None)
    else:
        return
    work.refresh(f"poll:{poll.id}")


async def _remind_office(work: Work, poll: Poll) -> None:
    waiting = await challenges.unsettled(work.tx, poll.id)
    open_ones = "、".join(str(one.number) for one in waiting if one.state is ChallengeState.OPEN)
    upheld = any(one.state is ChallengeState.UPHELD for one in waiting)
    key = "polls.challenges_upheld" if upheld else "polls.challenges_waiting"
    said = text(key, poll=await poll_label(work, poll), numbers=open_ones)
    community = await units.get(work.tx, poll.community_id)
    for address in await desk(work, community):
        work.say(address, said, once=f"poll:{poll.id}:challenges:{address}")
