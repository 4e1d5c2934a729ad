"""Bodies that must meet so often: the office is told in time, and not while a meeting is called."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from handlers.audience import desk
from handlers.events import Event, GroupBound, MeetingCalled, MeetingChanged, MeetingOwed, RollImported
from handlers.meetings.kinds import kind_of
from handlers.meetings.series.planning import lead_of
from handlers.meetings.series.wording import coming
from handlers.moments import day as day_text
from handlers.moments import local_date
from handlers.recurring.least import Least, all_least, least_of, period_of
from handlers.recurring.watch import overdue, tell_from
from handlers.routes import Routes
from handlers.rules.rule import Grade
from handlers.texts import text
from handlers.work import Work
from storage import groups, meetings, members, series, units, watches
from storage.messages import Due
from storage.records import Meeting, MeetingState, SeriesState, Unit, Watch

routes = Routes()
_HOUR: Final = time(9)
_DAYS_TO_PREPARE: Final = 3
_KEPT_UP: Final = (Grade.LAW, Grade.LAW_UNCHECKED)
"""What a law asks is asked for in every period; a custom or a proposal once, until the body meets again."""


@routes.on(MeetingCalled, MeetingChanged)
async def follow_meeting(work: Work, event: Event) -> None:
    """A body was called, has met, or will not: what is known of it changes."""
    assert isinstance(event, MeetingCalled | MeetingChanged)
    meeting = await meetings.get(work.tx, event.meeting_id)
    community = await units.get(work.tx, meeting.community_id)
    least = least_of(meeting.body)
    if least is not None:
        await _look_after(work, community, least)
    await _begin(work, community)


@routes.on(RollImported)
async def follow_roll(work: Work, event: RollImported) -> None:
    """People came onto a roll: a body may exist from now on."""
    await _begin(work, await units.get(work.tx, event.community_id))


@routes.on(GroupBound)
async def follow_group(work: Work, event: GroupBound) -> None:
    """A community comes into use."""
    group = await groups.get(work.tx, event.group_id)
    community = await units.community_of(work.tx, await units.get(work.tx, group.unit_id))
    if community is not None:
        await _begin(work, community)


@routes.due("body.watch")
async def look(work: Work, due: Due) -> None:
    """Look whether a body is about to meet too rarely, and say so with what to type."""
    watch = await watches.find(work.tx, due.subject)
    if watch is None:
        return
    least = least_of(watch.body)
    if least is None:
        await watches.change(work.tx, watch.id, watch.last_at, None)
        return
    community = await units.get(work.tx, watch.community_id)
    watch = replace(watch, last_at=await _last(work, community, least))
    told = await _tell(work, community, watch, least)
    again = None if told and least.grade not in _KEPT_UP else _next_look(work, least)
    await watches.change(work.tx, watch.id, watch.last_at, again)


async def _begin(work: Work, community: Unit) -> None:
    """Watch over every body whose representatives are on the roll."""
    for least in all_least():
        if not least.signs or await watches.of_body(work.tx, community.id, least.bodies[0]):
            continue
        if await members.with_roles(work.tx, community, least.signs):
            await _look_after(work, community, least)


async def _look_after(work: Work, community: Unit, least: Least) -> None:
    """Note when the body met last, and look at it again even where nothing more was to be said."""
    watch = await watches.of_body(work.tx, community.id, least.bodies[0])
    last_at = await _last(work, community, least)
    if watch is None:
        new = Watch(0, community.id, least.bodies[0], last_at, _next_look(work, least))
        await watches.add(work.tx, new)
    else:
        await watches.change(work.tx, watch.id, last_at, watch.at or _next_look(work, least))


async def _tell(work: Work, community: Unit, watch: Watch, least: Least) -> bool:
    """Whether there was something to say."""
    zone, today = work.settings.zone, _today(work)
    last = local_date(watch.last_at, zone) if watch.last_at else None
    planned = await _planned(work, community, least)
    found = overdue(watch.body, last, today, planned)
    if found is None or not await _exists(work, community, watch, least):
        return False
    said = "\n".join([text("watch.told", finding=found.line), _what_to_type(work, watch.body, today)])
    for address in await desk(work, community):
        work.say(address, said, once=f"watch:{watch.id}:{today.isoformat()}:{address}")
    await work.record(MeetingOwed(watch.id, watch.body))
    return True


async def _exists(work: Work, community: Unit, watch: Watch, least: Least) -> bool:
    """Representatives may have gone from the roll since; a body that has met is there."""
    if watch.last_at is not None or not least.signs:
        return True
    return bool(await members.with_roles(work.tx, community, least.signs))


def _what_to_type(work: Work, body: str, today: date) -> str:
    lead = lead_of(body, (), work.settings.zone)
    day = today + timedelta(days=max(lead.days + 2, _DAYS_TO_PREPARE))
    name = kind_of(body).name
    return text("watch.what_to_type", name=name, day=day_text(day).partition("（")[0])


async def _last(work: Work, community: Unit, least: Least) -> datetime | None:
    """When a body met last. A meeting that has begun counts even before its outcomes are entered."""
    known = await watches.meetings_of(work.tx, community.id, least.bodies)
    begun = [one.starts_at for one in known if _has_met(one, work.now)]
    return max(begun, default=None)


def _has_met(meeting: Meeting, now: datetime) -> bool:
    return meeting.state is MeetingState.HELD or (meeting.notice_at is None and meeting.starts_at <= now)


async def _planned(work: Work, community: Unit, least: Least) -> date | None:
    """The next day on which a body meets: called, prepared, or coming round."""
    known = await watches.meetings_of(work.tx, community.id, least.bodies)
    ahead = [one.starts_at for one in known if one.starts_at > work.now]
    ahead += await _coming_round(work, community, least.bodies)
    return local_date(min(ahead), work.settings.zone) if ahead else None


async def _coming_round(work: Work, community: Unit, bodies: Sequence[str]) -> list[datetime]:
    found = []
    for one in await series.all_of(work.tx, community.id):
        if one.state is SeriesState.RUNNING and one.body in bodies:
            found += [day.starts_at for day in coming(work, one, 3) if day.starts_at]
    return found


def _next_look(work: Work, least: Least) -> datetime:
    """The beginning of a period, where the last one may have been missed, or the day in it from which it presses."""
    zone, period = work.settings.zone, period_of(_today(work), least.every)
    following = period_of(period.last + timedelta(days=1), least.every)
    days = [tell_from(least.bodies[0], period), following.first, tell_from(least.bodies[0], following)]
    moments = [datetime.combine(day, _HOUR, zone) for day in days]
    return min(moment for moment in moments if moment > work.now)


def _today(work: Work) -> date:
    return local_date(work.now, work.settings.zone)
