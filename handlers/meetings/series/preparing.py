"""The turn of a meeting comes: it gets a row and a draft of an agenda, or it is said why it does not take place."""

from handlers.audience import desk, private_address
from handlers.events import MeetingPrepared, SeriesEnded, TurnLost
from handlers.meetings.series.agenda import Meets, waiting_for
from handlers.meetings.series.planning import Fate, Schedule, Turn, lead_of, schedule
from handlers.meetings.series.wording import draft_text, series_label
from handlers.moments import local_date
from handlers.recurring.expansion import Occurrence, Why
from handlers.recurring.stored import parse
from handlers.recurring.wording import explain
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import meetings, units
from storage import series as series_rows
from storage.messages import Address, Due
from storage.records import Meeting, MeetingState, Series, SeriesState, Unit

routes = Routes()


@routes.due("series.prepare")
async def prepare(work: Work, due: Due) -> None:
    """The turn of one or more meetings of a series has come."""
    series = await series_rows.get(work.tx, due.subject)
    if series.state is not SeriesState.RUNNING or series.next_at is None:
        return
    lead = lead_of(series.body, work.settings.remind, work.settings.zone)
    await carry_out(work, series, schedule(parse(series.rule), lead, series.next_at, work.now))


async def carry_out(work: Work, series: Series, planned: Schedule) -> None:
    """Prepare what has its turn, say what is lost, and look again when the next one has its turn."""
    prepared = await series_rows.meetings_of(work.tx, series.id)
    lost: list[Turn] = []
    for turn in planned.turns:
        if _has_a_meeting(work, turn.occurrence, prepared):
            continue
        if turn.fate is Fate.PREPARED:
            await _prepare(work, series, turn)
        else:
            lost.append(turn)
    await _say_lost(work, series, lost)
    await series_rows.change(work.tx, series.id, next_at=planned.next_at)
    if planned.next_at is None:
        await series_rows.change(work.tx, series.id, state=SeriesState.ENDED)
        await work.record(SeriesEnded(series.id, ""))


async def hearers_of(work: Work, series: Series) -> list[Address]:
    """Whoever set the series up, alone; else the office."""
    if series.called_by and (address := await private_address(work, series.called_by)):
        return [address]
    return await desk(work, await units.get(work.tx, series.community_id))


async def number_of(work: Work, series: Series) -> int:
    """The number of a series in its community."""
    known = await series_rows.all_of(work.tx, series.community_id)
    return 1 + [one.id for one in known].index(series.id)


def _has_a_meeting(work: Work, occurrence: Occurrence, prepared: list[Meeting]) -> bool:
    """A calendar published late may bring a day that was prepared up again, or a day next to it."""
    days = {local_date(one.starts_at, work.settings.zone) for one in prepared}
    return bool(days & {occurrence.day, occurrence.planned})


async def _prepare(work: Work, series: Series, turn: Turn) -> None:
    community = await units.get(work.tx, series.community_id)
    if await _called_already(work, series, turn):
        return
    assert turn.notice_at is not None
    meeting = await _write(work, series, turn, community)
    meets = Meets(turn.notice_at, turn.starts_at, series.topics_most)
    waiting = await waiting_for(work, community.id, series.body, meets)
    await meetings.put_on_agenda(work.tx, meeting.id, [topic.id for topic in waiting.taken])
    plain = turn.occurrence.why == (Why.PLANNED,) and not turn.occurrence.merged
    why = "" if plain else text("series.why", day=explain(turn.occurrence))
    said = draft_text(work, meeting, waiting, why)
    for address in await hearers_of(work, series):
        work.say(
            address, said, subject=f"meeting_news:{meeting.id}", once=f"meeting:{meeting.id}:draft:{address}"
        )
    await work.record(MeetingPrepared(meeting.id, series.id))


async def _called_already(work: Work, series: Series, turn: Turn) -> bool:
    """Whether somebody called a meeting of the body for that moment by hand."""
    known = await meetings.called(work.tx, series.community_id)
    return any((one.body, one.starts_at) == (series.body, turn.starts_at) for one in known)


async def _write(work: Work, series: Series, turn: Turn, community: Unit) -> Meeting:
    year = work.now.astimezone(work.settings.zone).year
    new = Meeting(
        id=0,
        community_id=community.id,
        year=year,
        number=await units.next_number(work.tx, community.id, "meeting", year),
        body=series.body,
        name=series.name,
        group_id=None,
        place=series.place,
        starts_at=turn.starts_at,
        state=MeetingState.CALLED,
        called_by=series.called_by,
        short_notice="",
        reason="",
        series_id=series.id,
        notice_at=turn.notice_at,
    )
    return await meetings.add(work.tx, new)


async def _say_lost(work: Work, series: Series, lost: list[Turn]) -> None:
    """One message for all that is lost at once."""
    if not lost:
        return
    label = series_label(await number_of(work, series))
    lines = [text("series.lost", label=label, name=series.name), *(_lost_line(turn) for turn in lost)]
    if any(turn.fate is not Fate.CANCELLED for turn in lost):
        lines.append(text("series.call_by_hand", name=series.name))
    days = [turn.occurrence.day.isoformat() for turn in lost]
    for address in await hearers_of(work, series):
        work.say(address, "\n".join(lines), once=f"series:{series.id}:lost:{','.join(days)}:{address}")
    for day, turn in zip(days, lost, strict=True):
        await work.record(TurnLost(series.id, day, turn.fate.value))


def _lost_line(turn: Turn) -> str:
    keys = {
        Fate.CANCELLED: "series.lost_cancelled",
        Fate.MISSED: "series.lost_missed",
        Fate.TOO_LATE: "series.lost_too_late",
    }
    return text(keys[turn.fate], day=explain(turn.occurrence))
