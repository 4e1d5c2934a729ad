"""Seeing through slips of the input method: 电体 sounds like 电梯."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from handlers.intake.words import read_data

_DATA = TypeAdapter(dict[str, str])
_LONG = 4


@dataclass(frozen=True, slots=True)
class Slips:
    """Words known by sound. `sounds` maps a character to the first of its homophones, `pairs` indexes folded words.

    `begun` finds one of these pairs in a folded text.
    """

    sounds: Mapping[int, str]
    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    ordinary: frozenset[str]
    begun: re.Pattern[str]

    def mended(self, text: str) -> str:
        """The text with like-sounding spellings of known words put right; the text itself when there are none."""
        folded = text.translate(self.sounds)
        begun = self.begun.search(folded)
        while begun:
            at = begun.start()
            for sound, word in self.pairs[begun[0]]:
                if folded.startswith(sound, at) and self._slipped(text[at : at + len(word)], word):
                    text = text[:at] + word + text[at + len(word) :]
                    break
            begun = self.begun.search(folded, at + 1)
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
    pairs = {key: tuple(found) for key, found in index.items()}
    begun = re.compile("|".join(map(re.escape, pairs)))
    return Slips(sounds, pairs, frozenset(data["ordinary"].split()), begun)
