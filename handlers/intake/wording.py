"""The pieces of a wording that tell one matter from another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from handlers.intake.evidence import Evidence, gather
from handlers.intake.numerals import arabic
from handlers.intake.sounds import slips
from handlers.intake.weights import learned
from handlers.intake.words import shipped

_EMPTY = frozenset(
    "的了在是我你他她它们这那有也都就还又很太吗呢吧啊呀哦嘛个，。！？；、：:…~ \n（）“”\"'《》·.-—关于与和及对给请为被把将等"
)
_DISTRICT = re.compile(r"([a-z]\d+)[区县市州]|[a-z][市省州]")
_NUMBERED = re.compile(r"(?<![\d])([a-z]?\d+|[一二三四五六七八九十]+)(路|号线|期|栋|号楼|层|座|号院|号井|巷)")
_UNITS = ("路", "号线", "期", "栋", "号楼", "层", "座", "号院", "号井", "巷")
_HOUSES = frozenset("号栋幢")
# Of two lifts, the one on this side or of this letter.
_LIFT = re.compile(
    r"(?P<side>[左右东西南北])[手边侧面]?(?:那|的)?[部台个]?(?:电?梯|轿厢|那[部台])|(?P<letter>[a-f])(?=号?梯|门(?!口)|单元)"
)
_LIFTS = ("梯", "轿厢")
# A piece that no row knows is as rare as this, squared.
_STRANGE = 80
_HEAD = 7
# Some ten kilobytes each: what is compared again and again is recent, and not much.
_KEPT = 1024
_FRAME = re.compile(
    r"^(?:再次|强烈|坚决)?(?:投诉|举报|反映|关于|咨询|请问|请求|建议|希望|反对|给|对)+"
    r"|的?(?:问题|投诉|建议|报告|质疑|咨询)$|什么时候|何时|为什么|怎么|如何|请求解决|希望|能不能|是否|合理吗|合法吗"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter to the authorities says in its own words, folded by sound.

    `pieces` are pairs of characters separated by blanks, without districts, frames and what only the lexicon's manner of
    speaking knows; `names` are pairs in words the lexicon does not know at all.
    """

    names: str
    pieces: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text says in its own words, folded by sound: each piece with its rarity, squared, as the weights know it.

    `pairs` are pairs of characters, `telling` those of them that do not only name the place, and `letters` such
    characters; `head` is how the text begins. `place` are the pairs of the place's name, `marks` numbered things.
    """

    text: str
    pairs: dict[str, int]
    telling: dict[str, int]
    letters: dict[str, int]
    head: frozenset[str]
    place: frozenset[str]
    marks: tuple[str, ...]


def letter(found: Evidence) -> Letter:
    """The telling pieces of a letter."""
    text = found.text
    telling = bytearray([mark in _EMPTY for mark in text])
    for match in (*_DISTRICT.finditer(text), *_FRAME.finditer(text)):
        _strike(telling, match.start(), match.end())
    unknown = telling[:]
    for hit in found.hits:
        _strike(unknown, hit.start, hit.end)
        if not hit.word.tells:
            _strike(telling, hit.start, hit.end)
    folded = text.translate(slips().sounds)
    return Letter(" ".join(_pieces(folded, text, unknown)), " ".join(_pieces(folded, text, telling)))


@lru_cache(_KEPT)
def letter_of(text: str) -> Letter:
    """A plain text that is none, read as if it were: it is compared with one."""
    return letter(gather(text, shipped()))


@lru_cache(_KEPT)
def wording(text: str, place: str) -> Wording:
    """The pieces of a plain text that speaks of a place of that name; recent texts are compared again and again."""
    empty = bytearray([mark in _EMPTY for mark in text])
    told = empty[:]
    _strike_place(told, text, place)
    sounds = slips().sounds
    folded, name = text.translate(sounds), place.translate(sounds)
    return Wording(
        folded,
        _rarities(_pieces(folded, text, empty)),
        _rarities(_pieces(folded, text, told)),
        _rarities({folded[at]: text[at] for at, out in enumerate(told) if not out}),
        frozenset(pairs(folded[:_HEAD])),
        frozenset(pairs(name)),
        numbers(text),
    )


def pairs(text: str) -> Iterable[str]:
    """The pairs of characters of a text; a single character alone."""
    return [text[at : at + 2] for at in range(len(text) - 1)] or ([text] if text else [])


def numbers(text: str) -> tuple[str, ...]:
    """Numbered things of a plain text, of which two texts on one matter may not differ: 号线3, 区a4."""
    if not any(map(text.__contains__, _UNITS)) and not _DISTRICT.search(text):
        return ()
    districts = [f"区{match[1]}" for match in _DISTRICT.finditer(text) if match[1]][:1]
    numbered = {f"{unit}{arabic(number)}" for number, unit in _NUMBERED.findall(text)}
    return (*districts, *sorted(numbered))


def other_lift(one: str, other: str) -> bool:
    """Whether two plain texts speak of two lifts of a house: the left and the right one, A and B."""
    mine, theirs = _lift(one), _lift(other)
    return bool(mine and theirs and mine[0] == theirs[0] and mine != theirs)


def _lift(text: str) -> tuple[bool, str] | tuple[()]:
    """Which of two lifts is named, and whether by its side; () for none."""
    found = _LIFT.search(text) if any(map(text.__contains__, _LIFTS)) else None
    return (found["side"] is not None, found["side"] or found["letter"]) if found else ()


def _rarities(pieces: dict[str, str]) -> dict[str, int]:
    kinds, categories = learned().kind.rows, learned().category.rows
    rows = ((folded, kinds.get(piece) or categories.get(piece)) for folded, piece in pieces.items())
    return {folded: row[0] if row else _STRANGE for folded, row in rows}


def _strike_place(struck: bytearray, text: str, name: str) -> None:
    """What names the place tells nothing besides it, nor do numbers."""
    for at, mark in enumerate(text):
        if mark.isascii() or mark in _HOUSES:
            struck[at] = 1
        elif mark in name and text[at : at + 2] in name:
            struck[at : at + 2] = b"\x01" * len(text[at : at + 2])


def _strike(struck: bytearray, start: int, end: int) -> None:
    struck[start:end] = b"\x01" * (end - start)


def _pieces(folded: str, text: str, struck: bytearray) -> dict[str, str]:
    """The pairs that are not struck, each with how it was written."""
    return {
        folded[at : at + 2]: text[at : at + 2]
        for at in range(len(text) - 1)
        if not struck[at] and not struck[at + 1]
    }
