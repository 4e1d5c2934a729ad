"""How a message begins: the mark, the command word, the rest, and whether it is but a number."""

import re
import unicodedata
from dataclasses import dataclass

_MARK = "/#＃"
_NUMBER = re.compile(r"\d{1,2}")
_FIRST = re.compile(r"[^\W\d_]+|_")
_SHOWN = 20
_NOUNS = ("任务", "议题", "议", "公示", "会议", "会", "诉求", "表决")


@dataclass(frozen=True, slots=True)
class Spoken:
    """`first` is the leading run of letters; `marked`: it began with / or #; `number`: the whole was one number."""

    first: str
    rest: str
    marked: bool
    number: int | None
    whole: str

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """(command word, rest), likeliest first: 进展任务3 may be 进展 followed by 任务3."""
        glued = tuple(
            (self.first.removesuffix(noun), noun + self.rest)
            for noun in _NOUNS
            if self.first.endswith(noun) and self.first != noun
        )
        return ((self.first, self.rest), *glued)

    @property
    def shortened(self) -> str:
        """The message, cut to what fits into an answer."""
        return self.whole if len(self.whole) <= _SHOWN else self.whole[:_SHOWN] + "…"


def spoken(said: str) -> Spoken:
    """Take a message apart. Full-width letters and digits are read as plain ones; the rest keeps the writer's own."""
    whole = said.strip()
    plain = narrow(whole)
    if _NUMBER.fullmatch(plain):
        return Spoken("", "", marked=False, number=int(plain), whole=whole)
    marked = whole[:1] in tuple(_MARK)
    body = whole[1:].lstrip() if marked else whole
    match = _FIRST.match(body)
    first = match.group() if match else ""
    rest = body[len(first) :].lstrip(" \t\n:：,，")
    return Spoken(narrow(first).lower(), rest, marked, None, whole)


def narrow(written: str) -> str:
    """Full-width digits and letters as plain ones, character by character, so that positions stay."""
    return "".join(_narrow(character) for character in written)


def _narrow(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character) if "！" <= character <= "～" else character
    return plain if len(plain) == 1 else character
