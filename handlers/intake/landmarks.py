"""Places told by how they are named: a name of their own before a word for a kind of place, or a position after it."""

import re

from handlers.intake.gazetteer import Spot, gazetteer
from handlers.intake.numerals import arabic

# Never part of a name: particles, pronouns, prepositions, measures, and words that tell when or whether.
_STOP = frozenset(
    "的了在从到是我你您他她它们这那走往去来又把被给对有说个条段边旁里每今昨明早晚不没就都还也很太最着过让叫跟与及或但而且因为请问谁哪怎什帮"
    "前后路街刚等见住家门一只当全离靠近沿由该咱俺某各整看听想要找出进口并开多少好几管次人跑逛划下上期区能间"
    "喺嘅嗰啲咗冇唔畀睇嘢佢哋仲咁落侬伊阿朝晏啦呀吧嘛呢吗噢哦喂搞"
)
_MAYBE = frozenset("上下前后沿家一")
_DECKS = frozenset({"平台", "站台"})
# What may not follow a side, nor go before 家, within a name.
_NOT_AFTER_SIDE = frozenset("面边头次午班车楼学来去回门着个的")
_WHOSE = frozenset("大自国公亲邻厂商买卖东房老")
# A word that ends so before a kind of place does something to it, or measures it: 打路灯, 满街, 认路, 一层楼.
_DEEDS = frozenset(
    "打送认拿停翻扯刮扫踩踢抓挡拉推搬挖填装拆卖买喊闹吵爬跳追赶撞砸摔掉塌倒堵淹冲搭盖铺贴挂插拔剪砍养喂牵遛办领交查满修回绕拐逆占借租建炸像带换层串领绿无疏下通救求趟每进出种条座栋幢米度处片块群堆股阵趟车收散撤糊抢售似完逛"
)
# A name begins at the beginning of a clause, past an opening, or after a preposition.
_PREPOSITIONS = frozenset("走知批响在到往从把给去沿绕着喺落朝对由跟进咱俺我报是过占向近找上")
_MARKS = frozenset("，。！？；、：:\n \"“”‘’'（）()…~@-—【】「」《》/.")
_BEFORE = _MARKS | _PREPOSITIONS
_NUMERALS = "一二三四五六七八九十"
_LONGEST, _SHORT = 4, 2
_GROUND = re.compile(
    r"(?P<g>弄堂|巷子|胡同|村子|江滩|绿带|菜市|老楼|堤坝|水库|榕树|码头|单元|石梯|楼梯|花池|[村库坝江堤涌河湖渠塘弄巷坡桥闸院浜])"
    r"(?P<p>[东西南北][头边口段侧]|中段|深处|尽头|那头|公共天井|天井|过道|山墙|里?那?边山|后坡|后身|[口头尾岸心脚顶底边沿湾洼]|(?<=[村])[东西南北后前]|(?<=[坝库堤])[外下里]|(?<=[坝库])上|(?<=[树墙])下)"
    r"(?![风盔脑来痛疼发里发绪])"
)
_GROUND_MARKS = frozenset("口头尾岸心脚顶底边沿湾洼段处井道墙坡身东西南北后前外上下里")
_ROADS, _NO_ROADS = "路街巷弄", "路街巷弄道口面"
_TEAMS = frozenset("队组委中环")
_GROUPS = re.compile(
    r"(?:渔业|移民|林业|牧业|蔬菜|副业)[一二三四五六七八九\d]?[队组]|[一二三四五六七八九十]委(?![员屈托])"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})中(?=[门那前后旁对操学])|(?<![一二三四五六七八九十十\d])[二三四五六]环边?"
)


def begins(text: str, at: int) -> bool:
    """Whether a name may begin at `at`: at the beginning of a clause, past an opening, or after a preposition."""
    if at == 0 or text[at - 1] in _BEFORE:
        return True
    return text.endswith(gazetteer().openings, 0, at)


def landmark(text: str, start: int = 0) -> Spot | None:
    """The first place from `start` on with a name of its own: 石涌祠堂, 净水站, 二道街, 12弄."""
    tails = gazetteer().tails
    for at, mark in enumerate(text):
        if mark not in tails or at <= start:
            continue
        for tail in tails[mark]:
            if at + 1 - len(tail) > start and text.startswith(tail, at + 1 - len(tail)):
                found = _with_name(text, start, at + 1 - len(tail), tail)
                if found:
                    return _longer(text, found)
    return None


def ground(text: str, start: int = 0) -> Spot | None:
    """The first spot told by a position on open ground: 弄堂口, 村后, 库尾, 胡同东段; or a team: 渔业队."""
    team = _GROUPS.search(text, start) if not _TEAMS.isdisjoint(text) else None
    if team:
        return Spot(team.start(), team.end(), team[0])
    if _GROUND_MARKS.isdisjoint(text):
        return None
    for match in _GROUND.finditer(text, start):
        if len(match["g"]) > 1 or begins(text, match.start()):
            return Spot(match.start(), match.end(), match[0], match["g"])
    return None


def _longer(text: str, found: Spot) -> Spot:
    """环湖路 rather than 环湖: a kind of place right after a name makes it part of a longer name."""
    data = gazetteer()
    if found.name.endswith((*data.estates, *data.communities)):
        return found
    for end in range(min(found.end + _LONGEST, len(text)), found.end, -1):
        tail = text[found.end : end]
        if tail in data.tails.get(tail[-1], ()) and not _turns(text, end, tail):
            return Spot(found.start, end, found.name + tail, tail if len(tail) > 1 else "")
    return found


def longer(text: str, end: int) -> int:
    """How much longer a name that ends there is: by one where it goes on as that of a road, 砂石厂路 and not 砂石厂路灯."""
    before, tail = text[end - 1 : end], text[end : end + 1]
    goes_on = tail in _ROADS if tail else False
    return int(goes_on and before not in _NO_ROADS and not _turns(text, end + 1, tail))


def _turns(text: str, end: int, tail: str) -> bool:
    """Whether what follows a short tail makes another word of it: 路灯, 街坊, 店员, 弄脏."""
    return text[end : end + 1] in gazetteer().turns.get(tail, ())


def _with_name(text: str, start: int, at: int, tail: str) -> Spot | None:
    """The kind of place at `at` with the name before it, where that is a name."""
    end = at + len(tail)
    if not _belongs(text, at - 1) or _turns(text, end, tail):
        return None
    first = _first(text, start, at)
    name = text[first:at]
    if not (begins(text, first) or _numbered(name)) or not _is_name(name, tail):
        return None
    if text.startswith("对面", max(first - 1, 0)):
        return None
    kind = tail if len(tail) > 1 else ""
    known = gazetteer().spots.at(tail, 0) if kind and name in gazetteer().plain_names else None
    return Spot(first, end, known.name if known else f"{_spelt(name)}{tail}", "" if known else kind)


def _first(text: str, start: int, at: int) -> int:
    """Where the name before `at` begins, past an opening."""
    first = at
    while first > start and at - first <= _LONGEST and _belongs(text, first - 1):
        first -= 1
    openings = gazetteer().openings
    if not text.startswith(openings, first):
        return first
    past = (first + len(word) for word in openings if text.startswith(word, first))
    return next((one for one in past if one < at), first)


def _is_name(name: str, tail: str) -> bool:
    """Whether these words before a kind of place name it: neither a deed, nor a measure, nor half of a common word."""
    data = gazetteer()
    if not 0 < len(name) <= _LONGEST or name in data.openings or name[-1] in _DEEDS:
        return False
    if len(name) > _SHORT and not _DEEDS.isdisjoint(name):
        return False
    if _numbered(name):
        return name[-1] in "号支" or tail in data.counted
    if name[0] == "楼" or (name[0] in _NUMERALS and name[1:2] == "楼" and tail not in _DECKS):
        return False
    if name[-1] in _NUMERALS and tail not in "路街巷弄桥":
        return False
    whole = name + tail
    return whole not in data.no_names and not whole.endswith(data.no_ends[tail])


def _belongs(text: str, at: int) -> bool:
    """Whether the character at `at` may stand in a name: 里 may in 三里屯, 家 in 马家湾, 上 where 上河村 begins."""
    mark = text[at]
    if mark not in _STOP:
        return mark not in _MARKS
    pairs = gazetteer().pairs
    if mark not in pairs and mark not in _MAYBE:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "上下前后沿":
        return (not before or before in _MARKS) and after not in _NOT_AFTER_SIDE
    if mark == "家":
        return bool(before) and before not in _MARKS and before not in _STOP and before not in _WHOSE
    return (
        f"{before}{mark}" in pairs.get(mark, ())
        or f"{mark}{after}" in pairs.get(mark, ())
        or (mark == "一" and after != "条")
    )


def _numbered(name: str) -> bool:
    return name.isdigit() or all(mark in _NUMERALS for mark in name.rstrip("号支"))


def _spelt(name: str) -> str:
    """二支渠 and 2支渠 are one, so are 十二弄 and 12弄; old and new things are called by their name."""
    if name.endswith("支"):
        return f"{arabic(name[:-1])}支"
    if not _numbered(name):
        return name
    return f"{arabic(name[:-1])}号" if name.endswith("号") else arabic(name)
