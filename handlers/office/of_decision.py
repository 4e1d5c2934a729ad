"""决议书: what was decided, with the numbers it rests on and who carries it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handlers.choices.results import result_of
from handlers.labels import topic_label
from handlers.moments import local_date
from handlers.money import ten_thousands
from handlers.office.desk import Desk, Gathered
from handlers.office.polls import final_poll, held_by, numbers_of, topic_numbered
from handlers.papers.facts import NOBODY, Person, Promise, ResolutionFacts, Standing, Step
from handlers.papers.resolution import resolution_paper
from handlers.papers.wording import long_day
from handlers.refusals import Refusal
from handlers.shelf.roll import Roll
from handlers.texts import term, text
from storage import facts, notices, polls, tasks
from storage.records import Poll, Role, Task, TaskState, Topic


@dataclass(frozen=True, slots=True)
class _Held:
    """Where and on which day it was decided."""

    meeting: str
    day: date


async def resolution(desk: Desk, number: int) -> Gathered:
    """The resolution about a topic, from its last poll that stands."""
    topic = await topic_numbered(desk, number)
    poll = await final_poll(desk, topic)
    if poll is not None and poll.ask:
        raise Refusal("office.not_yes_no", topic=topic_label(topic))
    promised = await tasks_of(desk, topic)
    held = await _held(desk, topic, poll)
    steps = await _steps(desk, topic)
    publicity = await _publicity(desk, topic)
    overseer = await _overseer(desk)
    extra = desk.extra
    return Gathered(
        f"topic:{topic.id}",
        lambda envelope, edition: resolution_paper(
            ResolutionFacts(
                envelope=envelope,
                matter=topic.title,
                content=extra.words("content") or (poll.question if poll else ""),
                meeting=extra.words("meeting") or held.meeting,
                held_on=held.day,
                counted=numbers_of(poll),
                executors=_executors(desk, topic, promised),
                funding=extra.words("funding") or _funding(promised),
                overseer=overseer,
                effective=extra.day("effective", desk.today) or held.day,
                remedy=extra.words("remedy") or text("office.remedy"),
                steps=steps,
                publicity=publicity,
                signers=tuple(text(f"papers.{name}") for name in ("chair", "recorder", "overseer")),
            ),
            edition,
        ),
    )


async def tasks_of(desk: Desk, topic: Topic) -> list[Task]:
    """What is to be carried out of a topic, dropped tasks left out."""
    return [one for one in await tasks.of_topic(desk.work.tx, topic.id) if one.state is not TaskState.DROPPED]


def owner_of(roll: Roll, task: Task) -> Person:
    """Who answers for a task; a firm or an office is named as it is."""
    if task.party:
        return Person(task.party, Standing.OFFICIAL)
    return roll.person(task.owner_id)


def _executors(desk: Desk, topic: Topic, promised: Sequence[Task]) -> tuple[Promise, ...]:
    """Who was named now, else who answers for the tasks; nobody while one of them is nobody's."""
    named = desk.extra.people("executors", desk.roll)
    if named:
        return tuple(Promise(topic.title, person) for person in named)
    owners = [owner_of(desk.roll, task) for task in promised]
    if not all(owner.name for owner in owners):
        return ()
    return tuple(
        Promise(task.title, owner, task.due_on, _yuan(task.budget))
        for task, owner in zip(promised, owners, strict=True)
    )


def _funding(promised: Sequence[Task]) -> str:
    budget = sum((task.budget for task in promised if task.budget), Decimal(0))
    return text("office.budgeted", money=ten_thousands(budget)) if budget else ""


def _yuan(budget: Decimal | None) -> str:
    return text("office.budgeted", money=ten_thousands(budget)) if budget else ""


async def _held(desk: Desk, topic: Topic, poll: Poll | None) -> _Held:
    zone = desk.work.settings.zone
    decided = await facts.decided_by_meetings(desk.work.tx, topic.id)
    if decided:
        return _Held(decided[-1].name, local_date(decided[-1].starts_at, zone))
    if poll:
        return _Held(held_by(poll), local_date(poll.closes_at, zone))
    return _Held("", desk.today)


async def _steps(desk: Desk, topic: Topic) -> tuple[Step, ...]:
    """The votes the matter went through; one that asked otherwise, or is too small to be told, has no numbers."""
    made = []
    for poll in await polls.of_topic(desk.work.tx, topic.id):
        found = numbers_of(poll) if _is_over(poll) else None
        if found and found.counts:
            heads = found.counts[0]
            day = local_date(poll.closes_at, desk.work.settings.zone)
            outcome = term("outcome", result_of(poll).outcome)
            form = text("office.form_poll")
            made.append(Step(held_by(poll), day, form, int(heads.roll), int(heads.present), outcome))
    return tuple(made)


def _is_over(poll: Poll) -> bool:
    return bool(poll.verdict) and not poll.void


async def _publicity(desk: Desk, topic: Topic) -> str:
    zone = desk.work.settings.zone
    told = [
        text(
            "office.published_from_to",
            label=text("labels.notice", number=one.number, year=one.year),
            first=long_day(local_date(one.posted_at, zone)),
            last=long_day(local_date(one.ends_at, zone)),
        )
        for one in await notices.of_topic(desk.work.tx, topic.id)
        if one.posted_at and one.ends_at
    ]
    return text("papers.and").join(told)


async def _overseer(desk: Desk) -> Person:
    named = desk.extra.people("overseer", desk.roll)
    if named:
        return named[0]
    post = term("role", Role.SUPERVISOR)
    return next((one for one in desk.roll.everybody if one.post == post), NOBODY)
