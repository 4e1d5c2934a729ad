"""Buildings, units, floors and doors as people write them: 3号楼2单元, 三栋二门洞, 3#2, 3-2, A7幢, b5, 老红楼3门."""

import re
import tomllib
from dataclasses import dataclass

from pydantic import TypeAdapter

from handlers.intake.numerals import arabic
from handlers.intake.words import read_data

_WORDS = TypeAdapter(dict[str, list[str]])
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_DOOR = r"门(?![口禁卫诊店前外锁铃牌面框把关坏打没被铺票边都不槛缝轴岗])"
_UNIT_TAIL = rf"(?:门?单元|门洞|门栋|{_DOOR})"
_UNIT = rf"(?:\s*-?\s*(?:[头第](?={_N}个?(?:单元|门)))?(?P<u>{_N}|[东西南北中]|[a-h甲乙丙丁](?=单元))(?:(?<=[头第].)个)?\s*(?:{_UNIT_TAIL})|(?<=[#栋幢楼])\s*-?(?P<v>\d)(?!\d|[楼层号栋#f个]))?"
# 九号楼梯全是火 is 9号, not 9号楼.
_HOUSE_WORD = r"号楼(?!梯|道)|号搂|懂|号栋|号幢|栋楼?(?!梯|道|一个|一[种样])|幢楼?(?!梯|道)|#楼?"
_NUMBERED = re.compile(
    rf"(?<![\da-z.\-第])(?:老?(?P<b>{_N}|[a-h甲乙丙丁戊])\s*(?:{_HOUSE_WORD}|号(?=\s*[东西南北中\d一二三四五六七八九十]{{1,2}}单元)"
    rf"|楼(?=\s*{_N}单元)|(?<=老[一二三四五六七八九\d])楼)|(?P<l>[a-h])\s*[座楼]|(?P<x>[甲乙丙丁戊])[楼座]|(?P<y>[甲乙丙丁戊]\d{{1,2}})\s*(?:号?楼(?!梯|道)|栋|幢|座)|(?P<z>\d{{1,2}})\s*座"
    rf"|(?:(?<=^)|(?<=[，。！？、\s]))(?P<w>[二三四五六七八九十]{{1,3}}|一(?=座(?![山桥塔庙坟房楼大小老新城难])))座){_UNIT}"
)
# A7幢, B3前, A5-3, b5的, T3座, T3还: a letter of a quarter or a tower with a number. B1, B2 and B3 alone are basements.
_LETTERED = re.compile(
    rf"(?<![\da-z.\-])(?P<b>[a-z]\d{{1,2}}(?=\s?[座幢栋#]|号楼)|[a-ht]\d{{1,2}})(?![\d.a-z])(?:\s?(?:幢|栋|号楼|座|#|楼(?![下上里顶道]))|(?=-\d)"
    rf"|(?<![b][123])(?=[前后旁门的那与和一二三四五六七八九十楼])|(?<![b][123])(?<![一-鿿][a-h]\d)(?<![一-鿿][a-h]\d\d)(?=[，。\s]|$)|(?<=[b][123])(?=[前后旁门那一二三四五六七八九]|楼[下上顶])"
    rf"|(?<=t\d)(?=[一-鿿])|(?<=t\d\d)(?=[一-鿿]))(?:\s*-?\s*(?P<u>{_N})\s*(?:{_UNIT_TAIL})|-(?P<v>\d)(?!\d))?"
)
_NAMES = _WORDS.validate_python(tomllib.loads(read_data("places.toml")))["buildings"]
_NAMED = re.compile(
    rf"(?:(?<=^)|(?<![一-鿿])|(?<=[是住在到那把我给说咱俺]))[老小大旧新]?(?P<b>{'|'.join(sorted(_NAMES, key=len, reverse=True))})砖?楼(?![下上梯道盘市层里])"
    rf"(?:\s*(?P<u>{_N}|[东西南北中])\s*(?:{_UNIT_TAIL}))?"
)
_DASHED = re.compile(
    r"(?<![\d\-~.:#a-z])(?P<b>\d{1,2})\s?-\s?(?:(?P<u>\d{1,2})(?:\s?-\s?(?P<r>\d{3,4}))?|(?P<q>\d{3,4}))(?![\d\-~.:]|楼(?![上下梯道])|\s?[个天月年元块分米点次折%人斤岁℃度日号比层小秒周种条只台吨千公瓶份件])"
)
_UNIT_ALONE = re.compile(
    rf"(?<![\da-z第])(?P<u>{_N}|[东西南北中]|[a-h甲乙丙丁](?=单元))(?:门?单元|门洞|号?门栋|门(?=门口|的?楼梯|楼道))"
    rf"|(?:(?<=^)|(?<=[，。！？、\s在我把咱住]))(?P<d>[一二三四五六七八九十\d]{{1,3}}){_DOOR}(?!心|课|亲|生意|类|两)"
)
# A house of a lane, with its lane or alone: 7弄9号, 六巷12号, 15号楼梯. A day of the month is told by what follows it.
_HOUSE = re.compile(
    rf"(?P<lane>(?:{_N}|[东西南北][一二三四五六七八九十]?)[弄巷])(?P<h>{_N})号(?![线院])"
    rf"|(?P<same>{_N})号弄"
    rf"|(?:(?<=^)|(?<=[，。！？、：:\s弄拉报])|(?<=[在到进])|(?<=骑楼)|(?<=弄堂))(?P<n>{_N})号"
    r"(?!楼(?!梯|道)|线|院|井|桥|门|机|闸|车|地|码|路|文|店|铺|柜|位|桌|窗|摊|档|令|字|公|库|渠|塘|泵站|水|球|停|开|前|之|上午|下午|晚|早|中午|凌|就|才|到|交|起|要|以|去|来|我|他|物|社|村|通知|发|左右|和|\d|[，。、]\s*\d|-|~|至|[一二三四五六七八九十](?!十?[楼层]))"
)
_ROOM_ALONE = re.compile(
    r"(?:(?<=^)|(?<=[，。！？、\s]))(?P<r>(?!1[12]\d[^\d])(?!19\d\d|20[0-3]\d年)[1-9]\d{2,3})(?=[室户房又的家老那还天业装养在楼半夜])(?!天[^天])"
)
_FLOOR = re.compile(rf"\s*的?(?P<f>{_N})\s*(?:层|f(?![a-z])|楼)(?![上下道梯顶门长栋盘主半])")
_ROOM = re.compile(r"\s*-?\s*(?P<r>\d{3,4})\s*(?:室|号房|户|房)?(?![\d元块米多分年人天度个号路])")
_BUILT = frozenset("号栋幢#楼座懂")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Building:
    """A building named in a text from `start` to `end`, in one spelling; "" where no unit, floor or room was named."""

    start: int
    end: int
    building: str
    unit: str
    floor: str
    room: str


def find_building(text: str) -> Building | None:
    """The first building a plain text names, with what is said of the place in it."""
    match = None if _BUILT.isdisjoint(text) else _NUMBERED.search(text)
    if match is None and not _LETTERS.isdisjoint(text):
        match = _LETTERED.search(text)
    if match is None and "-" in text:
        match = _DASHED.search(text)
    if match is None and "楼" in text:
        match = _NAMED.search(text)
    house = _HOUSE.search(text) if "号" in text else None
    if house and (match is None or house.start() <= match.start()):
        return _house(text, house)
    return _read(text, match) if match else None


def find_unit(text: str) -> str:
    """A unit named without its building, "" for none."""
    unit = _UNIT_ALONE.search(text) if "门" in text or "元" in text else None
    return f"{arabic(unit['u'] or unit['d'])}单元" if unit else ""


def find_room(text: str) -> str:
    """A door named by its number alone at the beginning of a clause, "" for none."""
    room = _ROOM_ALONE.search(text)
    return room["r"] if room else ""


def _house(text: str, match: re.Match[str]) -> Building:
    lane, number, end, floor = match["lane"] or "", match["h"] or match["same"] or match["n"], match.end(), ""
    if match["same"]:
        return Building(match.start(), end, f"{arabic(number)}弄", "", "", "")
    if storey := _FLOOR.match(text, end):
        floor, end = f"{arabic(storey['f'])}层", storey.end()
    if not lane:
        return Building(match.start(), end, f"{arabic(number)}号楼", "", floor, "")
    lane = f"{arabic(lane[:-1])}{lane[-1]}" if lane[0] not in "东西南北" else lane
    return Building(match.start(), end, f"{lane}{arabic(number)}号", "", floor, "")


def _read(text: str, match: re.Match[str]) -> Building:
    found = match.groupdict()
    number = next(found[key] for key in ("b", "l", "x", "y", "z", "w") if found.get(key))
    unit = found.get("u") or found.get("v") or ""
    end, floor, room = match.end(), "", found.get("r") or found.get("q") or ""
    if not room and (storey := _FLOOR.match(text, end)):
        floor, end = f"{arabic(storey['f'])}层", storey.end()
    if not room and (door := _ROOM.match(text, end)):
        room, end = door["r"], door.end()
    return Building(match.start(), end, _spelt(number), f"{arabic(unit)}单元" if unit else "", floor, room)


def _spelt(number: str) -> str:
    """3 is 3号楼, E is E座, A7 is A7号楼, 甲 is 甲楼, 红砖 is 红楼, however they were spelt."""
    if len(number) > 1 and (number[0] in _LETTERS or number[1].isdigit()) and not number[0].isdigit():
        return f"{number.upper()}号楼"
    if number in _NAMES:
        return f"{number.removesuffix('砖')}楼"
    number = arabic(number)
    if number.isdigit():
        return f"{number}号楼"
    return f"{number}座" if number.isascii() else f"{number}楼"
