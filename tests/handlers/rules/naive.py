"""The same verdict once more, as a patient person with a list and an abacus would find it.

It shares nothing with the program: a rule is its JSON table, a poll is a list of people, and areas are whole numbers
of a ten-thousandth of a square metre.
"""

import json
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

Table: TypeAlias = dict[str, Any]

SHARES = ((1, 2), (2, 3), (3, 4), (1, 3), (3, 5), (1, 1), (7, 9))


@dataclass(frozen=True)
class Person:
    doing: str  # away, idle, yes, no, abstain
    area: int
    households: int


def outcome(table: Table, people: list[Person]) -> str:
    invalid: str = table["invalid_as"]
    here = [person for person in people if person.doing != "away"]
    yes = [person for person in people if person.doing == "yes"]
    no = [person for person in people if person.doing == "no"]
    if len(here) < table["minimum_present"]:
        return invalid
    for asked in table["quorum"]:
        if not _met(asked, here, people):
            return invalid
    for asked in table["pass"]:
        if not _met(asked, yes, people):
            return "rejected"
    if len(yes) < table["minimum_yes"]:
        return "rejected"
    if table["most_against"] is not None and len(no) > table["most_against"]:
        return "rejected"
    return "passed"


def _met(asked: Table, counted: list[Person], people: list[Person]) -> bool:
    if "any" in asked:
        return any(_met(option, counted, people) for option in asked["any"])
    bases = {
        "roll": people,
        "present": [person for person in people if person.doing != "away"],
        "participants": [person for person in people if person.doing in {"yes", "no", "abstain"}],
    }
    mine = sum(_weight(asked["measure"], person) for person in counted)
    all_of_it = sum(_weight(asked["measure"], person) for person in bases[asked["base"]])
    if all_of_it == 0:
        return False
    wanted = sum(all_of_it for _ in range(asked["num"]))
    mine = sum(mine for _ in range(asked["den"]))
    return mine > wanted or (asked["op"] == ">=" and mine == wanted)


def _weight(measure: str, person: Person) -> int:
    return {"heads": 1, "area": person.area, "households": person.households}[measure]


def random_table(dice: Random) -> Table:
    """A rule of one to three clauses a side, now and then with an alternative, a floor or a ceiling."""
    measures = dice.choice((["heads"], ["heads"], ["heads", "area"], ["heads", "area", "households"]))
    return {
        "basis": "charter",
        "grade": "local",
        "electorate": "owners",
        "invalid_as": dice.choice(("invalid_quorum", "invalid_participation")),
        "quorum": [_asked(dice, measures, ["roll"]) for _ in range(dice.randint(0, 2))],
        "pass": [
            _asked(dice, measures, ["roll", "present", "participants"]) for _ in range(dice.randint(1, 3))
        ],
        "minimum_present": dice.choice((0, 0, 0, 1, 5)),
        "minimum_yes": dice.choice((1, 1, 1, 2, 4)),
        "most_against": dice.choice((None, None, None, None, 0, 1, 3)),
    }


def random_people(dice: Random, most: int = 24) -> list[Person]:
    """People whose numbers often meet a share exactly: round rolls, and areas of one size or of every size."""
    number = dice.choice((1, 2, 3, 4, 6, 9, 12, 18, 24, dice.randint(1, most)))
    same = dice.choice((None, 10_000, 3_333, 900_800))
    lean = dice.choice((0.3, 0.5, 2 / 3, 0.75, 0.95))
    people = []
    for _ in range(min(number, most)):
        if dice.random() < lean:
            doing = dice.choice(("yes", "yes", "yes", "no", "abstain"))
        else:
            doing = dice.choice(("away", "away", "idle", "no", "abstain"))
        area = same if same is not None else dice.randint(1, 2_000_000)
        people.append(Person(doing, area, dice.randint(0, 8) or 1))
    return people


def as_json(table: Table) -> str:
    return json.dumps(table)


def _asked(dice: Random, measures: list[str], bases: list[str]) -> Table:
    if dice.random() < 0.15:
        return {"any": [_clause(dice, measures, bases) for _ in range(2)]}
    return _clause(dice, measures, bases)


def _clause(dice: Random, measures: list[str], bases: list[str]) -> Table:
    num, den = dice.choice(SHARES)
    op = ">=" if num == den else dice.choice((">", ">="))
    return {
        "measure": dice.choice(measures),
        "num": num,
        "den": den,
        "op": op,
        "base": dice.choice(bases),
    }
