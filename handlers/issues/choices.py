"""What can be chosen: closing words, reasons for a no, limits by level, and whom a matter is usually given to."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from handlers.texts import meaning, term, terms, text
from handlers.words import narrow
from storage.records import Category, Kind, Level

_CODE = re.compile(r"(\d)(?!\d)[\s.、，,:：）)]*(.*)", re.DOTALL)
_TOKEN = re.compile(r"[\s,，、;；]+")
_SHORTEST_PREFIX = 2


class Closing(StrEnum):
    """With which word an issue is closed: "done" and "not ours" must not look the same."""

    RESOLVED = "resolved"
    NOT_OURS = "not_ours"
    NOT_NOW = "not_now"
    MERGED = "merged"
    UNSOLVABLE = "unsolvable"


class Reason(StrEnum):
    """Why an issue is not taken on, in the order of the numbers they are chosen by."""

    ELSEWHERE = "elsewhere"
    PERSONAL = "personal"
    SAME = "same"
    UNVERIFIED = "unverified"
    UNLAWFUL = "unlawful"
    IN_COURT = "in_court"
    NEEDS_MORE = "needs_more"
    ADVERTISEMENT = "advertisement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long until somebody takes it on, until there is an answer, and from the reminder to the escalation."""

    accept: timedelta
    feedback: timedelta
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Tags:
    """What a person says a matter is; None where they said nothing. `unknown` are words that mean nothing here."""

    category: Category | None = None
    level: Level | None = None
    unknown: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    accept: int
    feedback: int
    grace: int
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class _Span:
    minutes: int
    grade: str


@dataclass(frozen=True, slots=True)
class _File:
    level: Mapping[Level, _Level]
    check: _Span
    extension: _Span
    parties: Mapping[Category, tuple[str, ...]]


@cache
def _shipped() -> _File:
    written = files(__package__).joinpath("limits.toml").read_text("utf-8")
    return TypeAdapter(_File).validate_python(tomllib.loads(written))


def limits(level: Level) -> Limits:
    """The limits of a level."""
    row = _shipped().level[level]
    return Limits(*(timedelta(minutes=minutes) for minutes in (row.accept, row.feedback, row.grace)))


def check_limit() -> timedelta:
    """How long until somebody else has looked at what is said to be done."""
    return timedelta(minutes=_shipped().check.minutes)


def longest_extension() -> timedelta:
    """The most that one extension may add."""
    return timedelta(minutes=_shipped().extension.minutes)


def usual_parties(category: Category) -> tuple[str, ...]:
    """Whom such a matter is usually given to, the likeliest first."""
    return _shipped().parties[category]


def closing_word(closing: Closing) -> str:
    """已解决, 不属职责 …."""
    return text(f"issues.closing_{closing}")


def reason_word(reason: Reason) -> str:
    """不是本社区的事 …."""
    return text(f"issues.reason_{reason}")


def read_closing(words: str) -> tuple[Closing, str] | None:
    """Read 已解决 followed by words; None when they begin with no closing word."""
    for closing in Closing:
        if words.startswith(word := closing_word(closing)):
            return closing, words.removeprefix(word).strip(" ，,。:：")
    return None


def read_reason(words: str) -> tuple[Reason, str] | None:
    """Read a reason by its number or its word; other words are a reason of their own; None for no words."""
    match = _CODE.match(narrow(words))
    if match and 1 <= int(match[1]) <= len(Reason):
        return tuple(Reason)[int(match[1]) - 1], words[match.start(2) :].strip()
    for reason in Reason:
        if words.startswith(word := reason_word(reason)):
            return reason, words.removeprefix(word).strip(" ，,。:：")
    return (Reason.OTHER, words) if words else None


def read_tags(words: str) -> Tags:
    """Read 房屋设施 紧急 建议 in any order; two characters of a category are enough when they fit only one."""
    category: Category | None = None
    level: Level | None = None
    kind: Kind | None = None
    unknown = []
    for word in filter(None, _TOKEN.split(words)):
        if found := _category(word):
            category = found
        elif said := meaning("level", word):
            level = Level(said)
        elif said := meaning("kind", word):
            kind = Kind(said)
        else:
            unknown.append(word)
    return Tags(category, level or (Level.U0 if kind is Kind.URGENT else None), tuple(unknown), kind)


def _category(word: str) -> Category | None:
    fits = [Category(found) for found, said in terms("category").items() if said.startswith(word)]
    whole = [one for one in fits if term("category", one) == word]
    if whole:
        return whole[0]
    return fits[0] if len(fits) == 1 and len(word) >= _SHORTEST_PREFIX else None
