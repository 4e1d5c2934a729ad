"""What a rule asks for, read from its table; it is written down once more here so that the recount owes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.recount.reading import Node, Unreadable

_COUNTING = ("invalid_as", "quorum", "pass", "minimum_present", "minimum_yes", "most_against")
_TELLING = ("basis", "grade", "electorate", "name", "note", "why")
"""Fields that say something about a rule; any other is not understood and could change the count."""


class Measure(StrEnum):
    """What is counted."""

    HEADS = "heads"
    AREA = "area"
    HOUSEHOLDS = "households"


class Base(StrEnum):
    """What a share is a share of: the frozen roll, those who attend, or those whose ballot came in."""

    ROLL = "roll"
    PRESENT = "present"
    PARTICIPANTS = "participants"


class Op(StrEnum):
    """民法典 1259: 以上 includes the number itself, 过半数 and 超过 do not."""

    OVER = ">"
    AT_LEAST = ">="


class Invalid(StrEnum):
    """What a poll is called that too few took part in."""

    PARTICIPATION = "invalid_participation"
    QUORUM = "invalid_quorum"


@dataclass(frozen=True, slots=True)
class Clause:
    """`measure` counted, against `num`/`den` of the same measure of `base`."""

    measure: Measure
    num: int
    den: int
    op: Op
    base: Base


@dataclass(frozen=True, slots=True)
class Rule:
    """Each part of `quorum` and `passing` holds clauses of which one suffices; the absolute numbers are heads."""

    basis: str
    invalid_as: Invalid
    quorum: tuple[tuple[Clause, ...], ...]
    passing: tuple[tuple[Clause, ...], ...]
    minimum_present: int
    minimum_yes: int
    most_against: int | None

    def measures(self) -> tuple[Measure, ...]:
        """Every measure the rule speaks of, heads first."""
        named = {clause.measure for part in (*self.quorum, *self.passing) for clause in part}
        return tuple(measure for measure in Measure if measure is Measure.HEADS or measure in named)


def read_rule(node: Node) -> Rule:
    """Read a rule's table, as `rules` of the voting vectors and `rule` of an export write it."""
    node.only(*_COUNTING, *_TELLING)
    quorum, passing = tuple(_parts(node.field("quorum"))), tuple(_parts(node.field("pass")))
    most = node.field("most_against")
    for part in quorum:
        if any(clause.base is not Base.ROLL for clause in part):
            raise Unreadable("quorum_base", node.field("quorum").where)
    if not passing and most.absent:
        raise Unreadable("nothing_asked", node.field("pass").where)
    return Rule(
        basis=node.field("basis").words() if node.has("basis") else "",
        invalid_as=node.field("invalid_as").one_of(Invalid),
        quorum=quorum,
        passing=passing,
        minimum_present=node.field("minimum_present").whole() if node.has("minimum_present") else 0,
        minimum_yes=max(node.field("minimum_yes").whole(), 1) if node.has("minimum_yes") else 1,
        most_against=None if most.absent else most.whole(),
    )


def _parts(node: Node) -> Iterator[tuple[Clause, ...]]:
    for part in node.items():
        if part.has("any"):
            yield tuple(_clause(option) for option in part.only("any").field("any").items())
        else:
            yield (_clause(part),)


def _clause(node: Node) -> Clause:
    node.only("measure", "num", "den", "op", "base")
    num, den = node.field("num").whole(), node.field("den").whole()
    if not 0 < num <= den:
        raise Unreadable("not_a_share", node.where)
    return Clause(
        measure=node.field("measure").one_of(Measure),
        num=num,
        den=den,
        op=node.field("op").one_of(Op),
        base=node.field("base").one_of(Base),
    )
