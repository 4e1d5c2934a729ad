"""What speaks for and against a message being a matter: the words found in it, weighed and counted."""

import re
from collections import Counter
from dataclasses import dataclass, field
from operator import add

from handlers.intake.roles import Role
from handlers.intake.words import Hit, Lexicon

_VOTES = {Role.MATTER: 6, Role.THING: 5, Role.MAYBE: 3, Role.HOME: 1, Role.SITE: 1}
_FIRST = 2
_ASIDE = Role.SITE
_DENIABLE = frozenset({Role.FAULT, Role.MATTER, Role.MAYBE, Role.CERTAIN, Role.LIKELY})
_MARKS = {role: f"<{role}>" for role in Role}
TOPIC = "<topic "
"""How the marks of topics begin."""
_BREAKS = frozenset("，。！？；、…~\n ")
_STEP = 4
_FORMAL = re.compile(
    r"[a-z]\d{1,2}[市区县州]|[a-z][市省州]|[一-鿿]{2}(?:县|镇|乡)(?![长下亲])|^.{0,4}[一-鿿]{2}市(?![场民])"
)
_GATE = re.compile(r"(?<![开出入热部窍澳专])[东南西北](?:大|侧)?门|\d号门")
_ROAD = re.compile(r"[一-鿿]{2}(?<![半一走马赶道公铁])(?:路|大道|街)(?=[口上边的那靠晚和到从段往一两整])")
_BUILDING = re.compile(
    r"\d{1,2}\s*(?:号楼|栋|幢|#|单元|号门)|[一二三四五六七八九十]{1,3}(?:号楼|栋|幢|单元)|[a-h甲乙丙丁][座楼]"
    r"|(?<![\da-z])[a-h]\d{1,2}(?=[幢栋号座楼#前后旁门的那一-鿿-])|[一二三四五六]期(?![间望待])|[甲乙丙丁]区|(?<![一-鿿])[咱俺]?[东西南北][院排](?![子长])|门洞|(?:筒子|机关|家属|红|红砖)楼|(?<!\d)\d{1,2}-\d{1,2}(?![\d\-个天月年元块分])|负[一二三]层|b[123]|[一二三四五六七八九十\d](?:小组|组)(?![织合成图员])"
)
# What stands before these is a landmark, not what the text is about: 锅炉房后面的厕所.
_BESIDE = re.compile(
    r"(?:大?门)?(?:后[头面边院]|背[后面]|旁|边上|边(?!缘|框)|跟前|门口|门前|大门外|前(?![天年几两后台锋]|任)|对[面过]|附近|周围|四周|底下|下面|那边|那块|路(?!灯|面|牌|边|沿|中)|街(?!道)|大道|苑|新村|小区|里(?=\d)|[东西南北][边面侧头])"
)
# And these only say what it is like: 跟坐拖拉机一样.
_SIMILE = re.compile(
    r"(?:跟|像|和|如同|好比|当成?|以为是?).{1,9}?(?:一样|似的|一般)|像.{1,5}(?=[，。！\s]|$)|成了?.{1,4}(?:一样|似的)"
)
_LIKE = frozenset("跟像和如比当为成")
_BESIDES = frozenset("大门后背旁边跟前对附周四底下那路街苑新小里东西南北")
_PRICE_NEEDS = re.compile(r"[\d￥¥]|一[台斤只箱]")
_BUILDING_NEEDS = frozenset("楼栋幢#元门座层组-期区院排洞abcdefgh")
_PRICE = re.compile(
    r"\d+(?:\.\d+)?\s*(?:元|块|包|折|/|一?[台斤只箱次盒张])|￥|¥|1[3-9]\d{9}|一[台斤只箱]\d|\d+%|\d[一]?[只台]"
)


_ALARMING = (
    Role.PERSON,
    Role.HURRY,
    Role.CERTAIN,
    Role.LIKELY,
    Role.THING,
    Role.HOME,
    Role.SITE,
    Role.FAULT,
    Role.MATTER,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of danger and where they begin."""

    start: int
    text: str


@dataclass(slots=True)
class Evidence:
    """Words of one text. `counts` by role, `votes` by topic, `dangers` by danger; `void` counts denied trouble.

    `parts` are the text's characters and pairs of characters, `marks` what the lexicon found, as the weights know them.
    """

    text: str
    hits: list[Hit] = field(default_factory=list)
    counts: Counter[Role] = field(default_factory=Counter)
    votes: Counter[str] = field(default_factory=Counter)
    words: dict[Role, str] = field(default_factory=dict)
    dangers: list[tuple[Role, str, Span]] = field(default_factory=list)
    voted: set[tuple[str, str]] = field(default_factory=set)
    opened: str = ""
    void: int = 0
    placed: int = 0
    formal: bool = False
    priced: int = 0
    parts: set[str] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)

    def vote(self, topic: str, role: Role, word: str) -> None:
        """Count a word for a topic, the same word once, and the first topic named a little more."""
        if (topic, word) not in self.voted:
            self.voted.add((topic, word))
            first = _FIRST if _VOTES[role] > _FIRST and not self.opened else 0
            self.votes[topic] += _VOTES[role] + first
        self.opened = self.opened or (word if _VOTES[role] > _FIRST else "")

    def has(self, *roles: Role) -> bool:
        """Whether a word of any of these roles was found."""
        return not self.counts.keys().isdisjoint(roles)


def gather(text: str, lexicon: Lexicon) -> Evidence:
    """Read a plain text once and note what its words say."""
    found = Evidence(text, lexicon.scan(text))
    negated_to = -1
    likened = [] if _LIKE.isdisjoint(text) else [match.span() for match in _SIMILE.finditer(text)]
    for hit in found.hits:
        if hit.word.negates:
            negated_to = _reach(text, hit.end)
        aside = text[hit.end : hit.end + 1] in _BESIDES and _BESIDE.match(text, hit.end)
        if aside or any(start < hit.start < end for start, end in likened):
            _count(found, hit, denied=hit.start <= negated_to, weight=_ASIDE)
        else:
            _count(found, hit, denied=hit.start <= negated_to, weight=None)
    _turn(found, lexicon)
    found.placed = _placed(found)
    found.formal = bool(_FORMAL.search(text))
    found.priced = len(_PRICE.findall(text)) if _PRICE_NEEDS.search(text) else 0
    return found


def parts_of(found: Evidence) -> set[str]:
    """The pieces of what was read; worked out when first asked for."""
    if not found.parts:
        found.parts.update(pieces(found.text))
    return found.parts


def pieces(text: str) -> set[str]:
    """The characters of a plain text and its pairs of characters."""
    return {*text, *map(add, text, text[1:])}


def marks_of(found: Evidence) -> list[str]:
    """What the lexicon found: roles, topics, dangers and what follows from them; worked out when first asked for."""
    if not found.marks:
        marks = [_MARKS[role] for role in found.counts]
        marks += [f"{TOPIC}{topic}>" for topic in found.votes]
        marks += {f"<danger {danger}>" for _, danger, _ in found.dangers}
        marks.append(f"<placed {found.placed}>")
        marks += (
            ["<formal>"] * found.formal + ["<priced>"] * (found.priced > 0) + ["<void>"] * (found.void > 0)
        )
        found.marks = marks
    return found.marks


def _turn(found: Evidence, lexicon: Lexicon) -> None:
    """Count the turns of speech, and the alarms spoken of in more than a word."""
    text = found.text
    for role, turn in lexicon.turns.items():
        if match := turn.search(text):
            found.counts[role] += 1
            found.words.setdefault(role, match[0])
    if found.has(*_ALARMING):
        marks = set(text)
        for danger, needs, pattern in lexicon.alarms:
            if not needs.isdisjoint(marks) and (match := pattern.search(text)):
                found.counts[Role.CERTAIN] += 1
                found.words.setdefault(Role.CERTAIN, match[0])
                found.dangers.append((Role.CERTAIN, danger, Span(match.start(), match[0])))


def _placed(found: Evidence) -> int:
    """2 where a building, unit or group is named, 1 for a gate, road or spot, 0 for nowhere."""
    text = found.text
    if not _BUILDING_NEEDS.isdisjoint(text) and _BUILDING.search(text):
        return 2
    if Role.SPOT in found.counts or ("门" in text and _GATE.search(text)):
        return 1
    return int(("路" in text or "街" in text or "大道" in text) and _ROAD.search(text) is not None)


def _reach(text: str, end: int) -> int:
    """How far a negation reaches: a few characters, never past the clause."""
    for at in range(end, min(end + _STEP, len(text))):
        if text[at] in _BREAKS:
            return at - 1
    return end + _STEP - 1


def _count(found: Evidence, hit: Hit, *, denied: bool, weight: Role | None) -> None:
    """Count a hit's senses; with a `weight` its topics get no more votes than a word of that role."""
    for sense in hit.word.senses:
        role = sense.role
        if denied and role in _DENIABLE:
            found.void += 1
            continue
        if denied and role is Role.SOLVED:
            found.counts[Role.FAULT] += 1
            continue
        found.counts[role] += 1
        found.words.setdefault(role, hit.word.text)
        if role in _VOTES:
            found.vote(sense.topic, weight or role, hit.word.text)
        elif role in (Role.CERTAIN, Role.LIKELY):
            found.dangers.append((role, sense.topic, Span(hit.start, hit.word.text)))
