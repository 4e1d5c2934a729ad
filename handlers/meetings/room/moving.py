"""Going through the agenda: 进入 an item, 缓议 it to another day, 交办 what somebody is to find out."""

from handlers.dates import names_day, read_day
from handlers.events import ItemReached, MeetingChanged, Promise, PromisesMade
from handlers.intake.masking import mask
from handlers.labels import label
from handlers.meetings.deciding import finish
from handlers.meetings.reading import NOTE_LIMIT
from handlers.meetings.room.lookup import Point, require_host, running
from handlers.meetings.room.meant import meant
from handlers.meetings.room.points import names_point, point_meant, write_at_once
from handlers.meetings.room.quorum import count_line, house, quorum_line
from handlers.moments import day as day_text
from handlers.presence import runs_in
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import meetings, polls
from storage.messages import Said
from storage.records import Meeting

routes = Routes()
_EDGES = " ,，。;；、"


@routes.command("进入", "item")
async def turn_to(work: Work, said: Said, rest: str) -> None:
    """`进入 议7`, `进入 第3项`: what is noted from now on belongs to it."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    await require_host(work, meeting)
    point, _ = await point_meant(work, meeting, left)
    _require_open(point)
    await write_at_once(work, ItemReached(meeting.id, point.row.position))
    work.refresh(f"room:{meeting.id}")
    found = await house(work, meeting, point)
    lines = [text("room.turned", item=point.label, title=point.title), count_line(found) + quorum_line(found)]
    work.answer("\n".join(lines))


@routes.command("缓议", "推迟", "postpone")
async def postpone(work: Work, said: Said, rest: str) -> None:
    """`缓议 会3 议7 12月5日 等报价`: nothing is decided; the topic waits for a later meeting of the body."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    await require_host(work, meeting)
    point, left = await point_meant(work, meeting, left)
    _require_open(point)
    await _require_no_vote(work, meeting, point)
    when, reason = _day_in(work, left)
    if not (when or reason):
        raise Refusal("room.postpone_usage", item=point.label)
    note = text("room.postponed", when=when, reason=mask(reason[:NOTE_LIMIT])).strip()
    await meetings.settle(work.tx, point.row, "", note)
    await work.record(MeetingChanged(meeting.id, "postponed"))
    for noun in ("room", "meeting", "summons"):
        work.refresh(f"{noun}:{meeting.id}")
    left_open = await finish(work, meeting)
    work.answer(text("room.postponed_told", item=point.label, note=note) + left_open)


@routes.command("交办", "refer")
async def refer(work: Work, said: Said, rest: str) -> None:
    """`交办 议7 李四 12月1日 查明费用`: somebody is to prepare something; it becomes their task."""
    if not meant(work, said, rest):
        return
    meeting, left = await running(work, rest)
    await require_host(work, meeting)
    named = names_point(left)
    point, left = await point_meant(work, meeting, left)
    owner, _, what = left.strip().partition(" ")
    if not named or point.topic is None or not owner or not names_day(what):
        raise Refusal("room.refer_usage")
    due = read_day(what, work.now, work.settings.zone)
    title = f"{due.before} {due.after.removeprefix('前')}".strip(_EDGES)
    if not title:
        raise Refusal("room.refer_usage")
    promise = Promise(title, owner, due.day)
    await work.record(PromisesMade(point.topic.id, None, "refine", (promise,)))
    work.answer(text("room.referred", item=point.label, name=owner, title=title, day=day_text(due.day)))


def _day_in(work: Work, left: str) -> tuple[str, str]:
    """The day as it is told ("" for none), and the reason."""
    if not names_day(left):
        return "", left.strip(_EDGES)
    due = read_day(left, work.now, work.settings.zone)
    day = text("room.until", day=day_text(due.day))
    return day, f"{due.before} {due.after}".strip(_EDGES)


def _require_open(point: Point) -> None:
    if not point.is_open:
        raise Refusal("room.item_is_done", item=point.label)


async def _require_no_vote(work: Work, meeting: Meeting, point: Point) -> None:
    found = await polls.of_topic(work.tx, point.topic.id) if point.topic else []
    if any(runs_in(poll, meeting) for poll in found):
        raise Refusal("room.vote_runs", meeting=label("meeting", meeting), topic=point.label)
