"""A published poll: its ballots counted anew and everything it says about itself held against that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from bot.recount import chain
from bot.recount.announced import Simple, deem, of_the_reckoned, of_the_simple
from bot.recount.asking import read_ask
from bot.recount.counts import Count, Opinion, Quantity, read_quantity, total
from bot.recount.differing import Difference, unequal, unequal_amounts
from bot.recount.judging import judge
from bot.recount.kinds import Reckoned, Voter, reckon
from bot.recount.papers import read_paper
from bot.recount.reading import Node, Unreadable
from bot.recount.rules import Measure, Rule, read_rule

SCHEMA = "yishi-poll-export/1"
ASKING = "yishi-poll-export/2"
"""The form of a poll that asks for more than yes or no; its header has an `ask`."""
_HEADER = ("schema", "poll", "rule", "roll", "electorate")
_POLL = ("id", "community", "year", "number", "question", "body", "secrecy", "opens_at", "closes_at")


class Secrecy(StrEnum):
    """Open: every ballot bears the code of an entry of the roll. Secret: nothing joins the two."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 - a kind of ballot


class Choice(StrEnum):
    """What a ballot says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


_COUNTED_AS = {Choice.FOR: Opinion.YES, Choice.AGAINST: Opinion.NO, Choice.ABSTAIN: Opinion.ABSTAIN}
Result: TypeAlias = Simple | Reckoned


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot of the file and the link of the chain that it states; `choice` as it is written."""

    receipt: str
    choice: Node
    link: str


@dataclass(frozen=True, slots=True)
class Box:
    """The ballots and the frozen roll: `weights` by code, none in a secret poll, where everybody is one head."""

    rule: Rule
    ballots: tuple[Ballot, ...]
    weights: Mapping[str, Quantity]
    whole: Quantity

    def weight(self, ballot: Ballot) -> Quantity:
        """What a ballot weighs."""
        return self.weights.get(ballot.receipt, {Measure.HEADS: Fraction(1)})


@dataclass(frozen=True, slots=True)
class Recounted:
    """A published poll after the recount; it agrees with itself where there is no difference.

    `void` is why its result no longer holds, "" where it does: no ballot can tell that.
    """

    id: str
    question: str
    rule: Rule
    result: Result
    seal: str
    ballots: int
    differences: tuple[Difference, ...]
    void: str = ""


def recount(file: Node) -> Recounted:
    """Count a published poll again. Unreadable where it cannot be counted at all."""
    header = _header_names(file)
    file.only(*header, "ballots", "announced", "chain")
    poll = file.field("poll").only(*_POLL)
    rule, roll = read_rule(file.field("rule")), file.field("roll").only("heads", "area")
    box = _box(file, rule, poll.field("secrecy").one_of(Secrecy))
    result = _reckon(file, box) if "ask" in header else _count(file, box)
    links = tuple(_links(file, header, box.ballots))
    differences = (
        *(unequal_amounts(roll, box.whole) if box.weights else ()),
        *_of_the_chain(file, box.ballots, links),
        *_of_the_result(file.field("announced"), box, result),
    )
    return Recounted(
        id=poll.field("id").words(),
        question=poll.field("question").words(),
        rule=rule,
        result=result,
        seal=chain.seal(links[-1]),
        ballots=len(box.ballots),
        differences=differences,
        void=_void(file.field("announced")),
    )


def _void(announced: Node) -> str:
    return announced.field("void").words() if announced.has("void") else ""


def _header_names(file: Node) -> tuple[str, ...]:
    schema = file.field("schema")
    if schema.value not in (SCHEMA, ASKING):
        raise Unreadable("other_schema", schema.where, known=f"{SCHEMA}、{ASKING}")
    return (*_HEADER, "ask") if schema.value == ASKING else _HEADER


def _box(file: Node, rule: Rule, secrecy: Secrecy) -> Box:
    ballots = tuple(_ballot(item) for item in file.field("ballots").items())
    _check_order(ballots)
    weights = _weights(file, rule, secrecy)
    for place, ballot in enumerate(ballots):
        if weights and ballot.receipt not in weights:
            raise Unreadable("not_on_the_roll", f"ballots[{place}].receipt")
    measures = rule.measures()
    whole = total(weights.values(), measures) if weights else read_quantity(file.field("roll"), measures)
    if len(ballots) > whole[Measure.HEADS]:
        raise Unreadable("more_than_there_is", "ballots")
    return Box(rule, ballots, weights, whole)


def _ballot(node: Node) -> Ballot:
    node.only("receipt", "choice", "link")
    return Ballot(node.field("receipt").words(), node.field("choice"), node.field("link").words())


def _check_order(ballots: tuple[Ballot, ...]) -> None:
    """Sorted by code, each once: no order of arrival, no ballot counted twice."""
    for place, (before, after) in enumerate(pairwise(ballots), start=1):
        if before.receipt >= after.receipt:
            raise Unreadable("not_in_order", f"ballots[{place}].receipt")


def _weights(file: Node, rule: Rule, secrecy: Secrecy) -> dict[str, Quantity]:
    """What each entry of the frozen roll weighs, by its code; of a secret poll there is nothing to tell apart."""
    electorate = file.field("electorate")
    if secrecy is Secrecy.SECRET:
        if electorate.items() or rule.measures() != (Measure.HEADS,):
            raise Unreadable("secret_by_heads", electorate.where)
        return {}
    entries = electorate.items()
    if not entries:
        raise Unreadable("nobody_on_the_roll", electorate.where)
    weights: dict[str, Quantity] = {}
    for entry in entries:
        code = entry.only("receipt", "area").field("receipt").words()
        if code in weights:
            raise Unreadable("twice_on_the_roll", entry.where)
        weights[code] = _weight(entry, rule)
    return weights


def _weight(entry: Node, rule: Rule) -> Quantity:
    if Measure.HOUSEHOLDS in rule.measures():
        raise Unreadable("no_households", entry.where)
    if Measure.AREA not in rule.measures():
        return {Measure.HEADS: Fraction(1)}
    if not entry.has("area"):
        raise Unreadable("not_there", entry.field("area").where)
    return {Measure.HEADS: Fraction(1), Measure.AREA: entry.field("area").amount()}


def _reckon(file: Node, box: Box) -> Reckoned:
    ask = read_ask(file.field("ask"))
    voters = [Voter(read_paper(ask, ballot.choice), box.weight(ballot)) for ballot in box.ballots]
    return reckon(ask, box.rule, voters, box.whole)


def _count(file: Node, box: Box) -> Simple:
    """Count the ballots; those of an open poll by the weight of their entry."""
    measures = box.rule.measures()
    piles: dict[Opinion, list[Quantity]] = {opinion: [] for opinion in Opinion}
    for ballot in box.ballots:
        piles[_COUNTED_AS[ballot.choice.one_of(Choice)]].append(box.weight(ballot))
    cast = {opinion: total(pile, measures) for opinion, pile in piles.items()}
    came_in, said = total(cast.values(), measures), file.field("announced")
    idle = _idle(said.field("idle"), box) if said.has("idle") else []
    count = Count(box.whole, total((came_in, *idle), measures), came_in, cast)
    judgement = judge(box.rule, count)
    if not said.has("deemed"):
        return Simple(count, judgement, None)
    codes = {ballot.receipt for ballot in box.ballots}
    return Simple(count, judgement, deem(said.field("deemed"), box.rule, count, box.weights, codes))


def _idle(said: Node, box: Box) -> list[Quantity]:
    """What those weigh who sat in the room and cast nothing: by their codes, of a secret poll so many heads.

    Unreadable where one of them is not on the roll, is named twice, or has a ballot in, and where they are too many.
    """
    if not box.weights:
        heads = said.whole()
        if heads + len(box.ballots) > box.whole[Measure.HEADS]:
            raise Unreadable("more_than_there_is", said.where)
        return [{Measure.HEADS: Fraction(heads)}]
    seen = {ballot.receipt for ballot in box.ballots}
    found = []
    for node in said.items():
        code = node.words()
        if code not in box.weights:
            raise Unreadable("not_on_the_roll", node.where)
        if code in seen:
            raise Unreadable("not_silent", node.where)
        seen.add(code)
        found.append(box.weights[code])
    return found


def _links(file: Node, header: Iterable[str], ballots: Iterable[Ballot]) -> Iterator[bytes]:
    first = chain.head({name: file.field(name).value for name in header})
    yield first
    plain = ({"receipt": ballot.receipt, "choice": ballot.choice.value} for ballot in ballots)
    yield from chain.links(first, plain)


def _of_the_chain(file: Node, ballots: tuple[Ballot, ...], links: tuple[bytes, ...]) -> Iterator[Difference]:
    stated = file.field("chain").only("hash", "head", "end", "seal")
    yield from unequal(stated.field("hash"), "sha256")
    yield from unequal(stated.field("head"), links[0].hex())
    for place, (ballot, link) in enumerate(zip(ballots, links[1:], strict=True)):
        if ballot.link != link.hex():
            yield Difference(f"ballots[{place}].link", ballot.link, link.hex())
            break
    yield from unequal(stated.field("end"), links[-1].hex())
    yield from unequal(stated.field("seal"), chain.seal(links[-1]))


def _of_the_result(said: Node, box: Box, result: Result) -> Iterator[Difference]:
    if isinstance(result, Reckoned):
        return of_the_reckoned(said, result)
    return of_the_simple(said, box.rule, result)
