"""Where a message is about: the place it names, brought to one spelling.

Rules know the spellings of buildings, areas and common spots. Which words are the place that a text is about, and names
that no rule knows (上坳, 三角地), is told by the tagger; what it points at is spelt by the rules again.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from handlers.intake.areas import Area, find_area
from handlers.intake.buildings import Building, find_building, find_room, find_unit
from handlers.intake.gazetteer import Spot, gazetteer
from handlers.intake.landmarks import begins, longer
from handlers.intake.numerals import arabic
from handlers.intake.spots import find_spots, follow, part
from handlers.intake.tagging import PLAIN, Tagger, tagger

_GROUP = re.compile(
    r"(?<![第站排成\d一二三四五六七八九十])(?P<t>[一二三四五六七八九十]{1,3}|\d{1,2})(?:小组|组|队|社)(?![织合长团建图装员成件伍友形会工区])"
)
_GROUPED = frozenset("组队社")
# A spot may have these, as a community has: 地库A区.
_ZONES = ("区", "期")
_QUARTER = re.compile(r"[东西南北]区.")
_JOINT = re.compile(r"(?:里头?|的|那个|这个|那|这|几个|那几盏|那几个|整个|两侧)?")
_NUMERAL = re.compile(
    r"(?<![一二三四五六七八九十])(?:[一二三四五六七八九十]{1,3}|\d+)(?=[舍排馆组队巷路街区号院弄站库期村门塔座栋楼层])"
)
_FLOOR = re.compile(r"\d+[楼层F]")
# After the name of a spot these make another name of it: 油坊弄, 竹林湾.
_NAMED_AFTER = frozenset("弄巷湾坡冲岭村庄屯坝坳街路里坊沟")
# An amount, or what there is everywhere.
_NO_NAME = re.compile(
    r"[\d.\-~:一二两三四五六七八九十]+\s?(?:[元块天年月日点个人次度分斤只条秒米公小周半].?)?"
    r"|.*满街|[路街]边|[路街屋家里外]上|[家屋]里|外面"
)
_DIGIT = re.compile(r"\d")
# Who writes more than that has said by then where it is, or only a rule finds it.
_FAR = 240
_KEPT = 2048
# A building that opens a clause is what the text is about; nobody else need be asked.
_BREAKS = frozenset("，。！？；、：\n @")
_HOUSE, _INSIDE = "G", "H"
_FILLED = re.compile(
    r"^(?:那|这|我们|咱们?|俺们?)(?:个|座|条|棵|片|栋|家)?|(?<=.)(?:那|这)(?:边|里|个|块儿?|儿)?$|(?<=..)[里上]$"
)
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


def find_place(text: str, names: Tagger | None = None) -> Place:
    """The place that a plain text is about, as the tagger tells; where it finds none, the first that a rule knows."""
    building = find_building(text)
    if building and (building.start == 0 or text[building.start - 1] in _BREAKS):
        return _in_building(text, building)
    marks = hints(text, building)
    named = (names or tagger()).name(text[:_FAR], marks[:_FAR])
    if named:
        begin, end = _whole(marks, *named)
        end += longer(text, end)
        words = text[begin:end]
        listed = gazetteer().spots.at(text, begin)
        if listed and listed.end >= end:
            return Place(listed.name, spots=(listed.name,))
        known = _with_rest(_spelt_before(words), words)
        if known.name and known.name == known.area:
            known = _followed(text, begin) or known
        after = listed and words[listed.end - begin :] in _NAMED_AFTER
        unknown = after or not known.name or (_NUMERAL.search(words) and not _DIGIT.search(known.name))
        if unknown and not _NO_NAME.fullmatch(words):
            return _unknown(words)
        # Numbers by themselves look like houses; the rules have seen what stands around them.
        if known.name and (not known.building or _HOUSE in marks[begin:end]):
            return known
    return spelt(text)


def _whole(marks: str, begin: int, end: int) -> tuple[int, int]:
    """The same with all of a building that it begins or ends in."""
    while marks[begin] == _INSIDE:
        begin -= 1
    while marks[end : end + 1] == _INSIDE:
        end += 1
    return begin, end


def hints(text: str, building: Building | None) -> str:
    """For every character whether it opens a building, belongs to one, or `PLAIN` neither; more than that is learned."""
    if building is None:
        return PLAIN * len(text)
    inside = _HOUSE + _INSIDE * (building.end - building.start - 1)
    return PLAIN * building.start + inside + PLAIN * (len(text) - building.end)


def _unknown(words: str) -> Place:
    """A place with a name that no rule knows, and the part of it: 三角地, 黎氏宗祠旁边."""
    name = _NUMERAL.sub(lambda found: arabic(found[0]), _FILLED.sub("", words)).upper()
    if _FLOOR.fullmatch(name):
        return Place(f"{name[:-1]}层", floor=f"{name[:-1]}层")
    for at in range(1, len(name)):
        found = gazetteer().parts.at(name, at)
        if found and found.end == len(name):
            return Place(name[:at] + found.name, spots=(name[:at], found.name))
    return Place(name, spots=(name,))


def _followed(text: str, begin: int) -> Place | None:
    """The area that begins there with what follows it: 东头那口机井, where only 东头 was pointed at."""
    area = find_area(text[begin:])
    return _in_area(text[begin:], area) if area and not area.start else None


def _with_rest(known: Place, words: str) -> Place:
    """Where only an area was known, what is named after it: 村东石板桥, 南区投放点."""
    area = find_area(words) if known.name and known.name == known.area else None
    if area is None or area.start:
        return known
    joint = _BETWEEN.match(words, area.end)
    rest = _FILLED.sub("", words[joint.end() if joint else area.end :]).upper()
    return replace(known, name=known.area + rest, spots=(rest,)) if len(rest) > 1 else known


@lru_cache(_KEPT)
def _spelt_before(words: str) -> Place:
    """The same as `spelt`: a community calls its places by the same words again and again."""
    return spelt(words)


def spelt(text: str) -> Place:
    """The first place in a plain text that a rule knows; a building or a village group before anything else."""
    if building := find_building(text):
        return _in_building(text, building)
    if not _GROUPED.isdisjoint(text) and (group := _GROUP.search(text)):
        return _in_group(text, group)
    area, spots, unit = find_area(text), find_spots(text), find_unit(text)
    if unit and not area and not (spots and begins(text, spots[0].start)):
        return Place(unit, unit=unit)
    if area and spots and spots[0].end == area.start and area.name.endswith(_ZONES):
        return _named(spots[:1], area.name)
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
