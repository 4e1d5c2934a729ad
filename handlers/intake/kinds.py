"""What a message is. When several things are mixed the order is urgent, dispute, issue, wish, suggestion, question."""

import re
from dataclasses import dataclass

from handlers.intake.danger import Alarm, alarm
from handlers.intake.evidence import Evidence
from handlers.intake.roles import Role
from handlers.intake.weighing import ENOUGH, concerned, points, troubled
from handlers.intake.weights import Weights
from storage.records import Kind

_ASKING = re.compile(
    r"[？?]|(?:吗|么|没|不|呢|没有|否)[。！~，\s]*$|谁知道|谁有|有没有人|哪里|几点|几号|什么时候|啥时候|何时|如何|多少|啥时|哪家|找谁"
)
_BUT = re.compile(r"不过|但是|但|可是|就是")
_PROPOSING = re.compile(
    r"^(?:我|俺)?们?(?:强烈)?(?:建议|提议|提个)|(?:，|：|:|\s)(?:我)?(?:建议|提议)|提个?建议|提个?议"
)
_WANTING = re.compile(r"想|求|要|需|望|愿|缺|能不能|有没有|盼|帮")
_SELLING = 5
_SURE, _STEP = 2.0, 8
_FORMAL, _PLACED, _KNOWN, _UNPLACED, _NAMELESS, _QUIET, _PROPOSED = -0.8, -0.4, -0.2, 0.1, 0.9, 0.7, -1.0
_NAMING = (Role.HOME, Role.SITE, Role.CLAIM, Role.MAYBE, Role.WISH, Role.SUGGEST, Role.QUARREL, Role.CERTAIN)
_STILL = (Role.FAULT, Role.MATTER, Role.CLAIM, Role.GRIEF, Role.CERTAIN, Role.UNDONE, Role.STUCK, Role.NOBODY)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A kind with the log-odds of being a matter, whether it says one is over, and the danger if one was found."""

    kind: Kind
    odds: float
    resolves: bool = False
    alarm: Alarm | None = None


def leaning(found: Evidence) -> float:
    """What the lexicon says of a text being a matter, as log-odds between -2 and 2."""
    return max(-_SURE, min(_SURE, (points(found) - ENOUGH) / _STEP))


def judge(found: Evidence, weights: Weights) -> Judgement:
    """Decide the kind of one text."""
    sum_ = points(found)
    if not concerned(found):
        return Judgement((_is_ad(found) and Kind.AD) or _unwanted(found, sum_), -_SURE)
    matter, danger = weights.of_kind(found)
    matter += leaning(found)
    if _is_ad(found):
        return Judgement(Kind.AD, matter)
    over = _is_over(found)
    threat = None if over else alarm(found, danger)
    if threat:
        return Judgement(Kind.URGENT, matter, alarm=threat)
    if over:
        return Judgement(
            Kind.THANKS if found.has(Role.THANKS) else Kind.CHATTER, matter, resolves=_resolves(found)
        )
    kind = _wanted(found) if matter > _threshold(found) else _unwanted(found, sum_)
    return Judgement(kind, matter)


def _is_ad(found: Evidence) -> bool:
    if found.has(Role.AGAINST):
        return False
    score = 5 * found.counts[Role.SURE] + 2 * found.counts[Role.SOME] + 3 * min(found.priced, 2)
    score -= 4 * found.has(Role.WISH, Role.CLAIM)
    for doubt in (
        found.has(Role.FAULT, Role.MATTER),
        found.has(Role.BODY, Role.INQUIRE),
        found.formal or found.placed > 1,
    ):
        score -= 3 * doubt
    return score >= _SELLING


def _is_over(found: Evidence) -> bool:
    """Told as settled or untrue, with nothing still wrong besides."""
    if not found.has(Role.SOLVED, Role.DENIED, Role.UNREAL, Role.RUMOUR) and not found.void:
        return False
    if _ASKING.search(found.text) and not found.has(Role.DENIED):
        return False
    counts = found.counts
    still = sum(counts[role] for role in _STILL)
    if _BUT.search(found.text) and still:
        return False
    return still <= counts[Role.DENIED] + counts[Role.SOLVED] + counts[Role.UNREAL] + counts[Role.RUMOUR]


def _resolves(found: Evidence) -> bool:
    return found.has(Role.SOLVED) or (
        found.has(Role.DENIED) and found.has(Role.THING, Role.MATTER, Role.CERTAIN)
    )


def _threshold(found: Evidence) -> float:
    """The odds a matter needs: fewer where a place or a public thing is named, more where nothing is said to be wrong."""
    if found.formal:
        threshold = _FORMAL
    elif found.placed:
        threshold = _PLACED
    elif found.has(Role.BODY, Role.THING, Role.MATTER):
        threshold = _KNOWN
    else:
        threshold = _UNPLACED if found.has(*_NAMING) else _NAMELESS
    if _proposes(found) and not found.has(Role.TABLE, Role.TALK, Role.WORLD):
        return threshold + _PROPOSED
    return threshold if found.formal or troubled(found) else threshold + _QUIET


def _wanted(found: Evidence) -> Kind:
    """The kind of a text that wants something done."""
    if _is_wish(found):
        return Kind.WISH
    if _is_dispute(found):
        return Kind.DISPUTE
    return Kind.SUGGESTION if _is_suggestion(found) else Kind.ISSUE


def _unwanted(found: Evidence, sum_: int) -> Kind:
    if found.has(Role.THANKS):
        return Kind.THANKS
    private = found.has(Role.TALK, Role.TABLE)
    if _inquires(found) and not private:
        return Kind.QUESTION
    asking = found.has(Role.QUESTION) and _ASKING.search(found.text) and not found.has(Role.WORLD)
    return Kind.QUESTION if asking and not private and sum_ > 0 else Kind.CHATTER


def _inquires(found: Evidence) -> bool:
    return found.has(Role.INQUIRE)


def _is_wish(found: Evidence) -> bool:
    if found.has(Role.TALK, Role.TABLE) or not found.has(Role.WISH):
        return False
    return not found.has(Role.THANKS) and bool(_WANTING.search(found.text))


def _is_suggestion(found: Evidence) -> bool:
    if found.has(Role.IRONY):
        return False
    if _proposes(found):
        return found.has(Role.BUILD) or not troubled(found)
    built = found.has(Role.BUILD) and found.has(Role.ASK, Role.QUESTION, Role.SUGGEST)
    return not found.has(Role.FAULT, Role.MATTER) and (built or found.has(Role.SUGGEST))


def _proposes(found: Evidence) -> bool:
    return found.has(Role.SUGGEST) and _PROPOSING.search(found.text) is not None


def _is_dispute(found: Evidence) -> bool:
    against_me = "我" in found.words.get(Role.QUARREL, "")
    return found.has(Role.QUARREL) and (found.has(Role.RIVAL) or against_me)
