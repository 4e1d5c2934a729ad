"""议题: what the community is working on, and how far each has come."""

from handlers.labels import topic_label
from handlers.moments import day
from handlers.procedures.describe import outcome_label
from handlers.procedures.loader import parse
from handlers.procedures.paths import CasePath, Visit, case_path
from handlers.procedures.terms import Outcome
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.topics.lookup import by_number
from handlers.words import narrow
from handlers.work import Work
from storage import cases, topics
from storage.messages import Said
from storage.records import Case, Step, Topic

routes = Routes()


@routes.command("议题", "topics", where=Where.STAFF | Where.PRIVATE)
async def list_topics(work: Work, said: Said, rest: str) -> None:
    """What is open, each with the stage it is in."""
    del said
    if number := "".join(filter(str.isdigit, narrow(rest))):
        work.answer(await progress(work, await by_number(work, int(number))))
        return
    community = await work.community()
    lines = [await _line(work, topic) for topic in await topics.open_ones(work.tx, community.id)]
    work.answer("\n".join([text("topics.open"), *lines]) if lines else text("topics.none_open"))


async def progress(work: Work, topic: Topic) -> str:
    """The whole path of a topic so far and what comes next, as lines."""
    lines = [text("topics.progress", topic=topic_label(topic), title=topic.title)]
    for case in await cases.all_of_topic(work.tx, topic.id):
        lines += await _case_lines(work, case)
    return "\n".join(lines)


async def _line(work: Work, topic: Topic) -> str:
    case = await cases.of_topic(work.tx, topic.id)
    stage = ""
    if case:
        procedure = parse(await cases.procedure_source(work.tx, case.digest))
        stage = procedure.stage(case.stage).name
    return text("topics.line", topic=topic_label(topic), title=topic.title, stage=stage)


async def _case_lines(work: Work, case: Case) -> list[str]:
    procedure = parse(await cases.procedure_source(work.tx, case.digest))
    steps = await cases.path(work.tx, case.id)
    visits = [Visit(step.stage, Outcome(step.outcome) if step.outcome else None) for step in steps]
    path = case_path(procedure, visits)
    lines = [text("topics.under", procedure=procedure.name)]
    lines += [_done(work, path, step, index) for index, step in enumerate(steps) if step.left_at]
    if path.now:
        limit = text("topics.until", day=day(case.due_at, work.settings.zone)) if case.due_at else ""
        lines.append(text("topics.now", stage=path.now.name, limit=limit))
    lines += [text("topics.ahead", stage=stage.name) for stage in path.ahead]
    if case.ended_as:
        lines.append(text("topics.end", end=procedure.end(case.ended_as).name))
    return lines


def _done(work: Work, path: CasePath, step: Step, index: int) -> str:
    done = path.done[index] if index < len(path.done) else None
    stage = done.stage if done else None
    word = outcome_label(stage, Outcome(step.outcome)) if stage and step.outcome else ""
    name = stage.name if stage else step.stage
    assert step.left_at is not None
    note = text("topics.note", note=step.note) if step.note else ""
    return text("topics.done", stage=name, day=day(step.left_at, work.settings.zone), outcome=word, note=note)
