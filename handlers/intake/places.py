"""Where a message is about: buildings, units, gates, roads, groups and spots, each brought to one spelling."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from handlers.intake.numerals import arabic
from handlers.intake.words import read_data

_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_UNIT_TAIL = r"(?:单元|门(?![口禁卫诊店前外锁铃牌面框把关坏打没被铺票边都不]))"
_BUILDING = re.compile(
    rf"(?<![\da-z.\-第])(?:(?P<b>{_N}|[a-h甲乙丙丁戊])\s*(?:号楼|号搂|号栋|号幢|栋楼?|幢楼?|#楼?|号(?=\s*[东西南北中\d一二三四五六七八九十]{{1,2}}单元)"
    rf"|楼(?=\s*{_N}单元))|(?P<l>[a-h甲乙丙丁戊])\s*[座楼]|(?P<z>\d{{1,2}})\s*座)"
    rf"(?:\s*-?\s*(?P<u>{_N}|[东西南北中])\s*(?:{_UNIT_TAIL})|(?<=[#栋幢楼])\s*-?(?P<v>\d)(?!\d|[楼层号栋#]))?"
)
_DASHED = re.compile(
    r"(?<![\d\-~.:#a-z])(?P<b>\d{1,2})\s?-\s?(?P<u>\d{1,2})(?:\s?-\s?(?P<r>\d{3,4}))?(?![\d\-~.:]|\s?[个天月年元块分米点次折%人斤岁℃度日号比层楼小秒周种条只台吨千公瓶份件])"
)
_UNIT_ALONE = re.compile(rf"(?<![\da-z第])(?P<u>{_N}|[东西南北中])单元")
_FLOOR = re.compile(rf"\s*的?(?P<f>{_N})\s*(?:层|楼)(?![上下道梯顶门长栋盘主])")
_ROOM = re.compile(r"\s*-?\s*(?P<r>\d{3,4})\s*(?:室|号房|户|房)?(?![\d元块米多分年人天度个号路])")
_GATE = re.compile(
    r"(?:小区)?(?P<g>[东西南北]{1,2})(?P<s>[区]?)大?侧?门(?P<o>[口外内]?)(?![卫诊])|(?P<n>\d{1,2})号门口?|(?P<p>正门|后大门|后门|侧门|大门口)|(?P<c>[a-h])口|(?P<q>[东西南北a-h一二三四五六七八九\d]{1,2})区(?![长别块间分域里市县])"
)
_GROUP = re.compile(
    r"(?<![第\d一二三四五六七八九十])(?P<t>[一二三四五六七八九十]{1,3}|\d{1,2})(?:小组|组|队|社)(?![织合长团建图装员成件伍友形会工区])"
)
_ROAD = re.compile(
    r"(?P<h>[一-鿿]{1,5}?)(?P<w>大道|[路巷]|街(?!道)|胡同|小学|中学|幼儿园|花园|家园|公寓|广场|大厦|[苑村镇](?=[一-鿿]))"
)
_ROAD_ENDS = frozenset("道路街巷同学园寓场厦苑村镇")
_STOP = frozenset(
    "的了在从到是我你您他她它们这那走往去来又把被给对有说个条段边旁里每今昨明早晚不没就都还也很太最着过让叫跟与及或但而且因为请问谁哪怎什帮前后路街刚等见住家门一只当全离靠近沿由该咱俺某各整看听想要找出进口并开修多少好几管个次的没人是"
)
_NO_ROAD = frozenset(
    [
        "马",
        "铁",
        "水泥",
        "柏油",
        "道",
        "公",
        "电",
        "线",
        "网",
        "消防通",
        "夜",
        "小",
        "盲",
        "机耕",
        "岔",
        "大",
        "老",
        "套",
        "思",
        "柏油马",
        "排水",
        "泥巴",
        "土",
        "石子",
        "乡",
        "车",
        "人行道",
        "上",
        "下",
        "中",
        "步",
        "店",
        "逛",
        "扫",
        "上学",
        "共享",
        "我家",
        "咱",
        "老旧",
        "其他",
        "附近",
        "新",
        "本",
        "全",
    ]
)
_FILL = re.compile(
    r"(?:的|那个|那几个|这个|那|这|旁边的|旁边|里的|那边的|那边|这边的|附近的|边上的|里面的|靠|往|里|外|口|门口|\s|，){0,2}"
)
_JOINT = re.compile(r"(?:里头?|的|那个|这个|那|这|几个|那几盏|那几个|整个|两侧)?")
_WORDS = TypeAdapter(dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `name` is its one spelling, "" for nowhere; `building` `unit` `floor` `room` as in 3号楼 2单元 15层 1502.

    `spots` are what else was named, in the order named: 东门, 垃圾房; for a building its side or part.
    """

    name: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    spots: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The steps in the tree of units below the community: building, then unit."""
        return tuple(step for step in (self.building, self.unit) if step)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class _Spots:
    """Spellings of spots or parts, by their first two characters, longest first, each with the one it means."""

    pairs: Mapping[str, tuple[tuple[str, str], ...]]

    def at(self, text: str, start: int) -> tuple[int, str] | None:
        """The spot spelt at `start`: where it ends and its one spelling."""
        for key in (text[start : start + 2], text[start : start + 1]):
            for spelling, name in self.pairs.get(key, ()):
                if text.startswith(spelling, start):
                    return start + len(spelling), name
        return None


def _spots(lines: list[str]) -> _Spots:
    index: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        names = line.lower().split()
        for spelling in names:
            index.setdefault(spelling[:2], []).append((spelling, line.split()[0]))
    return _Spots(
        {key: tuple(sorted(set(group), key=lambda one: -len(one[0]))) for key, group in index.items()}
    )


@cache
def _shipped() -> tuple[_Spots, _Spots]:
    data = _WORDS.validate_python(tomllib.loads(read_data("places.toml")))
    return _spots(data["spots"] + data["elsewhere"]), _spots(data["parts"])


def find_place(text: str) -> Place:
    """The first place a plain text names; a building or a village group before anything else."""
    building = _BUILDING.search(text) or _DASHED.search(text)
    if building:
        return _in_building(text, building)
    group = _GROUP.search(text)
    if group and (start := group.end()):
        return _named((f"{arabic(group['t'])}组", *_follow(text, _JOINT.match(text, start).end())))  # type: ignore[union-attr]
    found = _first_spot(text)
    if found:
        return _named(found)
    unit = _UNIT_ALONE.search(text)
    return Place(f"{arabic(unit['u'])}单元", unit=f"{arabic(unit['u'])}单元") if unit else NOWHERE


def _named(names: tuple[str, ...]) -> Place:
    return Place("".join(names), spots=names)


def _in_building(text: str, match: re.Match[str]) -> Place:
    found = match.groupdict()
    number = found.get("b") or found.get("l") or found.get("z") or ""
    unit = found.get("u") or found.get("v") or ""
    end, floor, room = match.end(), "", found.get("r") or ""
    if not room and (storey := _FLOOR.match(text, end)):
        floor, end = f"{arabic(storey['f'])}层", storey.end()
    if not room and (door := _ROOM.match(text, end)):
        room, end = door["r"], door.end()
    building, unit = _building(arabic(number)), f"{arabic(unit)}单元" if unit else ""
    part = "" if unit else _part(text, end)
    return Place(f"{building}{unit}{floor}{room}{part}", building, unit, floor, room, (part,) if part else ())


def _building(number: str) -> str:
    """3 is 3号楼, E is E座, 甲 is 甲楼, however they were spelt."""
    if number.isdigit():
        return f"{number}号楼"
    return f"{number}座" if number.isascii() else f"{number}楼"


def _part(text: str, start: int) -> str:
    parts = _shipped()[1]
    found = parts.at(text, start)
    if found is None and text[start : start + 1] in ("的", "西", "东", "南", "北"):
        found = parts.at(text, start + 1)
    return found[1] if found else ""


def _follow(text: str, start: int) -> tuple[str, ...]:
    spots, parts = _shipped()
    found = spots.at(text, start) or parts.at(text, start)
    return (found[1],) if found else ()


def _first_spot(text: str) -> tuple[str, ...]:
    """The first gate, road or spot, with the spot or part that follows it."""
    spots, _ = _shipped()
    gate, road = _first_gate(text), _first_road(text)
    for at in _starts(text, spots, gate, road):
        head = _sided(text, at, spots.at(text, at))
        if gate and gate[0] == at:
            head = gate[1:]
        elif road and road[0] == at and not (head and head[0] >= road[1]):
            head = road[1:]
        if head:
            fill = _FILL.match(text, head[0])
            tail = _follow(text, fill.end() if fill else head[0]) or _follow(text, head[0])
            return (head[1], *(name for name in tail if name != head[1]))
    return ()


def _starts(
    text: str, spots: _Spots, gate: tuple[int, int, str] | None, road: tuple[int, int, str] | None
) -> list[int]:
    """Where a place could begin, in order."""
    named = {found[0] for found in (gate, road) if found}
    pairs = spots.pairs
    return [at for at in range(len(text)) if text[at : at + 2] in pairs or text[at] in pairs or at in named]


def _first_gate(text: str) -> tuple[int, int, str] | None:
    if "门" not in text and "区" not in text and "口" not in text:
        return None
    gate = _GATE.search(text)
    return (gate.start(), gate.end(), _gate_name(gate)) if gate else None


def _sided(text: str, at: int, spot: tuple[int, str] | None) -> tuple[int, str] | None:
    """南车棚 is 南区车棚: a point of the compass right before a spot tells it from its twins."""
    side = text[at - 1] if spot and at else ""
    return (spot[0], f"{side}区{spot[1]}") if spot and side and side in "东南西北" else spot


def _gate_name(gate: re.Match[str]) -> str:
    if gate["g"]:
        return f"{gate['g']}门"
    if gate["n"]:
        return f"{gate['n']}号门"
    if gate["q"]:
        return f"{arabic(gate['q'])}区" if gate["q"] not in "东西南北" else f"{gate['q']}区"
    return gate["p"] or f"{gate['c'].upper()}口"


def _first_road(text: str) -> tuple[int, int, str] | None:
    if _ROAD_ENDS.isdisjoint(text):
        return None
    for match in _ROAD.finditer(text):
        head = match["h"]
        keep = next((at for at in range(len(head) - 1, -1, -1) if head[at] in _STOP), -1) + 1
        name = head[keep:]
        if name and name not in _NO_ROAD and len(name) <= 4:  # noqa: PLR2004 - longer names are sentences
            return match.start() + keep, match.end(), f"{name}{match['w']}"
    return None
