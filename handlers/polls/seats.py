"""Where a poll stands: at the stage of the case that it decides, or beside the case, where it decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from handlers.audience import group_of
from handlers.bodies import find
from handlers.bodies.catalogue import Computed, Counts, bodies, body
from handlers.choices.ask import Kind
from handlers.labels import topic_label
from handlers.moments import local_date
from handlers.polls.ordering import Order
from handlers.procedures.loader import parse
from handlers.procedures.model import Procedure, Stage
from handlers.procedures.terms import Outcome as Left
from handlers.procedures.terms import StageKind
from handlers.refusals import Refusal
from handlers.rules.rule import Outcome
from handlers.stage_rules import rule_json
from handlers.work import Work
from storage import cases, units, waits
from storage.records import GroupRole, Secrecy, Topic

_FORWARD: Final = frozenset({Left.ACCEPT, Left.PASSED, Left.CONDITIONAL, Left.DONE})
_RESIDENTS: Final = (GroupRole.RESIDENTS, GroupRole.HOUSEHOLD_NOTICE)
_HOUSEHOLDS: Final = (GroupRole.HOUSEHOLD_NOTICE, GroupRole.RESIDENTS)
_MEETS_IN: Final[Mapping[str, tuple[GroupRole, ...]]] = {
    "party_voting": (GroupRole.PARTY_REVIEW,),
    "village_reps": (GroupRole.REP_DECISION,),
    "resident_reps": (GroupRole.REP_DECISION,),
    "members_and_reps": (GroupRole.REP_DECISION,),
    "committees": (GroupRole.COMMITTEE,),
    "party_and_committee": (GroupRole.COMMITTEE,),
    "villagers18": _RESIDENTS,
    "residents18": _RESIDENTS,
    "anyone": _RESIDENTS,
    "households": _HOUSEHOLDS,
    "resident_households": _HOUSEHOLDS,
    "owners": _HOUSEHOLDS,
}
"""In which groups a body is asked that no stage names a group for; any other is asked privately."""
_USUAL_BODY: Final = "residents18"
"""Whose temperature is taken when nobody else is named."""


@dataclass(frozen=True, slots=True)
class Seat:
    """`bodies`: who may decide here, the usual one first; none where the matter is to say who. `rule` is JSON.

    `step_id` None: the case does not move, whatever comes of the poll. `meeting` is the name of a stage that
    otherwise takes a meeting, so that ballots in the chat need a ground; `remote` is the stage's own.
    """

    step_id: int | None
    bodies: tuple[str, ...]
    group: GroupRole | None
    rule: str
    basis: str
    remote: str
    secrecy: Secrecy
    invalid: Outcome
    meeting: str = ""
    stage: Stage | None = None


async def seat_for(work: Work, topic: Topic, order: Order) -> Seat:
    """The seat an order asks for. Refusal where the stage takes no vote and nobody else is named."""
    case = await cases.of_topic(work.tx, topic.id)
    found = await _current(work, topic) if case and case.step_id else None
    sense = order.ask is not None and order.ask.kind is Kind.SENSE
    if order.body or sense:
        return await _beside(work, topic, _asked(order.body, found[1] if found else None))
    if found is None and order.matter:
        return await _beside(work, topic)
    if found is None:
        raise Refusal("polls.no_stage", topic=topic_label(topic))
    step_id, stage = found
    if stage.kind is StageKind.POLL and stage.group is None and body(stage.body).counts is Counts.OWNER:
        return await _beside(work, topic, stage.body)
    if stage.kind not in {StageKind.MEETING, StageKind.POLL} or stage.group is None:
        raise Refusal("polls.not_a_poll_stage", stage=stage.name, topic=topic_label(topic))
    return _at(step_id, stage)


async def switch(work: Work, topic: Topic, seat: Seat, body_id: str) -> Seat:
    """The same seat when this one of its bodies decides, by another way of the same stage."""
    if seat.bodies[:1] == (body_id,):
        return seat
    if seat.stage is None or seat.step_id is None:
        return await _beside(work, topic, body_id)
    other = next(way for way in _ways(seat.stage) if way.body == body_id)
    return _at(seat.step_id, other)


async def current(work: Work, topic: Topic) -> tuple[int, Stage]:
    """The stage a topic is in, by the way that was chosen for it. Refusal when it is in none."""
    case = await cases.of_topic(work.tx, topic.id)
    if case is None or case.step_id is None:
        raise Refusal("polls.no_stage", topic=topic_label(topic))
    return await _current(work, topic)


async def studied_on(work: Work, topic: Topic, order: Order) -> date | None:
    """When the party organisation studied the matter: as the order says, else when its own stage was passed."""
    if order.studied_on:
        return order.studied_on
    days: list[date] = []
    for case in await cases.all_of_topic(work.tx, topic.id):
        procedure = parse(await cases.procedure_source(work.tx, case.digest))
        for step in await cases.path(work.tx, case.id):
            passed = step.left_at is not None and step.outcome in _FORWARD
            if passed and step.left_at and _is_party(procedure, step.stage):
                days.append(local_date(step.left_at, work.settings.zone))
    return max(days, default=None)


def _is_party(procedure: Procedure, stage_id: str) -> bool:
    return procedure.stage(stage_id).body.startswith("party_")


async def _current(work: Work, topic: Topic) -> tuple[int, Stage]:
    case = await cases.of_topic(work.tx, topic.id)
    assert case is not None
    assert case.step_id is not None
    procedure = parse(await cases.procedure_source(work.tx, case.digest))
    stage = procedure.stage(case.stage)
    wait = await waits.of_step(work.tx, case.step_id)
    if wait and wait.body != stage.body:
        stage = next((way for way in _ways(stage) if way.body == wait.body), stage)
    return case.step_id, stage


def _ways(stage: Stage) -> tuple[Stage, ...]:
    """The stage by each of its ways; another body is asked in its own group."""
    return (stage, *(_way(stage, route.id) for route in stage.routes))


def _way(stage: Stage, route_id: str) -> Stage:
    way = stage.route(route_id)
    meets_in = _MEETS_IN.get(way.body, ())
    return replace(way, group=meets_in[0]) if way.body != stage.body and meets_in else way


def _at(step_id: int, stage: Stage) -> Seat:
    others = (way.body for way in _ways(stage))
    meets = stage.kind is StageKind.MEETING
    return Seat(
        step_id=step_id,
        bodies=tuple(dict.fromkeys((stage.body, *others))),
        group=stage.group,
        rule=rule_json(stage.rule),
        basis=stage.rule.basis if stage.rule else "",
        remote=stage.remote_basis,
        secrecy=stage.secrecy,
        invalid=Outcome.INVALID_QUORUM if meets else Outcome.INVALID_PARTICIPATION,
        meeting=stage.name if meets else "",
        stage=stage,
    )


def _asked(said: str, stage: Stage | None) -> str:
    """The body that is named, else the stage's own where it can be asked, else the residents."""
    if not said:
        return stage.body if stage and body(stage.body).electorate else _USUAL_BODY
    named = find(said)
    if named is None or not (named.electorate or named.computed is Computed.ANYONE):
        names = "、".join(one.name for one in bodies().values() if one.electorate)
        raise Refusal("polls.which_body", said=said, names=names)
    return named.id


async def _beside(work: Work, topic: Topic, body_id: str = "") -> Seat:
    community = await units.get(work.tx, topic.community_id)
    group = None
    for role in _MEETS_IN.get(body_id, ()):
        if group is None and await group_of(work, community, role):
            group = role
    named = (body_id,) if body_id else ()
    return Seat(None, named, group, "", "", "", Secrecy.OPEN, Outcome.INVALID_PARTICIPATION)
