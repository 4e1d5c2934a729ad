"""Taking out of a text what no printed page can hold."""

import re

_UNPRINTABLE = re.compile(
    "[^\\t\\n\\x20-\\x7e\\xa0-\\u2027\\u202f-\\u2065\\u206a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(written: str) -> str:
    """Return a text without what XML 1.0 (2.2) forbids, controls, lone surrogates and signs that reverse the reading.

    Every kind of line break becomes a line feed; blanks around the whole are gone.
    """
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", written)).strip()
