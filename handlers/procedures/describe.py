"""Telling a procedure and its faults to people, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.bodies.catalogue import bodies
from handlers.procedures.faults import Fault, Severity
from handlers.procedures.model import End, Initiator, Procedure, Share, Stage, StageRule
from handlers.procedures.periods import CalendarDays, Hours, Minutes, Period, Term, WorkDays
from handlers.procedures.terms import Bound, Grade, Outcome
from handlers.texts import text
from storage.records import Secrecy

SEPARATOR = "、"


@dataclass(frozen=True, slots=True)
class Line:
    """A line to show, indented by so many steps."""

    depth: int
    text: str


def describe(procedure: Procedure) -> tuple[Line, ...]:
    """The whole procedure: its head, every stage with its numbers and ways out, its ends."""
    lines = [Line(0, text("procedures.head", name=procedure.name, id=procedure.id))]
    lines += [Line(1, said) for said in _head(procedure)]
    for number, stage in enumerate(procedure.stages, start=1):
        lines.append(Line(0, _title(number, stage)))
        lines += [Line(1, said) for said in _details(stage)]
        lines += [Line(1, said) for said in _routes(stage)]
        lines += [Line(2, said) for said in _ways_out(procedure, stage)]
    lines += [Line(0, _end(end)) for end in procedure.ends]
    return tuple(lines)


def fault_lines(faults: Iterable[Fault]) -> tuple[str, ...]:
    """One line a fault, with its place; warnings are marked as such."""
    return tuple(_fault_line(fault) for fault in faults)


def outcome_label(stage: Stage, outcome: Outcome) -> str:
    """The word for an outcome in this stage: the file's own, or the usual one."""
    edge = stage.edge(outcome)
    return edge.label if edge and edge.label else text(f"procedures.outcome_{outcome.value}")


def period_text(period: Period) -> str:
    """A period as people say it."""
    match period:
        case CalendarDays(count):
            return text("procedures.period_days", count=count)
        case WorkDays(count):
            return text("procedures.period_work_days", count=count)
        case Hours(count):
            return text("procedures.period_hours", count=count)
        case Minutes(count):
            return text("procedures.period_minutes", count=count)


def grade_text(grade: Grade) -> str:
    """How good the ground of a number is."""
    return text(f"procedures.grade_{'unchecked_law' if grade is Grade.UNCHECKED_LAW else grade.value}")


def share_text(share: Share) -> str:
    """A bound in words, with 以上 and 超过 kept apart."""
    word = (
        "op_all" if share.fraction == 1 else "op_at_least" if share.op is Bound.AT_LEAST else "op_more_than"
    )
    base = text(f"procedures.base_{share.base.value}")
    return text(f"procedures.{word}", base=base, fraction=share.fraction)


def body_text(body_id: str) -> str:
    """A body's Chinese name."""
    return bodies()[body_id].name


def _fault_line(fault: Fault) -> str:
    sentence = text(fault.key, **fault.fields)
    stage = fault.fields.get("stage", "")
    word = "fault_whole" if not stage else "fault_in_stage" if fault.line is None else "fault_at_line"
    line = text(f"procedures.{word}", sentence=sentence, stage=stage, line=fault.line)
    return text("procedures.warning", line=line) if fault.severity is Severity.WARNING else line


def _head(procedure: Procedure) -> Iterator[str]:
    if procedure.summary:
        yield text("procedures.head_summary", summary=procedure.summary)
    yield text("procedures.head_basis", basis=SEPARATOR.join(procedure.basis))
    yield text("procedures.head_grade", grade=grade_text(procedure.grade))
    if procedure.raised_by:
        who = SEPARATOR.join(_initiator(initiator) for initiator in procedure.raised_by)
        yield text("procedures.head_raised", who=who)
    if procedure.private:
        yield text("procedures.head_private")


def _initiator(initiator: Initiator) -> str:
    body = body_text(initiator.body)
    if initiator.share:
        return text("procedures.raised_share", fraction=initiator.share, body=body)
    if initiator.heads:
        return text("procedures.raised_heads", heads=initiator.heads, body=body)
    return text("procedures.raised_body", body=body)


def _title(number: int, stage: Stage) -> str:
    kind = text(f"procedures.kind_{stage.kind.value}")
    return text(
        "procedures.stage_line", number=number, name=stage.name, kind=kind, body=body_text(stage.body)
    )


def _details(stage: Stage) -> Iterator[str]:
    if stage.rule:
        yield from _rule(stage.rule)
    yield from _times(stage)
    if stage.every and stage.every_grade:
        every = text(f"procedures.every_{stage.every.value}")
        yield text("procedures.stage_every", every=every, grade=grade_text(stage.every_grade))
    if stage.agenda_max:
        yield text("procedures.stage_agenda_max", count=stage.agenda_max)
    if stage.parties:
        parties = SEPARATOR.join(body_text(party) for party in stage.parties)
        yield text("procedures.stage_parties", parties=parties)
    yield from _marks(stage)


def _marks(stage: Stage) -> Iterator[str]:
    if stage.offline:
        yield text("procedures.stage_group", group=text("procedures.place_offline"))
    if stage.advisory:
        yield text("procedures.stage_advisory")
    if stage.secrecy is Secrecy.SECRET:
        yield text("procedures.stage_secret")
    if stage.remote_counts:
        yield text("procedures.stage_remote", basis=stage.remote_basis)
    if stage.doc:
        yield text("procedures.stage_doc", doc=stage.doc)
    if stage.basis:
        yield text("procedures.stage_basis", basis=stage.basis)


def _rule(rule: StageRule) -> Iterator[str]:
    measures = SEPARATOR.join(text(f"procedures.measure_{measure.value}") for measure in rule.measures)
    for word, share in (("quorum", rule.quorum), ("passing", rule.passing)):
        if share:
            yield text(f"procedures.stage_{word}", share=share_text(share), measures=measures)
    yield text("procedures.stage_rule_ground", grade=grade_text(rule.grade), basis=rule.basis).strip()


def _times(stage: Stage) -> Iterator[str]:
    terms: tuple[tuple[str, Term | None], ...] = (
        (f"limit_{stage.kind.value}", stage.limit),
        ("shortest", stage.shortest),
        ("start_within", stage.start_within),
        ("wait", stage.wait),
    )
    for word, term in terms:
        if term:
            period = period_text(term.period)
            yield text(f"procedures.stage_{word}", period=period, grade=grade_text(term.grade))


def _routes(stage: Stage) -> Iterator[str]:
    for route in stage.routes:
        option = stage.route(route.id)
        yield text("procedures.stage_route", name=route.name, body=body_text(option.body))
        if route.rule:
            yield from _rule(route.rule)
        if route.limit:
            yield from _times(option)


def _ways_out(procedure: Procedure, stage: Stage) -> Iterator[str]:
    for edge in stage.edges:
        target = procedure.after(stage.id, edge.outcome)
        name = target.name if target else edge.target
        yield text("procedures.stage_edge", outcome=outcome_label(stage, edge.outcome), target=name)
    for outcome in stage.ask:
        yield text("procedures.stage_ask", outcome=outcome_label(stage, outcome))


def _end(end: End) -> str:
    if end.onward:
        return text("procedures.end_onward", name=end.name, procedures=SEPARATOR.join(end.onward))
    return text("procedures.end_line", name=end.name)
