"""Which item a meeting is at."""

import json
import re

from handlers.events import Event, ItemReached
from handlers.labels import label
from handlers.meetings.room.lookup import Point, points
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import journal
from storage.records import Entry, Meeting

_TOPIC = re.compile(r"\s*议题?\s*(\d{1,6})\s*号?")
_POSITION = re.compile(r"\s*第\s*(\d{1,2})\s*[项件条]")


async def write_at_once(work: Work, event: Event) -> None:
    """Write an event into the journal now and not with its batch: what comes next in the batch rests on it."""
    detail = json.dumps(event.detail, ensure_ascii=False)
    actor = work.member.id if work.member else None
    await journal.append(work.tx, [Entry(0, work.now, actor, type(event).__name__, event.subject, detail)])


async def current(work: Work, meeting: Meeting) -> Point | None:
    """The item turned to last while it is open, else the first that is; None when nothing is left."""
    still = [one for one in await points(work, meeting) if one.is_open]
    reached = await journal.last(work.tx, f"meeting:{meeting.id}", ItemReached.__name__)
    position = json.loads(reached.detail)["position"] if reached else 0
    return next((one for one in still if one.row.position == position), next(iter(still), None))


def names_point(rest: str) -> bool:
    """Whether it begins with 议7 or 第3项."""
    plain = narrow(rest)
    return bool(_TOPIC.match(plain) or _POSITION.match(plain))


async def point_meant(work: Work, meeting: Meeting, rest: str) -> tuple[Point, str]:
    """The item named at the beginning (议7, 第3项), else the one the meeting is at; and what follows."""
    plain = narrow(rest)
    topic = _TOPIC.match(plain)
    match = topic or _POSITION.match(plain)
    if match is None:
        if point := await current(work, meeting):
            return point, rest.strip()
        raise Refusal("room.no_item_left", meeting=label("meeting", meeting))
    listed, number = await points(work, meeting), int(match[1])
    for one in listed:
        if number == (one.topic.number if one.topic and topic else 0 if topic else one.row.position):
            return one, rest[match.end() :].strip()
    known = "、".join(one.label for one in listed) or text("meetings.no_agenda")
    raise Refusal("room.not_on_agenda", said=match[0].strip(), meeting=label("meeting", meeting), known=known)
