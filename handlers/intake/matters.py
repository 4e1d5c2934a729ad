"""The matters already known, kept in memory so that one said before is found at once among a hundred thousand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.intake.likeness import SAME, Likeness, same_matter, where
from handlers.intake.places import Place
from handlers.intake.reading import Reading

_LOOKED_AT = 8
_TOPICS = 2
_KEPT = 8


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
    """An index over known matters by subject and place; those without a place also by their wording.

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
        matches = []
        for id_ in self._near(reading):
            known = self._known[id_]
            if known.at >= since and where(reading.place, known.reading.place) != 0:
                likeness = same_matter(reading, known.reading)
                if likeness.score >= SAME:
                    matches.append(Match(known, likeness))
        matches.sort(key=lambda match: (-match.likeness.score, match.known.at))
        return matches[:most]

    def _shared(self, known: Known) -> Known:
        """The same with its place and topics kept once for all matters, and without names where a place is known."""
        reading = known.reading
        place = self._places.setdefault(reading.place, reading.place)
        topics = self._topics.setdefault(reading.topics, reading.topics)
        words = replace(reading.wording, names="") if _spot(place) and not reading.formal else reading.wording
        return replace(known, reading=replace(reading, place=place, topics=topics, wording=words))

    def _near(self, reading: Reading) -> set[int]:
        near: set[int] = set()
        for key in _asked(reading):
            near.update(self._shelves.get(key, ())[-_LOOKED_AT:])
        return near


def _spot(place: Place) -> str:
    return place.building or (place.spots[0] if place.spots else place.name)


def _around(reading: Reading) -> Iterator[str]:
    """An area is named with a spot in it or without, a unit with its building or without."""
    for whole in (reading.place.area, reading.place.unit):
        if whole:
            yield f"{reading.category}@@{whole}"


def _shelves(reading: Reading) -> Iterator[str]:
    """Where a reading is kept: by place, with its subject too, by subject, and by wording when it has no place."""
    spot = _spot(reading.place)
    yield from _around(reading)
    if spot:
        yield f"@{spot}"
        yield f"{reading.category}@{spot}"
    for topic in reading.topics[:_TOPICS]:
        yield f"{topic}@{spot}"
        if spot:
            yield topic
    if not spot:
        yield from reading.wording.names.split()[:_KEPT]


def _asked(reading: Reading) -> Iterator[str]:
    """Where a like one could be kept."""
    spot = _spot(reading.place)
    yield from _around(reading)
    if spot:
        yield f"@{spot}"
        yield f"{reading.category}@{spot}"
    for topic in reading.topics[:_TOPICS]:
        yield f"{topic}@{spot}"
        yield topic if not spot else f"{topic}@"
    if not spot:
        yield from reading.wording.names.split()[:_KEPT]
