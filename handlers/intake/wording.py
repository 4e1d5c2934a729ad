"""The pieces of a wording that tell one matter from another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.intake.evidence import Evidence
from handlers.intake.numerals import arabic
from handlers.intake.places import Place
from handlers.intake.sounds import slips
from handlers.intake.weights import Weights

_EMPTY = frozenset(
    "的了在是我你他她它们这那有也都就还又很太吗呢吧啊呀哦嘛个，。！？；、：:…~ \n（）“”\"'《》·.-—关于与和及对给请为被把将等"
)
_DISTRICT = re.compile(r"([a-z]\d+)[区县市州]|[a-z][市省州]")
_NUMBERED = re.compile(r"(?<![\d])([a-z]?\d+|[一二三四五六七八九十]+)(路|号线|期|栋|号楼|层|座|号院|号井|巷)")
_UNITS = ("路", "号线", "期", "栋", "号楼", "层", "座", "号院", "号井", "巷")
_HOUSES = frozenset("号栋幢")
# The lowest lane of a row is the square of its piece's rarity; a piece that no row knows is as rare as this.
_LANE, _STRANGE = 0xFFFF, 80
_FRAME = re.compile(
    r"^(?:再次|强烈|坚决)?(?:投诉|举报|反映|关于|咨询|请问|请求|建议|希望|反对|给|对)+"
    r"|的?(?:问题|投诉|建议|报告|质疑|咨询)$|什么时候|何时|为什么|怎么|如何|请求解决|希望|能不能|是否|合理吗|合法吗"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text says in its own words, folded by sound.

    `pieces` are pairs of characters separated by blanks, `letters` its characters; what only names the place is left
    out. `rarity` is that of the pieces and then of the letters (squared, as the weights know it). `names` are pairs in
    words the lexicon does not know. `marks` are numbered things (号线3, 区a4) of which two texts may not differ.
    """

    names: str
    pieces: str
    marks: tuple[str, ...]
    letters: str = ""
    rarity: bytes = b""


SILENT = Wording("", "", ())


def wording(found: Evidence, place: Place, weights: Weights) -> Wording:
    """The telling pieces of a text that speaks of a place."""
    text = found.text
    empty = bytearray([mark in _EMPTY for mark in text])
    if found.formal:
        for match in (*_DISTRICT.finditer(text), *_FRAME.finditer(text)):
            _strike(empty, match.start(), match.end())
    unknown, telling = empty[:], empty
    for hit in found.hits:
        _strike(unknown, hit.start, hit.end)
        if found.formal and not hit.word.tells:
            _strike(telling, hit.start, hit.end)
    folded = text.translate(slips().sounds)
    if not found.formal:
        _strike_place(telling, text, place.name)
    names = " ".join(_pieces(folded, text, unknown))
    pieces = _pieces(folded, text, telling)
    letters = {folded[at]: text[at] for at, out in enumerate(telling) if not out}
    rarity = _rarities([*pieces.values(), *letters.values()], weights)
    return Wording(names, " ".join(pieces), _marks(text), "".join(letters), rarity)


def _rarities(pieces: Iterable[str], weights: Weights) -> bytes:
    kinds, categories = weights.kind.rows, weights.category.rows
    rows = (kinds.get(piece) or categories.get(piece) for piece in pieces)
    return bytes([row & _LANE if row else _STRANGE for row in rows])


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


def _marks(text: str) -> tuple[str, ...]:
    if not any(map(text.__contains__, _UNITS)) and not _DISTRICT.search(text):
        return ()
    districts = [f"区{match[1]}" for match in _DISTRICT.finditer(text) if match[1]][:1]
    numbered = {f"{unit}{arabic(number)}" for number, unit in _NUMBERED.findall(text)}
    return (*districts, *sorted(numbered))
