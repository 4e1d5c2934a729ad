"""Whom most would rather have, by Schulze's definition, and the order that follows from any "comes before"."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby, permutations
from typing import TypeAlias

from bot.recount.papers import Steps

Levels: TypeAlias = tuple[tuple[int, ...], ...]
"""Best first; those in one level are equal, their numbers in order."""
Before: TypeAlias = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Duel:
    """On how many ballots `one` stands before `other`, and on how many after."""

    one: int
    other: int
    before: int
    after: int

    @property
    def strength(self) -> tuple[int, int]:
        """More ballots for it are stronger; of equally many, fewer against it ("winning votes")."""
        return self.before, -self.after


def duels(rankings: Collection[Steps], numbers: Iterable[int]) -> tuple[Duel, ...]:
    """Every two options held against each other, each pair both ways round."""
    listed = tuple(numbers)
    found = dict.fromkeys(permutations(listed, 2), 0)
    for steps in rankings:
        behind = set(listed)
        for step in steps:
            behind -= step
            for one in step:
                for other in behind:
                    found[one, other] += 1
    return tuple(Duel(a, b, count, found[b, a]) for (a, b), count in found.items())


def stronger(fought: Iterable[Duel]) -> Before:
    """Whether the strongest chain of won duels from one to another is stronger than the strongest one back.

    Duels are added from the strongest down; the one that first lets somebody be reached is the weakest link of
    the strongest chain to them.
    """
    won = sorted((duel for duel in fought if duel.before > duel.after), key=lambda one: one.strength)
    reached: dict[int, dict[int, int]] = {}
    steps = [list(same) for _, same in groupby(reversed(won), key=lambda one: one.strength)]
    for rank, same in enumerate(steps):
        for duel in same:
            _join(reached, duel, rank)

    def beats(one: int, other: int) -> bool:
        never = len(steps)
        return reached.get(one, {}).get(other, never) < reached.get(other, {}).get(one, never)

    return beats


def _join(reached: dict[int, dict[int, int]], duel: Duel, rank: int) -> None:
    """Whoever reaches the winner of a duel now reaches the loser too, and whomever the loser reaches."""
    onward = (duel.other, *reached.get(duel.other, {}))
    reached.setdefault(duel.one, {})
    for start, known in reached.items():
        if start == duel.one or duel.one in known:
            for end in onward:
                known.setdefault(end, rank)


def in_levels(numbers: Iterable[int], before: Before) -> Levels:
    """Each number stands one level below the lowest of those that come before it."""
    listed = sorted(numbers)

    @cache
    def depth(one: int) -> int:
        return max((depth(other) + 1 for other in listed if other != one and before(other, one)), default=0)

    deepest = max(map(depth, listed), default=-1)
    return tuple(tuple(one for one in listed if depth(one) == level) for level in range(deepest + 1))
