"""公示 and 实施结果公示, for the board on the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.choices.results import public_lines
from handlers.days import end_of_days
from handlers.labels import label
from handlers.matters.stored import matter_lines
from handlers.moments import local_date
from handlers.money import ten_thousands
from handlers.office.desk import Desk, Gathered
from handlers.office.of_decision import owner_of, tasks_of
from handlers.office.polls import NOT_COUNTED, final_poll, numbers_of, topic_numbered
from handlers.papers.facts import Deed, Envelope, NoticeFacts, NoticeSort, PastStage, ResultNoticeFacts
from handlers.papers.notice import notice_paper, result_notice_paper
from handlers.procedures.loader import parse
from handlers.refusals import Refusal
from handlers.texts import term, text
from storage import cases, notices, tasks, topics
from storage.records import Case, Notice, NoticeState, Poll, Task, TaskState, Topic

_DAYS = 15
"""村民委员会组织法 35, 居民委员会组织法 34."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """Everything about a topic that both notices say."""

    topic: Topic
    poll: Poll | None
    stages: tuple[PastStage, ...]
    posted: Notice | None
    boards: tuple[str, ...]
    promised: tuple[Task, ...]


async def notice(desk: Desk, number: int) -> Gathered:
    """The notice of a topic: the one that hangs or waits to be posted, else what is known of the topic."""
    basis = await _basis(desk, await topic_numbered(desk, number))
    sort = _sort(desk, NoticeSort.DECISION if basis.poll else NoticeSort.TOPICS)
    return Gathered(
        f"topic:{basis.topic.id}",
        lambda envelope, edition: notice_paper(_facts(desk, basis, envelope, sort), edition),
    )


async def result_notice(desk: Desk, number: int) -> Gathered:
    """What was promised beside what was done, of the task and of all others of its topic."""
    task = await tasks.numbered(desk.work.tx, desk.community.id, number)
    if task is None:
        raise Refusal("office.no_task", number=number)
    if task.topic_id is None:
        raise Refusal("office.task_alone", task=label("task", task))
    basis = await _basis(desk, await topics.get(desk.work.tx, task.topic_id))
    deeds = tuple([await _deed(desk, one) for one in basis.promised])
    extra, roll = desk.extra, desk.roll
    return Gathered(
        f"task:{task.id}",
        lambda envelope, edition: result_notice_paper(
            ResultNoticeFacts(
                notice=_facts(desk, basis, envelope, NoticeSort.DONE),
                deeds=deeds,
                verified_by=extra.people("verified_by", roll),
                opinion=extra.words("opinion"),
            ),
            edition,
        ),
    )


def _facts(desk: Desk, basis: _Basis, envelope: Envelope, sort: NoticeSort) -> NoticeFacts:
    extra, posted = desk.extra, basis.posted
    first, last = _term(desk, posted)
    numbers = numbers_of(basis.poll)
    by = desk.work.member
    return NoticeFacts(
        envelope=envelope,
        title=text("office.notice_title", topic=basis.topic.title, sort=text(f"papers.sort_{sort}")),
        concerns=extra.words("concerns") or text("office.everybody", unit=desk.community.name),
        sort=sort,
        basis=extra.lines("basis") or _law(basis.poll) or _cited(basis.stages),
        content=extra.lines("content") or _content(basis),
        stages=basis.stages,
        counted=None if numbers is NOT_COUNTED else numbers,
        open_points=extra.lines("open_points"),
        money=extra.lines("money") or _money(basis.promised),
        first=first,
        last=last,
        objections=desk.contact(),
        objection_way=extra.words("objection_way") or _way(posted),
        consequence=extra.words("consequence") or text("office.consequence"),
        posted_at=basis.boards,
        oversight=desk.oversight(),
        noted=extra.words("noted"),
        noted_by=desk.roll.person(by.id) if by else None,
    )


def _sort(desk: Desk, usual: NoticeSort) -> NoticeSort:
    said = desk.extra.words("sort")
    if not said:
        return usual
    found = next((one for one in NoticeSort if text(f"papers.sort_{one}").startswith(said)), None)
    if found is None:
        names = text("papers.and").join(text(f"papers.sort_{one}") for one in NoticeSort)
        raise Refusal("office.notice_sorts", said=said, sorts=names)
    return found


def _term(desk: Desk, posted: Notice | None) -> tuple[date, date]:
    """The days of the notice that hangs; else from today, as many as are asked for, and never fewer than are due."""
    zone = desk.work.settings.zone
    if posted and posted.posted_at and posted.ends_at:
        return local_date(posted.posted_at, zone), local_date(posted.ends_at, zone)
    least = posted.days if posted else _DAYS
    last = end_of_days(desk.today, least)
    asked = desk.extra.day("days", desk.today) or last
    if asked < desk.today + timedelta(days=least):
        raise Refusal("office.too_short", days=least)
    return desk.today, max(asked, last)


def _content(basis: _Basis) -> tuple[str, ...]:
    """The words of the notice itself, as they were approved; else those of the topic and of its result."""
    if basis.posted:
        return tuple(line for line in basis.posted.text.split("\n") if line.strip())
    told = (basis.topic.text.strip() or basis.topic.title,)
    return (*told, *(public_lines(basis.poll) if basis.poll else ()))


def _law(poll: Poll | None) -> tuple[str, ...]:
    return matter_lines(poll) if poll else ()


def _cited(stages: Sequence[PastStage]) -> tuple[str, ...]:
    return (text("office.by_stage", stage=stages[-1].name),) if stages else ()


def _money(promised: Sequence[Task]) -> tuple[str, ...]:
    return tuple(
        text("office.task_money", title=task.title, money=ten_thousands(task.budget))
        for task in promised
        if task.budget
    )


def _way(posted: Notice | None) -> str:
    if posted is None:
        return text("office.object_at_office")
    return text("office.object_by_number", label=label("notice", posted), number=posted.number)


async def _basis(desk: Desk, topic: Topic) -> _Basis:
    found = [
        one
        for one in await notices.of_topic(desk.work.tx, topic.id)
        if one.state is not NoticeState.WITHDRAWN
    ]
    return _Basis(
        topic=topic,
        poll=await final_poll(desk, topic),
        stages=await _stages(desk, topic),
        posted=found[-1] if found else None,
        boards=await desk.boards(),
        promised=tuple(await tasks_of(desk, topic)),
    )


async def _stages(desk: Desk, topic: Topic) -> tuple[PastStage, ...]:
    """The stages the topic has left, with what came of them."""
    found: list[PastStage] = []
    for case in await cases.all_of_topic(desk.work.tx, topic.id):
        found += await _of_case(desk, case)
    return tuple(found)


async def _of_case(desk: Desk, case: Case) -> list[PastStage]:
    procedure = parse(await cases.procedure_source(desk.work.tx, case.digest))
    zone = desk.work.settings.zone
    return [
        PastStage(
            procedure.stage(step.stage).name,
            local_date(step.left_at, zone),
            term("outcome", step.outcome) if step.outcome else text("papers.none"),
        )
        for step in await cases.path(desk.work.tx, case.id)
        if step.left_at
    ]


async def _deed(desk: Desk, task: Task) -> Deed:
    reports = await tasks.reports_of(desk.work.tx, task.id)
    done = task.state is TaskState.DONE
    zone = desk.work.settings.zone
    done_on = local_date(reports[-1].at, zone) if done and reports else None
    outcome = reports[-1].text if reports else ""
    percent = text("office.percent", percent=task.percent)
    return Deed(
        content=task.title,
        owner=owner_of(desk.roll, task),
        due=task.due_on,
        done_on=done_on,
        outcome=outcome or (term("task_state", task.state) if done else percent),
        money=_spent(task),
    )


def _spent(task: Task) -> str:
    if task.spent is None:
        return ""
    return text("office.spent", money=ten_thousands(task.spent))
