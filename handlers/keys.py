"""Ids that come back with a button: whoever sends them may have written anything."""

import re
from typing import Final

_KEY: Final = re.compile(r"[0-9]{1,18}", re.ASCII)


def first_key(arguments: tuple[str, ...]) -> int | None:
    """The id a button carries first; None when it is none."""
    return int(arguments[0]) if arguments and _KEY.fullmatch(arguments[0]) else None
