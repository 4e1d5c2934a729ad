"""What people hear of a case: each step once, in the groups it concerns."""

from collections.abc import Iterable

from handlers.audience import desk, topic_origins
from handlers.cases.turns import Turn
from handlers.labels import topic_label
from handlers.procedures.describe import outcome_label, period_text
from handlers.procedures.model import End, Procedure, Stage
from handlers.procedures.shipped import catalogue
from handlers.procedures.terms import Outcome
from handlers.routes import press
from handlers.texts import text
from handlers.work import Work
from storage import polls, units
from storage.messages import Address, Button, Card
from storage.records import Case, Topic, Unit


async def started(work: Work, topic: Topic, procedure: Procedure, stage: Stage) -> None:
    """Those who raised the matter hear that it is a topic now, by which way it will be decided, and what is first."""
    said = text(
        "cases.started",
        topic=topic_label(topic),
        title=topic.title,
        procedure=procedure.name,
        next=_next(stage),
    )
    await _tell_origins(work, topic, procedure, said, f"case:{topic.id}:started:{procedure.id}")


async def turned(work: Work, topic: Topic, procedure: Procedure, turn: Turn) -> None:
    """Those who raised the matter hear how a step ended and what comes next, in one message.

    Where a poll decided, its verdict has been told in full already.
    """
    if not turn.step.outcome or await polls.of_step(work.tx, turn.step.id):
        said = text("cases.next", topic=topic_label(topic), title=topic.title, next=_next(turn.target))
    else:
        said = text(
            "cases.turned",
            topic=topic_label(topic),
            title=topic.title,
            stage=turn.stage.name,
            outcome=outcome_label(turn.stage, Outcome(turn.step.outcome)),
            note=text("cases.note", note=turn.step.note.rstrip("。")) if turn.step.note else "",
            next=_next(turn.target),
        )
    await _tell_origins(work, topic, procedure, said, f"step:{turn.step.id}:left")


def _next(target: Stage | End | None) -> str:
    if target is None:
        return text("cases.next_unknown")
    if isinstance(target, End):
        return text("cases.next_end", end=target.name)
    within = text("cases.within", period=period_text(target.limit.period)) if target.limit else ""
    return text("cases.next_stage", stage=target.name, within=within)


async def ask_route(work: Work, case: Case, topic: Topic, stage: Stage) -> None:
    """The office chooses which of a stage's lawful ways to take."""
    rows = [Button(text("cases.usual_route"), press("case.route", case.id, ""))]
    rows += [Button(route.name, press("case.route", case.id, route.id)) for route in stage.routes]
    said = text("cases.ask_route", topic=topic_label(topic), title=topic.title, stage=stage.name)
    await _ask_desk(work, topic, said, rows)


async def ask_person(work: Work, case: Case, topic: Topic, procedure: Procedure) -> None:
    """No edge answers what happened: the office says where the case goes."""
    rows = [
        Button(text("cases.to_stage", stage=stage.name), press("case.go", case.id, stage.id))
        for stage in procedure.stages
    ]
    rows += [
        Button(text("cases.to_end", end=end.name), press("case.go", case.id, end.id))
        for end in procedure.ends
    ]
    said = text("cases.ask_person", topic=topic_label(topic), title=topic.title)
    await _ask_desk(work, topic, said, rows)


async def ask_onward(work: Work, case: Case, topic: Topic, end: End) -> None:
    """An end that may lead into several procedures: the office chooses."""
    rows = [
        Button(found.procedure.name, press("case.onward", case.id, procedure_id))
        for procedure_id in end.onward
        if (found := catalogue().get(procedure_id))
    ]
    said = text("cases.ask_onward", topic=topic_label(topic), title=topic.title, end=end.name)
    await _ask_desk(work, topic, said, rows)


async def late(work: Work, topic: Topic, stage: Stage, case: Case) -> None:
    """The office hears that a decision is late."""
    said = text("cases.late", topic=topic_label(topic), title=topic.title, stage=stage.name)
    for address in await desk(work, await _community(work, topic)):
        work.say(address, said, once=f"step:{case.step_id}:late:{address}")


async def _tell_origins(work: Work, topic: Topic, procedure: Procedure, said: str, once: str) -> None:
    if procedure.private:
        return
    for address in await topic_origins(work, topic.id):
        work.say(address, said, once=f"{once}:{address}")


async def _ask_desk(work: Work, topic: Topic, said: str, buttons: Iterable[Button]) -> None:
    card = Card(said, tuple((button,) for button in buttons))
    for address in await _desk(work, topic):
        work.say(address, card, subject=f"topic:{topic.id}")


async def _desk(work: Work, topic: Topic) -> list[Address]:
    return await desk(work, await _community(work, topic))


async def _community(work: Work, topic: Topic) -> Unit:
    return await units.get(work.tx, topic.community_id)
