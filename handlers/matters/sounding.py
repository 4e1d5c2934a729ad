"""Words as they sound, so that two spellings of one option are seen to be one."""

import re
import unicodedata

_UNHEARD = re.compile(r"[\s\W_]+")


def bare_words(words: str) -> str:
    """Words as they sound: widths made equal, blanks and signs dropped, lower case."""
    return _UNHEARD.sub("", unicodedata.normalize("NFKC", words)).casefold()
