"""Cases in the schema of the voting vectors, of our own making; each stands on an edge."""

import json
from typing import Any, TypeAlias

Table: TypeAlias = dict[str, Any]


def clause(measure: str, num: int, den: int, op: str, base: str) -> Table:
    return {"measure": measure, "num": num, "den": den, "op": op, "base": base}


def rule(
    quorum: list[Table], passing: list[Table], *, invalid_as: str = "invalid_quorum", **more: Any
) -> Table:
    head = {"basis": "章程", "grade": "local", "electorate": "owners", "invalid_as": invalid_as}
    return {**head, "quorum": quorum, "pass": passing, **more}


TWO_THIRDS = clause("heads", 2, 3, ">=", "roll")
OVER_HALF_PRESENT = clause("heads", 1, 2, ">", "present")
RULES: Table = {
    "reps": rule([TWO_THIRDS], [OVER_HALF_PRESENT]),
    "owners": rule(
        [TWO_THIRDS, clause("area", 2, 3, ">=", "roll")],
        [clause("heads", 1, 2, ">", "participants"), clause("area", 1, 2, ">", "participants")],
        invalid_as="invalid_participation",
    ),
    "adults_or_households": rule(
        [{"any": [clause("heads", 1, 2, ">", "roll"), clause("households", 2, 3, ">=", "roll")]}],
        [OVER_HALF_PRESENT],
    ),
    "half_of_all": rule([], [clause("heads", 1, 2, ">=", "roll")]),
    "consensus": rule([], [], most_against=0, minimum_yes=3),
    "quiet": rule([], [OVER_HALF_PRESENT], minimum_present=5),
}


def amounts(heads: int, area: str | None = None, households: int | None = None) -> Table:
    table: Table = {"heads": heads, "area": area}
    return table if households is None else {**table, "households": households}


def tally(name: str, rule_name: str, outcome: str, *parts: Table, **more: Any) -> Table:
    """A case of kind tally from roll, participation, yes, no, abstain; what it must come to is in `expect`."""
    listed = dict(zip(("roll", "participation", "yes", "no", "abstain"), parts, strict=True))
    quorum = outcome in {"passed", "rejected"}
    expect = {"quorum": quorum, "outcome": outcome, "heads": None, "area": None}
    return {
        "id": name,
        "kind": "tally",
        "rule": rule_name,
        **listed,
        "deemed": None,
        "expect": expect,
        **more,
    }


def heads(name: str, rule_name: str, outcome: str, *numbers: int, **more: Any) -> Table:
    return tally(name, rule_name, outcome, *(amounts(number) for number in numbers), **more)


def units(name: str, expected: tuple[int, str], *listed: tuple[str, str, str]) -> Table:
    """A case of kind roll from (owners, area, kind)."""
    expect = {"quorum": None, "outcome": None, "heads": expected[0], "area": expected[1]}
    return {"id": name, "kind": "roll", "rule": None, "units": _units(listed), "expect": expect}


def presses(name: str, outcome: str, expected: tuple[int, str], *by: tuple[str, str]) -> Table:
    """A case of kind ballots: (by, choice) on the flat of 甲 and 乙."""
    expect = {"quorum": None, "outcome": outcome, "heads": expected[0], "area": expected[1]}
    ballots = [{"by": who, "unit": 0, "choice": choice} for who, choice in by]
    flat = _units((("甲乙", "71.25", "flat"),))
    return {"id": name, "kind": "ballots", "rule": None, "units": flat, "ballots": ballots, "expect": expect}


def _units(listed: tuple[tuple[str, str, str], ...]) -> list[Table]:
    return [{"owners": list(owners), "area": area, "kind": kind, "count": 1} for owners, area, kind in listed]


DEEMED = {"deemed": {"nonvoters_join": "plurality"}}
CASES: list[Table] = [
    heads("exactly two thirds come", "reps", "passed", 27, 18, 10, 8, 0),
    heads("one short of two thirds", "reps", "invalid_quorum", 27, 17, 17, 0, 0),
    heads("exactly half of those present", "reps", "rejected", 27, 18, 9, 4, 5),
    heads("most of the votes, half of the room", "reps", "rejected", 27, 20, 10, 3, 2),
    heads("half of everybody is enough where it is written so", "half_of_all", "passed", 66, 40, 33, 7, 0),
    heads("one below half of everybody", "half_of_all", "rejected", 66, 40, 32, 0, 0),
    heads("an empty roll decides nothing", "half_of_all", "invalid_quorum", 0, 0, 0, 0, 0),
    heads("nobody is against", "consensus", "passed", 9, 5, 3, 0, 2),
    heads("somebody is against", "consensus", "rejected", 9, 5, 4, 1, 0),
    heads("nobody is against, but too few agree", "consensus", "rejected", 9, 5, 2, 0, 3),
    heads("enough for the absolute minimum", "quiet", "passed", 100, 5, 3, 2, 0),
    heads("too few for the absolute minimum", "quiet", "invalid_quorum", 100, 4, 4, 0, 0),
    tally(
        "two thirds of the square metres, which floats miss", "owners", "passed",
        amounts(12, "1024.38"), amounts(8, "682.92"), amounts(8, "682.92"), amounts(0, "0"), amounts(0, "0.00"),
    ),
    tally(
        "a hundredth of a square metre short", "owners", "invalid_participation",
        amounts(12, "1024.38"), amounts(8, "682.91"), amounts(8, "682.91"), amounts(0, "0"), amounts(0, "0"),
    ),
    tally(
        "heads agree, square metres are even", "owners", "rejected",
        amounts(9, "900"), amounts(6, "600"), amounts(4, "300.0"), amounts(2, "300"), amounts(0, "0"),
    ),
    tally(
        "adults fail, households suffice", "adults_or_households", "passed",
        amounts(10, None, 3), amounts(5, None, 2), amounts(3, None, 1), amounts(2, None, 1), amounts(0, None, 0),
    ),
    tally(
        "neither adults nor households suffice", "adults_or_households", "invalid_quorum",
        amounts(10, None, 4), amounts(5, None, 2), amounts(5, None, 2), amounts(0, None, 0), amounts(0, None, 0),
    ),
    heads("the silent join the largest opinion", "reps", "passed", 30, 12, 7, 5, 0, **DEEMED),
    heads("the silent join those against", "reps", "rejected", 30, 12, 5, 7, 0, **DEEMED),
    heads("the silent join nobody where two are even", "reps", "invalid_quorum", 30, 12, 6, 6, 0, **DEEMED),
    units("several flats of one owner", (2, "190.5"), ("甲", "60.5", "flat"), ("甲", "50", "flat"), ("乙", "80.00", "flat")),
    units("owners in either order", (1, "120"), ("甲乙", "60", "flat"), ("乙甲", "60", "flat")),
    units("unsold flats and a garage", (1, "400"), ("商", "300", "unsold"), ("商", "100", "unsold"), ("丙", "9", "parking")),
    presses("one press", "kept", (1, "71.25"), ("甲", "yes")),
    presses("both owners press", "keep_first_warn", (1, "71.25"), ("乙", "yes"), ("甲", "yes")),
    presses("the same again", "repeated", (1, "71.25"), ("甲", "yes"), ("甲", "yes")),
    presses("a second thought", "final", (1, "71.25"), ("甲", "yes"), ("甲", "no")),
    presses("a stranger", "not_an_owner", (0, "0"), ("丁", "no")),
]  # fmt: skip


def file(cases: list[Table], rules: Table = RULES) -> str:
    """The whole file, as the voting vectors are written."""
    return json.dumps({"schema": "yishi-voting-vectors/1", "about": "", "rules": rules, "vectors": cases})
