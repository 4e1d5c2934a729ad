"""Stages that gather what people say or offer: they are asked in public, and answer to the office alone."""

from handlers.audience import desk
from handlers.events import StageEntered
from handlers.intake.masking import mask
from handlers.labels import topic_label
from handlers.procedures.terms import StageKind
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.texts import text
from handlers.work import Work
from storage import cases, groups, topics, units
from storage.groups import address_of
from storage.messages import Button, Card
from storage.records import PUBLIC, Step, Topic

routes = Routes()


@routes.on(StageEntered)
async def invite(work: Work, event: StageEntered) -> None:
    """Everybody the stage is for is asked once, in the groups of its kind."""
    brief = event.brief
    if brief.kind != StageKind.COLLECT or brief.private or brief.group not in PUBLIC:
        return
    topic = await topics.get(work.tx, event.topic_id)
    community = await units.get(work.tx, topic.community_id)
    card = Card(
        text("topics.invite", topic=topic_label(topic), stage=brief.name, matter=mask(topic.text)),
        ((Button(text("topics.join"), press("collect.join", event.step_id)),),),
    )
    for group in await groups.below(work.tx, community, brief.group):
        address = address_of(group)
        work.say(address, card, once=f"collect:{event.step_id}:{address}")


@routes.press("collect.join")
async def join(work: Work, arguments: tuple[str, ...]) -> None:
    """Somebody offers or has something to say: the office hears who, nobody else does."""
    step, topic = await _open_step(work, arguments)
    member = await work.someone()
    community = await units.get(work.tx, topic.community_id)
    if member.community_id != community.id:
        raise Refusal("topics.elsewhere")
    said = text(
        "topics.joined", topic=topic_label(topic), title=topic.title, name=member.name, door=member.door
    )
    for address in await desk(work, community):
        work.say(address, said, once=f"collect:{step.id}:{member.id}:{address}")
    work.answer(text("topics.thanks"))


async def _open_step(work: Work, arguments: tuple[str, ...]) -> tuple[Step, Topic]:
    number = arguments[0] if arguments else ""
    if not number.isdigit() or not await cases.step_exists(work.tx, int(number)):
        raise Refusal("dispatch.stale_button")
    step = await cases.step_of(work.tx, int(number))
    if step.left_at is not None:
        raise Refusal("topics.collected_already")
    case = await cases.get(work.tx, step.case_id)
    return step, await topics.get(work.tx, case.topic_id)
