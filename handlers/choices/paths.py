"""Ranking by Schulze: who beats whom by the strongest path, ties kept as ties. The paths are votelib's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from votelib.evaluate.condorcet import Schulze

from handlers.choices.cast import Ranking


@dataclass(frozen=True, slots=True)
class Pair:
    """How many ballots place `first` before `second`, and how many the other way round."""

    first: int
    second: int
    ahead: int
    behind: int


def pairwise(rankings: Iterable[tuple[Ranking, int]], options: tuple[int, ...]) -> tuple[Pair, ...]:
    """Compare every two options over all ballots (each given with how many cast it)."""
    ahead = {option: dict.fromkeys(options, 0) for option in options}
    for ranking, count in rankings:
        later = frozenset(options)
        for step in ranking.steps:
            later -= step
            for first in step:
                mine = ahead[first]
                for second in later:
                    mine[second] += count
    return tuple(
        Pair(first, second, ahead[first][second], ahead[second][first])
        for first, second in permutations(options, 2)
    )


def beaten(pairs: tuple[Pair, ...]) -> Callable[[int, int], bool]:
    """Return whether one option beats another by Schulze.

    A link is as strong as the ballots that carry it, and of equally many the one with fewer against it
    ("winning votes" of Schulze's paper).
    """
    whole = max((pair.ahead + pair.behind for pair in pairs), default=0) + 1
    links = {
        (pair.first, pair.second): whole * pair.ahead - pair.behind
        for pair in pairs
        if pair.ahead > pair.behind
    }
    found: Mapping[tuple[int, int], int] = Schulze.widest_paths(links)
    strength = {pair: found.get(pair, 0) for pair in permutations({pair.first for pair in pairs}, 2)}

    def beats(first: int, second: int) -> bool:
        return strength[first, second] > strength[second, first]

    return beats


def levels(options: Iterable[int], beats: Callable[[int, int], bool]) -> tuple[tuple[int, ...], ...]:
    """Order options best first: each level holds those that nobody who is left beats. `beats` has no cycles."""
    left, found = sorted(options), list[tuple[int, ...]]()
    while left:
        level = tuple(one for one in left if not any(beats(other, one) for other in left if other != one))
        found.append(level)
        left = [option for option in left if option not in level]
    return tuple(found)
