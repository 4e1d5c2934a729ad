"""Seeing through slips of the input method: 电体 sounds like 电梯."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import add

from pydantic import TypeAdapter

from handlers.intake.words import read_data

_DATA = TypeAdapter(dict[str, str])
_LONG = 4


@dataclass(frozen=True, slots=True)
class Slips:
    """Words known by sound. `sounds` maps a character to the first of its homophones, `pairs` indexes folded words."""

    sounds: Mapping[int, str]
    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    ordinary: frozenset[str]

    def mended(self, text: str) -> str:
        """The text with like-sounding spellings of known words put right; the text itself when there are none."""
        folded, pairs = text.translate(self.sounds), self.pairs
        if pairs.keys().isdisjoint(map(add, folded, folded[1:])):
            return text
        for at in range(len(folded) - 1):
            for sound, word in pairs.get(folded[at : at + 2], ()):
                if folded.startswith(sound, at) and self._slipped(text[at : at + len(word)], word):
                    text = text[:at] + word + text[at + len(word) :]
                    break
        return text

    def _slipped(self, spelling: str, word: str) -> bool:
        if spelling == word or spelling in self.ordinary:
            return False
        wrong = sum(1 for one, other in zip(spelling, word, strict=False) if one != other)
        return wrong <= (2 if len(word) >= _LONG else 1)


@cache
def slips() -> Slips:
    """The shipped table of sounds and of words worth mending."""
    table = _DATA.validate_python(tomllib.loads(read_data("sounds.toml")))
    sounds = {ord(mark): marks[0] for marks in table.values() for mark in marks}
    data = _DATA.validate_python(tomllib.loads(read_data("slips.toml")))
    index: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(set(data["words"].split()), key=len, reverse=True):
        sound = word.translate(sounds)
        index.setdefault(sound[:2], []).append((sound, word))
    return Slips(
        sounds, {key: tuple(found) for key, found in index.items()}, frozenset(data["ordinary"].split())
    )
