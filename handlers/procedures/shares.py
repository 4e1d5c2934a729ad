"""Reading the rule of a stage: exact fractions, their bounds and bases."""

import re
from fractions import Fraction

from handlers.procedures.fields import Table
from handlers.procedures.model import Share, StageRule
from handlers.procedures.terms import Base, Bound, Grade, Measure

FRACTION = re.compile(r"(\d{1,6})(?:/(\d{1,6}))?")
CLAUSES = ("quorum", "pass")
RULE_KEYS = frozenset({
    *CLAUSES,
    *(f"{clause}_{part}" for clause in CLAUSES for part in ("op", "base")),
    *("measures", "grade", "basis"),
})  # fmt: skip


def read_rule(table: Table) -> StageRule:
    """The rule written in a `rule` table; what is wrong with it is noted and left out."""
    table.only(RULE_KEYS)
    quorum, passing = (read_share(table, clause) for clause in CLAUSES)
    if not any(clause in table.rows for clause in CLAUSES):
        table.faults.error("rule_empty", stage=table.where)
    return StageRule(
        quorum=quorum,
        passing=passing,
        measures=table.words("measures", Measure, "unknown_measure") or (Measure.HEADS,),
        grade=read_grade(table, "grade") or Grade.PROPOSAL,
        basis=table.text("basis"),
    )


def read_share(table: Table, clause: str) -> Share | None:
    """The clause "quorum" or "pass": its fraction, op and base must stand together."""
    parts = (clause, f"{clause}_op", f"{clause}_base")
    missing = [part for part in parts if part not in table.rows]
    if len(missing) == len(parts):
        return None
    if missing:
        table.faults.error("clause_incomplete", stage=table.where, clause=clause, missing="、".join(missing))
    fraction = read_fraction(table, clause) if clause in table.rows else None
    op = table.word(f"{clause}_op", Bound, "unknown_op")
    base = table.word(f"{clause}_base", Base, "unknown_base")
    if fraction is None or op is None or base is None:
        return None
    if fraction == 1 and op is Bound.MORE_THAN:
        table.faults.error("more_than_all", stage=table.where, clause=clause)
    return Share(fraction, op, base)


def read_fraction(table: Table, name: str) -> Fraction | None:
    """A fraction written "2/3", above 0 and at most 1; None and a fault for anything else."""
    written = table.rows[name]
    match = FRACTION.fullmatch(written) if isinstance(written, str) else None
    if match is None or int(match[2] or 1) == 0:
        table.faults.error("bad_fraction", stage=table.where, name=name, written=_short(written))
        return None
    fraction = Fraction(int(match[1]), int(match[2] or 1))
    if not 0 < fraction <= 1:
        table.faults.error("fraction_out_of_range", stage=table.where, name=name, written=written)
        return None
    return fraction


def read_grade(table: Table, name: str) -> Grade | None:
    """The grade of a number, which nothing may go without."""
    written = table.required(name)
    return table.known(written, Grade, "unknown_grade") if written else None


def _short(written: object) -> str:
    return str(written)[:20]
