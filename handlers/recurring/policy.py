"""Reading what is to become of a meeting on a day off: 遇节假日顺延, 调休上班日不算工作日."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from handlers.recurring.model import DaysOff, MadeUp, Off, Pattern, Shift, counts_workdays, on_weekends
from handlers.recurring.spans import Words
from handlers.refusals import Refusal

_LENGTH: Final = r"\s*(?:[一二两三四五六七八九十半]|\d{1,2})个?(?:天|日|周|星期|礼拜|月)"
_TO_WORKDAY: Final = r"(?:\s*(?:到|至)?(?:下|后|上|前)一?个?工作日)?"
_MADE_UP: Final = re.compile(
    r"(?:如果?|若)?(?:遇|逢)?到?(?:调休|补班)(?:上班|的|补班)*(?:日子?|周末|周六日?|天)?\s*,?\s*的?"
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What was said about days off; None for what was not. `off` is the word's own class."""

    off: str = ""
    shift: Shift | None = None
    shift_word: str = ""
    made_up: MadeUp | None = None


def take_policy(words: Words) -> tuple[Policy, Words]:
    """What is said about days off, and the text without it. Refusal for half a sentence."""
    words, made_up = _take_made_up(words)
    patterns = _patterns()
    found = patterns["full"].search(words.plain)
    if found is None:
        if patterns["asked"].search(words.plain):
            raise Refusal("recurring.shift_usage")
        return Policy(made_up=made_up), words
    if length := re.compile(_LENGTH).match(words.plain, found.end("shift")):
        raise Refusal("recurring.shift_length", written=found["shift"] + length[0])
    off = _off((found["off"], found["also"] or ""))
    policy = Policy(off, Shift(_meaning("shift", found["shift"])), found["shift"], made_up)
    return policy, words.taking(found.start(), found.end())


def days_off(policy: Policy, pattern: Pattern) -> DaysOff:
    """What holds for this pattern: a meeting on Saturdays is moved by public holidays, not by every weekend."""
    made_up = policy.made_up or MadeUp.WORKS
    if counts_workdays(pattern):
        return DaysOff(made_up=made_up)
    if policy.shift in (None, Shift.KEEP):
        if made_up is MadeUp.AVOIDED:
            raise Refusal("recurring.made_up_alone")
        return DaysOff()
    weekends = on_weekends(pattern)
    if weekends and policy.off == Off.REST:
        raise Refusal("recurring.shift_weekend", shift=policy.shift_word)
    off = Off.HOLIDAYS if weekends or policy.off == Off.HOLIDAYS else Off.REST
    assert policy.shift is not None
    return DaysOff(policy.shift, off, made_up)


def _take_made_up(words: Words) -> tuple[Words, MadeUp | None]:
    found = _MADE_UP.search(words.plain)
    if found is None:
        return words, None
    said = _patterns()["made_up"].match(words.plain, found.end())
    if said is None:
        raise Refusal("recurring.made_up_usage")
    return words.taking(found.start(), said.end()), MadeUp(_meaning("made_up", said[0]))


def _off(said: tuple[str, str]) -> str:
    """The widest class of the words: 节假日和周末 is every day of rest."""
    classes = {_meaning("off", word) for word in said if word}
    return next(kind for kind in ("rest", "either", "holidays") if kind in classes)


@cache
def _vocabulary() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def _meaning(section: str, word: str) -> str:
    return next(meaning for meaning, said in _vocabulary()[section].items() if word in said)


def _any_of(section: str) -> str:
    return "|".join(sorted(_said(section), key=len, reverse=True))


def _said(section: str) -> Iterator[str]:
    for said in _vocabulary()[section].values():
        yield from said


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    meets = r"(?:如果?|若)?(?:遇|逢|碰|赶)(?:到|上|见)?"
    off, shift = _any_of("off"), _any_of("shift")
    days = rf"(?P<off>{off})(?:\s*(?:和|或者?|、|及)?\s*(?P<also>{off}))?(?:的话|时|当天|期间)?"
    then = r"\s*,?\s*(?:就|则|一律|会议)?\s*"
    return {
        "full": re.compile(rf"(?:{meets}\s*)?{days}{then}(?P<shift>{shift}){_TO_WORKDAY}"),
        "asked": re.compile(rf"{meets}\s*(?:{off})"),
        "made_up": re.compile(_any_of("made_up")),
    }
