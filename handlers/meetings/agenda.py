"""The agenda: open until the notice is out, locked from then on, and extended only under a rule that allows it."""

from dataclasses import dataclass, replace

from handlers.events import AgendaExtended, MeetingChanged
from handlers.labels import label, topic_label
from handlers.meetings.calling import agenda_items, talk_only, topic_numbered, waits_here
from handlers.meetings.checking import check_lawful_notice
from handlers.meetings.entries import Entry, held_to_limit
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import require_caller
from handlers.meetings.telling import hearers, news
from handlers.meetings.views import draft_text, news_card
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import meetings, topics
from storage.records import AgendaItem, Meeting, MeetingState, Topic, Wait


@dataclass(frozen=True, slots=True)
class Extension:
    """Items for an agenda that is locked, and the rule under which they may still come onto it ("": none named)."""

    entries: tuple[Entry, ...]
    basis: str


async def show_agenda(work: Work, meeting: Meeting) -> None:
    """Answer with the agenda and whether it can still be changed."""
    await require_caller(work, await work.community(), kind_of(meeting.body))
    key = "meetings.agenda_open" if meeting.notice_at else "meetings.agenda_is_locked"
    said = await draft_text(work, meeting) + "\n" + text(key, meeting=label("meeting", meeting))
    work.answer(said)


async def replace_agenda(work: Work, meeting: Meeting, entries: tuple[Entry, ...]) -> None:
    """Give a meeting nobody was called to yet another agenda. Refusal once the notice is out."""
    await _extensible(work, meeting)
    if meeting.notice_at is None:
        raise Refusal("meetings.agenda_locked", meeting=label("meeting", meeting))
    found, waiting = await _fit(work, meeting, entries)
    await meetings.set_agenda(work.tx, meeting.id, _owned(meeting, agenda_items(entries, found), 0))
    await work.record(MeetingChanged(meeting.id, "agenda"))
    lines = [await draft_text(work, meeting), *talk_only(found, waiting, meeting.body)]
    work.answer("\n".join([text("meetings.agenda_set", meeting=label("meeting", meeting)), *lines]))


async def extend_agenda(work: Work, meeting: Meeting, extension: Extension) -> None:
    """Add items; once the notice is out only under a rule that is named and told to everybody."""
    await _extensible(work, meeting)
    before = await meetings.agenda_of(work.tx, meeting.id)
    held_to_limit([*before, *extension.entries])
    if meeting.notice_at is None and not extension.basis:
        raise Refusal("meetings.extend_basis", meeting=label("meeting", meeting))
    found, waiting = await _fit(work, meeting, extension.entries)
    _check_new(before, found)
    if waiting and meeting.notice_at is None:
        check_lawful_notice(work, meeting.body, meeting.starts_at, meeting.short_notice)
    last = max((item.position for item in before), default=0)
    items = _owned(meeting, agenda_items(extension.entries, found), last)
    await meetings.add_items(work.tx, items)
    talk = talk_only(found, waiting, meeting.body)
    if meeting.notice_at is not None:
        await work.record(MeetingChanged(meeting.id, "agenda"))
        work.answer("\n".join([await draft_text(work, meeting), *talk]))
        return
    await _tell_extended(work, meeting, items, extension.basis)
    said = text("meetings.you_extended", meeting=label("meeting", meeting), count=len(items))
    work.answer("\n".join([said, *talk]))


async def open_topics(work: Work, meeting: Meeting) -> list[tuple[AgendaItem, Topic]]:
    """The topics of a meeting whose outcome has not been entered; other items need none."""
    return [
        (item, await topics.get(work.tx, item.topic_id))
        for item in await meetings.agenda_of(work.tx, meeting.id)
        if item.topic_id is not None and not (item.outcome or item.note)
    ]


async def _extensible(work: Work, meeting: Meeting) -> None:
    await require_caller(work, await work.community(), kind_of(meeting.body))
    if meeting.state is not MeetingState.CALLED or meeting.ended_at is not None:
        state = MeetingState.HELD if meeting.ended_at else meeting.state
        raise Refusal("meetings.over", meeting=label("meeting", meeting), state=term("meeting_state", state))


async def _fit(
    work: Work, meeting: Meeting, entries: tuple[Entry, ...]
) -> tuple[tuple[Topic, ...], tuple[Wait, ...]]:
    """The topics of new items and what they wait for. Refusal for one that is before another meeting, or private."""
    held_to_limit(entries)
    community, kind = await work.community(), kind_of(meeting.body)
    numbers = [entry.topic for entry in entries if entry.topic is not None]
    found = tuple([await topic_numbered(work, community, number) for number in numbers])
    if kind.private or any([await kept_private(work, topic.id) for topic in found]):
        raise Refusal("meetings.private_alone")
    waiting = [wait for topic in found if (wait := await waits_here(work, topic, kind, meeting.id))]
    return found, tuple(waiting)


def _check_new(before: list[AgendaItem], found: tuple[Topic, ...]) -> None:
    known = {item.topic_id for item in before}
    if there := [topic_label(topic) for topic in found if topic.id in known]:
        raise Refusal("meetings.on_agenda_already", topics="、".join(there))


def _owned(meeting: Meeting, items: tuple[AgendaItem, ...], after: int) -> list[AgendaItem]:
    return [replace(item, meeting_id=meeting.id, position=item.position + after) for item in items]


async def _tell_extended(work: Work, meeting: Meeting, items: list[AgendaItem], basis: str) -> None:
    """Everybody hears what came onto the agenda and why it may; of what is internal a group hears nothing."""
    told = await hearers(work, meeting)
    for item in items:
        await work.record(AgendaExtended(meeting.id, item.position, basis))
    for address in told.everywhere:
        shown = [item for item in items if address != told.group or not item.internal]
        if not shown:
            continue
        names = "、".join([await _name(work, item) for item in shown])
        said = text("meetings.extended", meeting=label("meeting", meeting), items=names, basis=basis)
        once = f"meeting:{meeting.id}:item:{items[0].position}:{address}"
        news(work, meeting, address, news_card(meeting, said), once)
    work.refresh(f"meeting:{meeting.id}")
    work.refresh(f"summons:{meeting.id}")


async def _name(work: Work, item: AgendaItem) -> str:
    if item.topic_id is None:
        return item.title
    topic = await topics.get(work.tx, item.topic_id)
    return f"{topic_label(topic)} {topic.title}"
