"""A case comes to a stage that a meeting decides, and leaves it."""

from datetime import timedelta

from handlers.audience import desk, private_address, staff
from handlers.events import Event, StageDecided, StageEntered, StageLeft
from handlers.labels import label, topic_label
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import is_private
from handlers.meetings.room.history import before_text
from handlers.meetings.views import after_text
from handlers.moments import day as day_text
from handlers.privacy import kept_private
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import meetings, topics, units, waits
from storage.messages import Address
from storage.records import Meeting, Role, Topic, Unit, Wait

routes = Routes()
_MEETING = "meeting"


@routes.on(StageEntered)
async def wait_for_meeting(work: Work, event: Event) -> None:
    """The topic waits for its body to meet; whoever calls meetings is told once what waits and how to call one."""
    assert isinstance(event, StageEntered)
    if event.brief.kind != _MEETING:
        return
    private = event.brief.private or await kept_private(work, event.topic_id)
    wait = _wait(work, event, "yes" if private else "")
    await waits.add(work.tx, wait)
    topic = await topics.get(work.tx, event.topic_id)
    community = await units.get(work.tx, topic.community_id)
    said = _waiting_text(work, topic, wait) + await before_text(work, topic.id)
    for address in await _callers(work, community, wait):
        work.say(address, said, once=f"step:{wait.step_id}:waits:{address}")


@routes.on(StageDecided, StageLeft)
async def no_longer(work: Work, event: Event) -> None:
    """The stage is over, however it was decided or left: the topic comes off the agendas where it stands open."""
    assert isinstance(event, StageDecided | StageLeft)
    wait = await waits.of_step(work.tx, event.step_id)
    if wait is None or not await waits.end(work.tx, event.step_id, work.now):
        return
    topic = await topics.get(work.tx, wait.topic_id)
    for meeting in await meetings.with_topic(work.tx, topic.id):
        if meeting.body == wait.body:
            await _take_off(work, meeting, topic)


async def _take_off(work: Work, meeting: Meeting, topic: Topic) -> None:
    private = await is_private(work, meeting)
    await meetings.take_off_agenda(work.tx, meeting.id, topic.id)
    work.refresh(f"meeting:{meeting.id}")
    work.refresh(f"summons:{meeting.id}")
    empty = "" if await meetings.agenda_of(work.tx, meeting.id) else text("meetings.agenda_empty")
    said = text(
        "meetings.taken_off", topic=topic_label(topic), meeting=label("meeting", meeting), empty=empty
    )
    for address in await caller_addresses(work, meeting, private=private):
        work.say(address, said, once=f"meeting:{meeting.id}:topic:{topic.id}:off:{address}")


async def caller_addresses(work: Work, meeting: Meeting, *, private: bool) -> list[Address]:
    """Where whoever called the meeting is told of it alone; else the office, and of a private one never a group."""
    if meeting.called_by and (address := await private_address(work, meeting.called_by)):
        return [address]
    community = await units.get(work.tx, meeting.community_id)
    return await _privately(work, community, meeting.body) if private else await desk(work, community)


def _wait(work: Work, event: StageEntered, private: str) -> Wait:
    brief = event.brief
    return Wait(
        step_id=event.step_id,
        topic_id=event.topic_id,
        body=brief.body,
        name=brief.name,
        group_role=brief.group,
        rule=brief.rule,
        limit_at=brief.limit,
        days=brief.days,
        basis=brief.basis,
        private=private,
        since=work.now,
        over_at=None,
    )


async def _callers(work: Work, community: Unit, wait: Wait) -> list[Address]:
    if wait.private:
        return await _privately(work, community, wait.body)
    return await desk(work, community)


async def _privately(work: Work, community: Unit, body: str) -> list[Address]:
    roles = kind_of(body).callers or (Role.SECRETARY,)
    people = await staff(work, community, *roles)
    found = [await private_address(work, member.id) for member in people]
    return [address for address in found if address]


def _waiting_text(work: Work, topic: Topic, wait: Wait) -> str:
    zone, name = work.settings.zone, kind_of(wait.body).name
    day = ((wait.limit_at or work.now) + timedelta(days=1)).astimezone(zone).date()
    return text(
        "meetings.waits",
        topic=topic_label(topic),
        title=topic.title,
        name=name,
        stage="" if wait.name == name else text("meetings.waits_stage", stage=wait.name),
        notice=text("meetings.notice", when=after_text(work, wait.limit_at)) if wait.limit_at else "",
        day=day_text(day).partition("（")[0],
        number=topic.number,
    )
