"""Fitting the tagger of places: a structured perceptron, averaged over all its steps (Collins, EMNLP 2002)."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from handlers.intake.buildings import find_building
from handlers.intake.places import hints
from handlers.intake.plain import plain
from handlers.intake.sounds import slips
from handlers.intake.tagging import AROUND, REACH, features
from handlers.intake.training import Example

ROUNDS = 8
_TAGS = 3
# Weights below so many units decide next to nothing; without them the table stays near the processor.
_MOST, _LEAST = 127, 15
Span = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A plain text with the hints of the rules, and where its place stands (None: it names none)."""

    text: str
    hints: str
    span: Span


def labelled(examples: Iterable[Example]) -> list[Labelled]:
    """The examples that somebody has looked at for their place."""
    found = []
    for one in examples:
        if one.place is not None:
            text, place = slips().mended(plain(one.text)), slips().mended(plain(one.place))
            begin = text.find(place)
            if begin >= 0:
                found.append(
                    Labelled(
                        text, hints(text, find_building(text)), (begin, begin + len(place)) if place else None
                    )
                )
    return found


@dataclass(slots=True)
class _Learner:
    """Rows of weights by piece, and beside them the same changes times the step they were made in."""

    rows: dict[str, list[float]] = field(default_factory=dict)
    later: dict[str, list[float]] = field(default_factory=dict)
    steps: int = 0

    def learn(self, touching: Sequence[Sequence[tuple[str, int]]], gold: Span) -> None:
        self.steps += 1
        said = _best([self._sums(one) for one in touching])
        if said == gold:
            return
        wanted, guessed = _tags(gold, len(touching)), _tags(said, len(touching))
        for at, pieces in enumerate(touching):
            if wanted[at] != guessed[at]:
                self._move(pieces, wanted[at], 1)
                self._move(pieces, guessed[at], -1)

    def averaged(self) -> dict[str, list[float]]:
        return {
            piece: [one - late / self.steps for one, late in zip(row, self.later[piece], strict=True)]
            for piece, row in self.rows.items()
        }

    def _sums(self, pieces: Sequence[tuple[str, int]]) -> list[float]:
        sums = [0.0] * _TAGS
        for piece, at in pieces:
            row = self.rows.get(piece)
            if row:
                for tag in range(_TAGS):
                    sums[tag] += row[at + tag]
        return sums

    def _move(self, pieces: Sequence[tuple[str, int]], tag: int | None, by: int) -> None:
        if tag is None:
            return
        for piece, at in pieces:
            size = _TAGS * len(REACH[len(piece)])
            self.rows.setdefault(piece, [0.0] * size)[at + tag] += by
            self.later.setdefault(piece, [0.0] * size)[at + tag] += by * self.steps


def fit(examples: Sequence[Labelled]) -> dict[str, list[int]]:
    """Rows for `handlers.intake.rows.written`; the same examples give the same rows."""
    counts = Counter(piece for one in examples for _, piece in features(one.text, one.hints))
    ready = [(_touching(one, counts), one.span) for one in sorted(examples, key=lambda one: one.text)]
    learner, chance = _Learner(), random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(ready)
        for touching, span in ready:
            learner.learn(touching, span)
    return _units(learner.averaged())


def _touching(one: Labelled, counts: Counter[str]) -> list[list[tuple[str, int]]]:
    """For each character and the end of the text: the pieces that speak of it, and which of their weights."""
    touching: list[list[tuple[str, int]]] = [[] for _ in range(len(one.text) + AROUND)]
    for begin, piece in features(one.text, one.hints):
        if counts[piece] > 1:
            for step in range(len(REACH[len(piece)])):
                touching[begin + step].append((piece, _TAGS * step))
    return touching[2 : len(one.text) + 3]


def _best(sums: Sequence[Sequence[float]]) -> Span:
    best, begin, run, found = 0.0, 0, float("-inf"), None
    for at in range(len(sums) - 1):
        opening, going_on = sums[at][0], run + sums[at][1]
        if opening >= going_on:
            run, begin = opening, at
        else:
            run = going_on
        if run + sums[at + 1][2] > best:
            best, found = run + sums[at + 1][2], (begin, at + 1)
    return found


def _tags(span: Span, size: int) -> list[int | None]:
    tags: list[int | None] = [None] * size
    if span:
        tags[span[0]], tags[span[1]] = 0, 2
        tags[span[0] + 1 : span[1]] = [1] * (span[1] - span[0] - 1)
    return tags


def _units(rows: dict[str, list[float]]) -> dict[str, list[int]]:
    """Whole units, so that the greatest fill a byte; rows next to nothing are left out."""
    greatest = sorted(max(map(abs, row)) for row in rows.values())
    unit = greatest[int(len(greatest) * 0.9995)] / _MOST
    return {
        piece: [max(-_MOST, min(round(one / unit), _MOST)) for one in row]
        for piece, row in rows.items()
        if max(map(abs, row)) >= _LEAST * unit
    }
