"""Reading a procedure as a whole: its name and ground, who may raise it, its stages and its ends."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.procedures.fields import Table
from handlers.procedures.model import End, Initiator, Procedure
from handlers.procedures.shares import read_fraction, read_grade
from handlers.procedures.stages import Draft, read_body, read_stage
from handlers.procedures.terms import EndSense, Grade
from storage.records import UnitKind

PROCEDURE_KEYS = frozenset({
    *("id", "name", "family", "aliases", "summary", "basis", "grade", "level", "private"),
    *("raised_by", "ends", "end_names", "onward", "stop", "stage"),
})  # fmt: skip
INITIATOR_KEYS = frozenset({"body", "share", "heads", "grade", "basis"})


@dataclass(frozen=True, slots=True)
class Whole:
    """A procedure with the drafts of its stages; stages of unknown kind are missing from the procedure."""

    procedure: Procedure
    drafts: tuple[Draft, ...]


def read_whole(table: Table) -> Whole:
    """Read everything there is, noting faults; what could not be read has a harmless stand-in."""
    table.only(PROCEDURE_KEYS)
    drafts = tuple(read_stage(row) for row in table.tables("stage"))
    procedure = Procedure(
        id=table.required("id"),
        name=table.required("name"),
        family=table.text("family"),
        aliases=table.texts("aliases"),
        summary=table.text("summary"),
        basis=table.texts("basis"),
        grade=read_grade(table, "grade") or Grade.PROPOSAL,
        level=table.word("level", UnitKind, "unknown_level"),
        private=table.flag("private"),
        raised_by=tuple(_initiator(row) for row in table.tables("raised_by")),
        ends=_ends(table),
        stop=table.text("stop"),
        stages=tuple(draft.stage for draft in drafts if draft.stage),
    )
    return Whole(procedure, drafts)


def _initiator(table: Table) -> Initiator:
    table.only(INITIATOR_KEYS)
    return Initiator(
        body=read_body(table, table.required("body")),
        share=read_fraction(table, "share") if "share" in table.rows else None,
        heads=table.integer("heads"),
        grade=read_grade(table, "grade") or Grade.PROPOSAL,
        basis=table.text("basis"),
    )


def _ends(table: Table) -> tuple[End, ...]:
    names = table.table("end_names")
    onward = table.table("onward")
    ends = table.texts("ends")
    for name in (*names.rows, *onward.rows):
        if name not in ends:
            table.faults.unknown("unknown_end", name, ends)
    return tuple(_end(end, names.text(end), onward.texts(end)) for end in ends)


def _end(end_id: str, name: str, onward: tuple[str, ...]) -> End:
    usual = usual_ends().get(end_id)
    sense = usual.sense if usual else EndSense.SETTLED
    return End(
        id=end_id,
        name=name or (usual.name if usual else end_id),
        sense=EndSense.HANDED_ON if onward else sense,
        onward=onward,
    )


@cache
def usual_ends() -> Mapping[str, End]:
    """The ends that need no name of their own in a file."""
    tables = tomllib.loads(files(__package__).joinpath("ends.toml").read_text("utf-8"))
    return {
        end_id: End(end_id, str(row["name"]), EndSense(str(row["sense"])), ())
        for end_id, row in tables.items()
    }
