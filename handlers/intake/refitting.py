"""Learning anew from what people of a community decided, and whether what was learned is any better."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from handlers.intake.aliases import Aliases
from handlers.intake.masking import mask
from handlers.intake.plain import plain
from handlers.intake.reading import ACTIONABLE, understand
from handlers.intake.training import Example, fit
from handlers.intake.weights import Weights
from storage.records import Aspect, Category, Kind, Lesson

LEAST = 20
"""Examples below which nothing is learned."""
_EVERY = 4
_HEAVIER = 3
_MAY_LOSE = Fraction(1, 200)


@dataclass(frozen=True, slots=True)
class Taught:
    """What people found a text to be. `matter` is the issue it is part of: those of one matter stay together."""

    example: Example
    matter: int


@dataclass(frozen=True, slots=True)
class Trial:
    """How many of so many texts were understood as people did: matter or not, danger or not, and which category."""

    right: int
    count: int

    @property
    def share(self) -> Fraction:
        """Right ones of all; 1 where there were none."""
        return Fraction(self.right, self.count) if self.count else Fraction(1)


@dataclass(frozen=True, slots=True)
class Contest:
    """The old weights and the new, tried on examples of the community kept apart, and on the shipped ones."""

    held_before: Trial
    held_after: Trial
    shipped_before: Trial
    shipped_after: Trial

    @property
    def won(self) -> bool:
        """The new ones are no worse here, and lose next to nothing of what every community needs."""
        here = self.held_after.right >= self.held_before.right
        return here and self.shipped_after.share >= self.shipped_before.share - _MAY_LOSE


def decided(taught: Iterable[Lesson]) -> dict[int, tuple[Kind, Category]]:
    """Kind and category of each issue that people judged in both; what is no matter is of no category."""
    kinds: dict[int, Kind] = {}
    categories: dict[int, Category] = {}
    for lesson in taught:
        if lesson.aspect is Aspect.KIND:
            kinds[lesson.issue_id] = Kind(lesson.decided)
        elif lesson.aspect is Aspect.CATEGORY:
            categories[lesson.issue_id] = Category(lesson.decided)
    return {
        issue: (kind, categories.get(issue, Category.NONE) if kind in ACTIONABLE else Category.NONE)
        for issue, kind in kinds.items()
        if kind not in ACTIONABLE or issue in categories
    }


def example(text: str, judged: tuple[Kind, Category], places: Mapping[str, str]) -> Example:
    """A text as it is learned from: without what belongs to a person, and with the community's names spelt out."""
    return Example(Aliases(places).spelt_out(plain(mask(text))), *judged)


def divided(taught: Iterable[Taught]) -> tuple[list[Example], list[Example]]:
    """Examples to learn from, and about a quarter kept apart, always the same ones, to try on."""
    learnt: list[Example] = []
    apart: list[Example] = []
    for one in taught:
        kept = zlib.crc32(str(one.matter).encode()) % _EVERY == 0
        (apart if kept else learnt).append(one.example)
    return learnt, apart


def refit(shipped: Sequence[Example], learnt: Sequence[Example], aliases: Aliases) -> Weights:
    """Weights learned from the shipped examples and, more heavily, from the community's."""
    return fit([*shipped, *(one for one in learnt for _ in range(_HEAVIER))], aliases.lexicon)


def contest(aliases: Aliases, new: Weights, apart: Sequence[Example], shipped: Sequence[Example]) -> Contest:
    """Try the weights of the aliases and the new ones on the same texts."""
    after = replace(aliases, weights=new)
    return Contest(
        _tried(aliases, apart), _tried(after, apart), _tried(aliases, shipped), _tried(after, shipped)
    )


def _tried(aliases: Aliases, examples: Sequence[Example]) -> Trial:
    return Trial(sum(_right(one, aliases) for one in examples), len(examples))


def _right(one: Example, aliases: Aliases) -> bool:
    found = understand(one.text, aliases=aliases)
    if (found.kind in ACTIONABLE) is not (one.kind in ACTIONABLE):
        return False
    if (found.kind is Kind.URGENT) is not (one.kind is Kind.URGENT):
        return False
    return one.kind not in ACTIONABLE or found.category is one.category
