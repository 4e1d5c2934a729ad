"""A series begins, is listed, and ends."""

from handlers.events import MeetingChanged, SeriesEnded, SeriesStarted
from handlers.labels import label
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import require_caller
from handlers.meetings.series.bodies import kind_on_a_roll, people_of
from handlers.meetings.series.planning import lead_of, schedule
from handlers.meetings.series.preparing import carry_out
from handlers.meetings.series.reading import SeriesAsked
from handlers.meetings.series.wording import in_words, listed, series_label, started_text
from handlers.recurring.stored import dump
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import meetings, series
from storage.records import MeetingState, Series, SeriesState

_USUAL_THEMES = {"members_and_reps": 2}
"""The monthly meeting takes one theme or two (两个会议); others take whatever waits."""


async def start_series(work: Work, asked: SeriesAsked) -> None:
    """Let meetings come round from now on; what is near is prepared at once."""
    community = await work.community()
    kind = await kind_on_a_roll(work, community, asked.name)
    await require_caller(work, community, kind)
    if not await people_of(work, community, kind.body):
        raise Refusal("meetings.nobody", body=kind.name)
    most = _USUAL_THEMES.get(kind.body, 0) if asked.topics_most is None else asked.topics_most
    new = Series(
        id=0,
        community_id=community.id,
        body=kind.body,
        name=kind.name,
        place=asked.place,
        rule=dump(asked.recurrence),
        topics_most=most,
        called_by=work.member.id if work.member else None,
        state=SeriesState.RUNNING,
        reason="",
        next_at=None,
    )
    known = await series.all_of(work.tx, community.id)
    _check_new(new, known)
    lead = lead_of(kind.body, work.settings.remind, work.settings.zone)
    planned = schedule(asked.recurrence, lead, None, work.now)
    if planned.next_at is None and not planned.turns:
        raise Refusal("series.never")
    made = await series.add(work.tx, new)
    work.answer(started_text(work, made, len(known) + 1, lead))
    await work.record(SeriesStarted(made.id))
    await carry_out(work, made, planned)


async def list_series(work: Work) -> None:
    """Every series that runs, to whoever asks and may know of it."""
    community = await work.community()
    known = await series.all_of(work.tx, community.id)
    lines = [
        listed(work, one, number)
        for number, one in enumerate(known, start=1)
        if one.state is SeriesState.RUNNING
    ]
    work.answer("\n".join([text("series.all"), *lines]) if lines else text("series.none"))


async def stop_series(work: Work, number: int, reason: str) -> None:
    """No more meetings come of it. What is prepared falls away; what people were called to stays for a person."""
    found = await _numbered(work, number)
    await require_caller(work, await work.community(), kind_of(found.body))
    if found.state is SeriesState.ENDED:
        raise Refusal("series.ended", label=series_label(number))
    await series.change(work.tx, found.id, state=SeriesState.ENDED, reason=reason, next_at=None)
    ahead = [
        one
        for one in await series.meetings_of(work.tx, found.id)
        if one.state is MeetingState.CALLED and one.starts_at > work.now
    ]
    for meeting in ahead:
        if meeting.notice_at is not None:
            await meetings.change(work.tx, meeting.id, state=MeetingState.CANCELLED, reason=reason)
            await work.record(MeetingChanged(meeting.id, "cancelled"))
    lines = [text("series.stopped", label=series_label(number), words=in_words(found), reason=reason)]
    lines += [
        text("series.still_called", meeting=label("meeting", meeting), name=meeting.name)
        for meeting in ahead
        if meeting.notice_at is None
    ]
    work.answer("\n".join(lines))
    await work.record(SeriesEnded(found.id, reason))


def _check_new(new: Series, known: list[Series]) -> None:
    for number, one in enumerate(known, start=1):
        same = (one.body, one.rule) == (new.body, new.rule)
        if same and one.state is SeriesState.RUNNING:
            raise Refusal("series.known", label=series_label(number), words=in_words(one))


async def _numbered(work: Work, number: int) -> Series:
    known = await series.all_of(work.tx, (await work.community()).id)
    if not 1 <= number <= len(known):
        running = [series_label(at) for at, one in enumerate(known, 1) if one.state is SeriesState.RUNNING]
        raise Refusal(
            "series.no_such", number=number, known="、".join(running) or text("series.none_running")
        )
    return known[number - 1]
