"""What was said of a topic before: it goes with the topic wherever the case goes, up to the next level too."""

from handlers.labels import label, read_mention, topic_label
from handlers.moments import day as day_text
from handlers.permissions import TRIAGE, require
from handlers.presence import present_of
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.routes import Routes
from handlers.texts import term, text
from handlers.work import Work
from storage import attendances, meetings, speeches, topics
from storage.messages import Said
from storage.records import AgendaItem, Capacity, Meeting, SpeechKind

routes = Routes()
_MOST = 60


@routes.command("经过", "history")
async def show_history(work: Work, said: Said, rest: str) -> None:
    """`经过 议7`, for staff: every meeting about it, what came of it, and what was said, in the record's words."""
    del said
    mention = read_mention(rest, "room.history_usage")
    community = await work.community()
    topic = await topics.numbered(work.tx, community.id, mention.number)
    if topic is None or (await kept_private(work, topic.id) and not work.event.private):
        raise Refusal("polls.no_topic", number=mention.number)
    require_closed_room(work)
    await require(work, community, *TRIAGE)
    found = await speeches.treated(work.tx, topic.id)
    if not found:
        raise Refusal("room.no_history", topic=topic_label(topic))
    lines = [text("room.history", topic=topic_label(topic), title=topic.title)]
    for meeting, item in found:
        lines += await _told(work, meeting, item)
    work.answer("\n".join(lines[:_MOST]))


async def gist(work: Work, meeting: Meeting, item: AgendaItem) -> str:
    """How many were there and how much was said of an item, in numbers alone; "" where nothing was written down."""
    came = await attendances.of_meeting(work.tx, meeting.id)
    noted = await speeches.of_item(work.tx, meeting.id, item.position)
    if not came and not noted:
        return ""
    counts = [(kind, sum(one.kind is kind for one in noted)) for kind in SpeechKind]
    said = "，".join(
        text("room.gist_count", kind=term("speech_kind", kind), count=count)
        for kind, count in counts
        if count
    )
    there = present_of(meeting, came)
    observers = sum(one.capacity is Capacity.OBSERVER for one in came)
    return text(
        "room.gist",
        meeting=label("meeting", meeting),
        roll=len(await meetings.invited(work.tx, meeting.id)),
        present=len(there),
        observers=text("room.observers", count=observers) if observers else "",
        said=f"，{said}" if said else "",
    )


async def before_text(work: Work, topic_id: int) -> str:
    """One line for each meeting that came to something about a topic, without names; "" for none."""
    lines = []
    for meeting, item in await speeches.treated(work.tx, topic_id):
        lines.append(f"\n{await _headline(work, meeting, item)}{await gist(work, meeting, item)}")
    return "".join(lines)


async def _headline(work: Work, meeting: Meeting, item: AgendaItem) -> str:
    came_of_it = term("outcome", item.outcome) if item.outcome else text("meetings.discussed")
    return text(
        "room.history_meeting",
        meeting=label("meeting", meeting),
        name=meeting.name,
        day=day_text(meeting.starts_at, work.settings.zone),
        outcome=came_of_it,
    )


async def _told(work: Work, meeting: Meeting, item: AgendaItem) -> list[str]:
    lines = [await _headline(work, meeting, item) + await gist(work, meeting, item), *item.note.splitlines()]
    for one in await speeches.of_item(work.tx, meeting.id, item.position):
        kind = "" if one.kind is SpeechKind.REMARK else term("speech_kind", one.kind)
        lines.append(text("room.history_said", kind=kind, name=one.speaker, words=one.text))
    return lines
