"""What a message is: the kind its pieces and marks speak for, unless it says that all is over.

A matter is only what is surer than not by a margin, since people leave a bot switched on that leaves them alone;
danger to people is believed sooner, since a false alarm costs a call and a missed one a life.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.intake.danger import Alarm, alarm
from handlers.intake.evidence import Evidence
from handlers.intake.roles import Role
from handlers.intake.weights import KINDS, OVER, Said, likeliest, shares
from storage.records import Kind

MATTERS = frozenset({Kind.URGENT, Kind.DISPUTE, Kind.ISSUE, Kind.WISH, Kind.SUGGESTION})
_IS_MATTER = tuple(at for at, kind in enumerate(KINDS) if kind in MATTERS)
_ORDINARY = tuple(at for at in _IS_MATTER if KINDS[at] is not Kind.URGENT)
_IS_NONE = tuple(at for at, kind in enumerate(KINDS) if kind not in MATTERS)
# What tells of an end is said in passing or in thanks.
_IS_END = (KINDS.index(Kind.CHATTER), KINDS.index(Kind.THANKS))
_URGENT = KINDS.index(Kind.URGENT)
_TELLING = (
    Role.MATTER,
    Role.MAYBE,
    Role.THING,
    Role.HOME,
    Role.FAULT,
    Role.CERTAIN,
    Role.LIKELY,
    Role.QUARREL,
)
_HAN, _WORDS = re.compile(r"[一-鿿]"), 3
_KNOWN, _LIKELY, _BARE, _ANNOUNCED, _FORMAL, _SURELY = 0.4, 0.5, 0.6, 0.9, 0.15, 0.6
# How likely a matter is told to be over by itself, and where the words of the lexicon say so too.
_TOLD, _HINTED = 0.25, 0.1
_ASKING = re.compile(
    r"[？?]|(?:吗|么|没|不|呢|没有|否)[。！~，\s]*$|谁知道|谁有|有没有人|哪里|几点|几号|什么时候|啥时候|何时|如何|多少|啥时|哪家|找谁"
)
# A notice or a forward that calls for nothing: it invites, reminds, announces.
_NOTICE = re.compile(
    r"^(?:转发?|【?[一-鿿]{0,6}(?:通知|提示|提醒|公告|预告|启事))】?[：:]|欢迎|报名|招新|招募|义诊"
)
_CALLS = (
    Role.FAULT,
    Role.CLAIM,
    Role.GRIEF,
    Role.UNDONE,
    Role.STUCK,
    Role.NOBODY,
    Role.CERTAIN,
    Role.LIKELY,
    Role.SUGGEST,
    Role.WISH,
    Role.QUARREL,
    Role.IRONY,
)
_BUT = re.compile(r"不过|但是|但|可是|就是|[，。！]可(?!以|能)|再说正事|话说回来|倒是")
_STILL = (Role.FAULT, Role.MATTER, Role.CLAIM, Role.GRIEF, Role.CERTAIN, Role.UNDONE, Role.STUCK, Role.NOBODY)


IDLE = 0.9
"""How sure of chatter the letters must be for nothing else to be asked."""
_CHATTER = KINDS.index(Kind.CHATTER)
_MAYBE_OVER = re.compile(
    r"好了|好啦|修|解决|恢复|找到|通了|来了|来水|来电|不用|搞定|没事|虚惊|辟谣|谣言|假的|撤回|取消|完成|处理|亮了|干净"
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A kind with its probability 0..1, whether it says a matter is over, and the danger if one was found."""

    kind: Kind
    sure: float
    resolves: bool = False
    alarm: Alarm | None = None


def is_idle(text: str, said: Said) -> bool:
    """Whether its letters alone make a plain text so surely chatter that it need not be read any further."""
    return shares(said.kinds)[_CHATTER] > IDLE and not _MAYBE_OVER.search(text)


def matter(likely: Sequence[float]) -> float:
    """How likely a text is a matter of any kind, given the probability of each."""
    return sum(likely[at] for at in _IS_MATTER)


def judge(found: Evidence, likely: Sequence[float]) -> Judgement:
    """Decide the kind of one text, given the probability of each and of its telling that a matter is over."""
    again = _is_again(found)
    sure = matter(likely) / (1 - likely[OVER] if again else 1)
    told = likely[OVER] > max(sure, _TOLD) and not again and not _still_wrong(found)
    hinted = not again and (likely[OVER] > _HINTED or _is_solved(found))
    over = told or (hinted and _is_over(found) and (sure < _SURELY or not found.has(*_STILL)))
    threat = None if over else alarm(found, likely[_URGENT])
    if threat:
        return Judgement(Kind.URGENT, likely[_URGENT], alarm=threat)
    if not over and (sure >= _threshold(found) or _still_wrong(found)) and not _says_nothing(found):
        return Judgement(_wanted(found, likely), sure)
    resolves = told or (over and _resolves(found))
    at = likeliest(likely, _IS_END if resolves else _IS_NONE)
    return Judgement(KINDS[at], 1 - sure, resolves=resolves)


def _says_nothing(found: Evidence) -> bool:
    """Two characters and a number, none of which names a thing or a trouble: a mistyped command more likely."""
    return not found.has(*_TELLING) and len(_HAN.findall(found.text)) < _WORDS


def _threshold(found: Evidence) -> float:
    """What a matter needs: less in a letter or of a thing known with its fault; more with no word, most in a notice."""
    if found.formal:
        return _FORMAL
    if _NOTICE.search(found.text) and not found.has(*_CALLS):
        return _ANNOUNCED
    known = found.has(Role.MATTER) or (found.has(Role.THING) and found.has(Role.FAULT)) or _is_again(found)
    if known:
        return _KNOWN
    return _LIKELY if found.placed or found.has(*_TELLING) else _BARE


def _still_wrong(found: Evidence) -> bool:
    """Thanks for one thing, but another is broken still."""
    wrong = found.has(Role.FAULT, Role.MATTER) and found.has(Role.THING, Role.MATTER)
    return found.has(Role.THANKS) and wrong and _BUT.search(found.text) is not None


def _wanted(found: Evidence, likely: Sequence[float]) -> Kind:
    """The kind of what is a matter; a proposal made in mockery is a complaint."""
    kind = KINDS[likeliest(likely, _ORDINARY)]
    return Kind.ISSUE if kind is Kind.SUGGESTION and found.has(Role.IRONY) else kind


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


def _is_again(found: Evidence) -> bool:
    """Mended and broken again: 修好了，今早又停了."""
    return found.has(Role.SOLVED) and found.has(Role.AGAIN) and found.has(Role.FAULT, Role.SOFT, Role.MATTER)


def _is_solved(found: Evidence) -> bool:
    """Told in words of the lexicon, of something or somewhere."""
    return found.has(Role.SOLVED) and (found.placed > 0 or found.has(Role.THING, Role.MATTER))


def _resolves(found: Evidence) -> bool:
    return found.has(Role.SOLVED) or (
        found.has(Role.DENIED) and found.has(Role.THING, Role.MATTER, Role.CERTAIN)
    )
