"""Learning the weights from labelled examples: plain logistic regression on top of what the lexicon already says.

The lexicon's verdict enters as a fixed offset, so that only what it does not know is learned.
"""

import math
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from pydantic import TypeAdapter

from handlers.intake.danger import urging
from handlers.intake.evidence import Evidence, gather, parts_of
from handlers.intake.kinds import leaning
from handlers.intake.plain import plain
from handlers.intake.sounds import slips
from handlers.intake.subjects import category_votes
from handlers.intake.weights import CATEGORIES, UNIT, Weights
from handlers.intake.words import Lexicon, shipped
from storage.records import Category, Kind

_MATTERS = frozenset({Kind.URGENT, Kind.DISPUTE, Kind.ISSUE, Kind.WISH, Kind.SUGGESTION})
_FILES = ("messages.jsonl", "letters.jsonl", "chatter.jsonl")
_ROUNDS = 25
_RATE, _SLOWING, _DECAY, _BIAS = 0.6, 0.9, 0.002, 0.1
_WEIGHT = 2
_LEAST, _LEAST_CATEGORY, _CATEGORIES_KEPT = (
    50,
    150,
    3,
)  # thousandths; lighter weights are not worth their place


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what it is; the category may be `NONE`."""

    text: str
    kind: Kind
    category: Category


_EXAMPLES = TypeAdapter(Example)


def examples() -> list[Example]:
    """The examples that come with the program, written for it; the shipped weights are fitted to exactly these."""
    folder = files("handlers.intake").joinpath("examples")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in _FILES]
    return [one for text in texts for one in read_examples(text)]


def read_examples(jsonl: str) -> list[Example]:
    """Examples from JSON lines with `text`, `kind` and `category`; raises ValueError for anything else."""
    return [_EXAMPLES.validate_json(line) for line in jsonl.split("\n") if line.strip()]


@dataclass(frozen=True, slots=True)
class _Sample:
    """One example made ready: its pieces, the lexicon's offset in log-odds, the answer, and a number to shuffle by."""

    parts: tuple[str, ...]
    offset: float
    answer: float
    order: int


def fit(examples: Sequence[Example], lexicon: Lexicon | None = None) -> Weights:
    """Weights that explain the examples; the same examples give the same weights."""
    read = [(gather(slips().mended(plain(one.text)), lexicon or shipped()), one) for one in examples]
    matter = _regress(_samples(read, leaning, lambda one: one.kind in _MATTERS))
    danger = _regress([*_samples(read, urging, _urgent), *_again(_samples(read, urging, _urgent))])
    categorised = [
        (found, one) for found, one in read if one.category is not Category.NONE and not _urgent(one)
    ]
    by_category = [_category(categorised, at, lexicon) for at in range(len(CATEGORIES))]
    kind = {piece: (matter.get(piece, 0), danger.get(piece, 0)) for piece in {*matter, *danger}}
    return Weights(kind, _turned(by_category))


def _urgent(one: Example) -> bool:
    return one.kind is Kind.URGENT


def _again(samples: Iterable[_Sample]) -> list[_Sample]:
    """Danger is rare among examples and worse to miss: each is learned `_WEIGHT` times more."""
    rare = [sample for sample in samples if sample.answer]
    return [replace(sample, order=sample.order ^ turn) for sample in rare for turn in range(1, _WEIGHT + 1)]


def _category(read: Sequence[tuple[Evidence, Example]], at: int, lexicon: Lexicon | None) -> dict[str, int]:
    def votes(found: Evidence) -> float:
        return category_votes(found, lexicon or shipped())[at]

    return _regress(_samples(read, votes, lambda one: one.category is CATEGORIES[at]))


def _samples(
    read: Iterable[tuple[Evidence, Example]],
    offset: Callable[[Evidence], float],
    answer: Callable[[Example], bool],
) -> list[_Sample]:
    return [
        _Sample(
            tuple(sorted(parts_of(found))), offset(found), float(answer(one)), zlib.crc32(one.text.encode())
        )
        for found, one in read
    ]


def _regress(samples: Sequence[_Sample]) -> dict[str, int]:
    """Stochastic gradient descent with decaying weights; the bias stands under ""."""
    weights: dict[str, float] = {"": 0.0}
    rate = _RATE
    for turn in range(_ROUNDS):
        for sample in sorted(samples, key=lambda one: (one.order * (2 * turn + 1)) & 0xFFFFFFFF):
            _step(weights, sample, rate)
        rate *= _SLOWING
    rounded = {piece: round(weight * UNIT) for piece, weight in weights.items()}
    return {
        piece: weight
        for piece, weight in rounded.items()
        if (abs(weight) >= _LEAST and piece.isprintable()) or not piece
    }


def _step(weights: dict[str, float], sample: _Sample, rate: float) -> None:
    scale = len(sample.parts) ** 0.5 or 1.0
    logit = weights[""] + sample.offset + sum(weights.get(piece, 0.0) for piece in sample.parts) / scale
    miss = (sample.answer - 1 / (1 + math.exp(-logit))) * rate
    weights[""] += miss * _BIAS
    for piece in sample.parts:
        weights[piece] = weights.get(piece, 0.0) * (1 - _DECAY) + miss / scale


def _turned(by_category: Sequence[Mapping[str, int]]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Weights of categories by piece, the heaviest few of each."""
    turned: dict[str, list[tuple[int, int]]] = {}
    for at, weights in enumerate(by_category):
        for piece, weight in weights.items():
            if abs(weight) >= _LEAST_CATEGORY or not piece:
                turned.setdefault(piece, []).append((at, weight))
    return {piece: tuple(_heaviest(pairs) if piece else pairs) for piece, pairs in turned.items()}


def _heaviest(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(sorted(pairs, key=lambda pair: -abs(pair[1]))[:_CATEGORIES_KEPT])
