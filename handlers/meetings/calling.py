"""Calling a meeting: who, about what, in time, and everybody told."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.audience import group_of
from handlers.bodies import name_of, people
from handlers.events import MeetingCalled
from handlers.labels import label, topic_label
from handlers.meetings.kinds import Kind, kind_of, kinds_named
from handlers.meetings.lookup import require_caller
from handlers.meetings.reading import Call
from handlers.meetings.rules import earliest_start
from handlers.meetings.telling import hearers, urgency
from handlers.meetings.views import after_text, meeting_card, summons_card, when_text
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import meetings, topics, units, waits
from storage.messages import Address, Card
from storage.records import Group, Meeting, MeetingState, Topic, Unit, Wait

ASK_FOR_OUTCOMES = -120
_MOST_TOPICS = 40


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided before a word is written: `waiting` are the stages the meeting will decide."""

    call: Call
    kind: Kind
    topics: tuple[Topic, ...]
    waiting: tuple[Wait, ...]
    invited: tuple[int, ...]
    group: Group | None
    community: Unit


async def call_meeting(work: Work, call: Call) -> None:
    """Call a meeting and answer who called it. Refusal before anything is written."""
    community = await work.community()
    kind = await _kind(work, community, call.name)
    await require_caller(work, community, kind)
    plan = await _plan(work, call, kind, community)
    meeting = await _write(work, plan)
    work.answer(await _announce(work, meeting, plan))


async def _kind(work: Work, community: Unit, name: str) -> Kind:
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
    items = await _agenda(work, call, kind, community)
    secret = [topic for topic in items if await kept_private(work, topic.id)]
    if secret and not work.event.private:
        raise Refusal("meetings.private_in_private")
    waiting = tuple([wait for item in items if (wait := await _waits_here(work, item, kind))])
    _check_privacy(kind, items, secret, waiting)
    _check_notice(work, call, waiting)
    invited = await _invited(work, kind, items)
    await _check_new(work, call, kind, community)
    group = None if secret else await _group(work, kind, waiting, community)
    return Plan(call, kind, items, waiting, invited, group, community)


async def _agenda(work: Work, call: Call, kind: Kind, community: Unit) -> tuple[Topic, ...]:
    """The topics named; when none were, all that wait for this body and are before no meeting yet."""
    if call.topics is None:
        waiting = [wait for wait in await waits.uncalled(work.tx, community.id) if wait.body == kind.body]
        found = [await topics.get(work.tx, wait.topic_id) for wait in waiting]
        return tuple([topic for topic in found if not await kept_private(work, topic.id)])
    if len(call.topics) > _MOST_TOPICS:
        raise Refusal("meetings.too_many_topics", most=_MOST_TOPICS)
    return tuple([await _topic(work, community, number) for number in call.topics])


async def _topic(work: Work, community: Unit, number: int) -> Topic:
    topic = await topics.numbered(work.tx, community.id, number)
    if topic is None:
        known = "、".join(topic_label(one) for one in (await topics.open_ones(work.tx, community.id))[-3:])
        raise Refusal("meetings.no_such_topic", number=number, known=known)
    return topic


async def _waits_here(work: Work, topic: Topic, kind: Kind) -> Wait | None:
    """What the topic waits for, when that is this body. Refusal when another meeting of it has the topic."""
    wait = await waits.of_topic(work.tx, topic.id)
    if wait is None or wait.body != kind.body:
        return None
    for other in await meetings.with_topic(work.tx, topic.id):
        if other.body == kind.body:
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


def _check_notice(work: Work, call: Call, waiting: tuple[Wait, ...]) -> None:
    zone = work.settings.zone
    for wait in waiting:
        earliest = earliest_start(wait, work.now, zone)
        if earliest and call.at < earliest and not call.short_notice:
            raise Refusal(
                "meetings.too_early",
                stage=wait.name,
                period=text("meetings.period", days=wait.days) if wait.days else "",
                basis=text("meetings.basis", basis=wait.basis) if wait.basis else "",
                when=after_text(work, earliest),
            )


async def _invited(work: Work, kind: Kind, items: tuple[Topic, ...]) -> tuple[int, ...]:
    """The roll, frozen now. Refusal when there is nobody, or when each topic has a roll of its own."""
    about: tuple[int | None, ...] = tuple(topic.id for topic in items) or (None,)
    rolls = {tuple([one.id for one in await people(work, kind.body, topic_id)]) for topic_id in about}
    if len(rolls) > 1:
        raise Refusal("meetings.different_rolls", body=name_of(kind.body))
    (roll,) = rolls
    if not roll:
        raise Refusal("meetings.nobody", body=name_of(kind.body))
    return roll


async def _check_new(work: Work, call: Call, kind: Kind, community: Unit) -> None:
    for other in await meetings.called(work.tx, community.id):
        if (other.body, other.starts_at) == (kind.body, call.at):
            raise Refusal("meetings.called_before", meeting=label("meeting", other))


async def _group(work: Work, kind: Kind, waiting: tuple[Wait, ...], community: Unit) -> Group | None:
    """The group the stage names, else that of this kind of meeting, nearest to the community."""
    for role in [*(wait.group_role for wait in waiting), kind.group]:
        if role and (group := await group_of(work, community, role)):
            return group
    return None


async def _write(work: Work, plan: Plan) -> Meeting:
    year = work.now.astimezone(work.settings.zone).year
    number = await units.next_number(work.tx, plan.community.id, "meeting", year)
    new = Meeting(
        id=0,
        community_id=plan.community.id,
        year=year,
        number=number,
        body=plan.kind.body,
        name=plan.call.name,
        group_id=plan.group.id if plan.group else None,
        place=plan.call.place,
        starts_at=plan.call.at,
        state=MeetingState.CALLED,
        called_by=work.member.id if work.member else None,
        short_notice=plan.call.short_notice,
        reason="",
    )
    meeting = await meetings.add(work.tx, new)
    await meetings.put_on_agenda(work.tx, meeting.id, [topic.id for topic in plan.topics])
    await meetings.invite(work.tx, meeting.id, plan.invited)
    minutes = (*work.settings.remind, ASK_FOR_OUTCOMES)
    await meetings.plan_reminders(work.tx, meeting, minutes, work.now)
    await work.record(MeetingCalled(meeting.id))
    return meeting


async def _announce(work: Work, meeting: Meeting, plan: Plan) -> str:
    """Tell the group and everybody called; returns what the caller is answered."""
    told = await hearers(work, meeting)
    shown, alone = await meeting_card(work, meeting.id), await summons_card(work, meeting.id)
    assert shown is not None
    assert alone is not None
    if told.group:
        _say(work, meeting, told.group, shown, f"meeting:{meeting.id}")
    for address in told.alone:
        _say(work, meeting, address, alone, f"summons:{meeting.id}")
    lines = [text("meetings.called", meeting=label("meeting", meeting), roll=len(plan.invited))]
    lines.append(text("meetings.told_group" if told.group else "meetings.told_alone", alone=len(told.alone)))
    if told.unreached:
        key = "meetings.unreached_in_group" if told.group else "meetings.unreached"
        lines.append(text(key, count=told.unreached))
    return "\n".join(lines + _remarks(work, meeting, plan))


def _say(work: Work, meeting: Meeting, to: Address, card: Card, subject: str) -> None:
    work.say(
        to,
        card,
        subject=subject,
        once=f"meeting:{meeting.id}:called:{to}",
        urgency=urgency(work, meeting.starts_at),
        not_after=meeting.starts_at,
    )


def _remarks(work: Work, meeting: Meeting, plan: Plan) -> list[str]:
    """What the caller should know of the agenda: what was taken, and what can only be talked about."""
    names = {topic.id: topic_label(topic) for topic in plan.topics}
    due = {wait.topic_id for wait in plan.waiting}
    lines = []
    if plan.call.topics is None and names:
        lines.append(text("meetings.took_waiting", topics="、".join(names.values())))
    elif not names:
        lines.append(text("meetings.nothing_waits"))
    if talk := [name for topic_id, name in names.items() if topic_id not in due]:
        lines.append(text("meetings.only_talk", topics="、".join(talk), body=kind_of(meeting.body).name))
    if meeting.starts_at.astimezone(work.settings.zone).year != work.now.astimezone(work.settings.zone).year:
        lines.append(text("meetings.other_year", when=when_text(work, meeting.starts_at)))
    return lines
