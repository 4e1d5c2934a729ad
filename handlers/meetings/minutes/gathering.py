"""Reading everything that minutes are put together from."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from handlers.bodies import name_of
from handlers.labels import label
from handlers.meetings.lookup import is_private
from handlers.meetings.minutes.gathered import Gathered, Item, Named
from handlers.meetings.minutes.items import items_of
from handlers.meetings.minutes.presence import presence_of, quorums
from handlers.meetings.minutes.registry import Registry, registry_of
from handlers.meetings.views import heading
from handlers.moments import local_date
from handlers.papers.facts import NOBODY, Person, Standing
from handlers.papers.kept_minutes import Change
from handlers.work import Work
from storage import attendances, meetings, minutes, speeches, units
from storage.records import AgendaItem, Correction, Meeting


def chair_of(meeting: Meeting) -> int | None:
    """Who presides: the chair, or who called the meeting where none was named."""
    return meeting.chair_id or meeting.called_by


async def gather(
    work: Work, meeting: Meeting, changes: Sequence[Change], recorder_id: int | None
) -> Gathered:
    """Everything recorded of a meeting. `recorder_id` is who keeps the minutes where no recorder was named."""
    registry = await registry_of(work, meeting.community_id)
    rows = await meetings.agenda_of(work.tx, meeting.id)
    presence = await presence_of(work, meeting, registry)
    items = await items_of(work, meeting, rows, registry)
    asked = await minutes.corrections_of(work.tx, meeting.id)
    community = await units.get(work.tx, meeting.community_id)
    coming = await _next(work, meeting)
    written = (meeting.name, meeting.place, coming, *_words(items), *_said(changes, asked))
    chair, recorder = chair_of(meeting), meeting.recorder_id or recorder_id
    return Gathered(
        meeting=meeting,
        label=label("meeting", meeting),
        issuer=community.name,
        zone=work.settings.zone,
        sort=name_of(meeting.body),
        ordinal=await _ordinal(work, meeting),
        convener=await _named(registry, meeting.called_by, Person(community.name, Standing.OFFICIAL)),
        chair=await _named(registry, chair, NOBODY),
        recorder=await _named(registry, recorder, NOBODY),
        presence=presence,
        quorum=await quorums(work, meeting, rows, presence.expected),
        items=items,
        next_meeting=coming,
        corrections=tuple([(one, await registry.person(one.member_id)) for one in asked]),
        named=await _named_in(registry, meeting, rows, items, written),
        last_at=await _last(work, meeting),
        private="yes" if await is_private(work, meeting) else "",
    )


async def _named(registry: Registry, member_id: int | None, otherwise: Person) -> Person:
    return await registry.person(member_id) if member_id else otherwise


async def _ordinal(work: Work, meeting: Meeting) -> int:
    """Which meeting of its body in the year this is."""
    local = local_date(meeting.starts_at, work.settings.zone)
    new_year = datetime(local.year, 1, 1, tzinfo=work.settings.zone).astimezone(UTC)
    return 1 + await minutes.held_before(work.tx, meeting, new_year)


async def _next(work: Work, meeting: Meeting) -> str:
    following = await minutes.next_of_body(work.tx, meeting)
    return heading(work, following) if following else ""


async def _last(work: Work, meeting: Meeting) -> datetime:
    """The last that is known to have happened: a stand-in for the end while nobody has closed the meeting."""
    noted = [speech.at for speech in await speeches.of_meeting(work.tx, meeting.id)]
    came = await attendances.of_meeting(work.tx, meeting.id)
    moments = [*noted, *(one.left_at for one in came if one.left_at), meeting.begun_at or meeting.starts_at]
    return meeting.ended_at or max(moments)


async def _named_in(
    registry: Registry,
    meeting: Meeting,
    rows: Sequence[AgendaItem],
    items: Sequence[Item],
    written: Iterable[str],
) -> Named:
    """Whom the words name, and who raised the matters; an office is no complainant in what it does itself."""
    raised = await registry.raised(row.topic_id for row in rows if row.topic_id)
    speakers = [one.speaker.name for item in items for one in item.spoken]
    owners = [duty.promise.owner.name for item in items for duty in item.duties]
    people = [await registry.person(one) for one in raised]
    leading = {one for one in (chair_of(meeting), meeting.called_by, meeting.recorder_id) if one}
    offices = {person.name for person in people if person.standing is Standing.OFFICIAL}
    offices |= {raised[one] for one in leading & set(raised)}
    known = registry.mentioned(written)
    return Named(known, tuple(raised.values()), frozenset({*speakers, *owners}), frozenset(offices))


def _words(items: Sequence[Item]) -> list[str]:
    found = [word for item in items for word in (item.title, *item.result)]
    return found + [one.words for item in items for one in item.spoken] + _promised(items)


def _promised(items: Sequence[Item]) -> list[str]:
    return [duty.promise.content for item in items for duty in item.duties]


def _said(changes: Sequence[Change], asked: Sequence[Correction]) -> list[str]:
    return [change.words for change in changes] + [word for one in asked for word in (one.text, one.answer)]
