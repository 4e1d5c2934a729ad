"""各方: where several parties must each consent, what every one of them says, and whom it binds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.bodies import name_of
from handlers.meetings.reading import Outcome
from handlers.meetings.rules import Judgement
from handlers.procedures.loader import parse
from handlers.refusals import Refusal
from handlers.rules.joint import JointRule, JointVerdict, Party, decide_jointly, one_voice
from handlers.rules.rule import Grade
from handlers.rules.rule import Outcome as Decided
from handlers.rules.tally import Measures, Tally
from handlers.texts import text
from handlers.work import Work
from storage import cases
from storage.records import Wait

_SAYS = {
    "不同意": (1, 0, 1),
    "同意": (1, 1, 0),
    "赞成": (1, 1, 0),
    "反对": (1, 0, 1),
    "弃权": (1, 0, 0),
    "缺席": (0, 0, 0),
    "未到": (0, 0, 0),
}
"""Word: is there, says yes, says no. Who is there and says nothing has not consented."""
_ONE = rf"([^\s:：,，;；、。]+)\s*[:：]\s*({'|'.join(_SAYS)})"
_ALL = re.compile(rf"各方\s*[:：]?\s*((?:{_ONE}[\s,，;；、。]*)+)")


@dataclass(frozen=True, slots=True)
class Said:
    """What each side said, by the name it was called, and the rest of the words."""

    sides: tuple[tuple[str, str], ...]
    rest: str


def read_sides(note: str) -> Said:
    """Read 各方 党组织:同意 开发商:缺席 …."""
    match = _ALL.search(note)
    if match is None:
        return Said((), note)
    sides = tuple((name, word) for name, word in re.findall(_ONE, match[1]))
    return Said(sides, f"{note[: match.start()]} {note[match.end() :]}".strip())


async def sides_of(work: Work, wait: Wait) -> tuple[str, ...]:
    """The bodies that may each speak for themselves; none where the people in the room are counted."""
    if wait.rule:
        return ()
    case = await cases.of_topic(work.tx, wait.topic_id)
    if case is None:
        return ()
    return parse(await cases.procedure_source(work.tx, case.digest)).stage(case.stage).parties


def judge_sides(sides: tuple[str, ...], said: Said, word: Outcome | None) -> Judgement | None:
    """The outcome where every side has spoken for itself; None where nobody noted what they said.

    Refusal where a side is not told of, where the word contradicts them, and where a side is absent and nobody says
    whether the others agree without it.
    """
    if not said.sides:
        return None
    verdict = _verdict(sides, _by_body(sides, said))
    passed = (Outcome.PASSED, Outcome.CONDITIONAL)
    if verdict.outcome is Decided.REJECTED and word in passed:
        raise Refusal("meetings.side_against", lines="\n".join(_lines(verdict, said)))
    if verdict.outcome not in (Decided.PASSED, Decided.REJECTED) and word is None:
        raise Refusal("meetings.side_absent", lines="\n".join(_lines(verdict, said)))
    computed = Outcome.PASSED if verdict.outcome is Decided.PASSED else Outcome.REJECTED
    return Judgement(word or computed, _lines(verdict, said))


def _by_body(sides: tuple[str, ...], said: Said) -> Mapping[str, str]:
    """What each body says. Refusal for one that is no side here, is told of twice, or is left out."""
    found: dict[str, str] = {}
    for name, word in said.sides:
        meant = [side for side in sides if _shortens(name, name_of(side))]
        if len(meant) != 1 or meant[0] in found:
            raise _usage(sides)
        found[meant[0]] = word
    if len(found) != len(sides):
        raise _usage(sides)
    return found


def _shortens(said: str, name: str) -> bool:
    """Whether a name is this one cut short: 业委会 of 业主委员会."""
    letters = iter(name)
    return all(letter in letters for letter in said)


def _usage(sides: tuple[str, ...]) -> Refusal:
    names = [name_of(side) for side in sides]
    example = " ".join(text("meetings.side_example", side=name) for name in names)
    return Refusal("meetings.sides_usage", sides="、".join(names), example=example)


def _verdict(sides: tuple[str, ...], said: Mapping[str, str]) -> JointVerdict:
    rule = JointRule(tuple(Party(name_of(side), one_voice(side, "", Grade.LOCAL)) for side in sides))
    return decide_jointly(rule, {name_of(side): _tally(said[side]) for side in sides})


def _tally(word: str) -> Tally:
    there, yes, no = _SAYS[word]
    return Tally(Measures(1), Measures(there), Measures(yes), Measures(no), Measures(there - yes - no))


def _lines(verdict: JointVerdict, said: Said) -> tuple[str, ...]:
    each = "、".join(text("meetings.side_says", side=name, word=word) for name, word in said.sides)
    bound = "、".join(verdict.bound)
    key = "meetings.sides_bound" if len(verdict.bound) < len(verdict.verdicts) else "meetings.sides_all"
    return (text("meetings.sides", each=each), text(key, bound=bound or text("meetings.no_side")))
