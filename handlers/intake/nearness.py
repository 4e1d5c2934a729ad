"""How near two places are: the same, one a part of the other, next door, or no telling."""

import re
from functools import lru_cache

from handlers.intake.places import Place
from handlers.intake.sounds import slips

_NUMBERED = re.compile(r"([A-Z]?)(\d+|(?<=[A-Z])(?=[区座馆塔口]))([^\dA-Z\-层楼]?)")
_SIDED = re.compile(r"([东西南北]{1,2})(?=([门区院排岸口]))")
_SIDES = (("东侧", "西侧"), ("南侧", "北侧"), ("前面", "后面"))
_OTHER_SIDE = 0.5
# Where one names a part of what the other names, or calls a tower T3 that others call number three.
_WHOLE = 0.8
_TOWER = "T"
# Where one is named by more than the other: 枫林雅苑会所 and 会所.
_NAMED_MORE = 0.75
_LONG, _LANES = 3, {"弄", "巷"}
# What tells one of several from another.
_TELLING = re.compile(r"[\dA-Z一二三四五六七八九十东西南北上下前后左右中里外大小新老甲乙丙丁]")


def where(one: Place, other: Place) -> float | None:
    """1 for the same place, less when one is only part of what is known, 0 for another, None when one is unknown."""
    if not one.name or not other.name or _floor_alone(one) or _floor_alone(other):
        return None
    if one.area and other.area and one.area != other.area:
        return 0.0
    if one.building or other.building or one.unit or other.unit:
        return _buildings(one, other)
    return _spots(one, other)


def _floor_alone(place: Place) -> bool:
    """A floor is in any building."""
    return place.name == place.floor


def next_door(one: Place, other: Place) -> bool:
    """Whether both name a building, a unit, or anything with a number or a side (3舍, P2, 东门), and not the same one.

    However alike the words, that is another matter.
    """
    if one.building and other.building:
        return not _buildings(one, other)
    if one.unit and other.unit and one.unit != other.unit:
        return True
    if one.area and other.area and one.area != other.area and one.area[-1] == other.area[-1]:
        return True
    mine, theirs = _numbers(one.name), _numbers(other.name)
    return any(mine[unit].isdisjoint(theirs[unit]) for unit in mine.keys() & theirs.keys())


@lru_cache(4096)
def _numbers(name: str) -> dict[str, frozenset[str]]:
    """What is numbered in a name, by its letter or else by what it is, and gates and quarters by their side."""
    found: dict[str, frozenset[str]] = {}
    for letter, number, unit in _NUMBERED.findall(name):
        key = letter if letter and number else unit
        found[key] = found.get(key, frozenset()) | {letter + number}
    for side, kind in _SIDED.findall(name):
        found[kind] = found.get(kind, frozenset()) | {side}
    return found


def _spots(one: Place, other: Place) -> float:
    if not one.spots or not other.spots:
        return _WHOLE if one.area and one.area == other.area else 0.0
    mine, theirs = one.spots, other.spots
    if mine[0] == theirs[0]:
        return 0.9 if len(mine) > 1 and len(theirs) > 1 and mine != theirs else 1.0
    if mine[0].startswith(theirs[0]) or theirs[0].startswith(mine[0]) or _alike(mine[0], theirs[0]):
        return 0.8
    if mine[0] in theirs or theirs[0] in mine or one.area in theirs or other.area in mine:
        return _WHOLE
    shorter, longer = sorted((mine[0], theirs[0]), key=len)
    named_more = len(shorter) > 1 and longer.endswith(shorter) and not longer[-len(shorter) - 1].isdigit()
    return _NAMED_MORE if named_more else 0.0


def _alike(one: str, other: str) -> bool:
    """Whether two names are the same to the ear, or one calls an alley what the other calls a lane."""
    if len(one) != len(other) or len(one) < _LONG:
        return False
    if one[:-1] == other[:-1] and {one[-1], other[-1]} == _LANES:
        return True
    differ = [mine + theirs for mine, theirs in zip(one, other, strict=True) if mine != theirs]
    sounds = slips().sounds
    return one.translate(sounds) == other.translate(sounds) and not any(map(_TELLING.search, differ))


def _buildings(one: Place, other: Place) -> float:
    if not one.building or not other.building:
        return _WHOLE if one.unit and one.unit == other.unit else 0.0
    if one.building.lstrip(_TOWER) != other.building.lstrip(_TOWER):
        return 0.0
    for mine, theirs in ((one.unit, other.unit), (one.room, other.room)):
        if mine and theirs and mine != theirs:
            return 0.0
    if any({*one.spots, *other.spots} >= set(side) for side in _SIDES):
        return _OTHER_SIDE
    return 1.0 if (one.building, one.unit) == (other.building, other.unit) else _WHOLE
