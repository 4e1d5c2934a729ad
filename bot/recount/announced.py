"""What was announced of a poll, held against what its ballots come to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.recount.asking import Kind
from bot.recount.counts import Count, Opinion, Quantity, total
from bot.recount.differing import Difference, unequal, unequal_amounts, unlike
from bot.recount.judging import Judgement
from bot.recount.kinds import SENSE, Reckoned, marks_of, middle
from bot.recount.papers import Stance
from bot.recount.reading import Node, Unreadable
from bot.recount.rules import Measure, Rule
from bot.recount.tallies import Deemed, join

_DEEMED = ("clause", "joined", "outcome", "tally", "served", "to")
_JOINED = {Opinion.YES: "for", Opinion.NO: "against", Opinion.ABSTAIN: "abstain"}


@dataclass(frozen=True, slots=True)
class Second:
    """从多: the other result, with those counted on whom the ballot was `served` and who stayed silent."""

    served: Quantity
    deemed: Deemed


@dataclass(frozen=True, slots=True)
class Simple:
    """The result of a poll of yes and no, and the second one where it has one."""

    count: Count
    judgement: Judgement
    second: Second | None


def deem(said: Node, rule: Rule, count: Count, weights: Mapping[str, Quantity], cast: set[str]) -> Second:
    """Count those the ballot was served on and who stayed silent with the largest opinion.

    Unreadable where one of them is not on the roll, is named twice, or has a ballot in.
    """
    served = said.only(*_DEEMED).field("to").items()
    seen: set[str] = set()
    for node in served:
        code = node.words()
        if code not in weights:
            raise Unreadable("not_on_the_roll", node.where)
        if code in cast or code in seen:
            raise Unreadable("not_silent", node.where)
        seen.add(code)
    moved = total((weights[code] for code in seen), rule.measures())
    return Second(moved, join(rule, count, moved))


def of_the_simple(said: Node, rule: Rule, found: Simple) -> Iterator[Difference]:
    """Differences in the outcome and the tally, and in both once more where silent voters were counted."""
    said.only("outcome", "tally", "deemed", "idle", "void")
    yield from _of_the_tally(said.field("tally"), rule, found.count)
    yield from unequal(said.field("outcome"), found.judgement.outcome)
    if found.second is not None:
        yield from _of_the_second(said.field("deemed"), rule, found.second)


def of_the_reckoned(said: Node, found: Reckoned) -> Iterator[Difference]:
    """Differences in everything that is announced of a poll with options."""
    said.only("outcome", "count", "void")
    yield from unequal(said.field("outcome"), found.outcome)
    told = said.field("count")
    expected = as_count(found)
    stated = Node({**told.table(), "standings": None, "tied": None}, told.where)
    yield from unlike(stated, {**expected, "standings": None, "tied": None})
    yield from unlike(_in_order(told.field("tied")), sorted(found.tied))
    yield from _of_the_standings(told.field("standings"), found)


def as_count(found: Reckoned) -> dict[str, object]:
    """A result as its file tells it; square metres are Fractions."""
    rounds = found.shared.rounds if found.shared else ()
    return {
        "kind": found.ask.kind.value,
        "outcome": None if found.outcome == SENSE else found.outcome,
        "winners": list(found.winners),
        "tied": list(found.tied),
        "roll": _amounts(found.count.roll),
        "participation": _amounts(found.count.present),
        "returned": _amounts(found.count.returned),
        "abstain": _amounts(found.count.cast[Opinion.ABSTAIN]),
        "backing": _amounts(found.count.cast[Opinion.YES]),
        "standings": [_standing(found, number, place) for number, place in found.places],
        "quota": found.shared.quota if found.shared else 0,
        "stages": [
            {
                "votes": [[number, str(votes)] for number, votes in each.votes.items()],
                "exhausted": str(each.exhausted),
                "elected": list(each.elected),
                "excluded": list(each.excluded),
            }
            for each in rounds
        ],
        "pairs": [[duel.one, duel.other, duel.before, duel.after] for duel in found.fought],
        "stances": _stances(found),
        "reasons": _reasons(found, Stance.OBJECT),
        "worries": _reasons(found, Stance.RESERVED),
    }


def _of_the_second(said: Node, rule: Rule, found: Second) -> Iterator[Difference]:
    said.field("clause").words()
    joined = found.deemed.joined
    yield from _of_the_tally(said.field("tally"), rule, found.deemed.count)
    yield from unequal(said.field("outcome"), found.deemed.judgement.outcome)
    yield from unequal_amounts(said.field("served"), found.served)
    yield from unlike(said.field("joined"), None if joined is None else _JOINED[joined])


def _of_the_tally(tally: Node, rule: Rule, count: Count) -> Iterator[Difference]:
    tally.only("roll", "participation", "returned", *Opinion)
    parts: dict[str, Quantity] = {"roll": count.roll, "participation": count.present}
    parts |= {opinion.value: quantity for opinion, quantity in count.cast.items()}
    if tally.has("returned"):
        parts["returned"] = count.returned
    for name, quantity in parts.items():
        counted = {measure: quantity[measure] for measure in rule.measures()}
        yield from unequal_amounts(tally.field(name), counted)


def _of_the_standings(stated: Node, found: Reckoned) -> Iterator[Difference]:
    """Option by option: in which order equal options are told says nothing."""
    listed = {item.field("option").whole(): item for item in stated.items()}
    places = dict(found.places)
    if sorted(listed) != sorted(places) or len(stated.items()) != len(places):
        yield Difference(stated.where, str(len(stated.items())), str(len(places)))
        return
    for number, place in places.items():
        yield from unlike(listed[number], _standing(found, number, place))


def _standing(found: Reckoned, number: int, place: int) -> dict[str, object]:
    marks, judged = marks_of(found.papers, number), found.judged.get(number)
    return {
        "option": number,
        "place": place,
        "support": _amounts(found.backing[number]),
        "given": len(marks) or None,
        "sum": sum(marks) if marks else None,
        "mean": str(Fraction(sum(marks), len(marks))) if marks else None,
        "median": str(middle(marks)) if marks else None,
        "outcome": judged.outcome if judged else None,
    }


def _in_order(stated: Node) -> Node:
    return Node(sorted(item.whole() for item in stated.items()), stated.where)


def _amounts(quantity: Quantity) -> dict[str, object]:
    return {
        "heads": int(quantity[Measure.HEADS]),
        "area": quantity.get(Measure.AREA),
        "households": None,
    }


def _stances(found: Reckoned) -> dict[str, object]:
    if found.ask.kind is not Kind.CONSENT:
        return {}
    return {stance.value: len(found.stance(stance)) for stance in Stance}


def _reasons(found: Reckoned, stance: Stance) -> list[str]:
    return [reason for reason in found.stance(stance) if reason]
