"""The shipped names of places: spots with their spellings, kinds of place, and what only looks like a place."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from handlers.intake.words import read_data

_WORDS = TypeAdapter(dict[str, list[str]])
_LISTS = (
    "elsewhere",
    "common",
    "tails",
    "counted",
    "no_names",
    "no_ends",
    "openings",
    "plain_names",
    "pairs",
    "estates",
    "communities",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot named in a text from `start` to `end`, in one spelling; `kind` is the general word in it, "" for none."""

    start: int
    end: int
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Spellings by their first two characters, longest first, each with the name it means."""

    pairs: Mapping[str, tuple[tuple[str, str], ...]]

    def at(self, text: str, start: int) -> Spot | None:
        """The spot spelt at `start`."""
        for key in (text[start : start + 2], text[start : start + 1]):
            for spelling, name in self.pairs.get(key, ()):
                if text.startswith(spelling, start):
                    return Spot(start, start + len(spelling), name)
        return None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All that ships. `common` spots count with a name before or a position after them; `tails` need a name before.

    `tails` are filed under their last characters, longest first; `turns` are the characters that make another word of
    one, `counted` the tails a number names, `no_names` are words that look like one with its name, `no_ends` those
    that a longer word ends in as well. `openings` stand before a name,
    and `plain_names` say only how old or whose a place is. `pairs`, by both characters, are those of names.
    """

    spots: Table
    parts: Table
    common: frozenset[str]
    tails: Mapping[str, tuple[str, ...]]
    turns: Mapping[str, frozenset[str]]
    counted: frozenset[str]
    no_names: frozenset[str]
    no_ends: Mapping[str, tuple[str, ...]]
    openings: tuple[str, ...]
    plain_names: frozenset[str]
    pairs: Mapping[str, frozenset[str]]
    estates: tuple[str, ...]
    communities: tuple[str, ...]


@cache
def gazetteer() -> Gazetteer:
    """The tables of `places.toml`."""
    data = _WORDS.validate_python(tomllib.loads(read_data("places.toml")))
    words = {key: tuple(word for line in data[key] for word in line.split()) for key in _LISTS}
    return Gazetteer(
        spots=_table(data["spots"] + data["elsewhere"]),
        parts=_table(data["parts"]),
        common=frozenset(words["elsewhere"] + words["common"]),
        tails=_tails(words["tails"]),
        turns={line[0]: frozenset(line[1:].strip()) for line in data["turns"]},
        counted=frozenset(words["counted"]),
        no_names=frozenset(words["no_names"]),
        no_ends=_longer(words["tails"], words["no_ends"]),
        openings=words["openings"],
        plain_names=frozenset(words["plain_names"]),
        pairs=_pairs(words["pairs"]),
        estates=words["estates"],
        communities=words["communities"],
    )


def _table(lines: list[str]) -> Table:
    index: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        for spelling in line.lower().split():
            index.setdefault(spelling[:2], []).append((spelling, line.split()[0]))
    return Table(
        {
            key: tuple(sorted(dict.fromkeys(group), key=lambda one: -len(one[0])))
            for key, group in index.items()
        }
    )


def _pairs(words: tuple[str, ...]) -> dict[str, frozenset[str]]:
    return {mark: frozenset(word for word in words if mark in word) for mark in "".join(words)}


def _longer(tails: Iterable[str], words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {tail: tuple(word for word in words if word != tail and word.endswith(tail)) for tail in tails}


def _tails(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    index: dict[str, set[str]] = {}
    for word in words:
        index.setdefault(word[-1], set()).add(word)
    return {key: tuple(sorted(group, key=lambda one: (-len(one), one))) for key, group in index.items()}
