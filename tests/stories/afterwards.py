"""What stories about the time after a decision need: an issue that people stand behind, and a case put in a stage."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.cases import engine
from handlers.events import Event
from handlers.work import Work, write_down
from storage import cases, groups, issues, topics, units
from storage.database import Transaction
from storage.messages import Address, Due, Inbound
from storage.records import Case, CaseState, Category, Issue, IssueState, Kind, Level, Topic, TopicState
from tests.people import Person
from tests.world import COMMUNITY, World


def issue_in(
    world: World,
    text: str,
    reporter: Person | None = None,
    supporters: tuple[Person, ...] = (),
    group: str = "居民群",
) -> int:
    """An issue that was raised in a group and is supported; its id."""

    async def job(tx: Transaction) -> int:
        unit = (await units.named(tx, COMMUNITY))[0]
        bound = await groups.at(tx, world.groups[group])
        assert bound is not None
        number = await units.next_number(tx, unit.id, "issue", 2026)
        made = await issues.add(
            tx,
            Issue(
                0, unit.id, 2026, number, IssueState.FILED, Kind.ISSUE, Category.BUILDING, Level.U2, "3号楼2单元",
                text, "", reporter.id if reporter else None, bound.id, f"m{number}", world.clock.now(), unit.id,
                None, "", None, None, None, "", None,
            ),
        )  # fmt: skip
        for person in supporters:
            await issues.support(tx, made.id, person.id, world.clock.now())
        return made.id

    return world.run(world.app.database.write(job))


def topic_of(world: World, title: str, text: str, *issue_ids: int) -> int:
    """A topic made of issues; its id."""

    async def job(tx: Transaction) -> int:
        unit = (await units.named(tx, COMMUNITY))[0]
        number = await units.next_number(tx, unit.id, "topic", 2026)
        topic = await topics.add(
            tx, Topic(0, unit.id, 2026, number, title, text, TopicState.OPEN, None, world.clock.now())
        )
        for issue_id in issue_ids:
            await topics.join(tx, topic.id, issue_id)
        return topic.id

    return world.run(world.app.database.write(job))


def happens(world: World, *events: Event) -> None:
    """Events that another part of the house records."""

    async def record(work: Work) -> None:
        for event in events:
            await work.record(event)

    _do(world, record)


def reaches(world: World, topic_id: int, procedure: str, stage: str) -> None:
    """The topic's case under a procedure comes to a stage."""

    async def enter(work: Work) -> None:
        kept = engine.shelved(procedure)
        await cases.keep_procedure(work.tx, kept.digest, kept.procedure.id, kept.procedure.name, kept.source)
        found = await cases.of_topic(work.tx, topic_id)
        if found is None or found.state is CaseState.ENDED:
            new = Case(0, topic_id, kept.digest, CaseState.RUNNING, stage, None, None, "", work.now)
            found = await cases.start(work.tx, new)
        topic = await topics.get(work.tx, topic_id)
        await engine.enter(work, replace(found, stage=stage), topic, kept.procedure.stage(stage))

    _do(world, enter)


def stage_of(world: World, topic_id: int) -> tuple[object, ...]:
    """(stage, state, end) of the topic's case."""
    return world.rows(
        "SELECT stage, state, ended_as FROM cases WHERE topic_id = ? ORDER BY id DESC", topic_id
    )[0]


def outcomes_of(world: World) -> list[str]:
    """What was decided of stages, in order."""
    rows = world.rows("SELECT detail FROM journal WHERE event = 'StageDecided' ORDER BY id")
    return [str(row[0]).split('"outcome": "')[1].split('"')[0] for row in rows]


def _do(world: World, act: Callable[[Work], Awaitable[None]]) -> None:
    async def job(tx: Transaction) -> None:
        now = world.clock.now()
        event = Inbound("clock", "story", Address("clock", "story"), now, Due("story", 0, now))
        work = Work(tx, world.app.dispatch.house, event, now)
        await act(work)
        await write_down(tx, [work], now)

    world.run(world.app.database.write(job))
    world.deliver()
