"""A chat as people copy it out of WeChat, taken apart: who said what. Pure.

The desktop copies `张三:` or `张三 2026-11-21 09:12` over the words, with lines for the time between; what is typed by
hand is `张三：3栋电梯坏了`. A quotation stands in 「…」 over a row of dashes.
"""

import re
from dataclasses import dataclass

from handlers.intake.hearing import Hearing
from handlers.intake.reading import ACTIONABLE

_LONGEST_NAME = 24
_DAY = r"(?:(?:\d{4}\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|今天|昨天|前天|(?:星期|周|礼拜)[一二三四五六日天])"
_CLOCK = r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*[AaPp][Mm])?"
_STAMP = rf"(?:{_DAY}[\s,，]*(?:{_CLOCK})?|{_CLOCK})"
_DASHES = "-—–─_=*·\\s"
_ONLY_STAMP = re.compile(rf"[{_DASHES}\[【(（]*{_STAMP}[{_DASHES}\]】)）]*")
_RULE = re.compile(rf"[{_DASHES}]+")
_PICTURE = re.compile(r"(?:[\[【][^\]】]{1,8}[\]】]\s*)+")
_NUMBERED = re.compile(r"(?:\d{1,2}[.、．)）]|[①-⑳])\s*(?!\d)")
_STAMPED = re.compile(rf"[\[【(（]?{_STAMP}[\]】)）]?\s+(?P<rest>\S.*)")
_UNDER_STAMP = re.compile(rf"(?P<name>\S.*?)\s+[\[(（]?{_STAMP}[\])）]?\s*[:：]?")
_HEADED = re.compile(r"(?P<name>[^:：]+)[:：]")
_INLINE = re.compile(
    rf"(?P<name>[^:：]+?)(?:\s+[\[(（]?{_STAMP}[\])）]?)?\s*(?:(?<!\d)[:：]|[:：](?!\d))\s*(?!//)(?P<words>\S.*)"
)
_SENTENCE = re.compile(r"[。，！？；,!?;]")
_PLACE_ALONE = re.compile(
    r"(?:\d{1,3}|[一二三四五六七八九十东西南北大后正侧]{1,3})?(?:号楼|号院|楼|栋|幢|座|单元|门|区|#|\d|\s|-)+"
)
_ROOM = re.compile(r"\d{3,4}|\d+-\d+-\d+")
_CALLED = re.compile(r"@\S{1,20}(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line; `speaker` tells two people apart and goes no further, "" when nobody is named."""

    speaker: str
    words: str


def pieces_of(copied: str, heard: Hearing) -> tuple[Piece, ...]:
    """Return what was said, line by line, without names, times and marks for pictures."""
    found: list[Piece] = []
    speaker = ""
    for line in copied.splitlines():
        bare = _NUMBERED.sub("", line.strip().strip("「」").strip(), count=1)
        if not bare or _is_nothing(bare):
            continue
        named, words = _taken_apart(bare, speaker, heard)
        if not line.strip().startswith("「"):
            speaker = named
        if words := _CALLED.sub("", words).strip():
            found.append(Piece(named, words))
    return tuple(found)


def _is_nothing(line: str) -> bool:
    marks = (_RULE, _ONLY_STAMP, _PICTURE)
    return any(mark.fullmatch(line) for mark in marks)


def _taken_apart(line: str, speaker: str, heard: Hearing) -> tuple[str, str]:
    """Who speaks from here on, and the words of this line, "" for a line that only names."""
    for head in (_HEADED, _UNDER_STAMP):
        named = head.fullmatch(line)
        if named and _is_name(named["name"], heard):
            return named["name"], ""
    stamped = _STAMPED.fullmatch(line)
    rest = stamped["rest"] if stamped else line
    inline = _INLINE.fullmatch(rest)
    if inline and _is_name(inline["name"], heard):
        return inline["name"], inline["words"]
    if stamped and _is_name(rest.rstrip(":："), heard):
        return rest, ""
    return speaker, line


def _is_name(label: str, heard: Hearing) -> bool:
    """Whether this stands for somebody: no sentence, no matter, and no place that the words are about.

    In owners' groups people call themselves by their door (3-2-501 张三): that is a name, and must not go further.
    """
    plain = label.strip()
    if not plain or len(plain) > _LONGEST_NAME or _SENTENCE.search(plain):
        return False
    if _PLACE_ALONE.fullmatch(plain) and not _ROOM.search(plain):
        return False
    meant = heard.understood(plain)
    return meant.kind not in ACTIONABLE and not meant.reading.topics
