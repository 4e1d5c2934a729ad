"""Where a message is about: the first place it names, brought to one spelling."""

import re
from dataclasses import dataclass

from handlers.intake.areas import Area, find_area
from handlers.intake.buildings import Building, find_building, find_room, find_unit
from handlers.intake.gazetteer import Spot, gazetteer
from handlers.intake.landmarks import begins
from handlers.intake.numerals import arabic
from handlers.intake.spots import find_spots, follow, part

_GROUP = re.compile(
    r"(?<![第站排成\d一二三四五六七八九十])(?P<t>[一二三四五六七八九十]{1,3}|\d{1,2})(?:小组|组|队|社)(?![织合长团建图装员成件伍友形会工区])"
)
_GROUPED = frozenset("组队社")
_QUARTER = re.compile(r"[东西南北]区.")
_JOINT = re.compile(r"(?:里头?|的|那个|这个|那|这|几个|那几盏|那几个|整个|两侧)?")
_BETWEEN = re.compile(
    r"(?:那边的?|那[个口眼条几]{1,2}|的|那|这边|里头?|里面|整个|露天的?|地面|地上|几个|\s)?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `name` is its one spelling, "" for nowhere; `building` `unit` `floor` `room` as in 3号楼 2单元 15层 1502.

    `spots` are what else was named, in the order named: 东门, 垃圾房; for a building its side or part. `area` is the
    phase, quarter, court or end of the village around them: 2期, A区, 南院, 西头.
    """

    name: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    spots: tuple[str, ...] = ()
    area: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The steps in the tree of units below the community: building, then unit."""
        return tuple(step for step in (self.building, self.unit) if step)


NOWHERE = Place()


def find_place(text: str) -> Place:
    """The first place a plain text names; a building or a village group before anything else."""
    if building := find_building(text):
        return _in_building(text, building)
    if not _GROUPED.isdisjoint(text) and (group := _GROUP.search(text)):
        return _in_group(text, group)
    area, spots, unit = find_area(text), find_spots(text), find_unit(text)
    if unit and not area and not (spots and begins(text, spots[0].start)):
        return Place(unit, unit=unit)
    if area and not (spots and spots[0].end <= area.start and not _community(spots[0])):
        return _in_area(text, area)
    return _named(spots) if spots else _alone(unit, find_room(text))


def _alone(unit: str, room: str) -> Place:
    if unit:
        return Place(unit, unit=unit)
    return Place(room, room=room, spots=(room,)) if room else NOWHERE


def _named(spots: tuple[Spot, ...], area: str = "") -> Place:
    names = tuple(one.name for one in spots)
    if not area and names and _QUARTER.match(names[0]):
        area, names = names[0][:2], (names[0][2:], *names[1:])
    if len(names) > 1 and _community(spots[0]):
        spots, names = spots[1:], names[1:]
    if not area and len(names) > 1 and names[0].endswith(gazetteer().estates):
        area, names = names[0], names[1:]
    kinds = tuple(kind for kind in (_kind(one) for one in spots) if kind and kind not in names)
    return Place(area + "".join(names), spots=names + kinds, area=area)


def _community(spot: Spot) -> bool:
    """Whether a spot is the name of a community: within it that says nothing."""
    return spot.name.endswith(gazetteer().communities) and not gazetteer().spots.at(spot.name, 0)


def _kind(spot: Spot) -> str:
    """What a spot with a name of its own is, in the spelling of the table: 卫生院 for 龙港卫生院."""
    known = gazetteer().spots.at(spot.kind, 0) if spot.kind and not _community(spot) else None
    return known.name if known else ""


def _in_group(text: str, group: re.Match[str]) -> Place:
    joint = _JOINT.match(text, group.end())
    found = follow(text, joint.end() if joint else group.end())
    names = (f"{arabic(group['t'])}组", *([found.name] if found else []))
    return Place("".join(names), spots=names)


def _in_area(text: str, area: Area) -> Place:
    """An area with the spot that follows it at once: 二期北门, 甲区车棚, 西头那眼机井."""
    joint = _BETWEEN.match(text, area.end)
    starts = {area.end, joint.end() if joint else area.end}
    spots = next(
        (found for at in sorted(starts) if (found := find_spots(text, at)) and found[0].start in starts), ()
    )
    beside = None if spots else follow(text, area.end)
    return _named((beside,) if beside else spots, area.name)


def _in_building(text: str, found: Building) -> Place:
    area = find_area(text[: found.start])
    around = area.name if area and area.end == found.start else ""
    beside = None if found.unit else part(text, found.end)
    spot = beside.name if beside else ""
    name = f"{around}{found.building}{found.unit}{found.floor}{found.room}{spot}"
    return Place(name, found.building, found.unit, found.floor, found.room, (spot,) if spot else (), around)
