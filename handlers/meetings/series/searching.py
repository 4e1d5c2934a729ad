"""找时间: everybody of a body is asked which of several times suits; in the end somebody chooses."""

from datetime import datetime, timedelta
from typing import Final

from handlers.audience import desk, group_of, private_address
from handlers.events import SearchClosed, SearchOpened
from handlers.meetings.calling import call_meeting
from handlers.meetings.calls import Call
from handlers.meetings.kinds import Kind, kind_of
from handlers.meetings.lookup import require_caller
from handlers.meetings.series.bodies import kind_on_a_roll, people_of
from handlers.meetings.series.planning import SOON, lead_of
from handlers.meetings.series.search_reading import SearchAsked
from handlers.meetings.series.search_views import (
    asked_card,
    caller_card,
    ranking_card,
    search_card,
    search_label,
)
from handlers.meetings.views import when_text
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import searches, units
from storage.groups import address_of
from storage.messages import Address
from storage.records import Member, Search, SearchState, Unit

_USUALLY: Final = timedelta(days=3)
_BEFORE: Final = timedelta(days=1)


async def open_search(work: Work, asked: SearchAsked) -> None:
    """Ask everybody of the body, alone and in its group."""
    community = await work.community()
    kind = await kind_on_a_roll(work, community, asked.name)
    await require_caller(work, community, kind)
    roll = await people_of(work, community, kind.body)
    if not roll:
        raise Refusal("meetings.nobody", body=kind.name)
    ends_at = asked.ends_at or _usual_end(work, kind, asked.times[0])
    if ends_at >= asked.times[0]:
        raise Refusal("search.ends_too_late", when=when_text(work, asked.times[0]))
    search = await _write(work, asked, kind, community, ends_at)
    alone = await _ask(work, search, kind, roll)
    lines = [text("search.opened", label=search_label(search), roll=len(roll), alone=alone)]
    if alone < len(roll):
        lines.append(text("search.unreached", count=len(roll) - alone))
    lines.append(text("search.ends", when=when_text(work, ends_at), number=search.number))
    work.answer("\n".join(lines + _too_late_by_then(work, asked, kind, ends_at)))
    await work.record(SearchOpened(search.id))


async def show_search(work: Work, search: Search) -> None:
    """How it stands now; who said what only for whoever asks for it, and only alone."""
    await require_caller(work, await work.community(), kind_of(search.body))
    _check_open(search)
    head = text("search.so_far", label=search_label(search), name=search.name)
    mine = work.member is not None and work.member.id == search.called_by
    drawn = caller_card if mine and work.event.private else ranking_card
    work.answer(await drawn(work, search, head))


async def cancel_search(work: Work, search: Search) -> None:
    """No time is looked for any more."""
    await require_caller(work, await work.community(), kind_of(search.body))
    _check_open(search)
    await searches.change(work.tx, search.id, state=SearchState.CANCELLED, ends_at=None)
    _refresh(work, search)
    work.answer(text("search.you_cancelled", label=search_label(search)))
    await work.record(SearchClosed(search.id, "cancelled"))


async def choose(work: Work, search: Search, position: int) -> None:
    """Call the meeting at one of the times, as any meeting is called."""
    await require_caller(work, await work.community(), kind_of(search.body))
    _check_open(search)
    slots = {slot.position: slot.starts_at for slot in await searches.slots_of(work.tx, search.id)}
    if position not in slots:
        raise Refusal("search.no_such_slot", number=position, last=len(slots))
    if slots[position] <= work.now:
        raise Refusal("search.past", when=when_text(work, slots[position]))
    await call_meeting(work, Call(search.name, slots[position], search.place, None, ""))
    await searches.change(work.tx, search.id, state=SearchState.SETTLED, ends_at=None)
    _refresh(work, search)
    await work.record(SearchClosed(search.id, "settled"))


async def end_search(work: Work, search: Search) -> None:
    """Answers are no longer taken; whoever asked is told how the times stand, and chooses."""
    await searches.change(work.tx, search.id, ends_at=None)
    _refresh(work, search)
    head = text("search.ended", label=search_label(search), name=search.name)
    mine = await private_address(work, search.called_by) if search.called_by else None
    once = f"search:{search.id}:ended"
    try:
        if mine:
            work.say(mine, await caller_card(work, search, head), once=f"{once}:{mine}")
        for address in [] if mine else await _office(work, search):
            work.say(address, await ranking_card(work, search, head), once=f"{once}:{address}")
    except Refusal as refusal:
        await searches.change(work.tx, search.id, state=SearchState.CANCELLED)
        for address in [mine] if mine else await _office(work, search):
            work.say(address, text(refusal.key, **refusal.values), once=f"{once}:{address}")
    await work.record(SearchClosed(search.id, "ended"))


def _check_open(search: Search) -> None:
    if search.state is not SearchState.OPEN:
        raise Refusal("search.closed", label=search_label(search))


def _usual_end(work: Work, kind: Kind, first: datetime) -> datetime:
    """Three days to answer, but a day before the first time, and early enough for the notice of the body."""
    lead = lead_of(kind.body, (), work.settings.zone)
    ends_at = min(work.now + _USUALLY, first - _BEFORE, lead.latest(first))
    if ends_at < work.now + SOON:
        ends_at = work.now + min(_USUALLY, (first - work.now) / 2)
    return ends_at.replace(second=0, microsecond=0)


def _too_late_by_then(work: Work, asked: SearchAsked, kind: Kind, ends_at: datetime) -> list[str]:
    """Times for which people would be told too late if they were chosen only in the end."""
    lead = lead_of(kind.body, (), work.settings.zone)
    late = [at for at in asked.times if lead.days and lead.latest(at) < ends_at]
    if not late:
        return []
    times = "、".join(when_text(work, at) for at in late)
    return [text("search.too_late_by_then", days=lead.days, times=times)]


async def _write(work: Work, asked: SearchAsked, kind: Kind, community: Unit, ends_at: datetime) -> Search:
    new = Search(
        id=0,
        community_id=community.id,
        number=await searches.next_number(work.tx, community.id),
        body=kind.body,
        name=kind.name,
        place=asked.place,
        called_by=work.member.id if work.member else None,
        state=SearchState.OPEN,
        ends_at=ends_at,
    )
    return await searches.add(work.tx, new, asked.times)


async def _ask(work: Work, search: Search, kind: Kind, roll: list[Member]) -> int:
    """Ask each alone, and the group; how many were asked alone."""
    once = f"search:{search.id}:asked"
    community = await units.get(work.tx, search.community_id)
    group = await group_of(work, community, kind.group) if kind.group else None
    shown, alone = await search_card(work, search.id), await asked_card(work, search.id)
    assert shown is not None
    assert alone is not None
    if group:
        where = address_of(group)
        work.say(
            where, shown, subject=f"search:{search.id}", once=f"{once}:{where}", not_after=search.ends_at
        )
    ways = [await private_address(work, member.id) for member in roll]
    reached = dict.fromkeys(way for way in ways if way)
    for where in reached:
        work.say(
            where, alone, subject=f"search_ask:{search.id}", once=f"{once}:{where}", not_after=search.ends_at
        )
    return len(reached)


async def _office(work: Work, search: Search) -> list[Address]:
    return await desk(work, await units.get(work.tx, search.community_id))


def _refresh(work: Work, search: Search) -> None:
    work.refresh(f"search:{search.id}")
    work.refresh(f"search_ask:{search.id}")
