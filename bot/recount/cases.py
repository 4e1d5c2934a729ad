"""From a file to its cases, each counted by its kind; one that cannot be counted does not stop the others."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from bot.recount.owners import Press, Weight, foremost, read_ballots, read_units, receive, weigh
from bot.recount.published import ASKING, SCHEMA, Recounted, recount
from bot.recount.reading import Node, Unreadable, parse
from bot.recount.rules import Rule, read_rule
from bot.recount.tallies import Tallied, tally

VECTORS = "yishi-voting-vectors/1"


class Kind(StrEnum):
    """What a case asks: a verdict, the weight of a list of units, or what becomes of presses."""

    TALLY = "tally"
    ROLL = "roll"
    BALLOTS = "ballots"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What became of every press, and the weight whose ballot is in."""

    became: tuple[Press, ...]
    weight: Weight

    @property
    def outcome(self) -> Press | None:
        """What the case is known by."""
        return foremost(self.became)


Answer: TypeAlias = Recounted | Tallied | Pressed | Weight


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the file as it names itself, with its answer, or the sentence that says why there is none."""

    id: str
    answer: Answer | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A case not yet counted, and the rules its name for one may mean."""

    node: Node
    rules: Node


def count_again(source: str) -> Iterator[Case]:
    """Count every case of a file's text, in order. Unreadable where the file holds no cases at all."""
    found = list(_asked(parse(source), Node(None, "rules")))
    if not found:
        raise Unreadable("no_cases", "")
    return (_count(asked, place) for place, asked in enumerate(found, start=1))


def _asked(node: Node, rules: Node) -> Iterator[_Asked]:
    if isinstance(node.value, list):
        for item in node.items():
            yield from _asked(item, rules)
        return
    _check_schema(node)
    near = node.field("rules") if node.has("rules") else rules
    if node.has("vectors"):
        for item in node.field("vectors").items():
            yield _Asked(item, near)
    elif node.has("vector"):
        yield _Asked(_with_rule(node), near)
    elif node.has("kind") or node.has("announced"):
        yield _Asked(node, near)
    else:
        raise Unreadable("no_cases", node.where)


def _with_rule(node: Node) -> Node:
    """A vector that stands beside its rule instead of naming it."""
    vector = node.field("vector")
    if not node.has("rule"):
        return vector
    return Node({**vector.table(), "rule": node.field("rule").value}, vector.where)


def _check_schema(node: Node) -> None:
    schema = node.field("schema")
    known = (SCHEMA, ASKING, VECTORS)
    if not schema.absent and schema.value not in known:
        raise Unreadable("other_schema", schema.where, known="、".join(known))


def _count(asked: _Asked, place: int) -> Case:
    name = str(place)
    try:
        name = _name(asked.node, name)
        return Case(name, _answer(asked))
    except Unreadable as fault:
        return Case(name, None, str(fault))


def _name(node: Node, otherwise: str) -> str:
    named = node.field("poll") if node.has("announced") else node
    return str(named.field("id").value) if named.has("id") else otherwise


def _answer(asked: _Asked) -> Answer:
    case = asked.node
    if case.has("announced"):
        return recount(case)
    kind = case.field("kind").one_of(Kind)
    if kind is Kind.TALLY:
        return tally(case, _rule(case.field("rule"), asked.rules))
    units = read_units(case.field("units"))
    if kind is Kind.ROLL:
        return weigh(units)
    return Pressed(*receive(units, read_ballots(case.field("ballots"), units)))


def _rule(node: Node, rules: Node) -> Rule:
    """The rule a case holds, or the one it names: among those of its file, else among those everybody knows."""
    if isinstance(node.value, dict):
        return read_rule(node)
    name = node.words()
    if rules.has(name):
        return read_rule(rules.field(name))
    if name in _known():
        return read_rule(Node(_known()[name], name))
    raise Unreadable("no_such_rule", node.where, name=name)


@cache
def _known() -> dict[str, object]:
    return tomllib.loads(files(__package__).joinpath("known_rules.toml").read_text("utf-8"))
