"""Short words for asks, ballots and rolls."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from handlers.choices.ask import Ask, Kind
from handlers.choices.cast import Cast, Picks, Ranking
from handlers.choices.count import Count, count
from handlers.choices.support import Returned
from handlers.rules.rule import Base, Bound, Clause, Grade, Measure, Outcome, Rule
from handlers.rules.tally import Measures

PLACES = ("东门", "西门", "广场", "车棚", "岗亭", "花坛")


def ask(kind: Kind, options: int = 3, **more: object) -> Ask:
    return Ask(kind, PLACES[:options], **more)  # type: ignore[arg-type]


def picks(*options: int) -> Picks:
    return Picks(frozenset(options))


def ranks(*steps: int | set[int]) -> Ranking:
    return Ranking(tuple(frozenset(step if isinstance(step, set) else {step}) for step in steps))


def heads(number: int) -> dict[int, Measures]:
    return {person: Measures(1) for person in range(number)}


def counted(asked: Ask, ballots: Iterable[Cast], rule: Rule | None = None, roll: int | None = None) -> Count:
    """Count the ballots of persons 0, 1, … on a roll of so many (by default just those)."""
    cast = dict(enumerate(ballots))
    return count(Returned(asked, heads(len(cast) if roll is None else roll), cast), rule)


def many(groups: Mapping[Any, int]) -> list[Cast]:
    return [cast for cast, number in groups.items() for _ in range(number)]


def owners(*entries: tuple[str, Cast | None]) -> tuple[dict[int, Measures], dict[int, Cast]]:
    """A roll of owners with their areas, and the ballots of those who gave one."""
    roll = {person: Measures(1, Decimal(area)) for person, (area, _) in enumerate(entries)}
    return roll, {person: cast for person, (_, cast) in enumerate(entries) if cast is not None}


def majority(share: str = "1/2", bound: Bound = Bound.OVER, *, quorum: str = "2/3") -> Rule:
    """Present at least `quorum` of the roll, and more than `share` of the ballots, in heads."""
    return Rule(
        "某章程 5",
        Grade.PROPOSAL,
        "resident_reps",
        Outcome.INVALID_PARTICIPATION,
        (Clause(Measure.HEADS, Fraction(quorum), Bound.AT_LEAST, Base.ROLL),),
        (Clause(Measure.HEADS, Fraction(share), bound, Base.PARTICIPANTS),),
    )


def owners_rule() -> Rule:
    """Two thirds take part and more than half of them agree, in heads and in area."""
    both = (Measure.HEADS, Measure.AREA)
    return Rule(
        "某章程 6",
        Grade.PROPOSAL,
        "owners",
        Outcome.INVALID_PARTICIPATION,
        tuple(Clause(measure, Fraction(2, 3), Bound.AT_LEAST, Base.ROLL) for measure in both),
        tuple(Clause(measure, Fraction(1, 2), Bound.OVER, Base.PARTICIPANTS) for measure in both),
    )
