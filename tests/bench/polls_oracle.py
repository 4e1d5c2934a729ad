"""Let a second, naive implementation judge random polls beside ours, and stop at the first difference.

python -m tests.bench.polls_oracle [NUMBER] [SEED]     prints a line of JSON; 100,000 polls unless told otherwise.
"""

import json
import sys
from collections import Counter
from random import Random
from time import perf_counter

from handlers.rules.stored import parse_rule
from handlers.rules.verdict import decide
from tests.handlers.rules.naive import as_json, outcome, random_people, random_table
from tests.handlers.rules.people import tally_of


def run(number: int, seed: int) -> dict[str, object]:
    dice, outcomes, ours = Random(seed), Counter[str](), 0.0
    for index in range(number):
        table, people = random_table(dice), random_people(dice)
        rule = parse_rule(as_json(table))
        begun = perf_counter()
        found = decide(rule, tally_of(people)).outcome
        ours += perf_counter() - begun
        expected = outcome(table, people)
        if found != expected:
            raise SystemExit(f"poll {index}: ours {found}, naive {expected}\n{as_json(table)}\n{people}")
        outcomes[expected] += 1
    each = round(ours / number * 1_000_000, 1)
    return {"bench": "polls_oracle", "polls": number, "seed": seed, "microseconds_each": each, **outcomes}


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    print(json.dumps(run(*(given + [100_000, 20260101][len(given) :]))))
