"""A property is sold while owners vote: what becomes of its ballot.

The written rule, after the practice of 北京: a ballot that is in stands; else it is the new owner's to cast, where the
entry is exactly that property. An entry of several properties was frozen as one head and stays with its owner. The
frozen roll, and with it every base, changes in no case.
"""

from dataclasses import dataclass

from handlers.audience import desk, private_address
from handlers.bodies.catalogue import Counts, body
from handlers.bodies.doors import doors_in
from handlers.events import PropertySold
from handlers.polls.views import poll_card, poll_label
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import polls, units
from storage.records import Elector, Poll

routes = Routes()


@dataclass(frozen=True, slots=True)
class _Sold:
    """A sale as one running poll meets it: the entry, and everybody who stands under it."""

    poll: Poll
    entry: int
    sharers: tuple[Elector, ...]
    door: str


@routes.on(PropertySold)
async def follow_sale(work: Work, event: PropertySold) -> None:
    """Apply the rule to every poll of owners that is not over, and tell the office what it came to."""
    for sold in await _met(work, event):
        came_to = await _apply(work, sold, event)
        label = await poll_label(work, sold.poll)
        said = text(f"estate.sold_{came_to}", poll=label, door=event.door)
        community = await units.get(work.tx, sold.poll.community_id)
        for address in await desk(work, community):
            work.say(address, said, once=f"{work.event.event_id}:{sold.poll.id}:{sold.entry}:{address}")


async def _met(work: Work, event: PropertySold) -> list[_Sold]:
    found: dict[tuple[int, int], _Sold] = {}
    for seller in event.sellers:
        for poll, elector in await polls.standing_open(work.tx, seller):
            if body(poll.body).counts is not Counts.OWNER or event.door not in doors_in(elector.reason):
                continue
            everybody = await polls.entitled(work.tx, poll.id)
            sharers = tuple(one for one in everybody if one.entry_id == elector.entry_id)
            found[poll.id, elector.entry_id] = _Sold(poll, elector.entry_id, sharers, event.door)
    return list(found.values())


async def _apply(work: Work, sold: _Sold, event: PropertySold) -> str:
    """What it comes to: stands, kept, moved, or paper where no new owner can be entered a second time."""
    if sold.entry in await polls.cast_entries(work.tx, sold.poll.id):
        return "stands"
    if doors_in(sold.sharers[0].reason) != (sold.door,):
        return "kept"
    why = text("estate.sold_barred", door=sold.door)
    for sharer in sold.sharers:
        if sharer.member_id in event.sellers:
            await polls.bar(work.tx, sold.poll.id, sharer.member_id, why)
    entered = [buyer for buyer in event.buyers if await _enter(work, sold, buyer)]
    staying = any(sharer.member_id not in event.sellers and not sharer.barred for sharer in sold.sharers)
    return "moved" if entered or staying else "paper"


async def _enter(work: Work, sold: _Sold, buyer: int) -> bool:
    """Let the new owner cast, and put the question to them; not one who stands under an entry of their own."""
    standing = await polls.standing(work.tx, sold.poll.id, buyer)
    if standing is None or standing.entitled is not None:
        return False
    elector = Elector(sold.poll.id, buyer, sold.sharers[0].reason, None, sold.entry)
    await polls.enter(work.tx, elector)
    if address := await private_address(work, buyer):
        work.say(address, text("estate.bought", poll=await poll_label(work, sold.poll), door=sold.door))
        work.say(address, await poll_card(work, sold.poll), subject=f"poll:{sold.poll.id}")
    return True
