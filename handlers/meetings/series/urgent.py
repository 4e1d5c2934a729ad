"""急事快议: the body a topic waits for is called at once."""

from handlers.bodies.catalogue import bodies
from handlers.labels import topic_label
from handlers.meetings.calling import call_meeting
from handlers.meetings.calls import Call
from handlers.meetings.entries import Entry
from handlers.meetings.kinds import Kind, kind_of
from handlers.meetings.lookup import require_caller
from handlers.meetings.rules import earliest_start
from handlers.meetings.series.reading import UrgentAsked
from handlers.privacy import kept_private
from handlers.recurring.least import notice_needed, source
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import topics, waits
from storage.records import Topic, Unit, Wait


async def call_at_once(work: Work, asked: UrgentAsked) -> None:
    """Call the body the topic waits for. Refusal without a reason where people should have been told earlier."""
    community = await work.community()
    topic, wait = await _waiting(work, community, asked.topic)
    kind = kind_of(wait.body)
    await require_caller(work, community, kind)
    reason = asked.reason or _usual_reason(work, asked, wait, kind)
    await call_meeting(work, Call(kind.name, asked.at, asked.place, (Entry(topic.number),), reason))


async def _waiting(work: Work, community: Unit, number: int) -> tuple[Topic, Wait]:
    topic = await topics.numbered(work.tx, community.id, number)
    if topic is None or (await kept_private(work, topic.id) and not work.event.private):
        known = "、".join(topic_label(one) for one in (await topics.open_ones(work.tx, community.id))[-3:])
        raise Refusal("meetings.no_such_topic", number=number, known=known)
    wait = await waits.of_topic(work.tx, topic.id)
    if wait is None:
        raise Refusal("series.waits_for_nobody", topic=topic_label(topic), number=number)
    return topic, wait


def _usual_reason(work: Work, asked: UrgentAsked, wait: Wait, kind: Kind) -> str:
    """Where no notice is asked for, that it is urgent says enough."""
    earliest = earliest_start(wait, work.now, work.settings.zone)
    notice = notice_needed(wait.body) if bodies()[wait.body].electorate else None
    if notice is None and (earliest is None or earliest <= asked.at):
        return text("series.urgent")
    told = ""
    if notice is not None:
        told = text("series.urgent_notice", days=notice.days, source=source(notice.law, notice.grade))
        told += text("series.urgent_exception") if notice.urgent else ""
    raise Refusal("series.urgent_reason", name=kind.name, number=asked.topic, notice=told)
