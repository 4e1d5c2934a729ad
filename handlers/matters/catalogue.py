"""The matters and routes we know, read from their files."""

import re
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files

from handlers.matters.model import Channel, Closed, Days, Label, Matter, Picks, Proxies, Route, Window
from handlers.rules.rule import Base, Bound, Clause, Grade, Measure, Outcome, Rule

_CLAUSE = re.compile(r"(\w+) (>=?) (1|\d+/\d+) (\w+)")
_BLANKS = re.compile(r"[\s、，,。“”\"]")
Table = Mapping[str, object]


@cache
def matters() -> Mapping[str, Matter]:
    """Every matter by id, in the order they are offered."""
    return {matter_id: _matter(matter_id, table) for matter_id, table in _tables("matters.toml").items()}


@cache
def routes() -> Mapping[str, Route]:
    """Every route by id."""
    return {route_id: _route(route_id, table) for route_id, table in _tables("routes.toml").items()}


def find(said: str) -> tuple[Matter, ...]:
    """The matters that may be meant by a person's words: those with the longest name or byword in them."""
    bare = _BLANKS.sub("", said)
    hits = [
        (len(short), matter)
        for matter in matters().values()
        for word in (matter.name, *matter.words)
        if (short := _BLANKS.sub("", word)) in bare
    ]
    longest = max((length for length, _ in hits), default=0)
    return tuple(dict.fromkeys(matter for length, matter in hits if length == longest))


def _tables(name: str) -> Mapping[str, Table]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def _matter(matter_id: str, table: Table) -> Matter:
    return Matter(
        id=matter_id,
        name=str(table["name"]),
        words=_words(table.get("words")),
        basis=str(table["basis"]),
        says=str(table["says"]),
        routes=tuple(routes()[word] for word in _words(table.get("routes"))),
        party_first=str(table.get("party_first", "")),
        publish=_days(table.get("publish")),
        picks=Picks(str(table["picks"])) if "picks" in table else None,
        channel=Channel(str(table["channel"])) if "channel" in table else None,
        closed=Closed(str(table["closed"])) if "closed" in table else None,
    )


def _route(route_id: str, table: Table) -> Route:
    notice = _days(table["notice"])
    assert notice is not None
    return Route(
        id=route_id,
        name=str(table["name"]),
        rule=_rule(table),
        notice=notice,
        window=_window(table.get("window")),
        label=Label(str(table["label"])),
        proxies=Proxies(str(table.get("proxies", Proxies.NONE))),
        remote=str(table.get("remote", "")),
        deemed=table.get("deemed") is True,
        needs=str(table.get("needs", "")),
    )


def _rule(table: Table) -> Rule:
    return Rule(
        basis=str(table["basis"]),
        grade=Grade(str(table["grade"])),
        electorate=str(table["body"]),
        invalid_as=Outcome(str(table["invalid_as"])),
        quorum=tuple(_clause(words) for words in _words(table["quorum"])),
        passing=tuple(_clause(words) for words in _words(table["pass"])),
    )


def _clause(words: str) -> Clause:
    found = _CLAUSE.fullmatch(words)
    if found is None:
        raise ValueError(f"not a clause: {words!r}")
    measure, bound, share, base = found.groups()
    return Clause(Measure(measure), Fraction(share), Bound(bound), Base(base))


def _days(written: object) -> Days | None:
    if not isinstance(written, dict):
        return None
    law, grade = str(written.get("law", "")), Grade(str(written["grade"]))
    return Days(int(written["days"]), law, grade, urgent=written.get("urgent") is True)


def _window(written: object) -> Window | None:
    if not isinstance(written, dict):
        return None
    law, grade = str(written.get("law", "")), Grade(str(written["grade"]))
    return Window(int(written["least"]), int(written["most"]), law, grade)


def _words(written: object) -> tuple[str, ...]:
    return tuple(str(word) for word in written) if isinstance(written, list) else ()
