"""另用: another share than the lawful one, with the reason that will be shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from handlers.refusals import Refusal
from handlers.rules.rule import Base, Bound, Clause, Either, Grade, Measure, Requirement, Rule
from handlers.words import narrow

_HALF: Final = Fraction(1, 2)
_NAMED: Final[Mapping[str, Fraction]] = {
    "过半": _HALF,
    "半数": _HALF,
    "一半": _HALF,
    "二分之一": _HALF,
    "三分之二": Fraction(2, 3),
    "四分之三": Fraction(3, 4),
    "全体": Fraction(1),
    "一致": Fraction(1),
}
_SHARE: Final = rf"(?P<over>超过)?\s*(?:(?P<num>\d{{1,3}})\s*/\s*(?P<den>\d{{1,3}})|(?P<named>{'|'.join(_NAMED)})数?)\s*(?P<least>以上)?"
_PART: Final = re.compile(rf"\s*(?P<part>到会|参与|通过)?\s*{_SHARE}")


@dataclass(frozen=True, slots=True)
class Share:
    """A share and whether reaching it is enough."""

    fraction: Fraction
    bound: Bound


@dataclass(frozen=True, slots=True)
class Other:
    """Another majority, another quorum, or both; None keeps the lawful one. `reason` is printed on the card."""

    passing: Share | None
    quorum: Share | None
    reason: str


def read_other(said: str) -> Other:
    """Read `1/2 理由 …` or `到会1/2 通过2/3 理由 …`: half is to be exceeded, any other share to be reached.

    超过 and 以上 say otherwise. Raises Refusal with the way to write it.
    """
    shares, mark, reason = narrow(said).partition("理由")
    found: dict[str, Share] = {}
    while match := _PART.match(shares):
        part = "quorum" if match["part"] in ("到会", "参与") else "passing"
        if part in found:
            raise Refusal("polls.other_usage")
        found[part] = _share(match)
        shares = shares[match.end() :].lstrip(" ，,、")
    if not found or shares.strip() or not mark or not reason.strip(" :：，,"):
        raise Refusal("polls.other_usage")
    written = said[said.index("理由") + len("理由") :].strip(" :：，,。")
    return Other(found.get("passing"), found.get("quorum"), written)


def under(rule: Rule, other: Other, cited: str) -> Rule:
    """The rule with its shares replaced, each in its own measure and over its own base; no longer quoted as the law."""
    quorum = _replaced(rule.quorum, other.quorum)
    if other.quorum and not rule.quorum:
        quorum = (Clause(Measure.HEADS, other.quorum.fraction, other.quorum.bound, Base.ROLL),)
    grade = Grade.LOCAL if cited else Grade.PROPOSAL
    return replace(
        rule, basis=cited, grade=grade, quorum=quorum, passing=_replaced(rule.passing, other.passing)
    )


def _share(match: re.Match[str]) -> Share:
    fraction = _NAMED[match["named"]] if match["named"] else _fraction(match["num"], match["den"])
    if match["over"] and match["least"]:
        raise Refusal("polls.other_usage")
    usual = Bound.OVER if fraction == _HALF else Bound.AT_LEAST
    bound = Bound.OVER if match["over"] else Bound.AT_LEAST if match["least"] else usual
    if not 0 < fraction <= 1 or (fraction == 1 and bound is Bound.OVER):
        raise Refusal("polls.other_usage")
    return Share(fraction, bound)


def _fraction(numerator: str, denominator: str) -> Fraction:
    if int(denominator) == 0:
        raise Refusal("polls.other_usage")
    return Fraction(int(numerator), int(denominator))


def _replaced(requirements: tuple[Requirement, ...], share: Share | None) -> tuple[Requirement, ...]:
    if share is None:
        return requirements
    return tuple(_with_share(requirement, share) for requirement in requirements)


def _with_share(requirement: Requirement, share: Share) -> Requirement:
    if isinstance(requirement, Either):
        return Either(tuple(_clause(one, share) for one in requirement.options))
    return _clause(requirement, share)


def _clause(clause: Clause, share: Share) -> Clause:
    return replace(clause, share=share.fraction, bound=share.bound)
