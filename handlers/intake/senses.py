"""What a text is about as a direction: texts about the same matter point the same way, however they are worded.

The direction of a text is the sum of its pieces' and topics' rows, learned from groups of messages of strangers about
one matter. It is kept as `SIZE` bytes around 128.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from operator import mul

from handlers.intake.rows import MOST, ZERO, read
from handlers.intake.words import read_data

SIZE = 64
# One in a direction is so many units of a byte: hardly one of sixty-four parts is longer than a third.
_UNIT = 360
_HALF = ZERO + 0.5
NOWHERE = b""


def direction(sums: Sequence[int], nothing: int = 0) -> bytes:
    """The direction of summed rows, whose parts begin at `nothing`; "" for a text without any."""
    squared = sum(map(mul, sums, sums)) - nothing * (2 * sum(sums) - nothing * len(sums))
    if not squared:
        return NOWHERE
    scale = _UNIT / math.sqrt(squared)
    # Half a unit more rounds what is cut off.
    begin = _HALF - nothing * scale
    units = [int(one * scale + begin) for one in sums]
    try:
        return bytes(units)
    except ValueError:
        return bytes([max(0, min(unit, ZERO + MOST)) for unit in units])


def agreement(one: bytes, other: bytes) -> float:
    """The cosine of two directions, 0 where one is unknown."""
    if not one or not other:
        return 0.0
    shared: int = sum(map(mul, one, other)) - ZERO * (sum(one) + sum(other)) + SIZE * ZERO * ZERO
    return shared / (_UNIT * _UNIT)


@cache
def senses() -> Mapping[str, bytes]:
    """The rows that come with the program, bytes around 128 by piece."""
    return dict(read(read_data("senses.tsv")))
