"""A ballot as people type it: 2, 1 3, 5 3 4, 2>1=3, 反对 太吵."""

import re
import unicodedata
from typing import Final

from handlers.choices.ask import NONE, PICKED, RANKED, Ask, Kind
from handlers.choices.cast import (
    REJECTS_ALL,
    Abstention,
    Cast,
    Consent,
    Picks,
    Ranking,
    Scores,
    Stance,
    check,
    usage,
)
from handlers.matters.sounding import bare_words
from handlers.texts import term, text

_APART: Final = re.compile(r"[\s,、;/]+")
_STEPS: Final = re.compile(r"[\s,、;/>]+")
_EQUALS: Final = re.compile(r"\s*=\s*")
_MARKED: Final = re.compile(r"(\d+)\s*[:=]\s*(\d+)")
_STANCES: Final = {
    **{str(number): stance for number, stance in enumerate(Stance, 1)},
    **dict.fromkeys(("同意", "赞成"), Stance.AGREE),
    **dict.fromkeys(("有保留", "保留"), Stance.RESERVED),
    **dict.fromkeys(("反对", "不同意"), Stance.OBJECT),
}
_STANCE: Final = re.compile(rf"({'|'.join(sorted(_STANCES, reverse=True))})(?!\d)[\s,:;、。]*")
_NUMBER: Final = re.compile(r"\d{1,3}")


def read_cast(ask: Ask, said: str) -> Cast:
    """Read a ballot from a person's words. Raises Refusal that shows how this ballot is answered."""
    words = unicodedata.normalize("NFKC", said).strip().strip("。.!")
    if bare_words(words) == bare_words(term("choice", "abstain")):
        return Abstention()
    cast = _read(ask, words)
    check(ask, cast)
    return cast


def _read(ask: Ask, words: str) -> Cast:
    if ask.kind is Kind.CONSENT:
        return _read_consent(ask, words)
    if ask.none_offered and bare_words(words) in _rejections(ask):
        return REJECTS_ALL
    if ask.kind in RANKED:
        return _read_ranking(ask, words)
    if ask.kind is Kind.SCORE:
        return _read_scores(ask, words)
    assert ask.kind in PICKED
    return Picks(frozenset(_options(ask, words)))


def _rejections(ask: Ask) -> set[str]:
    return {str(NONE), str(ask.shown(NONE)), bare_words(text("choices.none_of_these"))}


def _options(ask: Ask, words: str) -> list[int]:
    """The numbers written, or the one option whose whole name was."""
    if not _NUMBER.fullmatch(words) and (number := _named(ask, words)):
        return [number]
    return [_option(ask, part) for part in _APART.split(words) if part]


def _option(ask: Ask, part: str) -> int:
    if _NUMBER.fullmatch(part):
        return ask.meant(int(part))
    if bare_words(part) == bare_words(text("choices.none_of_these")):
        return NONE
    if number := _named(ask, part):
        return number
    raise usage(ask)


def _named(ask: Ask, words: str) -> int | None:
    bare = bare_words(words)
    return next((place for place, option in enumerate(ask.options, 1) if bare_words(option) == bare), None)


def _read_ranking(ask: Ask, words: str) -> Ranking:
    joined = _EQUALS.sub("=", words)
    steps = [step for step in _STEPS.split(joined) if step]
    read = [[_option(ask, part) for part in step.split("=")] for step in steps]
    check(ask, Ranking(tuple(frozenset({number}) for step in read for number in step)))
    return Ranking(tuple(frozenset(step) for step in read))


def _read_scores(ask: Ask, words: str) -> Scores:
    if marked := _MARKED.findall(words):
        rest = _MARKED.sub("", words)
        by_option = {int(option): int(mark) for option, mark in marked}
        whole = set(by_option) == set(range(1, len(ask.options) + 1)) and len(by_option) == len(marked)
        if _APART.sub("", rest) or not whole:
            raise usage(ask)
        return Scores(tuple(by_option[option] for option in sorted(by_option)))
    parts = [part for part in _APART.split(words) if part]
    if not parts or not all(_NUMBER.fullmatch(part) for part in parts):
        raise usage(ask)
    return Scores(tuple(int(part) for part in parts))


def _read_consent(ask: Ask, words: str) -> Consent:
    """A number or a word of stance, and after it the reason; "同意，但是…" is neither and is asked again."""
    found = _STANCE.match(words)
    stance = _STANCES.get(found[1]) if found else None
    if found is None or stance is None:
        raise usage(ask)
    reason = words[found.end() :].strip()
    if stance is Stance.AGREE and reason:
        raise usage(ask)
    return Consent(stance, reason)
