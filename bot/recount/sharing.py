"""Several places shared out by the single transferable vote, ballot by ballot, in fractions.

Quota: the next whole number above ballots / (places + 1). Every ballot counts for the first option on it that is
still in. Whoever has the quota is elected, all at once; each of their ballots goes on at surplus / votes of what it
was worth. Where nobody has it, the last one goes. Where as many are left as there are places, they are all elected.
Several that are equally last go together if all of them together are still behind everybody else and enough are
left; otherwise every one of them may be the one to go, all ways are followed, and whoever is elected on each way is
elected for sure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

_MOST_SITUATIONS = 2_000
"""Beyond that nobody follows the ways any more, and all options count as equal."""


@dataclass(frozen=True, slots=True)
class Round:
    """What everybody still in had, what had run out, and who was elected or went."""

    votes: Mapping[int, Fraction]
    exhausted: Fraction
    elected: tuple[int, ...]
    excluded: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """`tied` are those elected on some ways only; the rounds end where a tie that matters begins."""

    quota: int
    winners: tuple[int, ...]
    tied: tuple[int, ...]
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class _Situation:
    """`worth` of each ballot paper; `history`: who was in at each election, and who is in now."""

    worth: tuple[Fraction, ...]
    elected: tuple[int, ...]
    history: tuple[frozenset[int], ...]

    @property
    def inside(self) -> frozenset[int]:
        return self.history[-1]

    @property
    def mark(self) -> tuple[object, ...]:
        """What tells situations apart."""
        return self.elected, self.history


@dataclass(frozen=True, slots=True)
class _Box:
    """Different papers of the box, how often each is in it, and the places to fill."""

    papers: tuple[tuple[int, ...], ...]
    copies: tuple[int, ...]
    places: int

    @property
    def quota(self) -> int:
        return sum(self.copies) // (self.places + 1) + 1

    def begin(self, numbers: Iterable[int]) -> _Situation:
        return _Situation(tuple(map(Fraction, self.copies)), (), (frozenset(numbers),))

    def holders(self, now: _Situation) -> list[int | None]:
        """For whom each paper counts, None where nobody on it is still in."""
        return [next((one for one in paper if one in now.inside), None) for paper in self.papers]

    def votes(self, now: _Situation) -> dict[int | None, Fraction]:
        found = dict.fromkeys((*sorted(now.inside), None), Fraction(0))
        for holder, worth in zip(self.holders(now), now.worth, strict=True):
            found[holder] += worth
        return found

    def left(self, now: _Situation) -> int:
        return self.places - len(now.elected)

    def next(self, now: _Situation) -> tuple[_Situation, ...]:
        """What may follow, the first of equals to go first; nothing where all places are filled."""
        votes = self.votes(now)
        if not self.left(now):
            return ()
        if len(now.inside) == self.left(now):
            return (self._elect(now, votes, now.inside),)
        if full := frozenset(one for one in now.inside if votes[one] >= self.quota):
            return (self._elect(now, votes, full),)
        ways = self._last(now, votes)
        return tuple(replace(now, history=(*now.history[:-1], now.inside - gone)) for gone in ways)

    def _elect(
        self, now: _Situation, votes: Mapping[int | None, Fraction], chosen: frozenset[int]
    ) -> _Situation:
        keeps = {
            one: Fraction(max(votes[one] - self.quota, Fraction(0)), votes[one])
            for one in chosen
            if votes[one]
        }
        worth = tuple(
            each * keeps.get(holder, Fraction(1)) if holder is not None else each
            for holder, each in zip(self.holders(now), now.worth, strict=True)
        )
        order = sorted(chosen, key=lambda one: (-votes[one], one))
        return _Situation(worth, (*now.elected, *order), (*now.history, now.inside - chosen))

    def _last(self, now: _Situation, votes: Mapping[int | None, Fraction]) -> list[frozenset[int]]:
        fewest = min(votes[one] for one in now.inside)
        last = sorted(one for one in now.inside if votes[one] == fewest)
        others = now.inside - frozenset(last)
        if len(others) >= self.left(now) and all(votes[one] > fewest * len(last) for one in others):
            return [frozenset(last)]
        return [frozenset({one}) for one in last]


def share_out(papers: Iterable[tuple[int, ...]], numbers: tuple[int, ...], places: int) -> Shared:
    """Fill `places` from ballots that name each option at most once, best first."""
    counted = Counter(papers)
    if not counted:
        return Shared(0, (), (), ())
    box = _Box(tuple(counted), tuple(counted.values()), places)
    start = box.begin(numbers)
    ends = _ends(box, start)
    sure = frozenset.intersection(*ends)
    rounds = tuple(_rounds(box, start, len(ends)))
    early = [one for each in rounds for one in each.elected if one in sure]
    late = sorted(sure.difference(early))
    return Shared(box.quota, (*early, *late), tuple(sorted(frozenset.union(*ends) - sure)), rounds)


def _ends(box: _Box, start: _Situation) -> set[frozenset[int]]:
    """Whom each way elects, however the equals are told apart."""
    seen, front, ends = {start.mark}, [start], set[frozenset[int]]()
    while front:
        after = {way.mark: way for now in front for way in box.next(now)}
        ends |= {frozenset(now.elected) for now in front if not box.left(now)}
        front = [way for mark, way in after.items() if mark not in seen]
        seen |= after.keys()
        if len(seen) > _MOST_SITUATIONS:
            return {frozenset({one}) for one in start.inside}
    return ends


def _rounds(box: _Box, now: _Situation, ends: int) -> Iterator[Round]:
    while ways := box.next(now):
        if len(ways) > 1 and ends > 1:
            return
        votes, after = box.votes(now), ways[0]
        elected = after.elected[len(now.elected) :]
        yield Round(
            votes={one: votes[one] for one in sorted(now.inside)},
            exhausted=votes[None],
            elected=elected,
            excluded=tuple(sorted(now.inside - after.inside - frozenset(elected))),
        )
        now = after
