"""What the law asks at least, and whether a stage falls short of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.procedures.faults import Faults
from handlers.procedures.fields import Table
from handlers.procedures.model import Share, Stage
from handlers.procedures.periods import MINUTES_A_DAY, surely_minutes
from handlers.procedures.shares import read_share
from handlers.procedures.terms import Base, Bound, Grade, StageKind

# A share of a wider base asks for more: whoever is present is on the roll, whoever took part was present.
WIDTH = {Base.PARTICIPANTS: 0, Base.PRESENT: 1, Base.ROLL: 2}
ARTICLES = frozenset({StageKind.POLL, StageKind.MEETING})


@dataclass(frozen=True, slots=True)
class PeriodFloor:
    """Stages of this kind by these bodies last at least so many days; `urgent`: the law knows an exception."""

    kind: StageKind
    bodies: frozenset[str]
    days: int
    law: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class ShareFloor:
    """Decisions of these bodies need at least this quorum and this majority."""

    bodies: frozenset[str]
    quorum: Share | None
    passing: Share | None
    law: str


def check_floors(stage: Stage, faults: Faults) -> None:
    """Note every number of a stage, by whatever route, that is below the law."""
    for option in (stage, *(stage.route(route.id) for route in stage.routes)):
        _check_period(option, faults)
        if option.kind in ARTICLES and option.rule:
            _check_shares(option, faults)


def _check_period(stage: Stage, faults: Faults) -> None:
    limit = stage.limit
    for floor in period_floors():
        applies = limit and floor.kind is stage.kind and stage.body in floor.bodies
        if limit is None or not applies or surely_minutes(limit.period) >= floor.days * MINUTES_A_DAY:
            continue
        if floor.urgent and limit.grade is not Grade.LAW:
            faults.warn("shorter_than_law_urgent", stage=stage.id, days=floor.days, law=floor.law)
        else:
            faults.error("shorter_than_law", stage=stage.id, days=floor.days, law=floor.law)


def _check_shares(stage: Stage, faults: Faults) -> None:
    rule = stage.rule
    if rule is None or stage.advisory:
        return
    for floor in share_floors():
        if stage.body not in floor.bodies:
            continue
        for asked, least in ((rule.quorum, floor.quorum), (rule.passing, floor.passing)):
            if least is None or at_least_as_strict(asked, least):
                continue
            note = faults.error if rule.grade is Grade.LAW else faults.warn
            note("weaker_than_law", stage=stage.id, least=spell(least), law=floor.law)


def at_least_as_strict(asked: Share | None, least: Share) -> bool:
    """Whether whatever satisfies `asked` satisfies `least`; shares of households are not comparable and pass."""
    if asked is None or asked.base is Base.HOUSEHOLDS:
        return asked is not None
    if WIDTH[asked.base] < WIDTH[least.base]:
        return False
    if asked.fraction == least.fraction:
        return asked.op is least.op or asked.op is Bound.MORE_THAN
    return asked.fraction > least.fraction


def spell(share: Share) -> str:
    """A share as it is written in files: ">= 2/3 roll"."""
    return f"{share.op.value} {share.fraction} {share.base.value}"


@cache
def period_floors() -> tuple[PeriodFloor, ...]:
    """The least periods of the law."""
    return tuple(
        PeriodFloor(
            kind=StageKind(table.text("kind")),
            bodies=frozenset(table.texts("bodies")),
            days=table.integer("days") or 0,
            law=table.text("law"),
            urgent=table.flag("urgent"),
        )
        for table in _statutes().tables("period")
    )


@cache
def share_floors() -> tuple[ShareFloor, ...]:
    """The least quorums and majorities of the law."""
    return tuple(
        ShareFloor(
            bodies=frozenset(table.texts("bodies")),
            quorum=read_share(table, "quorum"),
            passing=read_share(table, "pass"),
            law=table.text("law"),
        )
        for table in _statutes().tables("share")
    )


def _statutes() -> Table:
    source = files(__package__).joinpath("statutes.toml").read_text("utf-8")
    rows: Mapping[str, object] = tomllib.loads(source)
    return Table(rows, "", Faults(source))
