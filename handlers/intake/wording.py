"""The pieces of a wording that tell one matter from another."""

import re
from dataclasses import dataclass

from handlers.intake.evidence import Evidence
from handlers.intake.numerals import arabic
from handlers.intake.sounds import slips

_EMPTY = frozenset(
    "的了在是我你他她它们这那有也都就还又很太吗呢吧啊呀哦嘛个，。！？；、：:…~ \n（）“”\"'《》·.-—关于与和及对给请为被把将等"
)
_DISTRICT = re.compile(r"([a-z]\d+)[区县市州]|[a-z][市省州]")
_NUMBERED = re.compile(r"(?<![\d])([a-z]?\d+|[一二三四五六七八九十]+)(路|号线|期|栋|号楼|层)")
_UNITS = ("路", "号线", "期", "栋", "号楼", "层")
_FRAME = re.compile(
    r"^(?:再次|强烈|坚决)?(?:投诉|举报|反映|关于|咨询|请问|请求|建议|希望|反对|给|对)+"
    r"|的?(?:问题|投诉|建议|报告|质疑|咨询)$|什么时候|何时|为什么|怎么|如何|请求解决|希望|能不能|是否|合理吗|合法吗"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Pieces of two characters, folded by sound, separated by blanks.

    `names` are of words the lexicon does not know, `pieces` of all that tells something. `marks` are numbered things (号线3, 区a4) of which two texts may not differ.
    """

    names: str
    pieces: str
    marks: tuple[str, ...]


SILENT = Wording("", "", ())


def wording(found: Evidence) -> Wording:
    """The telling pieces of a text."""
    text, unknown = found.text, bytearray(len(found.text))
    for at, mark in enumerate(text):
        if mark in _EMPTY:
            unknown[at] = 1
    if found.formal:
        for match in (*_DISTRICT.finditer(text), *_FRAME.finditer(text)):
            _strike(unknown, match.start(), match.end())
    telling = unknown[:]
    for hit in found.hits:
        _strike(unknown, hit.start, hit.end)
        if not hit.word.tells:
            _strike(telling, hit.start, hit.end)
    folded = text.translate(slips().sounds)
    return Wording(_pieces(folded, unknown), _pieces(folded, telling), _marks(text))


def _strike(struck: bytearray, start: int, end: int) -> None:
    struck[start:end] = b"\x01" * (end - start)


def _pieces(text: str, struck: bytearray) -> str:
    kept = [text[at : at + 2] for at in range(len(text) - 1) if not struck[at] and not struck[at + 1]]
    return " ".join(dict.fromkeys(kept))


def _marks(text: str) -> tuple[str, ...]:
    if not any(map(text.__contains__, _UNITS)) and not _DISTRICT.search(text):
        return ()
    districts = [f"区{match[1]}" for match in _DISTRICT.finditer(text) if match[1]][:1]
    numbered = {f"{unit}{arabic(number)}" for number, unit in _NUMBERED.findall(text)}
    return (*districts, *sorted(numbered))
