"""A text from which what has been understood is taken piece by piece, the writer's own words kept."""

import re
from dataclasses import dataclass, replace

from handlers.words import narrow

_TAKEN = "\0"


@dataclass(frozen=True, slots=True)
class Words:
    """`plain` has narrow digits and signs, and a NUL for each character that was taken; positions agree."""

    written: str
    plain: str

    def taking(self, start: int, end: int) -> "Words":
        """The same without these characters."""
        return replace(self, plain=self.plain[:start] + _TAKEN * (end - start) + self.plain[end:])

    def left(self, start: int = 0, end: int | None = None) -> str:
        """What was not taken between two places, as it was written, without the signs that held it together."""
        span = range(len(self.written))[start:end]
        kept = "".join(" " if self.plain[place] == _TAKEN else self.written[place] for place in span)
        return re.sub(r"\s+", " ", kept).strip(" ,，、。;；:：()（）")


def words(written: str) -> Words:
    """A text of which nothing is taken yet; a NUL in it counts as a blank."""
    clean = written.replace(_TAKEN, " ")
    return Words(clean, narrow(clean))
