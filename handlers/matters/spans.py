"""Options that overlap: ranges of numbers with a point in common, and options made of other options."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"\s*([^\d\s,，、。;；()~～\-—至到以不超未大小高低多少含及]{0,4})"
_RANGE = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:-|—+|~|～|至|到)\s*{_NUMBER}{_UNIT}")
_FROM = re.compile(rf"{_NUMBER}{_UNIT}\s*\(?(?:含)?\)?(?:及|或)?(?:以上|起)")
_TO = re.compile(rf"{_NUMBER}{_UNIT}\s*\(?(?:含)?\)?(?:及|或)?(?:以下|以内|之内)")
_OVER = re.compile(rf"(?:超过|大于|高于|多于){_NUMBER}{_UNIT}")
_UNDER = re.compile(rf"(?:不满|未满|不足|少于|小于|低于){_NUMBER}{_UNIT}")
_NOT_OVER = re.compile(rf"(?:不超过|不高于|不多于|最多){_NUMBER}{_UNIT}")
_NOT_UNDER = re.compile(rf"(?:不少于|不低于|不小于|至少|最少){_NUMBER}{_UNIT}")
_EXCLUDED = re.compile(r"不含|不包括")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_AND_MORE, _MORE_AND = re.compile(r"[和与及、+＋加]"), re.compile(r"[和与及、+＋加]$")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Numbers from `low` to `high`, None for no end; 以上 and 以下 include the number itself (民法典 1259)."""

    unit: str
    low: Fraction | None = None
    high: Fraction | None = None
    low_in: bool = True
    high_in: bool = True

    def meets(self, other: "Span") -> bool:
        """Whether some number lies in both."""
        return self.unit == other.unit and self.begins_within(other) and other.begins_within(self)

    def begins_within(self, other: "Span") -> bool:
        """Whether this does not begin after the other ends."""
        if self.low is None or other.high is None:
            return True
        return self.low < other.high or (self.low == other.high and self.low_in and other.high_in)


def read_span(option: str) -> Span | None:
    """Return the range an option names, None where it names none. Hours of the day end before the next begin."""
    words = unicodedata.normalize("NFKC", option)
    timed = _CLOCK.sub(lambda found: str(int(found[1]) * 60 + int(found[2])), words)
    inside = timed == words and not _EXCLUDED.search(words)
    if found := _RANGE.search(timed):
        low, first, high, second = found.groups()
        return Span(unit=second or first, low=Fraction(low), high=Fraction(high), high_in=inside)
    for pattern, rising, included in _HALVES:
        if found := pattern.search(timed):
            number, unit = Fraction(found[1]), found[2]
            if rising:
                return Span(unit=unit, low=number, low_in=included and inside)
            return Span(unit=unit, high=number, high_in=included and inside)
    return None


_HALVES = (
    (_NOT_OVER, False, True),
    (_NOT_UNDER, True, True),
    (_OVER, True, False),
    (_UNDER, False, False),
    (_FROM, True, True),
    (_TO, False, True),
)


def overlapping(options: tuple[str, ...], both: re.Pattern[str]) -> tuple[tuple[str, str], ...]:
    """Return pairs of options of which somebody might mean both. `both` are the words for "all of them"."""
    return tuple(
        (first, second)
        for first, second in combinations(options, 2)
        if _ranges_meet(first, second)
        or _made_of(first, second)
        or _made_of(second, first)
        or both.search(second)
    )


def _ranges_meet(first: str, second: str) -> bool:
    one, other = read_span(first), read_span(second)
    return one is not None and other is not None and one.meets(other)


def _made_of(part: str, whole: str) -> bool:
    """Whether `whole` is the other option and something more: 东门 and 东门和西门."""
    bare, larger = _BLANKS.sub("", part), _BLANKS.sub("", whole)
    if not bare or bare == larger or bare not in larger:
        return False
    before, _, after = larger.partition(bare)
    return bool(_AND_MORE.match(after) or _MORE_AND.search(before))
