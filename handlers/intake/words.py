"""The lexicon: TOML files of things, faults, dangers and turns of speech, and a scanner that finds them in a text."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from operator import add

from pydantic import TypeAdapter

from handlers.intake.patterns import Patterns, patterns
from handlers.intake.roles import Role
from storage.records import Category, Level

TOPIC_FILES = ("facilities.toml", "surroundings.toml", "living.toml", "safety.toml")
# Naming these puts a text into the neighbourhood without saying where.
_COMMON_PARTS = ("小区", "社区", "街道", "楼道", "单元", "楼栋", "村口", "村头", "村里")
SPEECH_FILES = ("speech.toml", "life.toml", "trade.toml")


# Words of these roles tell one matter from another; the rest is manner of speaking.
_TELLING = frozenset({
    Role.THING, Role.HOME, Role.SITE, Role.SPOT, Role.MATTER, Role.MAYBE, Role.CERTAIN, Role.LIKELY, Role.PERSON,
    Role.FAULT, Role.SOFT, Role.BODY, Role.QUARREL, Role.WISH, Role.RIVAL, Role.PET, Role.IRONY,
})  # fmt: skip
_VOTES = {Role.MATTER: 6, Role.THING: 5, Role.MAYBE: 3, Role.HOME: 1, Role.SITE: 1}
_DENIABLE = frozenset({Role.FAULT, Role.MATTER, Role.MAYBE, Role.CERTAIN, Role.LIKELY})
_PERILS = (Role.CERTAIN, Role.LIKELY)


@dataclass(frozen=True, slots=True)
class _TopicEntry:
    """One table of a topic file; word lists are strings of words separated by blanks."""

    name: str
    category: Category
    level: Level = Level.U2
    things: str = ""
    home: str = ""
    matters: str = ""
    maybe: str = ""
    sites: str = ""
    family: str = ""
    communal: bool = False


@dataclass(frozen=True, slots=True)
class _DangerEntry:
    """One table of `danger.toml`."""

    category: Category
    certain: str = ""
    likely: str = ""
    pattern: str = ""
    needs: str = ""
    family: str = ""


_TOPICS = TypeAdapter(dict[str, _TopicEntry])
_DANGERS = TypeAdapter(dict[str, _DangerEntry])
_SPEECH = TypeAdapter(dict[Role, str])
_LINES = TypeAdapter(dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class Topic:
    """What a matter can be about: its key in the data, its Chinese name, its category and usual urgency.

    Topics of one `family` are the same thing said differently, those of the family "broad" nothing in particular. A `communal` one exists once in a community (物业费).
    """

    key: str
    name: str
    category: Category
    level: Level
    family: str
    communal: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: its role, and the topic or danger it belongs to ("" for words of speech)."""

    role: Role
    topic: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What a word is worth where it stands: the roles to count and those of its own, topics with their votes, dangers.

    `void` is how much trouble it denies.
    """

    counted: tuple[Role, ...]
    roles: tuple[Role, ...]
    votes: tuple[tuple[str, int], ...]
    dangers: tuple[Sense, ...]
    void: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the lexicon with all its senses; whether it negates, and whether it tells what a text is about.

    What it is worth by itself and where it is denied is worked out beforehand.
    """

    text: str
    senses: tuple[Sense, ...]
    negates: bool
    tells: bool
    worth: Worth
    denied: Worth


# Not frozen: a message has many, and each would take three times as long to make.
@dataclass(slots=True)
class Hit:
    """A word found in a text, from `start` up to `end`."""

    start: int
    end: int
    word: Word


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, indexed by their first two characters, longest first; one-character words stand apart as well.

    `turns` are turns of speech and then dangers told in more than a word; `told` has the role and the danger ("" for
    none) of each.
    """

    topics: Mapping[str, Topic]
    dangers: Mapping[str, Topic]
    pairs: Mapping[str, tuple[Word, ...]]
    singles: Mapping[str, tuple[Word, ...]]
    turns: Patterns
    told: tuple[Sense, ...]

    def scan(self, text: str, pairs: Iterable[str]) -> list[Hit]:
        """Find words from left to right, the longest at each place, never overlapping; `pairs` are `paired(text)`."""
        hits: list[Hit] = []
        end = 0
        for at, words in enumerate(map(self.pairs.get, pairs, map(self.singles.get, text))):
            if words and at >= end:
                for word in words:
                    if text.startswith(word.text, at):
                        end = at + len(word.text)
                        hits.append(Hit(at, end, word))
                        break
        return hits

    def extended(self, topics_toml: str) -> "Lexicon":
        """The same lexicon with a community's own words, written like `facilities.toml`; raises ValueError."""
        entries = _TOPICS.validate_python(tomllib.loads(topics_toml))
        pairs, singles = _index([*self._pairs(), *_topic_pairs(entries)])
        return replace(self, topics={**self.topics, **_topics(entries)}, pairs=pairs, singles=singles)

    def _pairs(self) -> Iterable[tuple[str, Sense]]:
        words = {word for index in (self.pairs, self.singles) for group in index.values() for word in group}
        return ((word.text, sense) for word in words for sense in word.senses)


def paired(text: str) -> list[str]:
    """The pairs of characters of a text, and its last character."""
    return [*map(add, text, text[1:]), *text[-1:]]


def read_data(name: str) -> str:
    """The text of one shipped data file."""
    return files("handlers.intake").joinpath("lexicon", name).read_text(encoding="utf-8")


@cache
def shipped() -> Lexicon:
    """The lexicon as it comes with the program."""
    entries: dict[str, _TopicEntry] = {}
    for name in TOPIC_FILES:
        entries.update(_TOPICS.validate_python(tomllib.loads(read_data(name))))
    dangers = _DANGERS.validate_python(tomllib.loads(read_data("danger.toml")))
    pairs = [*_topic_pairs(entries), *_danger_pairs(dangers)]
    for name in SPEECH_FILES:
        pairs += _speech_pairs(_SPEECH.validate_python(tomllib.loads(read_data(name))))
    spots = _LINES.validate_python(tomllib.loads(read_data("places.toml")))["spots"]
    pairs += (
        (word.lower(), Sense(Role.SPOT, "")) for line in (*spots, *_COMMON_PARTS) for word in line.split()
    )
    turns = _SPEECH.validate_python(tomllib.loads(read_data("turns.toml")))
    alarms = {key: entry for key, entry in dangers.items() if entry.needs}
    return Lexicon(
        _topics(entries),
        _perils(dangers),
        *_index(pairs),
        patterns(
            [
                *((pattern, "") for pattern in turns.values()),
                *((entry.pattern, entry.needs) for entry in alarms.values()),
            ]
        ),
        (*(Sense(role, "") for role in turns), *(Sense(Role.CERTAIN, key) for key in alarms)),
    )


def _topics(entries: Mapping[str, _TopicEntry]) -> dict[str, Topic]:
    return {
        key: Topic(key, entry.name, entry.category, entry.level, entry.family or key, entry.communal)
        for key, entry in entries.items()
    }


def _perils(entries: Mapping[str, _DangerEntry]) -> dict[str, Topic]:
    return {
        key: Topic(key, "", entry.category, Level.U0, entry.family or key, communal=False)
        for key, entry in entries.items()
    }


def _topic_pairs(entries: Mapping[str, _TopicEntry]) -> Iterable[tuple[str, Sense]]:
    for key, entry in entries.items():
        lists = {
            Role.THING: entry.things,
            Role.HOME: entry.home,
            Role.SITE: entry.sites,
            Role.MATTER: entry.matters,
            Role.MAYBE: entry.maybe,
        }
        for role, words in lists.items():
            yield from ((word.lower(), Sense(role, key)) for word in words.split())


def _danger_pairs(entries: Mapping[str, _DangerEntry]) -> Iterable[tuple[str, Sense]]:
    for key, entry in entries.items():
        for role, words in ((Role.CERTAIN, entry.certain), (Role.LIKELY, entry.likely)):
            yield from ((word.lower(), Sense(role, key)) for word in words.split())


def _speech_pairs(entries: Mapping[Role, str]) -> Iterable[tuple[str, Sense]]:
    for role, words in entries.items():
        yield from ((word.lower(), Sense(role, "")) for word in words.split())


def _index(
    pairs: Iterable[tuple[str, Sense]],
) -> tuple[dict[str, tuple[Word, ...]], dict[str, tuple[Word, ...]]]:
    """Words by their first two characters, longest first and those of one character last, and these by themselves."""
    senses: dict[str, dict[Sense, None]] = {}
    for text, sense in pairs:
        senses.setdefault(text, {})[sense] = None
    words = [_word(text, tuple(found)) for text, found in senses.items()]
    singles: dict[str, tuple[Word, ...]] = {word.text: (word,) for word in words if len(word.text) == 1}
    index: dict[str, list[Word]] = {}
    for word in sorted(words, key=lambda word: -len(word.text)):
        if len(word.text) > 1:
            index.setdefault(word.text[:2], []).append(word)
    return {key: (*group, *singles.get(key[0], ())) for key, group in index.items()}, singles


def _word(text: str, senses: tuple[Sense, ...]) -> Word:
    roles = {sense.role for sense in senses}
    worth, denied = _worth(senses, denied=False), _worth(senses, denied=True)
    return Word(text, senses, Role.NEGATION in roles, not roles.isdisjoint(_TELLING), worth, denied)


@cache
def _worth(senses: tuple[Sense, ...], *, denied: bool) -> Worth:
    """What these senses are worth, the same for all words that share them.

    Trouble denied is worth nothing, and what is denied to be over is a fault.
    """
    left = [sense for sense in senses if not (denied and sense.role in _DENIABLE)]
    told = [sense for sense in left if not (denied and sense.role is Role.SOLVED)]
    return Worth(
        counted=tuple(sense.role if sense in told else Role.FAULT for sense in left),
        roles=tuple(sense.role for sense in told),
        votes=tuple((sense.topic, _VOTES[sense.role]) for sense in told if sense.role in _VOTES),
        dangers=tuple(sense for sense in told if sense.role in _PERILS),
        void=len(senses) - len(left),
    )
