"""What stands on a ballot, by kind, and whether it may stand there."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TypeAlias

from handlers.choices.ask import NONE, PICKED, RANKED, Ask, Kind
from handlers.refusals import Refusal
from handlers.texts import text


class Stance(StrEnum):
    """In a consent round: agrees, can live with it but has a worry, or objects."""

    AGREE = "agree"
    RESERVED = "reserved"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Abstention:
    """Came, and says nothing of the matter."""


@dataclass(frozen=True, slots=True)
class Picks:
    """Numbers ticked; {0} is 均不同意 and stands alone. Also what a ballot of marks or ranks says with 均不同意."""

    options: frozenset[int]


@dataclass(frozen=True, slots=True)
class Scores:
    """One mark for each option, in their order."""

    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Best first; options in one step are equal, those left out come after all that are named."""

    steps: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """A stance, with the reason that an objection must have."""

    stance: Stance
    reason: str = ""


Cast: TypeAlias = Abstention | Picks | Scores | Ranking | Consent
REJECTS_ALL = Picks(frozenset({NONE}))


def check(ask: Ask, cast: Cast) -> None:
    """Raise Refusal unless this is a valid ballot of `ask`; the sentence says how to put it right."""
    if isinstance(cast, Abstention):
        return
    if isinstance(cast, Picks) and ask.kind in PICKED:
        _check_picks(ask, cast)
    elif isinstance(cast, Picks):
        _check_rejection(ask, cast)
    elif isinstance(cast, Scores) and ask.kind is Kind.SCORE:
        _check_scores(ask, cast)
    elif isinstance(cast, Ranking) and ask.kind in RANKED:
        _check_ranking(ask, cast)
    elif isinstance(cast, Consent) and ask.kind is Kind.CONSENT:
        if cast.stance is Stance.OBJECT and not cast.reason.strip():
            raise Refusal("choices.reason_missing")
    else:
        raise usage(ask)


def usage(ask: Ask) -> Refusal:
    """How this kind of ballot is answered, with this ballot's own numbers."""
    count = len(ask.options)
    return Refusal(
        f"choices.usage_{ask.kind}",
        last=len(ask.numbers),
        most=ask.most or count,
        lowest=ask.lowest,
        highest=ask.highest,
        example=" ".join(str(ask.highest) for _ in ask.options),
    )


def _check_picks(ask: Ask, cast: Picks) -> None:
    if not cast.options:
        raise usage(ask)
    _check_known(ask, cast.options)
    if NONE in cast.options and len(cast.options) > 1:
        raise Refusal("choices.none_stands_alone", none=text("choices.none_of_these"))
    most = (ask.most or len(ask.options)) if ask.kind is Kind.SEVERAL else 1
    if len(cast.options) > most:
        raise Refusal("choices.too_many_picks", most=most, picked=len(cast.options))


def _check_rejection(ask: Ask, cast: Picks) -> None:
    """Of marks, ranks and consent only 均不同意 can be ticked, where it is offered."""
    if cast != REJECTS_ALL or not ask.none_offered:
        raise usage(ask)


def _check_scores(ask: Ask, cast: Scores) -> None:
    if len(cast.marks) != len(ask.options):
        raise Refusal("choices.scores_missing", options=len(ask.options), marks=len(cast.marks))
    if any(not ask.lowest <= mark <= ask.highest for mark in cast.marks):
        raise Refusal("choices.score_off_scale", lowest=ask.lowest, highest=ask.highest)


def _check_ranking(ask: Ask, cast: Ranking) -> None:
    if not cast.steps or not all(cast.steps):
        raise usage(ask)
    named = list(chain.from_iterable(cast.steps))
    _check_known(ask, frozenset(named))
    if len(set(named)) < len(named):
        twice = next(number for number in named if named.count(number) > 1)
        raise Refusal("choices.ranked_twice", option=ask.word(twice))
    if ask.kind is Kind.STV and any(len(step) > 1 for step in cast.steps):
        raise Refusal("choices.stv_takes_no_equals")


def _check_known(ask: Ask, numbers: frozenset[int]) -> None:
    unknown = sorted(numbers - set(ask.numbers))
    if unknown == [NONE]:
        raise Refusal("choices.none_not_offered", none=text("choices.none_of_these"))
    if unknown:
        raise Refusal("choices.no_such_option", number=unknown[0], last=len(ask.numbers))
