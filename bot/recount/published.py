"""A published poll: its ballots counted anew and everything it says about itself held against that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from bot.recount import chain
from bot.recount.counts import Count, Opinion, Quantity, read_quantity, total, written
from bot.recount.judging import Judgement, judge
from bot.recount.reading import Node, Unreadable
from bot.recount.rules import Measure, Rule, read_rule

SCHEMA = "yishi-poll-export/1"
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


@dataclass(frozen=True, slots=True)
class Difference:
    """What the file says of itself at a place, and what comes out."""

    where: str
    stated: str
    found: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot of the file and the link of the chain that it states."""

    receipt: str
    choice: Choice
    link: str


@dataclass(frozen=True, slots=True)
class Recounted:
    """A published poll after the recount; it agrees with itself where there is no difference."""

    id: str
    question: str
    rule: Rule
    count: Count
    judgement: Judgement
    seal: str
    ballots: int
    differences: tuple[Difference, ...]


def recount(file: Node) -> Recounted:
    """Count a published poll again. Unreadable where it cannot be counted at all."""
    file.only(*_HEADER, "ballots", "announced", "chain")
    poll = file.field("poll").only(*_POLL)
    rule = read_rule(file.field("rule"))
    secrecy = poll.field("secrecy").one_of(Secrecy)
    ballots = tuple(_ballot(item) for item in file.field("ballots").items())
    _check_order(ballots)
    weights = _weights(file, rule, secrecy)
    count = _count(file.field("roll"), rule, ballots, weights)
    judgement = judge(rule, count)
    links = tuple(_links(file, ballots))
    differences = (
        *_of_the_roll(file.field("roll"), rule, weights),
        *_of_the_chain(file, ballots, links),
        *_of_the_announcement(file.field("announced"), rule, count, judgement),
    )
    return Recounted(
        id=poll.field("id").words(),
        question=poll.field("question").words(),
        rule=rule,
        count=count,
        judgement=judgement,
        seal=chain.seal(links[-1]),
        ballots=len(ballots),
        differences=differences,
    )


def _ballot(node: Node) -> Ballot:
    node.only("receipt", "choice", "link")
    choice = node.field("choice").one_of(Choice)
    return Ballot(node.field("receipt").words(), choice, node.field("link").words())


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


def _count(roll: Node, rule: Rule, ballots: Iterable[Ballot], weights: dict[str, Quantity]) -> Count:
    """Count the ballots; those of an open poll by the weight of their entry, which must be on the roll."""
    measures, one = rule.measures(), {Measure.HEADS: Fraction(1)}
    piles: dict[Opinion, list[Quantity]] = {opinion: [] for opinion in Opinion}
    for place, ballot in enumerate(ballots):
        if weights and ballot.receipt not in weights:
            raise Unreadable("not_on_the_roll", f"ballots[{place}].receipt")
        piles[_COUNTED_AS[ballot.choice]].append(weights.get(ballot.receipt, one))
    cast = {opinion: total(pile, measures) for opinion, pile in piles.items()}
    came_in = total(cast.values(), measures)
    whole = total(weights.values(), measures) if weights else read_quantity(roll, measures)
    if came_in[Measure.HEADS] > whole[Measure.HEADS]:
        raise Unreadable("more_than_there_is", "ballots")
    return Count(whole, came_in, came_in, cast)


def _links(file: Node, ballots: Iterable[Ballot]) -> Iterator[bytes]:
    header = {name: file.field(name).value for name in _HEADER}
    first = chain.head(header)
    yield first
    plain = ({"receipt": ballot.receipt, "choice": ballot.choice.value} for ballot in ballots)
    yield from chain.links(first, plain)


def _of_the_roll(roll: Node, rule: Rule, weights: dict[str, Quantity]) -> Iterator[Difference]:
    roll.only("heads", "area")
    if weights:
        found = total(weights.values(), rule.measures())
        yield from _compare(roll, found)


def _of_the_chain(file: Node, ballots: tuple[Ballot, ...], links: tuple[bytes, ...]) -> Iterator[Difference]:
    stated = file.field("chain").only("hash", "head", "end", "seal")
    yield from _unequal(stated.field("hash"), "sha256")
    yield from _unequal(stated.field("head"), links[0].hex())
    for place, (ballot, link) in enumerate(zip(ballots, links[1:], strict=True)):
        if ballot.link != link.hex():
            yield Difference(f"ballots[{place}].link", ballot.link, link.hex())
            break
    yield from _unequal(stated.field("end"), links[-1].hex())
    yield from _unequal(stated.field("seal"), chain.seal(links[-1]))


def _of_the_announcement(said: Node, rule: Rule, count: Count, judgement: Judgement) -> Iterator[Difference]:
    said.only("outcome", "tally")
    tally = said.field("tally").only("roll", "participation", "returned", *Opinion)
    parts: dict[str, Quantity] = {"roll": count.roll, "participation": count.present}
    parts |= {opinion.value: quantity for opinion, quantity in count.cast.items()}
    if tally.has("returned"):
        parts["returned"] = count.returned
    for name, quantity in parts.items():
        field = tally.field(name).only(*Measure)
        yield from _compare(field, {measure: quantity[measure] for measure in rule.measures()})
    yield from _unequal(said.field("outcome"), judgement.outcome)


def _compare(stated: Node, found: Quantity) -> Iterator[Difference]:
    said = read_quantity(stated, tuple(found))
    for measure in found:
        if said[measure] != found[measure]:
            field = stated.field(measure)
            yield Difference(field.where, str(field.value), str(written(found)[measure]))
    for measure in Measure:
        if measure not in found and stated.has(measure):
            yield Difference(stated.field(measure).where, str(stated.field(measure).value), "-")


def _unequal(stated: Node, found: str) -> Iterator[Difference]:
    if stated.words() != found:
        yield Difference(stated.where, stated.words(), found)
