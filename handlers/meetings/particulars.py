"""What may be said besides of a meeting: 主持 张三 记录 李四 时长 2小时 提醒 1天,2小时 线上 链接 依据 … 仍要. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.intake.masking import mask
from handlers.meetings.lengths import read_befores, read_length
from handlers.refusals import Refusal
from handlers.words import narrow

_BEGINS = r"(?:\A|(?<=[\s,，;；。]))"
_NAME = r"([^\s,，;；。、:：]{1,20})"
_WORDS = r"主持人?|记录人?|提醒|时长|线上|依据|议程|议题|仍要"
_NEXT = rf"(?=[\s,，;；。](?:{_WORDS})|\s*\Z)"
_LEAST, _MOST = 5, 1440
_TEXT_LIMIT = 200
_CLAUSES: Mapping[str, re.Pattern[str]] = {
    "anyway": re.compile(rf"{_BEGINS}(仍要)(?=[\s,，;；。]|\Z)"),
    "basis": re.compile(rf"{_BEGINS}依据[\s:：]*(.*?){_NEXT}", re.DOTALL),
    "chair": re.compile(rf"{_BEGINS}主持人?[\s:：]+{_NAME}"),
    "recorder": re.compile(rf"{_BEGINS}记录人?[\s:：]+{_NAME}"),
    "remind": re.compile(rf"{_BEGINS}提醒[\s:：]+(.*?){_NEXT}"),
    "length": re.compile(rf"{_BEGINS}时长[\s:：]*(\S+)"),
    "link": re.compile(rf"{_BEGINS}线上[\s:：]+(?=\S*(?://|\d{{3}}))(\S+)"),
}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What was said of a meeting besides; empty for what was not.

    `chair` and `recorder` are names; `length` and `remind` are minutes, `remind` None for as usual; `anyway` is "yes"
    when the room is wanted although it is taken.
    """

    length: int = 0
    link: str = ""
    remote_basis: str = ""
    chair: str = ""
    recorder: str = ""
    remind: tuple[int, ...] | None = None
    anyway: str = ""

    @property
    def said(self) -> bool:
        """Whether anything was said at all."""
        return self != Particulars()


def take_particulars(written: str) -> tuple[Particulars, str]:
    """The particulars, wherever they stand, and the text without them. Refusal for one that cannot be."""
    found: dict[str, str] = {}
    left = written
    for name, pattern in _CLAUSES.items():
        if match := pattern.search(narrow(left)):
            found[name] = left[match.start(1) : match.end(1)].strip(" \t\n,，;；。")
            left = f"{left[: match.start()]} {left[match.end() :]}".strip()
    return _particulars(found), left


def _particulars(found: Mapping[str, str]) -> Particulars:
    basis = mask(found.get("basis", ""))
    if "basis" in found and not (basis and found.get("link")):
        raise Refusal("meetings.remote_usage")
    if len(basis) > _TEXT_LIMIT or len(found.get("link", "")) > _TEXT_LIMIT:
        raise Refusal("meetings.remote_usage")
    return Particulars(
        length=_length(found["length"]) if "length" in found else 0,
        link=found.get("link", ""),
        remote_basis=basis,
        chair=found.get("chair", ""),
        recorder=found.get("recorder", ""),
        remind=read_befores(found["remind"]) if "remind" in found else None,
        anyway="yes" if "anyway" in found else "",
    )


def _length(written: str) -> int:
    minutes = read_length(written)
    if not _LEAST <= minutes <= _MOST:
        raise Refusal("meetings.length_usage")
    return minutes
