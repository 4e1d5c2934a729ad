"""Sharing out places by single transferable vote, ties laid open instead of being drawn by lot.

The counting itself (weighted inclusive Gregory transfers, Droop quota, exact fractions) is votelib's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from votelib.component.quota import droop
from votelib.component.transfer import Gregory
from votelib.evaluate.sequential import TransferableVoteDistributor, initial_allocation

Pile: TypeAlias = Mapping[tuple[int, ...], Fraction | int]
Piles: TypeAlias = Mapping[int | None, Pile]
_MOST_WAYS: Final = 2_000
"""Ways of breaking ties that are followed to their end; beyond that all who are still in count as tied."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the count: votes of those still in, and of ballots with nobody left on them; what followed."""

    votes: tuple[tuple[int, Fraction], ...]
    exhausted: Fraction
    elected: tuple[int, ...]
    excluded: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Transfers:
    """`winners` in the order they were elected, `tied` those among whom only a lot could decide the rest.

    The stages end where a tie that matters begins.
    """

    quota: int
    winners: tuple[int, ...]
    tied: tuple[int, ...]
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class _Leaving:
    """votelib asks whom to retain when nobody has the quota: everybody but `options`."""

    options: frozenset[int]

    def evaluate(self, votes: Mapping[int, Fraction]) -> list[int]:
        return [option for option in votes if option not in self.options]


@dataclass(frozen=True, slots=True)
class _State:
    """A count under way. `path` tells states apart: who was in at each election so far, and who is in now."""

    piles: Piles
    elected: tuple[int, ...]
    path: tuple[frozenset[int], ...]

    @property
    def still_in(self) -> frozenset[int]:
        return frozenset(option for option in self.piles if option is not None)

    def votes(self, option: int | None) -> Fraction:
        return Fraction(sum(self.piles.get(option, {}).values()))


@dataclass(frozen=True, slots=True)
class _Election:
    ballots: int
    places: int

    def start(self, rankings: Mapping[tuple[int, ...], int], options: tuple[int, ...]) -> _State:
        """First preferences; an option that nobody put first has an empty pile."""
        first: Piles = initial_allocation(dict(rankings))
        piles: Piles = {option: first.get(option, {}) for option in options}
        return _State(piles, (), (frozenset(options),))

    def over(self, state: _State) -> bool:
        return len(state.elected) == self.places

    def step(self, state: _State, leaving: frozenset[int]) -> _State:
        """One count: whoever has the quota is elected, else `leaving` go, their votes passed on either way."""
        seats = dict.fromkeys(state.elected, 1)
        most = dict.fromkeys((*state.still_in, *state.elected), 1)
        distributor = TransferableVoteDistributor(
            Gregory(), retainer=_Leaving(leaving), quota_function="droop"
        )
        found: tuple[Piles, Mapping[int, int]] = distributor.next_count(
            state.piles, self.places, self.ballots, prev_gains=seats, max_seats=most
        )
        piles, elected = found
        order = sorted(elected, key=lambda option: (-state.votes(option), option))
        now = frozenset(option for option in piles if option is not None)
        past = state.path if elected else state.path[:-1]
        return _State(piles, (*state.elected, *order), (*past, now))

    def steps(self, state: _State) -> tuple[_State, ...]:
        """The states that may follow: one, or one for each option that shares the last place."""
        ways = _lowest(state, self.places - len(state.elected))
        first = self.step(state, ways[0])
        if len(first.elected) > len(state.elected):
            return (first,)
        return (first, *(self.step(state, leaving) for leaving in ways[1:]))


def _lowest(state: _State, places: int) -> tuple[frozenset[int], ...]:
    """Who may go next. A whole group goes at once where, all put together, it stays behind everybody else."""
    votes = sorted((state.votes(option), option) for option in state.still_in)
    spare = len(votes) - places
    together = Fraction(0)
    for size, (vote, _) in enumerate(votes[:spare], 1):
        together += vote
        if size < len(votes) and together < votes[size][0]:
            return (frozenset(option for _, option in votes[:size]),)
        if size < len(votes) and vote < votes[size][0]:
            break
    return tuple(frozenset({option}) for vote, option in votes if vote == votes[0][0])


def transfer(rankings: Mapping[tuple[int, ...], int], options: tuple[int, ...], places: int) -> Transfers:
    """Count ballots (`rankings`: how many people ranked so, best first, each option once) for `places` places."""
    ballots = {ranking: count for ranking, count in rankings.items() if ranking and count}
    election = _Election(sum(ballots.values()), places)
    if not ballots:
        return Transfers(0, (), (), ())
    quota: int = droop(election.ballots, places)
    start = election.start(ballots, options)
    endings = _endings(election, start)
    sure = frozenset.intersection(*endings)
    walk = list(_walk(election, start, following=len(endings) == 1))
    order = [option for stage in walk for option in stage.elected if option in sure]
    winners = tuple(dict.fromkeys((*order, *sorted(sure))))
    return Transfers(quota, winners, tuple(sorted(frozenset.union(*endings) - sure)), tuple(walk))


def _endings(election: _Election, start: _State) -> frozenset[frozenset[int]]:
    """Every set of winners that some way of breaking the ties leads to."""
    waiting, seen, found = [start], {(start.elected, start.path)}, set[frozenset[int]]()
    while waiting:
        state = waiting.pop()
        if len(seen) > _MOST_WAYS:
            return _undecided(start)
        if election.over(state):
            found.add(frozenset(state.elected))
            continue
        for following in election.steps(state):
            if (key := (following.elected, following.path)) not in seen:
                seen.add(key)
                waiting.append(following)
    return frozenset(found)


def _undecided(start: _State) -> frozenset[frozenset[int]]:
    return frozenset(frozenset({option}) for option in start.still_in)


def _walk(election: _Election, state: _State, *, following: bool) -> Iterator[Stage]:
    """The stages one after another; where ties matter (not `following`) up to the first of them."""
    while not election.over(state):
        ways = election.steps(state)
        if len(ways) > 1 and not following:
            return
        after = ways[0]
        elected = after.elected[len(state.elected) :]
        gone = state.still_in - after.still_in - set(elected)
        yield Stage(
            votes=tuple((option, state.votes(option)) for option in sorted(state.still_in)),
            exhausted=state.votes(None),
            elected=elected,
            excluded=tuple(sorted(gone)),
        )
        state = after
