"""Reading one stage, with its edges and its other lawful routes."""

from dataclasses import dataclass

from handlers.bodies.catalogue import bodies
from handlers.procedures.fields import Table
from handlers.procedures.model import Edge, Route, Stage, StageRule
from handlers.procedures.shares import read_grade, read_rule
from handlers.procedures.terms import OUTCOMES, Cadence, Outcome, StageKind
from handlers.procedures.times import MAIN, SHORTEST, START, WAIT, read_term
from storage.records import GroupRole, Secrecy

OFFLINE = "offline"
ROUTE_KEYS = frozenset({
    *("id", "name", "body", "rule", "basis"),
    *("days", "hours", "minutes", "day_kind", "days_grade", "days_min"),
})  # fmt: skip
STAGE_KEYS = ROUTE_KEYS | {
    *("kind", "group", "doc", "then", "ask", "labels", "route", "parties", "advisory", "secret"),
    *("start_days", "start_grade", "wait_days", "wait_grade", "every", "every_grade", "agenda_max"),
    *("allow_change_until_close", "remote_counts", "remote_basis"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A stage as far as it could be read; `targets` are all its edges, also those of unknown outcomes."""

    id: str
    targets: tuple[str, ...]
    stage: Stage | None


def read_stage(table: Table) -> Draft:
    """One stage. Its kind must be known for the rest to make sense."""
    table.only(STAGE_KEYS)
    stage_id = table.required("id")
    targets = tuple(str(target) for target in table.table("then").rows.values())
    kind = table.word("kind", StageKind, "unknown_kind") if table.required("kind") else None
    stage = _stage(table, stage_id, kind) if kind else None
    return Draft(stage_id, targets, stage)


def _stage(table: Table, stage_id: str, kind: StageKind) -> Stage:
    edges = _edges(table, kind)
    return Stage(
        id=stage_id,
        name=table.required("name"),
        kind=kind,
        body=read_body(table, table.required("body")),
        group=_group(table),
        offline=table.rows.get("group") == OFFLINE,
        rule=_rule(table),
        limit=read_term(table, MAIN),
        shortest=read_term(table, SHORTEST),
        start_within=read_term(table, START),
        wait=read_term(table, WAIT),
        every=table.word("every", Cadence, "unknown_cadence"),
        every_grade=read_grade(table, "every_grade") if "every" in table.rows else None,
        agenda_max=table.integer("agenda_max"),
        parties=tuple(read_body(table, party) for party in table.texts("parties")),
        secrecy=Secrecy.SECRET if table.flag("secret") else Secrecy.OPEN,
        allow_change_until_close=table.flag("allow_change_until_close"),
        remote_basis=_remote_basis(table),
        advisory=table.flag("advisory"),
        doc=table.text("doc"),
        basis=table.text("basis"),
        edges=edges,
        ask=_ask(table, kind),
        routes=tuple(_route(route) for route in table.tables("route")),
    )


def read_body(table: Table, written: str) -> str:
    """A body that exists; an unknown one would be an empty electorate."""
    if written and written not in bodies():
        table.faults.unknown("unknown_body", written, bodies(), stage=table.where)
    return written


def _group(table: Table) -> GroupRole | None:
    written = table.text("group")
    if not written or written == OFFLINE:
        return None
    for group in GroupRole:
        if group.value == written:
            return group
    options = [*(group.value for group in GroupRole), OFFLINE]
    table.faults.unknown("unknown_group", written, options, stage=table.where)
    return None


def _rule(table: Table) -> StageRule | None:
    return read_rule(table.table("rule")) if "rule" in table.rows else None


def _remote_basis(table: Table) -> str:
    cited = table.text("remote_basis")
    counts = table.flag("remote_counts")
    if counts and not cited:
        table.faults.error("remote_without_basis", stage=table.where)
    return cited if counts else ""


def _route(table: Table) -> Route:
    table.only(ROUTE_KEYS)
    body = table.text("body")
    return Route(
        id=table.required("id"),
        name=table.required("name"),
        body=read_body(table, body) if body else None,
        rule=_rule(table),
        limit=read_term(table, MAIN),
        shortest=read_term(table, SHORTEST),
        basis=table.text("basis"),
    )


def _edges(table: Table, kind: StageKind) -> tuple[Edge, ...]:
    then = table.table("then")
    labels = table.table("labels")
    for written in labels.rows:
        if written not in then.rows:
            table.faults.error("label_without_edge", stage=table.where, outcome=written)
    found = []
    for written in then.rows:
        target = then.required(written)
        outcome = _outcome(table, kind, written)
        if outcome and target:
            found.append(Edge(outcome, target, labels.text(written)))
    return tuple(found)


def _ask(table: Table, kind: StageKind) -> tuple[Outcome, ...]:
    then = table.table("then").rows
    for written in table.texts("ask"):
        if written in then:
            table.faults.error("asked_and_answered", stage=table.where, outcome=written)
    found = (_outcome(table, kind, written) for written in table.texts("ask"))
    return tuple(outcome for outcome in found if outcome)


def _outcome(table: Table, kind: StageKind, written: str) -> Outcome | None:
    for outcome in OUTCOMES[kind]:
        if outcome.value == written:
            return outcome
    options = [outcome.value for outcome in OUTCOMES[kind]]
    table.faults.unknown("unknown_outcome", written, options, stage=table.where, kind=kind.value)
    return None
