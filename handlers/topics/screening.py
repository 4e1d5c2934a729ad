"""Stages in which a person decides: whoever has to is shown the choices, and one word settles it."""

from handlers.audience import address_for, desk
from handlers.bodies import name_of, people
from handlers.events import StageBrief, StageDecided, StageEntered, StageLeft
from handlers.labels import topic_label
from handlers.permissions import DESK, holds
from handlers.procedures.describe import outcome_label
from handlers.procedures.loader import parse
from handlers.procedures.model import Stage
from handlers.procedures.terms import Outcome, StageKind
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.texts import text
from handlers.topics.lookup import mentioned
from handlers.work import Work
from storage import cases, topics, units
from storage.messages import Address, Button, Card, Said
from storage.records import PUBLIC, Step, Topic

routes = Routes()
_BY_ONE_PERSON = frozenset({StageKind.SCREEN, StageKind.COLLECT})


@routes.on(StageEntered)
async def ask(work: Work, event: StageEntered) -> None:
    """Show the choices to whoever has to decide."""
    if event.brief.kind not in _BY_ONE_PERSON:
        return
    card = await draw(work, event.step_id)
    for address in await _deciders(work, event.topic_id, event.brief):
        work.say(
            address,
            card or Card(""),
            subject=f"screen:{event.step_id}",
            once=f"screen:{event.step_id}:{address}",
        )


@routes.card("screen")
async def draw(work: Work, step_id: int) -> Card | None:
    """The question with its buttons; once decided, what was decided."""
    step = await cases.step_of(work.tx, step_id)
    topic, stage = await _stage_of(work, step)
    head = text(
        "topics.screen",
        topic=topic_label(topic),
        title=topic.title,
        stage=stage.name,
        body=name_of(stage.body),
    )
    if step.left_at is not None:
        return Card(text("topics.screened", head=head, outcome=_word(stage, step.outcome), note=step.note))
    buttons = [
        Button(outcome_label(stage, edge.outcome), press("screen.decide", step_id, edge.outcome))
        for edge in stage.edges
    ]
    return Card(
        text("topics.screen_ask", head=head, matter=topic.text, topic=topic_label(topic)),
        tuple((one,) for one in buttons),
    )


@routes.on(StageLeft)
async def lapsed(work: Work, event: StageLeft) -> None:
    """The stage was left another way: nobody needs to decide it."""
    work.refresh(f"screen:{event.step_id}")


@routes.press("screen.decide")
async def decide(work: Work, arguments: tuple[str, ...]) -> None:
    """A choice was pressed."""
    number, outcome = (*arguments, "", "")[:2]
    if not number.isdigit() or not await cases.step_exists(work.tx, int(number)):
        raise Refusal("dispatch.stale_button")
    await settle(work, await cases.step_of(work.tx, int(number)), outcome, "")


@routes.command("决定", "decide")
async def decide_in_words(work: Work, said: Said, rest: str) -> None:
    """`决定 议7 同意 [说明]`: the word is the one on the button."""
    topic, words = await mentioned(work, said, rest, "topics.decide_usage")
    case = await cases.of_topic(work.tx, topic.id)
    if case is None or case.step_id is None:
        raise Refusal("topics.nothing_to_decide", topic=topic_label(topic))
    step = await cases.step_of(work.tx, case.step_id)
    _, stage = await _stage_of(work, step)
    word, _, note = words.partition(" ")
    chosen = next((edge.outcome for edge in stage.edges if outcome_label(stage, edge.outcome) == word), None)
    if stage.kind not in _BY_ONE_PERSON:
        raise Refusal("topics.not_by_one_person", stage=stage.name)
    if chosen is None:
        raise Refusal("topics.choices", topic=topic_label(topic), words=_words(stage))
    await settle(work, step, chosen, note.strip())


async def settle(work: Work, step: Step, outcome: str, note: str) -> None:
    """Decide a stage. Refusal when it is not theirs to decide, was decided before, or offers no such thing."""
    topic, stage = await _stage_of(work, step)
    await _require_decider(work, topic, stage)
    if step.left_at is not None:
        raise Refusal("topics.decided_already", outcome=_word(stage, step.outcome))
    if stage.kind not in _BY_ONE_PERSON or outcome not in {edge.outcome for edge in stage.edges}:
        raise Refusal("dispatch.stale_button")
    await work.record(StageDecided(step.id, outcome, note))
    work.refresh(f"screen:{step.id}")
    work.answer(
        text("topics.decided", topic=topic_label(topic), stage=stage.name, outcome=_word(stage, outcome))
    )


async def _deciders(work: Work, topic_id: int, brief: StageBrief) -> list[Address]:
    topic = await topics.get(work.tx, topic_id)
    community = await units.get(work.tx, topic.community_id)
    theirs = brief.group and brief.group not in PUBLIC and not brief.private
    if theirs and brief.group and (group := await address_for(work, community, brief.group)):
        return [group]
    return await desk(work, community)


async def _require_decider(work: Work, topic: Topic, stage: Stage) -> None:
    community = await units.get(work.tx, topic.community_id)
    if await holds(work, community, *DESK):
        return
    body = await people(work, stage.body, topic.id) if stage.kind is StageKind.SCREEN else []
    if work.member is None or work.member.id not in {member.id for member in body}:
        raise Refusal("topics.not_the_decider", body=name_of(stage.body))


async def _stage_of(work: Work, step: Step) -> tuple[Topic, Stage]:
    case = await cases.get(work.tx, step.case_id)
    procedure = parse(await cases.procedure_source(work.tx, case.digest))
    return await topics.get(work.tx, case.topic_id), procedure.stage(step.stage)


def _word(stage: Stage, outcome: str) -> str:
    return outcome_label(stage, Outcome(outcome)) if outcome else text("topics.lapsed")


def _words(stage: Stage) -> str:
    return "、".join(outcome_label(stage, edge.outcome) for edge in stage.edges)
