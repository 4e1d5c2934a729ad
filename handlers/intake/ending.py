"""Which matter words speak of that say something is over.

What the words have in common with those of each matter is weighed as a choice among all of them (a conditional logit,
McFadden 1974), fitted to 257 messages of which it is known what they ended. What several people said of one matter adds
up: much spoken of, it is the likelier one to be told of again.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from handlers.intake.nearness import next_door, where
from handlers.intake.reading import Reading
from handlers.intake.senses import agreement
from handlers.intake.signs import in_common
from storage.records import Kind

_NEAR, _SUBJECT, _SENSE = 4.0, 1.7, 6.3
# Rare pieces, letters, all of the text, and the longest run of characters that both have.
_RARE, _LETTERS, _TEXT, _RUN = 4.5, 6.3, 4.4, 4.2
_URGENT = 1.5
# Somebody or something lost is found again.
_FOUND_AGAIN, _MISSING, _FOUND = 3.5, "missing", ("找到", "找着", "寻着")
# No matter at all is as likely as one that comes to so much, and one is named from this share on.
_NONE, _PLAINLY = 6.0, 0.4
# What was proposed or wished for is not over because something was mended.
_CAN_BE_OVER = frozenset({Kind.URGENT, Kind.DISPUTE, Kind.ISSUE})


def weights(said: Reading, known: Iterable[tuple[int, Reading]]) -> dict[int, float]:
    """How much speaks for each matter, by its number; several readings may be of one."""
    found: defaultdict[int, float] = defaultdict(float)
    for number, reading in known:
        if reading.kind in _CAN_BE_OVER and not next_door(said.place, reading.place):
            found[number] += math.exp(_weight(said, reading))
    return dict(found)


def meant(found: Mapping[int, float], besides: float = 0.0) -> int | None:
    """The matter that plainly outweighs all others, what is `besides` and none at all, if there is one."""
    best = max(found, key=found.__getitem__, default=None)
    if best is None or found[best] < _PLAINLY * (sum(found.values()) + besides + math.exp(_NONE)):
        return None
    return best


def _weight(said: Reading, known: Reading) -> float:
    common = in_common(said, known)
    found_again = _MISSING in known.topics and any(word in said.text for word in _FOUND)
    return (
        _NEAR * (where(said.place, known.place) or 0.0)
        + _SUBJECT * (said.topics[:1] == known.topics[:1] != ())
        + _SENSE * agreement(said.sense, known.sense)
        + _RARE * common.rare
        + _LETTERS * common.letters
        + _TEXT * common.text
        + _RUN * common.run
        + _URGENT * (known.kind is Kind.URGENT)
        + _FOUND_AGAIN * found_again
    )
