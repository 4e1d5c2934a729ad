"""Which of the topics that wait for a body its next meeting can take."""

from dataclasses import dataclass
from datetime import datetime

from handlers.meetings.rules import earliest_start
from handlers.privacy import kept_private
from handlers.work import Work
from storage import topics, waits
from storage.records import Topic


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a body: `taken` for its next meeting, `later` beyond its themes, `late` whose notice is too long."""

    taken: tuple[Topic, ...]
    later: tuple[Topic, ...]
    late: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Meets:
    """When a body is told of its meeting, when that begins, and how many topics it takes at most (0: any number)."""

    notice_at: datetime
    starts_at: datetime
    topics_most: int


async def waiting_for(work: Work, community_id: int, body: str, meets: Meets) -> Waiting:
    """The topics that wait for the body, oldest first; what is private is met about alone and never here."""
    found = [
        (wait, await topics.get(work.tx, wait.topic_id))
        for wait in await waits.uncalled(work.tx, community_id)
        if wait.body == body and not wait.private and not await kept_private(work, wait.topic_id)
    ]
    zone = work.settings.zone
    earliest = [(topic, earliest_start(wait, meets.notice_at, zone)) for wait, topic in found]
    fit = [topic for topic, first in earliest if first is None or first <= meets.starts_at]
    late = tuple(topic for topic, _ in earliest if topic not in fit)
    most = meets.topics_most or len(fit)
    return Waiting(tuple(fit[:most]), tuple(fit[most:]), late)
