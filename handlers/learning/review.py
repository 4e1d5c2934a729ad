"""Once a week, where enough was learned, grid leaders read how well the issues of their community were understood."""

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.audience import private_address, staff
from handlers.intake.measuring import Score, percent, scores, settled
from handlers.moments import local_date
from handlers.routes import Routes
from handlers.texts import term, text
from handlers.work import Work
from storage import lessons, members, units
from storage.messages import Due
from storage.records import Aspect, Lesson, Member, Review, Role, Unit

routes = Routes()
LEAST = 5
"""Fewer issues than these are not worth a message: they wait for the week after."""
_MORNING = time(9)
_READERS = (Role.GRID_LEAD, Role.OPERATOR)


async def plan(work: Work, community_id: int) -> None:
    """Something was learned: it is looked at on the Monday after, unless a look is planned already."""
    if await lessons.review(work.tx, community_id) is None:
        at = _next_monday(work.now, work.settings.zone)
        await lessons.plan_review(work.tx, Review(community_id, work.now, at))


def _next_monday(now: datetime, zone: ZoneInfo) -> datetime:
    today = local_date(now, zone)
    return datetime.combine(today + timedelta(days=7 - today.weekday()), _MORNING, zone)


@routes.due("lessons.review")
async def look(work: Work, due: Due) -> None:
    """A week is over. With little to tell nobody is told, and it is told with the next; late or not, once."""
    planned = await lessons.review(work.tx, due.subject)
    if planned is None:
        return
    taught = settled(await lessons.of_community(work.tx, due.subject, planned.since))
    if len({lesson.issue_id for lesson in taught}) < LEAST:
        at = _next_monday(work.now, work.settings.zone)
        await lessons.plan_review(work.tx, Review(due.subject, planned.since, at))
        return
    await lessons.end_review(work.tx, due.subject)
    community = await units.get(work.tx, due.subject)
    for reader in await _readers(work, community):
        if address := await private_address(work, reader.id):
            once = f"review:{due.subject}:{due.moment.isoformat()}:{reader.id}"
            work.say(address, report(community.name, taught), once=once)


async def _readers(work: Work, community: Unit) -> list[Member]:
    """The grid leaders, and those who run this house."""
    found = {one.id: one for one in await staff(work, community, *_READERS)}
    for operator in sorted(work.settings.operators):
        platform, _, account = operator.partition(":")
        if one := await members.by_account(work.tx, platform, account):
            found.setdefault(one.id, one)
    return list(found.values())


def report(community: str, taught: list[Lesson]) -> str:
    """How many issues were judged, what was corrected, and where the machine errs most; no issue and no person named."""
    count = len({lesson.issue_id for lesson in taught})
    right, judged = _right(taught, Aspect.CATEGORY)
    lines = [text("understanding.review", community=community, count=count, right=right, judged=judged)]
    if corrected := _corrected(taught):
        lines.append(text("understanding.review_corrected", what=corrected))
    if weak := _weakest(taught):
        words = {"category": term("category", weak.word), "right": weak.hits, "said": weak.said}
        lines.append(text("understanding.review_weakest", **words, percent=percent(weak.precision)))
    return "\n".join([*lines, text("understanding.review_more")])


def _right(taught: list[Lesson], aspect: Aspect) -> tuple[int, int]:
    mine = [lesson for lesson in taught if lesson.aspect is aspect]
    return sum(lesson.understood == lesson.decided for lesson in mine), len(mine)


def _corrected(taught: list[Lesson]) -> str:
    counts = Counter(lesson.aspect for lesson in taught if lesson.understood != lesson.decided)
    return "、".join(
        text("understanding.times", what=term("aspect", aspect), count=counts[aspect])
        for aspect in Aspect
        if counts[aspect]
    )


def _weakest(taught: list[Lesson]) -> Score | None:
    """The category that was said wrongly most often."""
    found = [one for one in scores(taught, Aspect.CATEGORY) if one.said > one.hits]
    return max(found, key=lambda one: one.said - one.hits, default=None)
