"""The matters already known, kept in memory so that one said before is found at once among a hundred thousand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from handlers.intake.likeness import SAME, Likeness, same_matter
from handlers.intake.nearness import next_door
from handlers.intake.places import Place
from handlers.intake.reading import Reading
from handlers.intake.senses import SIZE
from handlers.intake.weights import learned
from handlers.intake.wording import pairs

# So many of the latest on a shelf are looked at: more of what stands at the same place.
_LATEST, _FEW, _TOPICS = 6, 3, 2
# So many of what is found on the shelves are compared in full: those that agree best at a glance. Standing at the same
# place counts as much as so many of the parts of their senses pointing the same way.
_COMPARED, _THERE, _NAMED = 3, 16, 8
_SIGNS = int.from_bytes(b"\x80" * SIZE)
# A pair of characters as rare as this, squared, may be a name; so many of them are shelved.
_RARE, _NAMES = 60, 4


@dataclass(frozen=True, slots=True)
class Known:
    """A known matter: its id, how its first message was read, and when that was said (aware UTC)."""

    id: int
    reading: Reading
    at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A known matter that may be the same, and how alike."""

    known: Known
    likeness: Likeness


class Matters:
    """An index over known matters by place, by subject, and by rare words, which may be names.

    Add in the order of time: of many candidates the latest are compared. Not a store: it is filled from one.
    """

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}
        self._shelves: dict[str, list[int]] = {}
        self._places: dict[Place, Place] = {}
        self._topics: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def add(self, known: Known) -> None:
        """Know one more matter; the same id again replaces it."""
        self.remove(known.id)
        self._known[known.id] = self._shared(known)
        for key in _shelves(known.reading):
            self._shelves.setdefault(key, []).append(known.id)

    def remove(self, id_: int) -> None:
        """Forget a matter; an unknown id is no error."""
        known = self._known.pop(id_, None)
        if known is None:
            return
        for key in _shelves(known.reading):
            shelf = self._shelves[key]
            shelf.remove(id_)
            if not shelf:
                del self._shelves[key]

    def like(self, reading: Reading, *, since: datetime, most: int = 3) -> list[Match]:
        """Known matters said not before `since` that are probably the same, the likeliest first."""
        compared = ((known, same_matter(reading, known.reading)) for known in self._near(reading, since))
        matches = [Match(known, likeness) for known, likeness in compared if likeness.score >= SAME]
        matches.sort(key=lambda match: (-match.likeness.score, match.known.at))
        return matches[:most]

    def _shared(self, known: Known) -> Known:
        """The same with its place and topics kept once for all matters."""
        reading = known.reading
        place = self._places.setdefault(reading.place, reading.place)
        topics = self._topics.setdefault(reading.topics, reading.topics)
        return replace(known, reading=replace(reading, place=place, topics=topics))

    def _near(self, reading: Reading, since: datetime) -> list[Known]:
        """Those on the shelves where a like one could be that agree best at a glance."""
        worth: dict[int, int] = {}
        for key, more in _asked(reading):
            for id_ in self._shelves.get(key, ())[-(_LATEST if more == _THERE else _FEW) :]:
                if worth.get(id_, -1) < more:
                    worth[id_] = more
        sense, known = int.from_bytes(reading.sense), self._known
        glances = [
            (more - ((sense ^ int.from_bytes(known[id_].reading.sense)) & _SIGNS).bit_count(), id_)
            for id_, more in worth.items()
        ]
        best = (known[id_] for _, id_ in sorted(glances, reverse=True))
        fit = (one for one in best if one.at >= since and not next_door(reading.place, one.reading.place))
        return list(islice(fit, _COMPARED))


def _spot(place: Place) -> str:
    return place.building or (place.spots[0] if place.spots else place.name)


def _around(reading: Reading) -> Iterator[str]:
    """An area is named with a spot in it or without, a unit with its building or without."""
    for whole in (reading.place.area, reading.place.unit):
        if whole:
            yield f"{reading.category}@@{whole}"


def _names(reading: Reading) -> list[str]:
    """Rare pairs of characters, the first ones: most texts begin with where it is. A building needs no other name."""
    if reading.place.building:
        return []
    rows = learned().kind.rows
    found = (pair for pair in pairs(reading.text) if (row := rows.get(pair)) is None or row[0] >= _RARE)
    rare = dict.fromkeys(pair for pair in found if pair.isalpha())
    return list(rare)[:_NAMES]


def _shelves(reading: Reading) -> Iterator[str]:
    """Where a reading is kept: by place, with its subject too, by subject, and by its rare words."""
    spot = _spot(reading.place)
    yield from _around(reading)
    if spot:
        yield f"@{spot}"
        yield f"{reading.category}@{spot}"
    else:
        yield f"{reading.category}@"
    for topic in reading.topics[:_TOPICS]:
        yield f"{topic}@{spot}"
        if spot:
            yield topic
    yield from _names(reading)


def _asked(reading: Reading) -> Iterator[tuple[str, int]]:
    """Where a like one could be kept, and what it is worth at a glance to be found there."""
    spot = _spot(reading.place)
    for key in _around(reading):
        yield key, _THERE
    if spot:
        yield f"@{spot}", _THERE
    yield f"{reading.category}@{spot}", _THERE if spot else 0
    for topic in reading.topics[:_TOPICS]:
        yield f"{topic}@{spot}", _THERE if spot else _NAMED
        yield topic if not spot else f"{topic}@", 0
    for name in _names(reading):
        yield name, _NAMED
