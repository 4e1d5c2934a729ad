"""The meetings people speak of, and the body each is a meeting of."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.bodies import find as find_body
from handlers.bodies import name_of
from storage.records import GroupRole, Role

_BLANKS = re.compile(r"[\s、，,“”\"]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A body's meeting: what it is called, which groups hear of it, who besides the office may call it.

    `private`: nothing of it is said in any group, and only `callers` call it.
    """

    body: str
    names: tuple[str, ...]
    group: GroupRole | None
    callers: tuple[Role, ...]
    private: bool

    @property
    def name(self) -> str:
        """The name we use ourselves."""
        return self.names[0]


@cache
def _kinds() -> Mapping[str, Kind]:
    tables = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return {body: _kind(body, table) for body, table in tables.items()}


def kind_of(body: str) -> Kind:
    """How a body meets; one that nobody described is told in no group but its stage's."""
    return _kinds().get(body) or Kind(body, (name_of(body),), None, (), private=False)


def kinds_named(said: str) -> tuple[Kind, ...]:
    """The meetings that may be meant: those with the longest name that is in what was said."""
    plain = _BLANKS.sub("", said)
    hits = [
        (len(short), kind)
        for kind in _kinds().values()
        for name in kind.names
        if (short := _BLANKS.sub("", name)) in plain
    ]
    if not hits:
        body = find_body(plain) if plain else None
        return (kind_of(body.id),) if body and body.electorate else ()
    longest = max(length for length, _ in hits)
    return tuple(dict.fromkeys(kind for length, kind in hits if length == longest))


def _kind(body: str, table: Mapping[str, object]) -> Kind:
    group = table.get("group")
    return Kind(
        body=body,
        names=_words(table.get("names")),
        group=GroupRole(str(group)) if group else None,
        callers=tuple(Role(word) for word in _words(table.get("callers"))),
        private=table.get("private") is True,
    )


def _words(written: object) -> tuple[str, ...]:
    return tuple(str(word) for word in written) if isinstance(written, list) else ()
