"""The close: ballots are counted, the verdict is written, and everybody concerned hears it once."""

from handlers.audience import topic_origins
from handlers.choices.results import Result, too_few
from handlers.events import PollClosed, PollInterim
from handlers.polls.counting import count, gather, published_of
from handlers.polls.published import Published, list_lines
from handlers.polls.reckoning import with_beside
from handlers.polls.ties import decide_stage
from handlers.polls.views import closed_text, poll_label
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import cards, outbox, polls
from storage.messages import Address, Due
from storage.records import Poll, PollState

routes = Routes()
MOST_LISTED = 200
"""A longer list of ballots is a file to ask for and no message."""


@routes.due("poll.close")
async def close_at_deadline(work: Work, due: Due) -> None:
    """A poll closes at its own deadline, however late we notice."""
    poll = await polls.get(work.tx, due.subject)
    if poll.state is PollState.OPEN:
        await close(work, poll)


async def close(work: Work, poll: Poll) -> Result:
    """Count, judge, write the verdict down, and tell the group and everybody who raised the matter."""
    box = await gather(work.tx, poll)
    result, published = count(poll, box), published_of(poll, box)
    few = too_few(poll, result.cast)
    await polls.change(
        work.tx,
        poll.id,
        state=PollState.CLOSED,
        outcome=result.outcome,
        verdict=await with_beside(work, poll, result.stored, box),
        seal="" if few else published.seal,
        remind_at=None,
    )
    await outbox.drop(work.tx, f"poll:{poll.id}:remind:")
    closed = await polls.get(work.tx, poll.id)
    happened = PollInterim if closed.final_at else PollClosed
    await work.record(happened(poll.id, result.outcome))
    if not few:
        await _tell_list(work, closed, published)
    await _tell(work, closed)
    work.refresh(f"poll:{poll.id}")
    if closed.final_at is None:
        await decide_stage(work, closed)
    return result


async def settle(work: Work, poll: Poll) -> None:
    """A result that was open to challenge is final: what follows from a close follows now."""
    await work.record(PollClosed(poll.id, poll.outcome))
    await decide_stage(work, poll)


async def _tell(work: Work, poll: Poll) -> None:
    said = await closed_text(work, poll)
    for address in await concerned(work, poll):
        work.say(address, said, once=f"poll:{poll.id}:verdict:{address}")


async def _tell_list(work: Work, poll: Poll, published: Published) -> None:
    """The list of ballots goes to where the question was put, so that each voter can find their own."""
    label = await poll_label(work, poll)
    if len(published.links) > MOST_LISTED:
        said = text("polls.list_elsewhere", poll=label, count=len(published.links))
    else:
        said = "\n".join((text("polls.list_head", poll=label), *list_lines(poll, published)))
    for card in await cards.about(work.tx, f"poll:{poll.id}"):
        address = Address(card.platform, card.chat, card.thread)
        work.say(address, said, once=f"poll:{poll.id}:list:{address}")


async def concerned(work: Work, poll: Poll) -> list[Address]:
    """Wherever the question was put, and every group that raised the matter; each once."""
    posted = await cards.about(work.tx, f"poll:{poll.id}")
    places = dict.fromkeys(Address(card.platform, card.chat, card.thread) for card in posted)
    if poll.topic_id is not None:
        places.update(dict.fromkeys(await topic_origins(work, poll.topic_id)))
    return list(places)
