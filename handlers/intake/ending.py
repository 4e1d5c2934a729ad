"""Which matter words speak of that say something is over."""

from handlers.intake.nearness import next_door, where
from handlers.intake.reading import Reading
from handlers.intake.senses import agreement

FITS = 1.3
"""From so much on it is the matter meant."""
# What a place not named is worth beside one that is, and a common subject.
_UNPLACED, _SUBJECT = 0.2, 0.3
_FOUND, _MISSING = "找到", "missing"


def fitting(said: Reading, known: Reading) -> float:
    """How well they fit a matter: by place, by subject, by sense; 0 for one at another place."""
    near = where(said.place, known.place)
    if near == 0 or next_door(said.place, known.place):
        return 0.0
    placed = _UNPLACED if near is None else near
    if _FOUND in said.text and _MISSING in known.topics:
        return FITS + placed
    subject = not set(said.topics).isdisjoint(known.topics)
    return placed + _SUBJECT * subject + agreement(said.sense, known.sense)
