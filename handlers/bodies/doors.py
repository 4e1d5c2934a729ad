"""Doors: how one is told from another of the same number, which building it is in, and how a roll names them."""

import re
from functools import cache

from handlers.texts import term
from storage.records import Role

_WHOLE = re.compile(r"\D")
_BUILDING = re.compile(
    r"(\d+)\s*(?:号楼|号|栋|幢|座|楼)?\s*(?:[-—#]|\d*\s*单元|$)|([^\W\d_]+\d*)[-—#号栋幢座]"
)
_DIVIDER = "、"
_BEHIND_THE_DOORS = " "


def full_door(door: str, unit: str) -> str:
    """The door as it is known in a whole community: a bare number is told apart by the name of its unit."""
    return f"{unit}-{door}" if unit and door and not _WHOLE.search(door) else door


def building_of(door: str) -> str:
    """The building a door lies in, as its doors write it: 3 of 3-2-201, 3 of 3号楼2单元-201; "" where none is told."""
    match = _BUILDING.match(door)
    return (match[1] or match[2]) if match else ""


def written(doors: tuple[str, ...], what: str) -> str:
    """Why an entry stands on a roll, its doors first: 3-2-201、3-2-202 业主，共 180.00 ㎡."""
    told = _DIVIDER.join(door for door in doors if door)
    return f"{told}{_BEHIND_THE_DOORS}{what}" if told else what


def doors_in(reason: str) -> tuple[str, ...]:
    """The doors that the frozen reason of an entry begins with; none for an entry that has no door."""
    told, _, what = reason.partition(_BEHIND_THE_DOORS)
    return tuple(told.split(_DIVIDER)) if what.startswith(_stands_as()) else ()


@cache
def _stands_as() -> tuple[str, ...]:
    return term("role", Role.OWNER), term("role", Role.HOUSEHOLD)
