"""How a person and a door are written where everybody reads."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from handlers.intake.masking import mask
from handlers.papers.cleaning import clean
from handlers.papers.facts import Person

_LAST_DIGITS = re.compile(r"\d+(?=\D*$)")
_LEFT = 2
_ROOM = 3


def masked_name(name: str) -> str:
    """张*: one character and a star, whatever the length."""
    return f"{clean(name)[:1]}*"


def masked_door(door: str) -> str:
    """3-1-302 is 3-1-*02; a door that is not written in a known way loses its last number but for two digits."""
    plain = clean(door)
    hidden = mask(plain)
    if hidden != plain:
        return hidden
    return _LAST_DIGITS.sub(_shortened, plain) if _LAST_DIGITS.search(plain) else "*" * bool(plain)


def _shortened(match: re.Match[str]) -> str:
    digits = match[0]
    return "*" + digits[-_LEFT:] if len(digits) >= _ROOM else "*"


def people_in(thing: object) -> Iterator[Person]:
    """Every person anywhere in nested facts."""
    if isinstance(thing, Person):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from people_in(part)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from people_in(getattr(thing, field.name))
