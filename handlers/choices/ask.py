"""What a poll asks when it asks for more than yes or no: the kind, and the frozen list of options."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from handlers.matters.sounding import bare_words
from handlers.refusals import Refusal
from handlers.texts import text

NONE: Final = 0
"""What 均不同意 is kept as wherever it is offered; people see it under the number after the last option."""
MOST_OPTIONS: Final = 20


class Kind(StrEnum):
    """How people answer, and how their answers are counted.

    SCHULZE and STV both rank: the first finds whom most would rather have, the second shares out several places.
    CONSENT asks for objections, SENSE only takes the temperature and decides nothing.
    """

    SINGLE = "single"
    SEVERAL = "several"
    SCORE = "score"
    SCHULZE = "schulze"
    STV = "stv"
    CONSENT = "consent"
    SENSE = "sense"


RANKED: Final = frozenset({Kind.SCHULZE, Kind.STV})
PICKED: Final = frozenset({Kind.SINGLE, Kind.SEVERAL, Kind.SENSE})
_ONE_PLACE: Final = frozenset({Kind.SINGLE, Kind.CONSENT, Kind.SENSE})


class ScoredBy(StrEnum):
    """What of an option's marks is compared."""

    SUM = "sum"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Ask:
    """Options are numbered from 1 in their order; 均不同意, where it is offered, is kept as 0 and shown as the last.

    `places`: how many options can be chosen (of SEVERAL with as many places as options: all that are carried).
    `most`: how many may be ticked on one ballot of SEVERAL. `lowest` to `highest` is the scale of SCORE.
    Raises Refusal for a list nobody could answer.
    """

    kind: Kind
    options: tuple[str, ...] = ()
    none_offered: bool = False
    places: int = 1
    most: int | None = None
    lowest: int = 1
    highest: int = 5
    scored_by: ScoredBy = ScoredBy.SUM

    def __post_init__(self) -> None:
        if self.kind is Kind.CONSENT:
            if self.options or self.none_offered:
                raise Refusal("choices.consent_has_no_options")
        else:
            _check_options(self.options)
        if not 1 <= self.places <= max(len(self.options), 1) or (self.kind in _ONE_PLACE and self.places > 1):
            raise Refusal("choices.places", most=1 if self.kind in _ONE_PLACE else len(self.options))
        if self.most is not None and not (self.kind is Kind.SEVERAL and 1 <= self.most <= len(self.options)):
            raise Refusal("choices.most", most=len(self.options))
        if not 0 <= self.lowest < self.highest <= 100:  # noqa: PLR2004 - beyond a hundred nobody tells marks apart
            raise Refusal("choices.scale")

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every number that stands for an option, 均不同意 last."""
        named = tuple(range(1, len(self.options) + 1))
        return (*named, NONE) if self.none_offered else named

    @property
    def printed(self) -> tuple[str, ...]:
        """The options as the card shows them, 均不同意 last: what the ballot check reads."""
        return tuple(self.word(number) for number in self.numbers)

    def shown(self, number: int) -> int:
        """The number under which people see an option."""
        return len(self.options) + 1 if number == NONE else number

    def meant(self, shown: int) -> int:
        """The option behind a number that people wrote."""
        return NONE if self.none_offered and shown == len(self.options) + 1 else shown

    def word(self, number: int) -> str:
        """The option behind a number. Raises IndexError."""
        if number == NONE:
            return text("choices.none_of_these")
        return self.options[number - 1]


def _check_options(options: tuple[str, ...]) -> None:
    if not 2 <= len(options) <= MOST_OPTIONS:  # noqa: PLR2004 - one option is no choice
        raise Refusal("choices.number_of_options", most=MOST_OPTIONS)
    bare = [bare_words(option) for option in options]
    if not all(bare):
        raise Refusal("choices.option_empty")
    if twice := next(_repeated(options, bare), None):
        raise Refusal("choices.option_twice", option=twice)
    if bare_words(text("choices.none_of_these")) in bare:
        raise Refusal("choices.none_is_offered", none=text("choices.none_of_these"))


def _repeated(options: tuple[str, ...], bare: list[str]) -> Iterator[str]:
    return (option for place, option in enumerate(options) if bare[place] in bare[:place])
