"""Reading JSON that somebody may have written by hand or tampered with: every complaint says where."""

import json
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from bot.recount.numbers import exact
from handlers.texts import text

E = TypeVar("E", bound=StrEnum)
_WIDE_BLANK = "\N{IDEOGRAPHIC SPACE}"
_UNSHOWN = "\N{REPLACEMENT CHARACTER}"


class Unreadable(Exception):
    """A file or a case of it says something that cannot be counted; the sentence names the place."""

    def __init__(self, key: str, where: str, **values: object) -> None:
        told = {name: visible(str(value)) for name, value in values.items()}
        super().__init__(text(f"recount.{key}", where=visible(where) or text("recount.the_file"), **told))


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file and the way to it, as in `vectors[3].roll.heads`. What is not there is None."""

    value: object
    where: str = ""

    @property
    def absent(self) -> bool:
        """Whether there is nothing here, or null."""
        return self.value is None

    def table(self) -> dict[str, object]:
        """An object, by its names."""
        if not isinstance(self.value, dict):
            raise Unreadable("not_a_table", self.where)
        return self.value

    def has(self, name: str) -> bool:
        """Whether this is an object with something under this name."""
        return isinstance(self.value, dict) and self.value.get(name) is not None

    def field(self, name: str) -> "Node":
        """What an object has under a name."""
        return Node(self.table().get(name), f"{self.where}.{name}" if self.where else name)

    def only(self, *names: str) -> "Node":
        """This object, if it has no other names than these: what is not understood could change the count."""
        for name in self.table():
            if name not in names:
                raise Unreadable("not_known", self.field(name).where)
        return self

    def items(self) -> tuple["Node", ...]:
        """A list, one by one."""
        if not isinstance(self.value, list):
            raise Unreadable("not_a_list", self.where)
        return tuple(Node(value, f"{self.where}[{index}]") for index, value in enumerate(self.value))

    def words(self) -> str:
        """Some text."""
        if not isinstance(self.value, str):
            raise Unreadable("not_words", self.where)
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise Unreadable("not_a_flag", self.where)
        return self.value

    def whole(self) -> int:
        """A whole number, not negative."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise Unreadable("not_whole", self.where)
        return self.value

    def amount(self) -> Fraction:
        """A decimal string (or a bare number), exactly as written."""
        if isinstance(self.value, int):
            return Fraction(self.whole())
        try:
            return exact(self.words())
        except ValueError:
            raise Unreadable("not_an_amount", self.where) from None

    def one_of(self, kind: type[E]) -> E:
        """One of the words of an enumeration."""
        if self.words() not in set(kind):
            raise Unreadable("not_one_of", self.where, words="、".join(kind))
        return kind(self.words())


def visible(words: str) -> str:
    """Words of a file without signs that could repaint the terminal they are shown on."""
    shown = (letter if letter.isprintable() or letter == _WIDE_BLANK else _UNSHOWN for letter in words)
    return "".join(shown)


def parse(source: str) -> Node:
    """Read JSON text. Numbers with a point stay the digits they were written with; a name given twice is refused."""
    try:
        found = json.loads(source, object_pairs_hook=_once, parse_float=str, parse_constant=str)
        json.dumps(found, ensure_ascii=False).encode()  # halves of a character can be written, but not shown
        return Node(found)
    except (ValueError, RecursionError):
        raise Unreadable("not_json", "") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        raise Unreadable("named_twice", next(name for name in names if names.count(name) > 1))
    return table
