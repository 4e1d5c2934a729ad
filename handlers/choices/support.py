"""Who backs which option, in heads and in whatever else the roll keeps."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from handlers.choices.ask import NONE, RANKED, Ask
from handlers.choices.cast import REJECTS_ALL, Abstention, Cast, Consent, Picks, Ranking, Scores, Stance
from handlers.refusals import Refusal
from handlers.rules.tally import Measures, Tally, total

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Returned(Generic[K]):
    """The ballots of a poll beside its frozen roll: weights of all electors, ballots of some, `present` besides.

    Raises ValueError for a ballot from outside the roll, and Refusal for an empty roll.
    """

    ask: Ask
    roll: Mapping[K, Measures]
    ballots: Mapping[K, Cast]
    present: Collection[K] = ()

    def __post_init__(self) -> None:
        if not self.roll:
            raise Refusal("poll.empty_roll")
        if strangers := (set(self.ballots) | set(self.present)) - set(self.roll):
            raise ValueError(f"not on the roll: {strangers}")

    def weigh(self, electors: Iterable[K]) -> Measures:
        """What these electors weigh together."""
        return total((self.roll[elector] for elector in electors), next(iter(self.roll.values())))

    def weigh_backers(self, *options: int) -> Measures:
        """What those weigh whose ballot counts as a yes to any of the options."""
        return self.weigh(
            who for who, cast in self.ballots.items() if any(backs(cast, one) for one in options)
        )

    def tally(self) -> Tally:
        """The poll before any option is looked at: every ballot that is no abstention stands against."""
        abstained = self.weigh(who for who, cast in self.ballots.items() if isinstance(cast, Abstention))
        returned = self.weigh(self.ballots)
        idle = self.weigh(who for who in set(self.present) if who not in self.ballots)
        none = returned.none()
        return Tally(self.weigh(self.roll), returned + idle, none, returned - abstained, abstained, returned)


def in_favour(tally: Tally, yes: Measures) -> Tally:
    """A tally in which `yes` of those against are in favour."""
    return replace(tally, yes=yes, no=tally.no - yes)


def backs(cast: Cast, option: int) -> bool:
    """Whether a ballot counts as a yes to an option where a rule asks for a majority.

    Ticked, or ranked before 均不同意 (named at all, where 均不同意 is not ranked), or given a mark: whoever marks
    the options accepts that one of them is taken. For 均不同意 itself: nothing is accepted.
    """
    if isinstance(cast, Ranking):
        return _accepts(cast, option) if option != NONE else not any(_until_none(cast))
    if isinstance(cast, Picks):
        return option in cast.options
    if isinstance(cast, Scores):
        return option != NONE
    return isinstance(cast, Consent) and cast.stance is not Stance.OBJECT


def _accepts(ranking: Ranking, option: int) -> bool:
    """Asked for every option of every ballot: it looks no further than it must."""
    for step in ranking.steps:
        if NONE in step:
            return False
        if option in step:
            return True
    return False


def _until_none(ranking: Ranking) -> Iterator[frozenset[int]]:
    for step in ranking.steps:
        if NONE in step:
            return
        yield step


def ranked(ask: Ask, cast: Cast) -> Ranking | None:
    """A ballot of ranks, 均不同意 ticked alone being a rank too; None for an abstention."""
    if cast == REJECTS_ALL and ask.kind in RANKED:
        return Ranking((frozenset({NONE}),))
    return cast if isinstance(cast, Ranking) else None
