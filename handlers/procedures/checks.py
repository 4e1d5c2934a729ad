"""What a procedure must be as a whole: every stage reachable, every way ending, nothing below the law."""

from collections import Counter
from collections.abc import Iterable, Mapping

from handlers.bodies.catalogue import bodies
from handlers.procedures.faults import Faults
from handlers.procedures.floors import check_floors
from handlers.procedures.model import Procedure, Stage
from handlers.procedures.periods import surely_minutes
from handlers.procedures.stages import Draft
from handlers.procedures.terms import Grade, Outcome, StageKind
from handlers.procedures.whole import Whole
from storage.records import GroupRole

VOTED = frozenset({StageKind.POLL, StageKind.MEETING})
RULED = VOTED | {StageKind.SURVEY}
INDOORS = frozenset({GroupRole.CASE_ROOM, None})


def check(whole: Whole, known: frozenset[str], faults: Faults) -> None:
    """Note every fault that shows only when the parts are seen together."""
    procedure = whole.procedure
    _check_names(whole, faults)
    _check_ends(procedure, known, faults)
    _check_edges(whole, faults)
    _check_grounds(procedure, faults)
    for stage in procedure.stages:
        _check_stage(stage, faults)
        check_floors(stage, faults)
        if procedure.private:
            _check_private(stage, faults)


def _check_names(whole: Whole, faults: Faults) -> None:
    ids = [draft.id for draft in whole.drafts if draft.id]
    ends = [end.id for end in whole.procedure.ends]
    for twice in _repeated([*ids, *ends]):
        faults.error("id_twice", stage=twice)
    for stage in whole.procedure.stages:
        for twice in _repeated(route.id for route in stage.routes):
            faults.error("route_twice", stage=stage.id, route=twice)
    if not whole.drafts:
        faults.error("no_stages")
    if not ends:
        faults.error("no_ends")


def _repeated(ids: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(ids).items() if times > 1]


def _check_ends(procedure: Procedure, known: frozenset[str], faults: Faults) -> None:
    ends = [end.id for end in procedure.ends]
    if procedure.stop and procedure.stop not in ends:
        faults.unknown("unknown_end", procedure.stop, ends)
    for end in procedure.ends:
        for target in end.onward:
            if target not in known:
                faults.unknown("unknown_onward", target, sorted(known), end=end.id)


def _check_edges(whole: Whole, faults: Faults) -> None:
    ends = {end.id for end in whole.procedure.ends}
    drafts = {draft.id: draft for draft in whole.drafts}
    for draft in whole.drafts:
        for target in draft.targets:
            if target and target not in ends and target not in drafts:
                faults.unknown("edge_to_nowhere", target, [*drafts, *ends], stage=draft.id)
    reached = _reached(whole.drafts[0].id, drafts) if whole.drafts else set()
    for stage_id in drafts:
        if stage_id not in reached:
            faults.error("unreachable", stage=stage_id)
    for stage_id in _without_way_out(drafts, ends):
        faults.error("no_way_out", stage=stage_id)
    for end in ends - reached - {whole.procedure.stop}:
        faults.warn("end_unused", end=end)


def _reached(first: str, drafts: Mapping[str, Draft]) -> set[str]:
    found = {first}
    ahead = [first]
    while ahead:
        draft = drafts.get(ahead.pop())
        fresh = [target for target in draft.targets if target not in found] if draft else []
        found.update(fresh)
        ahead += fresh
    return found


def _without_way_out(drafts: Mapping[str, Draft], ends: set[str]) -> list[str]:
    leading = set(ends)
    grown = True
    while grown:
        fresh = {name for name, draft in drafts.items() if name not in leading and leading & {*draft.targets}}
        leading |= fresh
        grown = bool(fresh)
    return [name for name in drafts if name not in leading]


def _check_grounds(procedure: Procedure, faults: Faults) -> None:
    if not procedure.basis:
        faults.error("without_basis")
    for initiator in procedure.raised_by:
        if initiator.grade is Grade.LAW and not initiator.basis:
            faults.error("initiator_without_law", body=initiator.body)


def _check_stage(stage: Stage, faults: Faults) -> None:
    _check_answers(stage, faults)
    _check_votes(stage, faults)
    if stage.kind is StageKind.NOTICE and stage.limit is None:
        faults.error("notice_without_days", stage=stage.id)
    if stage.shortest and stage.kind is not StageKind.POLL:
        faults.error("misplaced", stage=stage.id, name="days_min", kind=stage.kind.value)
    if stage.wait and stage.kind is not StageKind.SURVEY:
        faults.error("misplaced", stage=stage.id, name="wait_days", kind=stage.kind.value)
    if stage.start_within and stage.kind is not StageKind.NOTICE:
        faults.error("misplaced", stage=stage.id, name="start_days", kind=stage.kind.value)
    for option in (stage, *(stage.route(route.id) for route in stage.routes)):
        _check_window(option, faults)
        _check_article(option, faults)


def _check_answers(stage: Stage, faults: Faults) -> None:
    for outcome in stage.arising:
        if stage.edge(outcome) is None and outcome not in stage.ask:
            faults.warn("unanswered", stage=stage.id, outcome=outcome.value)
    if stage.kind is StageKind.SCREEN and Outcome.ACCEPT not in (edge.outcome for edge in stage.edges):
        faults.warn("unanswered", stage=stage.id, outcome=Outcome.ACCEPT.value)


def _check_window(stage: Stage, faults: Faults) -> None:
    if stage.limit is None or stage.shortest is None:
        return
    if surely_minutes(stage.shortest.period) > surely_minutes(stage.limit.period):
        faults.error("shortest_above_longest", stage=stage.id)


def _check_article(stage: Stage, faults: Faults) -> None:
    by_law = [
        term for term in (stage.limit, stage.start_within, stage.wait) if term and term.grade is Grade.LAW
    ]
    uncited = stage.rule and stage.rule.grade is Grade.LAW and not stage.rule.basis
    if (by_law or uncited) and not stage.basis:
        faults.warn("law_without_article", stage=stage.id)


def _check_votes(stage: Stage, faults: Faults) -> None:
    rules = [rule for rule in (stage.rule, *(route.rule for route in stage.routes)) if rule]
    if stage.kind is StageKind.POLL and not any(rule.passing for rule in rules):
        faults.error("poll_without_rule", stage=stage.id)
    if rules and stage.kind not in RULED:
        faults.error("misplaced", stage=stage.id, name="rule", kind=stage.kind.value)
    if stage.allow_change_until_close and stage.kind not in VOTED:
        faults.error("misplaced", stage=stage.id, name="allow_change_until_close", kind=stage.kind.value)
    if stage.kind in VOTED:
        _check_electorates(stage, faults)


def _check_electorates(stage: Stage, faults: Faults) -> None:
    for name in (stage.body, *(route.body for route in stage.routes if route.body)):
        body = bodies().get(name)
        if body and not body.electorate:
            faults.error("not_an_electorate", stage=stage.id, body=body.name)
    on_owners = "owners" in {stage.body, *(route.body for route in stage.routes)}
    if on_owners and not (stage.offline or stage.advisory):
        faults.error("owners_in_chat", stage=stage.id)


def _check_private(stage: Stage, faults: Faults) -> None:
    if stage.kind is StageKind.NOTICE:
        faults.error("private_notice", stage=stage.id)
    if stage.group not in INDOORS:
        faults.error("private_group", stage=stage.id, group=stage.group.value if stage.group else "")
