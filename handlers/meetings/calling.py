"""Calling a meeting: who, about what, in time, and everybody told."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.bodies import people
from handlers.labels import label, topic_label
from handlers.meetings.announcing import announce, roll_for
from handlers.meetings.calls import Call
from handlers.meetings.checking import (
    Place,
    check_ahead,
    check_free,
    check_lawful_notice,
    check_stage_notice,
    notice_remark,
)
from handlers.meetings.entries import MOST_ITEMS, Entry, held_to_limit
from handlers.meetings.kinds import Kind, kind_of, kinds_named
from handlers.meetings.lookup import require_caller
from handlers.meetings.offices import Officers, named_officers
from handlers.meetings.views import counted_text, when_text
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import meetings, topics, units, waits
from storage.records import AgendaItem, Meeting, MeetingState, Topic, Unit, Wait


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided before a word is written: `waiting` are the stages the meeting will decide."""

    call: Call
    kind: Kind
    items: tuple[AgendaItem, ...]
    topics: tuple[Topic, ...]
    waiting: tuple[Wait, ...]
    community: Unit
    officers: Officers


async def call_meeting(work: Work, call: Call) -> Meeting:
    """Call a meeting and answer who called it. Refusal before anything is written."""
    community = await work.community()
    kind = await kind_meant(work, community, call.name)
    await require_caller(work, community, kind)
    plan = await _plan(work, call, kind, community)
    meeting = await _write(work, plan)
    said = await announce(work, meeting, call.particulars.remind)
    work.answer("\n".join([said, *_remarks(work, meeting, plan)]))
    return await meetings.get(work.tx, meeting.id)


async def kind_meant(work: Work, community: Unit, name: str) -> Kind:
    """The meeting meant; of several of one name the one something waits for, else the one that has people."""
    kinds = kinds_named(name)
    if len(kinds) > 1:
        waiting = {wait.body for wait in await waits.uncalled(work.tx, community.id)}
        kinds = tuple(kind for kind in kinds if kind.body in waiting) or kinds
    if len(kinds) > 1:
        kinds = tuple([kind for kind in kinds if await people(work, kind.body, None)]) or kinds
    if not kinds:
        raise Refusal("meetings.unknown_body", name=name)
    if len(kinds) > 1:
        raise Refusal("meetings.which_body", names="、".join(kind.name for kind in kinds))
    return kinds[0]


async def _plan(work: Work, call: Call, kind: Kind, community: Unit) -> Plan:
    check_ahead(work, call.at)
    found = await _topics(work, call, kind, community)
    secret = [topic for topic in found if await kept_private(work, topic.id)]
    if secret and not work.event.private:
        raise Refusal("meetings.private_in_private")
    waiting = tuple([wait for topic in found if (wait := await waits_here(work, topic, kind))])
    _check_privacy(kind, found, secret, waiting)
    if not call.short_notice:
        check_stage_notice(work, call.at, waiting)
    check_lawful_notice(work, kind.body, call.at, call.short_notice)
    await roll_for(work, community, kind.body, [topic.id for topic in found])
    said = call.particulars
    await check_free(work, community, Place(kind.body, call.at, said.length, call.place, said.anyway))
    officers = await named_officers(work, community, said)
    return Plan(call, kind, agenda_items(call.agenda, found), found, waiting, community, officers)


async def _topics(work: Work, call: Call, kind: Kind, community: Unit) -> tuple[Topic, ...]:
    """The topics named; when no agenda was given, those that wait for this body and are before no meeting yet."""
    if call.agenda is None:
        waiting = [wait for wait in await waits.uncalled(work.tx, community.id) if wait.body == kind.body]
        found = [await topics.get(work.tx, wait.topic_id) for wait in waiting]
        return tuple([topic for topic in found if not await kept_private(work, topic.id)][:MOST_ITEMS])
    held_to_limit(call.agenda)
    return tuple([await topic_numbered(work, community, number) for number in call.topics or ()])


def agenda_items(entries: Sequence[Entry] | None, found: Sequence[Topic]) -> tuple[AgendaItem, ...]:
    """The items of an agenda in the order in which they were written."""
    ids = {topic.number: topic.id for topic in found}
    written = [Entry(topic.number) for topic in found] if entries is None else entries
    return tuple(
        AgendaItem(
            meeting_id=0,
            position=position,
            topic_id=ids[entry.topic] if entry.topic is not None else None,
            title=entry.title,
            minutes=entry.minutes,
            internal=entry.internal,
            outcome="",
            note="",
        )
        for position, entry in enumerate(written, start=1)
    )


async def topic_numbered(work: Work, community: Unit, number: int) -> Topic:
    """The topic with this number. Refusal that names the latest ones."""
    topic = await topics.numbered(work.tx, community.id, number)
    if topic is None:
        known = "、".join(topic_label(one) for one in (await topics.open_ones(work.tx, community.id))[-3:])
        raise Refusal("meetings.no_such_topic", number=number, known=known)
    return topic


async def waits_here(work: Work, topic: Topic, kind: Kind, but: int = 0) -> Wait | None:
    """What the topic waits for, when that is this body. Refusal when a meeting of it other than `but` has the topic."""
    wait = await waits.of_topic(work.tx, topic.id)
    if wait is None or wait.body != kind.body:
        return None
    for other in await meetings.with_topic(work.tx, topic.id):
        if other.body == kind.body and other.id != but:
            raise Refusal(
                "meetings.already_before", topic=topic_label(topic), meeting=label("meeting", other)
            )
    return wait


def _check_privacy(
    kind: Kind, items: Sequence[Topic], secret: Sequence[Topic], waiting: Sequence[Wait]
) -> None:
    """A private topic is met about alone, by the body it waits for."""
    due = {wait.topic_id for wait in waiting}
    if any(topic.id not in due for topic in secret) or (secret and len(items) > 1):
        raise Refusal("meetings.private_alone")
    if kind.private and not secret:
        raise Refusal("meetings.private_names_topic")


async def _write(work: Work, plan: Plan) -> Meeting:
    year = work.now.astimezone(work.settings.zone).year
    number = await units.next_number(work.tx, plan.community.id, "meeting", year)
    said = plan.call.particulars
    new = Meeting(
        id=0,
        community_id=plan.community.id,
        year=year,
        number=number,
        body=plan.kind.body,
        name=plan.call.name,
        group_id=None,
        place=plan.call.place,
        starts_at=plan.call.at,
        state=MeetingState.CALLED,
        called_by=work.member.id if work.member else None,
        short_notice=plan.call.short_notice,
        reason="",
        length=said.length,
        link=said.link,
        remote_basis=said.remote_basis,
        chair_id=plan.officers.chair_id,
        recorder_id=plan.officers.recorder_id,
    )
    meeting = await meetings.add(work.tx, new)
    await meetings.set_agenda(work.tx, meeting.id, plan.items)
    return meeting


def _remarks(work: Work, meeting: Meeting, plan: Plan) -> list[str]:
    """What the caller should know: what was taken, what can only be talked about, what is unusual."""
    names = {topic.id: topic_label(topic) for topic in plan.topics}
    lines = []
    if plan.call.agenda is None and names:
        lines.append(text("meetings.took_waiting", topics="、".join(names.values())))
    elif not plan.items:
        lines.append(text("meetings.nothing_waits"))
    lines += talk_only(plan.topics, plan.waiting, meeting.body)
    if plan.call.particulars.link:
        lines.append(text("meetings.link_noted", counted=counted_text(meeting)))
    lines += plan.officers.remarks
    if not any(wait.limit_at for wait in plan.waiting):
        lines += notice_remark(work, meeting.body, meeting.starts_at)
    if meeting.starts_at.astimezone(work.settings.zone).year != work.now.astimezone(work.settings.zone).year:
        lines.append(text("meetings.other_year", when=when_text(work, meeting.starts_at)))
    return lines


def talk_only(found: Sequence[Topic], waiting: Sequence[Wait], body: str) -> list[str]:
    """A line about the topics that the meeting can talk about and not decide."""
    due = {wait.topic_id for wait in waiting}
    talk = [topic_label(topic) for topic in found if topic.id not in due]
    return [text("meetings.only_talk", topics="、".join(talk), body=kind_of(body).name)] if talk else []
