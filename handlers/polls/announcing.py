"""A poll is announced with its electorate frozen, and begins at its moment: the card is put once for each."""

from handlers.audience import private_address
from handlers.events import PollAnnounced, PollOpened
from handlers.polls.views import poll_card
from handlers.routes import Routes
from handlers.work import Work
from storage import groups, polls
from storage.groups import address_of
from storage.messages import Address, Due
from storage.records import Poll, PollState

routes = Routes()


async def announce(work: Work, poll: Poll) -> None:
    """Tell what will be put to the vote and when; ballots are not taken yet."""
    await work.record(PollAnnounced(poll.id))
    await _show(work, poll, "announced")


async def begin(work: Work, poll: Poll) -> None:
    """Put the question."""
    await work.record(PollOpened(poll.id))
    await _show(work, poll, "opened")


@routes.due("poll.open")
async def open_announced(work: Work, due: Due) -> None:
    """The moment of an announced poll has come, however late we notice."""
    poll = await polls.get(work.tx, due.subject)
    if poll.state is not PollState.OPEN or poll.open_at is None:
        return
    await polls.change(work.tx, poll.id, open_at=None)
    work.refresh(f"poll:{poll.id}")
    if work.now < poll.closes_at:
        await begin(work, await polls.get(work.tx, poll.id))


async def places(work: Work, poll: Poll) -> list[Address]:
    """The body's group, on every platform that has one; where it has none, each of its people alone."""
    if poll.group_id is not None:
        home = await groups.get(work.tx, poll.group_id)
        return [address_of(group) for group in (home, *await groups.twins(work.tx, home))]
    entitled = await polls.entitled(work.tx, poll.id)
    found = [await private_address(work, elector.member_id) for elector in entitled]
    return [address for address in found if address]


async def _show(work: Work, poll: Poll, what: str) -> None:
    card = await poll_card(work, poll)
    for address in await places(work, poll):
        work.say(address, card, subject=f"poll:{poll.id}", once=f"poll:{poll.id}:{what}:{address}")
