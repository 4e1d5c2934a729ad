"""Whether people can really read and press what the house meant them to."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage.messages import Button, Card

_DASHES = str.maketrans("—", "-")
_RULES = re.compile(r"=+")
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Wire:
    """What one letter became on the platform: the texts somebody reads, and under which words each press stands.

    `limit`: how much of a text this sort of message holds (0: all of it; a longer one ends in an ellipsis).
    `attached`: how many files and places were shown as such.
    """

    texts: Sequence[str]
    pressable: Mapping[str, str] = field(default_factory=dict)
    limit: int = 0
    attached: int = 0


def plain(words: str) -> str:
    """Words as they sound: blanks, full-width twins of signs, and the length of rules make no difference."""
    even = unicodedata.normalize("NFKC", words).translate(_DASHES)
    return _RULES.sub("=", "".join(even.split()))


def complaints(card: Card, wire: Wire) -> list[str]:
    """What is wrong with the way this card was shown."""
    found = [] if is_readable(card.text, wire) else [f"cannot be read: {card.text!r} in {wire.texts!r}"]
    lines = [plain(line) for text in wire.texts for line in text.splitlines()]
    for number, button in enumerate(card.buttons, start=1):
        if not _is_pressable(button, number, wire, lines):
            found.append(f"cannot be pressed: {button} in {wire}")
    hanging = len(card.files) + (card.location is not None)
    if wire.attached < hanging and len(plain("".join(wire.texts))) <= len(plain(card.text)):
        found.append(f"hangs nowhere: {card.files or card.location}")
    return found


def is_readable(words: str, wire: Wire) -> bool:
    meant = plain(words)
    shown = plain("".join(wire.texts))
    if meant in shown or any(meant in plain(text) for text in wire.texts):
        return True
    cut = shown.removesuffix(plain(_MORE))
    return bool(
        wire.limit and len(words) > wire.limit and len(cut) > wire.limit // 2 and meant.startswith(cut)
    )


def number_of(button: Button, wire: Wire, number: int) -> int:
    """The number to say for a button that cannot be touched; 0 when it can."""
    return 0 if button.press in wire.pressable else number


def _is_pressable(button: Button, number: int, wire: Wire, lines: Sequence[str]) -> bool:
    shown = wire.pressable.get(button.press)
    if shown is not None and plain(button.label) == plain(shown):
        return True
    pattern = re.compile(rf"{number}\W?{re.escape(plain(button.label))}")
    numbered = any(pattern.fullmatch(line) for line in lines)
    return numbered and (shown is None or plain(shown).startswith(str(number)))
