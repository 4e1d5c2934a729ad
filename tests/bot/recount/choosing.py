"""Polls with options, by chance, and often on an edge: few people, few options, like weights."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from bot.recount import chain
from bot.recount.asking import read_ask
from bot.recount.counts import Quantity, total
from bot.recount.kinds import Reckoned, Voter, reckon
from bot.recount.papers import read_paper
from bot.recount.reading import Node
from bot.recount.rules import Measure as Counted
from bot.recount.rules import read_rule
from handlers.choices.ask import Ask, Kind, ScoredBy
from handlers.choices.cast import REJECTS_ALL, Abstention, Cast, Consent, Picks, Ranking, Scores, Stance
from handlers.choices.count import Count, count
from handlers.choices.stored import dump_ask, dump_cast, dump_count
from handlers.choices.support import Returned
from handlers.rules.rule import Measure, Rule, measures
from handlers.rules.stored import dump_rule, parse_rule
from handlers.rules.tally import Measures
from tests.bot.recount.cases import Table
from tests.handlers.rules.naive import as_json, random_table

OPTIONS = ("东门", "西门", "广场", "车棚", "岗亭", "花坛")

FACTS: Table = {
    "id": "2026-9", "community": 3, "year": 2026, "number": 9, "question": "放在哪里？", "body": "reps",
    "opens_at": "2026-11-02T01:00:00+00:00", "closes_at": "2026-11-05T01:00:00+00:00",
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A poll with its rule, as the house counts it."""

    returned: Returned[int]
    rule: Rule

    def counted(self) -> Count:
        """The house's own count; of a sense check no rule is asked."""
        return count(self.returned, None if self.returned.ask.kind is Kind.SENSE else self.rule)

    def again(self) -> Reckoned:
        """The recount of it, from the JSON of everything."""
        rule = read_rule(node(dump_rule(self.rule)))
        ask = read_ask(node(dump_ask(self.returned.ask)))
        weights = {
            person: weight(measures, rule.measures()) for person, measures in self.returned.roll.items()
        }
        voters = [
            Voter(read_paper(ask, node(dump_cast(cast))), weights[person])
            for person, cast in self.returned.ballots.items()
        ]
        return reckon(ask, rule, voters, total(weights.values(), rule.measures()))


def node(source: str) -> Node:
    return Node(json.loads(source))


def weight(of: Measures, counted: tuple[Counted, ...]) -> Quantity:
    area = Fraction(of.area or 0)
    both = {Counted.HEADS: Fraction(of.heads), Counted.AREA: area}
    return {measure: both[measure] for measure in counted}


def drawn(dice: Random, kind: Kind | None = None, most: int = 12) -> Drawn:
    """A poll of any kind with any rule of heads, or of heads and area."""
    ask = an_ask(dice, kind or dice.choice(list(Kind)))
    rule = a_rule(dice)
    by_area = Measure.AREA in measures(rule)
    people = range(dice.randint(1, most))
    same = dice.choice((None, Decimal("88.50")))
    roll = {
        person: Measures(1, (same or Decimal(dice.randint(1, 9000)).scaleb(-2)) if by_area else None)
        for person in people
    }
    share = dice.choice((0.5, 0.7, 0.9, 1.0))
    taste = [a_cast(dice, ask) for _ in range(dice.randint(1, 4))]
    ballots = {
        person: dice.choice(taste) if dice.random() < 0.4 else a_cast(dice, ask)
        for person in people
        if dice.random() < share
    }
    return Drawn(Returned(ask, roll, ballots), rule)


def a_rule(dice: Random) -> Rule:
    """One that can be counted from a published roll (no households), now and then one that lets all come through."""
    table: Table = {**random_table(dice), "most_against": dice.choice((None, None, None, 0, 2))}
    if dice.random() < 0.4:
        table |= {"quorum": [], "minimum_present": 0}
    rule = parse_rule(as_json(table))
    return a_rule(dice) if Measure.HOUSEHOLDS in measures(rule) else rule


def an_ask(dice: Random, kind: Kind) -> Ask:
    if kind is Kind.CONSENT:
        return Ask(kind)
    options = dice.randint(2, 6)
    one = kind in {Kind.SINGLE, Kind.SENSE}
    return Ask(
        kind,
        OPTIONS[:options],
        none_offered=dice.random() < 0.5,
        places=1 if one else dice.randint(1, options),
        most=dice.choice((None, dice.randint(1, options))) if kind is Kind.SEVERAL else None,
        highest=dice.choice((2, 5, 10)),
        scored_by=dice.choice(list(ScoredBy)),
    )


def a_cast(dice: Random, ask: Ask) -> Cast:
    chance = dice.random()
    if chance < 0.1:
        return Abstention()
    if chance < 0.25 and ask.none_offered:
        return REJECTS_ALL
    return _ANSWERS[ask.kind](dice, ask)


def _picks(dice: Random, ask: Ask) -> Cast:
    most = 1 if ask.kind is not Kind.SEVERAL else ask.most or len(ask.options)
    named = range(1, len(ask.options) + 1)
    return Picks(frozenset(dice.sample(named, dice.randint(1, most))))


def _scores(dice: Random, ask: Ask) -> Cast:
    return Scores(tuple(dice.randint(ask.lowest, ask.highest) for _ in ask.options))


def _ranking(dice: Random, ask: Ask) -> Cast:
    """Often cut short, in Schulze's count often with equals."""
    equals = 0.25 if ask.kind is Kind.SCHULZE else 0.0
    steps: list[set[int]] = []
    for number in dice.sample(ask.numbers, dice.randint(1, len(ask.numbers))):
        if steps and dice.random() < equals:
            steps[-1].add(number)
        else:
            steps.append({number})
    return Ranking(tuple(map(frozenset, steps)))


def _consent(dice: Random, ask: Ask) -> Cast:
    del ask
    stance = dice.choice((*Stance, Stance.AGREE, Stance.AGREE, Stance.AGREE))
    return Consent(stance, dice.choice(("太吵", "占道", "费用高")) if stance is not Stance.AGREE else "")


_ANSWERS: dict[Kind, Callable[[Random, Ask], Cast]] = {
    Kind.SINGLE: _picks,
    Kind.SEVERAL: _picks,
    Kind.SENSE: _picks,
    Kind.SCORE: _scores,
    Kind.SCHULZE: _ranking,
    Kind.STV: _ranking,
    Kind.CONSENT: _consent,
}


def plainly(person: int) -> str:
    """A receipt that tells whose it is, as no real one does."""
    return f"ABC-{person:03d}"


def as_file(poll: Drawn, secrecy: str = "open", receipt: Callable[[int], str] = plainly) -> Table:
    """The file of a poll as a stranger makes it who has only read how it is made."""
    counted, asked = poll.counted(), poll.returned.ask
    header = {
        "schema": "yishi-poll-export/2",
        "poll": {**FACTS, "secrecy": secrecy},
        "rule": json.loads(dump_rule(poll.rule)),
        "ask": json.loads(dump_ask(asked)),
        **_roll(poll, receipt if secrecy == "open" else None),
    }
    plain = [
        {"receipt": receipt(person), "choice": json.loads(dump_cast(cast))}
        for person, cast in poll.returned.ballots.items()
    ]
    plain.sort(key=lambda ballot: str(ballot["receipt"]))
    announced = {"outcome": counted.outcome or "sense", "count": json.loads(dump_count(counted))}
    return chained({**header, "ballots": plain, "announced": announced})


def _roll(poll: Drawn, receipt: Callable[[int], str] | None) -> Table:
    weights, by_area = poll.returned.roll, Measure.AREA in measures(poll.rule)
    whole = sum((weight.area or Decimal(0) for weight in weights.values()), Decimal(0))
    entries = [
        {"receipt": receipt(person), "area": str(weight.area) if by_area else None}
        for person, weight in weights.items()
        if receipt
    ]
    entries.sort(key=lambda entry: str(entry["receipt"]))
    roll = {"heads": len(weights), "area": str(whole) if by_area else None}
    return {"roll": roll, "electorate": entries}


def chained(table: Table) -> Table:
    """A file with its chain made anew, as a forger makes it too."""
    names = ("schema", "poll", "rule", "ask", "roll", "electorate")
    first = chain.head({name: table[name] for name in names})
    plain = [{"receipt": one["receipt"], "choice": one["choice"]} for one in table["ballots"]]
    links = [first, *chain.links(first, plain)]
    ballots = [{**one, "link": link.hex()} for one, link in zip(plain, links[1:], strict=True)]
    ends = {"hash": "sha256", "head": first.hex(), "end": links[-1].hex(), "seal": chain.seal(links[-1])}
    return {**table, "ballots": ballots, "chain": ends}
