"""The office's word where a procedure leaves the choice to a person."""

from handlers.cases import engine
from handlers.permissions import DESK, require
from handlers.procedures.model import Stage
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import cases, topics, units
from storage.records import Case, CaseState, Topic

routes = Routes()


@routes.press("case.route")
async def take_route(work: Work, arguments: tuple[str, ...]) -> None:
    """Take one of a stage's ways ("" is the usual one)."""
    case, topic, (route_id,) = await _asked(work, arguments)
    stage = (await engine.procedure_of(work, case)).stage(case.stage)
    chosen = next((route.id for route in stage.routes if route.id == route_id), "")
    if route_id != chosen:
        raise Refusal("dispatch.stale_button")
    await engine.enter(work, case, topic, stage.route(chosen) if chosen else stage)
    work.answer(text("cases.route_taken", stage=stage.route(chosen).name if chosen else stage.name))


@routes.press("case.go")
async def go(work: Work, arguments: tuple[str, ...]) -> None:
    """Go to a stage or an end that a person named."""
    case, topic, (target_id,) = await _asked(work, arguments)
    procedure = await engine.procedure_of(work, case)
    known = {stage.id for stage in procedure.stages} | {end.id for end in procedure.ends}
    if target_id not in known:
        raise Refusal("dispatch.stale_button")
    target = procedure.end(target_id) if procedure.is_end(target_id) else procedure.stage(target_id)
    if isinstance(target, Stage):
        await engine.reach(work, case, topic, target)
    else:
        await engine.finish(work, case, topic, target)
    work.answer(text("cases.gone", target=target.name))


@routes.press("case.onward")
async def onward(work: Work, arguments: tuple[str, ...]) -> None:
    """Go on under another procedure that the end reached allows."""
    case, topic, (procedure_id,) = await _known(work, arguments)
    end = (await engine.procedure_of(work, case)).end(case.ended_as)
    latest = await cases.of_topic(work.tx, topic.id)
    if procedure_id not in end.onward or latest is None or latest.id != case.id:
        raise Refusal("dispatch.stale_button")
    kept = engine.shelved(procedure_id)
    await engine.start(work, topic, kept)
    work.answer(text("cases.onward", procedure=kept.procedure.name))


async def _asked(work: Work, arguments: tuple[str, ...]) -> tuple[Case, Topic, tuple[str, ...]]:
    case, topic, rest = await _known(work, arguments)
    if case.state is not CaseState.ASKING:
        raise Refusal("cases.not_asking")
    return case, topic, rest


async def _known(work: Work, arguments: tuple[str, ...]) -> tuple[Case, Topic, tuple[str, ...]]:
    number, *rest = arguments
    case = await cases.find(work.tx, int(number)) if number.isdigit() else None
    if case is None or len(rest) != 1 or (case.state is CaseState.ENDED and not case.ended_as):
        raise Refusal("dispatch.stale_button")
    topic = await topics.get(work.tx, case.topic_id)
    await require(work, await units.get(work.tx, topic.community_id), *DESK)
    return case, topic, tuple(rest)
