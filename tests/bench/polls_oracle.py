"""Let a second, naive implementation judge random polls beside ours, and stop at the first difference.

python -m tests.bench.polls_oracle [NUMBER] [SEED]           yes and no: 100,000 polls unless told otherwise
python -m tests.bench.polls_oracle --kinds [NUMBER] [SEED]   every other kind, beside the recount
Prints a line of JSON.
"""

import json
import sys
from collections import Counter
from random import Random
from time import perf_counter

from bot.recount.announced import of_the_reckoned
from bot.recount.reading import Node
from handlers.choices.stored import dump_count
from handlers.rules.stored import parse_rule
from handlers.rules.verdict import decide
from tests.bot.recount.choosing import drawn
from tests.handlers.rules.naive import as_json, outcome, random_people, random_table
from tests.handlers.rules.people import tally_of

MANY = 100_000
SEED = 20260101


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
    return {**_head("polls_oracle", number, seed, ours), **outcomes}


def run_kinds(number: int, seed: int) -> dict[str, object]:
    """Everything that is told of a count is held against the recount, to the last fraction of a vote."""
    dice, outcomes, ours = Random(seed), Counter[str](), 0.0
    for index in range(number):
        poll = drawn(dice)
        begun = perf_counter()
        counted = poll.counted()
        ours += perf_counter() - begun
        told = {"outcome": counted.outcome or "sense", "count": json.loads(dump_count(counted))}
        if differences := list(of_the_reckoned(Node(told), poll.again())):
            raise SystemExit(f"poll {index}: {differences[0]}\n{poll}")
        outcomes[f"{poll.returned.ask.kind} {told['outcome']}"] += 1
    return {**_head("polls_oracle_kinds", number, seed, ours), **dict(sorted(outcomes.items()))}


def _head(bench: str, number: int, seed: int, ours: float) -> dict[str, object]:
    each = round(ours / number * 1_000_000, 1)
    return {"bench": bench, "polls": number, "seed": seed, "microseconds_each": each}


def main(arguments: list[str]) -> None:
    given = [int(argument) for argument in arguments if argument != "--kinds"]
    number, seed = given + [MANY, SEED][len(given) :]
    print(json.dumps((run_kinds if "--kinds" in arguments else run)(number, seed)))


if __name__ == "__main__":
    main(sys.argv[1:])
