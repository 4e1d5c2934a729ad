"""What speaks for and against a message being a matter: the words found in it, weighed and counted."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from handlers.intake.roles import Role
from handlers.intake.words import Hit, Lexicon, paired

_FIRST = 2
_ASIDE = 1
_MARKS = {role: f"<{role}>" for role in Role}
TOPIC = "<topic "
"""How the marks of topics begin."""
_BREAKS = frozenset("，。！？；、…~\n ")
_STEP = 4
_FORMAL_NEEDS = frozenset("市区县州省镇乡")
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
_PRICE_NEEDS = frozenset({*"元块包折/台斤只箱次盒张￥¥%", "13", "14", "15", "16", "17", "18", "19"})
_FIGURE = re.compile(r"[\d￥¥]|一[台斤只箱]")
_ROAD_NEEDS = frozenset({"路", "街", "大道"})
_BUILDING_NEEDS = frozenset("楼栋幢#元门座层组-期区院排洞abcdefgh")
_PRICE = re.compile(
    r"\d+(?:\.\d+)?\s*(?:元|块|包|折|/|一?[台斤只箱次盒张])|￥|¥|1[3-9]\d{9}|一[台斤只箱]\d|\d+%|\d[一]?[只台]"
)

_ALARMING = frozenset({
    Role.PERSON, Role.HURRY, Role.CERTAIN, Role.LIKELY, Role.THING, Role.HOME, Role.SITE, Role.FAULT, Role.MATTER,
})  # fmt: skip


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

    def vote(self, topic: str, votes: int, word: str) -> None:
        """Count a word for a topic, the same word once, and the first topic named a little more."""
        telling = votes > _FIRST
        if (topic, word) not in self.voted:
            self.voted.add((topic, word))
            first = _FIRST if telling and not self.opened else 0
            self.votes[topic] = self.votes.get(topic, 0) + votes + first
        if telling and not self.opened:
            self.opened = word

    def has(self, *roles: Role) -> bool:
        """Whether a word of any of these roles was found."""
        return not self.counts.keys().isdisjoint(roles)


def gather(text: str, lexicon: Lexicon) -> Evidence:
    """Read a plain text once and note what its words say."""
    pairs = paired(text)
    found = Evidence(text, lexicon.scan(text, pairs), parts={*text, *pairs})
    likened = [] if _LIKE.isdisjoint(found.parts) else [match.span() for match in _SIMILE.finditer(text)]
    counted: list[Role] = []
    negated_to = -1
    note = found.words.setdefault
    for hit in found.hits:
        word = hit.word
        if word.negates:
            negated_to = _reach(text, hit.end)
        worth = word.denied if hit.start <= negated_to else word.worth
        counted += worth.counted
        for role in worth.roles:
            note(role, word.text)
        if worth.votes:
            aside = _aside(text, hit, likened)
            for topic, votes in worth.votes:
                found.vote(topic, _ASIDE if aside else votes, word.text)
        for sense in worth.dangers:
            found.dangers.append((sense.role, sense.topic, Span(hit.start, word.text)))
        found.void += worth.void
    counted += _turns(found, lexicon, counted)
    found.counts.update(counted)
    found.placed = _placed(found)
    found.formal = not _FORMAL_NEEDS.isdisjoint(found.parts) and bool(_FORMAL.search(text))
    if not _PRICE_NEEDS.isdisjoint(found.parts) and _FIGURE.search(text):
        found.priced = len(_PRICE.findall(text))
    return found


def pieces(text: str) -> set[str]:
    """The characters of a plain text and its pairs of characters."""
    return {*text, *paired(text)}


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


def _turns(found: Evidence, lexicon: Lexicon, counted: Collection[Role]) -> list[Role]:
    """The turns of speech, and the alarms spoken of in more than a word, to be counted besides the words."""
    told = []
    for number, match in lexicon.turns.found(found.text, found.parts).items():
        role, danger = lexicon.told[number].role, lexicon.told[number].topic
        if danger:
            if _ALARMING.isdisjoint(counted):
                break
            found.dangers.append((role, danger, Span(match.start(), match[0])))
        told.append(role)
        found.words.setdefault(role, match[0])
    return told


def _aside(text: str, hit: Hit, likened: Iterable[tuple[int, int]]) -> bool:
    """Whether a word only says where something is or what it is like."""
    if text[hit.end : hit.end + 1] in _BESIDES and _BESIDE.match(text, hit.end):
        return True
    return any(start < hit.start < end for start, end in likened)


def _placed(found: Evidence) -> int:
    """2 where a building, unit or group is named, 1 for a gate, road or spot, 0 for nowhere."""
    text, parts = found.text, found.parts
    if not _BUILDING_NEEDS.isdisjoint(parts) and _BUILDING.search(text):
        return 2
    if Role.SPOT in found.counts or ("门" in parts and _GATE.search(text)):
        return 1
    return int(not _ROAD_NEEDS.isdisjoint(parts) and _ROAD.search(text) is not None)


def _reach(text: str, end: int) -> int:
    """How far a negation reaches: a few characters, never past the clause."""
    for at in range(end, min(end + _STEP, len(text))):
        if text[at] in _BREAKS:
            return at - 1
    return end + _STEP - 1
