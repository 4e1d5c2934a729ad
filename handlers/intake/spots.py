"""Gates and spots of every neighbourhood, each with the one name it goes by; the first place a text names."""

import re
from operator import add

from handlers.intake.gazetteer import Spot, gazetteer
from handlers.intake.landmarks import begins, ground, landmark
from handlers.intake.numerals import arabic

_GATE = re.compile(
    r"(?:小区|厂|院)?(?P<g>[东西南北]{1,2})(?P<s>区?)大?侧?(?:人行)?门(?P<o>[口外内]?)(?![卫诊])|(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})号门(?![面牌店铺栋洞])口?"
    r"|(?:厂|院)?(?P<p>正门|后大门|后门|侧门|大门口|校门)|(?P<c>[a-h])口"
)
_STREET = re.compile(
    r"(?<![一-鿿])[村咱俺]?(?P<s>[前后中东西南北老新正横上下]街|[前后]巷)|(?<=[俺村])(?P<t>[前后]街)"
)
_FILL = re.compile(
    r"(?:的|那个|那几个|这个|那|这|旁边的|旁边|里的|那边的|那边|这边的|附近的|边上的|里面的|靠|往|里|外|口|门口|隔篱|隔壁|\s|，){0,2}"
)
# After a common spot these tell that it is meant as a place: 医院对面, 仓库那边, 公园里.
_THERE = re.compile(
    r"(?:的|那个)?(?:门口|门前|大门|正门|侧门|后门|旁|边|附近|对面|对过|隔壁|后|前面|前头|门前|[东西南北][侧边头面门]|拐角|转角|门外|外面|那|卸货口|后厨|这边|入口|出口|周围|墙外|楼[顶上下])"
)


def find_spots(text: str, start: int = 0) -> tuple[Spot, ...]:
    """The first gate, road or spot from `start` on, with the spot or part that follows it."""
    first = _first(text, start)
    if first is None:
        return ()
    fill = _FILL.match(text, first.end)
    after = _after(text, fill.end() if fill else first.end) or _after(text, first.end)
    return (first, after) if after and after.name != first.name else (first,)


def _after(text: str, start: int) -> Spot | None:
    gate = _GATE.match(text, start)
    if gate and gate["g"]:
        return Spot(gate.start(), gate.end(), _gate_name(gate))
    return follow(text, start)


def follow(text: str, start: int) -> Spot | None:
    """The spot or part of a place spelt right at `start`."""
    data = gazetteer()
    return data.spots.at(text, start) or data.parts.at(text, start)


def part(text: str, start: int) -> Spot | None:
    """The part of a building spelt right at `start`: 楼顶, 北侧, 门口."""
    parts = gazetteer().parts
    found = parts.at(text, start)
    if found is None and text[start : start + 1] in ("的", "西", "东", "南", "北"):
        return parts.at(text, start + 1)
    return found


def _first(text: str, start: int) -> Spot | None:
    """The first spot that begins as names do; failing that, the first at all. A known spelling goes before a guess."""
    known = _known(text, start)
    found = [one for way in (_gate, _street, ground) if (one := way(text, start))]
    named = landmark(text, start)
    if named and not (known and _is_known(text, named, known)):
        found.append(named)
    if known:
        found.append(known)
    return min(found, key=lambda one: (not _told(text, one.start), one.start, -one.end), default=None)


def _told(text: str, at: int) -> bool:
    """Whether a spot at `at` is told as names are, or pointed at: 那个健身角, 安置区的喜宴厅."""
    return begins(text, at) or text[at - 1] in "的个那这"


def _is_known(text: str, named: Spot, known: Spot) -> bool:
    """Whether a name is a known spelling, or one with old or new before it: 老灯光球场."""
    return named.start == known.start or (text[named.start] in "老旧新" and named.start + 1 == known.start)


def _known(text: str, start: int) -> Spot | None:
    """The first spot of the table, one that begins as names do before any other."""
    table, other, end = gazetteer().spots, None, start
    pairs = table.pairs
    for at, pair in enumerate(map(add, text, text[1:])):
        if pair not in pairs or at < end:
            continue
        spot = table.at(text, at)
        if spot is None:
            continue
        end = spot.end
        if spot.name in gazetteer().common and not _meant(text, spot):
            continue
        if _told(text, at):
            return spot
        other = other or (_sided(text, spot) if at > start else spot)
    return other


def _meant(text: str, spot: Spot) -> bool:
    """Whether a common spot is told as where something is, or is all that is said."""
    return (
        text[spot.start - 1 : spot.start] == "老"
        or len(text) == spot.end - spot.start
        or _THERE.match(text, spot.end) is not None
    )


def _sided(text: str, spot: Spot) -> Spot:
    """南车棚 is 南区车棚: a point of the compass right before a spot tells it from its twins."""
    side = text[spot.start - 1] if spot.start else ""
    return Spot(spot.start - 1, spot.end, f"{side}区{spot.name}") if side and side in "东南西北" else spot


def _gate(text: str, start: int) -> Spot | None:
    if "门" not in text and "口" not in text:
        return None
    gate = _GATE.search(text, start)
    return Spot(gate.start(), gate.end(), _gate_name(gate)) if gate else None


def _gate_name(gate: re.Match[str]) -> str:
    if gate["g"]:
        return f"{gate['g']}门"
    if gate["n"]:
        return f"{arabic(gate['n'])}号门"
    return gate["p"] or f"{gate['c'].upper()}口"


def _street(text: str, start: int) -> Spot | None:
    street = _STREET.search(text, start) if "街" in text or "巷" in text else None
    return Spot(street.start(), street.end(), street["s"] or street["t"]) if street else None
