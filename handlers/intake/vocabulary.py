"""A community's own places and words as an operator writes them: every fault at once, each in a sentence."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handlers.intake.aliases import Aliases, read_aliases
from handlers.intake.places import find_place
from handlers.intake.plain import plain
from handlers.texts import meaning, terms, text
from storage.records import Category, Level

_SHORTEST = 2
_LISTS = ("things", "home", "matters", "maybe", "sites")
_KEYS = ("name", "category", "level", *_LISTS, "family", "communal")
_AT_LINE = re.compile(r"at line (\d+)")
_BARE_TABLE = re.compile(r"^[ \t]*\[[ \t]*([^\[\]\"'\n]*[\u4e00-\u9fff][^\[\]\"'\n]*?)[ \t]*\]", re.MULTILINE)
_BARE_KEY = re.compile(r"^[ \t]*([^\[\"'#=\n]*[\u4e00-\u9fff][^\"'#=\n]*?)[ \t]*=", re.MULTILINE)
Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What was written in two files, and what is wrong with each; with faults the aliases are not to be used."""

    aliases: Aliases
    places_faults: tuple[str, ...]
    words_faults: tuple[str, ...]


def read_vocabulary(places_toml: str, words_toml: str) -> Vocabulary:
    """Read `"老煤场" = "3号楼"` lines, and topics written like `facilities.toml`, their categories in Chinese or English.

    "" for a file that is not there.
    """
    places_toml = _quoted(places_toml)
    places, places_faults = _parsed(places_toml)
    words, words_faults = _parsed(_quoted(words_toml))
    places_faults += [fault for name, meant in places.items() for fault in _place_faults(name, meant)]
    words_faults += [fault for name, entry in words.items() for fault in _topic_faults(name, entry)]
    if places_faults or words_faults:
        return Vocabulary(Aliases(), tuple(places_faults), tuple(words_faults))
    return Vocabulary(read_aliases(places_toml, _topics(words)), (), ())


def _quoted(toml: str) -> str:
    """The same with names in Chinese in quotes, where TOML wants them and people leave them out."""
    return _BARE_KEY.sub(r'"\1" =', _BARE_TABLE.sub(r'["\1"]', toml))


def _parsed(toml: str) -> tuple[Table, list[str]]:
    try:
        return tomllib.loads(toml), []
    except tomllib.TOMLDecodeError as problem:
        found = _AT_LINE.search(str(problem))
        line = int(found[1]) if found else toml.count("\n") + 1
        return {}, [text("vocabulary.syntax", line=line)]


def _place_faults(name: str, meant: object) -> Iterator[str]:
    if not isinstance(meant, str) or not meant.strip():
        yield text("vocabulary.no_meaning", name=name)
        return
    if len(plain(name)) < _SHORTEST:
        yield text("vocabulary.short", name=name)
    if not find_place(plain(meant)).name:
        yield text("vocabulary.no_place", name=name, meant=meant)


def _topic_faults(name: str, entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield text("vocabulary.not_a_topic", name=name)
        return
    yield from (text("vocabulary.unknown", name=name, item=key) for key in entry if key not in _KEYS)
    if not isinstance(entry.get("name"), str):
        yield text("vocabulary.nameless", name=name)
    if _category(entry.get("category")) is None:
        yield text("vocabulary.category", name=name, categories="、".join(terms("category").values()))
    if _level(entry.get("level", Level.U2)) is None:
        yield text("vocabulary.level", name=name, levels="、".join(terms("level").values()))
    if not isinstance(entry.get("communal", False), bool):
        yield text("vocabulary.communal", name=name)
    if not isinstance(entry.get("family", ""), str):
        yield text("vocabulary.words", name=name, item="family")
    if not any(key in entry for key in _LISTS):
        yield text("vocabulary.empty", name=name)
    for key in _LISTS:
        yield from _list_faults(name, key, entry.get(key, ""))


def _list_faults(name: str, key: str, words: object) -> Iterator[str]:
    if not isinstance(words, str):
        yield text("vocabulary.words", name=name, item=key)
        return
    yield from (
        text("vocabulary.short_word", name=name, word=word) for word in words.split() if len(word) < _SHORTEST
    )


def _category(written: object) -> Category | None:
    word = _id("category", written)
    return Category(word) if word in tuple(Category) else None


def _level(written: object) -> Level | None:
    word = _id("level", written)
    return Level(word) if word in tuple(Level) else None


def _id(section: str, written: object) -> str:
    """The English id of a word written in Chinese or as the id itself; "" for anything else."""
    return (meaning(section, written) or written.lower()) if isinstance(written, str) else ""


def _topics(words: Table) -> str:
    """The same topics with categories and levels as the lexicon names them."""
    return "\n".join(_topic(name, entry) for name, entry in words.items() if isinstance(entry, dict))


def _topic(name: str, entry: Table) -> str:
    fixed = {**entry, "category": _category(entry["category"]), "level": _level(entry.get("level", Level.U2))}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fixed.items())
    return "\n".join([f"[{json.dumps(name, ensure_ascii=False)}]", *lines])
