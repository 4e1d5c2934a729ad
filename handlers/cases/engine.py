"""The engine: a case enters stages, is told their outcomes, and goes where the procedure says.

It opens nothing itself: it records that a stage was entered, and whoever carries out that kind of stage follows.
"""

from dataclasses import replace

from handlers.cases import announce
from handlers.cases.brief import brief_for, limit_of
from handlers.cases.turns import Turn
from handlers.events import CaseEnded, StageDecided, StageEntered, StageLeft, TopicRaised
from handlers.labels import issue_label
from handlers.procedures.loader import parse
from handlers.procedures.model import End, Procedure, Stage
from handlers.procedures.shipped import Shelved, catalogue
from handlers.procedures.terms import Outcome, StageKind
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import cases, topics
from storage.messages import Due
from storage.records import Case, CaseState, Step, Topic

routes = Routes()
_WATCHED = frozenset({StageKind.SCREEN, StageKind.COLLECT})


def shelved(procedure_id: str) -> Shelved:
    """A procedure of the catalogue. Refusal for an unknown one."""
    found = catalogue().get(procedure_id)
    if found is None:
        raise Refusal("procedures.no_such", said=procedure_id)
    return found


async def procedure_of(work: Work, case: Case) -> Procedure:
    """The very version of the procedure that a case runs under."""
    return parse(await cases.procedure_source(work.tx, case.digest))


@routes.on(TopicRaised)
async def begin(work: Work, event: TopicRaised) -> None:
    """A topic was raised: its case starts at the first stage."""
    await start(work, await topics.get(work.tx, event.topic_id), shelved(event.procedure))


async def start(work: Work, topic: Topic, kept: Shelved) -> None:
    """Start a case of the topic under a procedure."""
    procedure = kept.procedure
    await cases.keep_procedure(work.tx, kept.digest, procedure.id, procedure.name, kept.source)
    new = Case(0, topic.id, kept.digest, CaseState.RUNNING, procedure.first.id, None, None, "", work.now)
    case = await cases.start(work.tx, new)
    first = await _collected(work, case, topic, procedure) or procedure.first
    await announce.started(work, topic, procedure, first)
    await reach(work, case, topic, first)


async def _collected(work: Work, case: Case, topic: Topic, procedure: Procedure) -> Stage | None:
    """A topic made of issues has been collected: the stage after a first stage that only collects."""
    after = procedure.after(procedure.first.id, Outcome.DONE)
    raised = await topics.issues_of(work.tx, topic.id)
    if procedure.first.kind is not StageKind.COLLECT or not raised or not isinstance(after, Stage):
        return None
    note = text("cases.collected", issues="、".join(issue_label(issue) for issue in raised))
    step = Step(0, case.id, procedure.first.id, work.now, work.now, Outcome.DONE, note)
    await cases.enter(work.tx, step)
    return after


async def reach(work: Work, case: Case, topic: Topic, stage: Stage) -> None:
    """Come to a stage: enter it, or first ask which of its lawful ways to take."""
    if not stage.routes:
        await enter(work, case, topic, stage)
        return
    await cases.change(work.tx, case.id, state=CaseState.ASKING, stage=stage.id, step_id=None, due_at=None)
    await announce.ask_route(work, case, topic, stage)


async def enter(work: Work, case: Case, topic: Topic, stage: Stage) -> None:
    """Enter a stage."""
    step = await cases.enter(work.tx, Step(0, case.id, stage.id, work.now, None, "", ""))
    limit = limit_of(stage, work.now, work.settings.zone)
    watched = limit if stage.kind in _WATCHED else None
    await cases.change(
        work.tx, case.id, state=CaseState.RUNNING, stage=stage.id, step_id=step.id, due_at=watched
    )
    procedure = await procedure_of(work, case)
    brief = brief_for(procedure, stage, work.now, work.settings.zone)
    await work.record(StageEntered(step.id, topic.id, brief))


@routes.on(StageDecided)
async def decided(work: Work, event: StageDecided) -> None:
    """A stage has its outcome: the case moves on. An outcome of a stage long left moves nothing."""
    step = await cases.step_of(work.tx, event.step_id)
    case = await cases.get(work.tx, step.case_id)
    if case.step_id != step.id or case.state is CaseState.ENDED:
        return
    procedure = await procedure_of(work, case)
    stage, outcome = procedure.stage(step.stage), Outcome(event.outcome)
    target = procedure.after(stage.id, outcome)
    if isinstance(target, Stage) and target.id == stage.id and outcome is Outcome.OVERDUE:
        return
    await cases.leave(work.tx, step.id, left_at=work.now, outcome=outcome, note=event.note)
    left = replace(step, outcome=outcome, note=event.note)
    topic = await topics.get(work.tx, case.topic_id)
    await move(work, case, topic, Turn(stage, left, target))


async def move(work: Work, case: Case, topic: Topic, turn: Turn) -> None:
    """Go where an outcome leads."""
    procedure = await procedure_of(work, case)
    await announce.turned(work, topic, procedure, turn)
    if turn.target is None:
        await cases.change(work.tx, case.id, state=CaseState.ASKING, step_id=None, due_at=None)
        await announce.ask_person(work, case, topic, procedure)
    elif isinstance(turn.target, Stage):
        await reach(work, case, topic, turn.target)
    else:
        await finish(work, case, topic, turn.target)


async def finish(work: Work, case: Case, topic: Topic, end: End) -> None:
    """A case comes to an end of its procedure; where the end names one way onward, the topic goes it by itself."""
    await cases.change(work.tx, case.id, state=CaseState.ENDED, step_id=None, due_at=None, ended_as=end.id)
    if len(end.onward) == 1:
        await start(work, topic, shelved(end.onward[0]))
    elif end.onward:
        await announce.ask_onward(work, case, topic, end)
    else:
        await topics.end(work.tx, topic.id)
    await work.record(CaseEnded(case.id, topic.id, end.id, end.sense))


async def leave(work: Work, case: Case, note: str) -> None:
    """Leave the stage a case is in without its own outcome: what is open for it lapses."""
    if case.step_id is not None:
        await cases.leave(work.tx, case.step_id, left_at=work.now, outcome="", note=note)
        await work.record(StageLeft(case.step_id))


@routes.due("case.due")
async def late(work: Work, due: Due) -> None:
    """A person's decision is late: whoever has to take it is told once."""
    case = await cases.get(work.tx, due.subject)
    await cases.change(work.tx, case.id, due_at=None)
    topic = await topics.get(work.tx, case.topic_id)
    procedure = await procedure_of(work, case)
    stage = procedure.stage(case.stage)
    if stage.kind is StageKind.COLLECT and case.step_id is not None:
        await work.record(StageDecided(case.step_id, Outcome.DONE))
        return
    await announce.late(work, topic, stage, case)
