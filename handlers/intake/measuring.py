"""How well messages are understood: counted on lessons, exactly, and what such counts allow."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from storage.records import Aspect, Category, Lesson

ENOUGH = 30
"""Examples of a class below which its share of right answers says nothing (domain: a minimum sample of thirty)."""
YES = "yes"


@dataclass(frozen=True, slots=True)
class Score:
    """One class: how often it was `said` by the machine, how often people found it to be `so`, how often both."""

    word: str
    said: int
    so: int
    hits: int

    @property
    def precision(self) -> Fraction | None:
        """The share of what was said that was so; None when it was never said."""
        return Fraction(self.hits, self.said) if self.said else None

    @property
    def recall(self) -> Fraction | None:
        """The share of what was so that was said; None when it never was."""
        return Fraction(self.hits, self.so) if self.so else None

    @property
    def f1(self) -> Fraction | None:
        """The harmonic mean of the two."""
        return Fraction(2 * self.hits, self.said + self.so) if self.said + self.so else None


def settled(lessons: Iterable[Lesson]) -> list[Lesson]:
    """The last word on each thing about each issue (or pair), beside what was understood first; in order of ids."""
    found: dict[tuple[int, Aspect, int | None], Lesson] = {}
    for lesson in sorted(lessons, key=lambda one: one.id):
        key = (lesson.issue_id, lesson.aspect, lesson.other_id)
        before = found.get(key)
        found[key] = Lesson(
            lesson.id,
            lesson.issue_id,
            lesson.other_id,
            lesson.aspect,
            before.understood if before else lesson.understood,
            lesson.decided,
            lesson.at,
        )
    return list(found.values())


def scores(taught: Iterable[Lesson], aspect: Aspect) -> list[Score]:
    """A score for every class of an aspect, those that occur most first. `taught` is settled."""
    mine = [(one.understood, one.decided) for one in taught if one.aspect is aspect]
    said, so = Counter(pair[0] for pair in mine), Counter(pair[1] for pair in mine)
    hits = Counter(pair[0] for pair in mine if pair[0] == pair[1])
    words = sorted({*said, *so}, key=lambda word: (-so[word], -said[word], word))
    return [Score(word, said[word], so[word], hits[word]) for word in words]


def agreement(taught: Iterable[Lesson], aspect: Aspect) -> Score:
    """Of an aspect without classes (places): how often one was named by the machine, by people, and the same by both."""
    mine = [one for one in taught if one.aspect is aspect]
    hits = sum(bool(one.decided) and one.understood == one.decided for one in mine)
    return Score(
        aspect, sum(bool(one.understood) for one in mine), sum(bool(one.decided) for one in mine), hits
    )


def affirmed(taught: Iterable[Lesson], aspect: Aspect) -> Score:
    """Of an aspect answered with yes or no: the score of yes."""
    return next((one for one in scores(taught, aspect) if one.word == YES), Score(YES, 0, 0, 0))


def standing(taught: Sequence[Lesson], category: Category) -> Score:
    """How often issues understood as of this category were to be taken on, and of it."""
    of_it = {one.issue_id: one.decided == category for one in taught if one.aspect is Aspect.CATEGORY}
    mine = [one for one in taught if one.aspect is Aspect.TAKEN and one.understood == category]
    taken = [one.issue_id for one in mine if one.decided == YES]
    return Score(category, len(mine), len(taken), sum(of_it.get(issue_id, False) for issue_id in taken))


def trusted(score: Score, threshold: Fraction) -> bool:
    """Whether a class is understood well enough, on enough examples, to skip a person's confirmation."""
    return score.said >= ENOUGH and score.precision is not None and score.precision >= threshold


def percent(share: Fraction | None) -> str:
    """A share as people read it, rounded down so that nothing looks better than it is; a dash for none."""
    return "—" if share is None else f"{share.numerator * 100 // share.denominator}%"
