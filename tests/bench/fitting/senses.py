"""Fitting the senses: directions in which messages about one matter agree, however they are worded.

They begin as the main directions of the examples (a singular value decomposition) and are turned so that two messages
of one matter are nearer to each other than to any other message at hand (a softmax over cosines; van den Oord, Li and
Vinyals, "Representation Learning with Contrastive Predictive Coding", 2018). Each time a text is looked at it is with
half of its pieces, so that no piece is relied on alone: strangers seldom use the same ones. In every other round the
messages at hand are those of one writer, whose communities' places they share: what tells them apart is the subject.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from handlers.intake.evidence import TOPIC, gather, marks_of, pieces
from handlers.intake.plain import plain
from handlers.intake.senses import SIZE
from handlers.intake.sounds import slips
from handlers.intake.training import Example
from handlers.intake.words import shipped
from storage.records import Kind

ROUNDS, BATCH, OTHERS = 100, 128, 256
_LEFT_OUT = 0.5
SHARPNESS, RATE = 10.0, 0.005
# A piece of fewer texts than that says more of its text than of what texts are about.
COMMON = 6
_MOST, _LEAST = 127, 3
Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class _Texts:
    """For each text the numbers of its pieces; and how rare each piece is."""

    pieces: tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]
    rarity: Matrix


def fit(examples: Sequence[Example]) -> dict[str, list[int]]:
    """Rows for `handlers.intake.rows.written`; the same examples give the same rows."""
    told = [one for one in examples if one.kind is not Kind.AD]
    found = [parts(one.text) for one in told]
    counts = Counter(piece for one in found for piece in one)
    number = {
        piece: at for at, piece in enumerate(sorted(p for p, count in counts.items() if count > COMMON))
    }
    rarity = np.array([math.log(len(told) / counts[piece]) for piece in number])
    texts = _Texts(
        tuple(np.array(sorted(number[p] for p in one if p in number), np.int64) for one in found), rarity
    )
    turned = _turned(_begun(texts), texts, _groups(told))
    return _units(dict(zip(number, turned * rarity[:, None], strict=True)))


def parts(text: str) -> set[str]:
    """What a text's direction is summed from: its characters, pairs of characters, and topics."""
    clean = slips().mended(plain(text))
    marks = marks_of(gather(clean, shipped()))
    return pieces(clean) | {mark for mark in marks if mark.startswith(TOPIC)}


def _groups(told: Sequence[Example]) -> tuple[dict[str, list[int]], list[int]]:
    """Texts about one matter, by its name, and those alone that may stand beside them."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(told):
        if one.same:
            groups[one.same].append(at)
    alone = [at for at, one in enumerate(told) if not one.same and one.place is not None]
    return {name: group for name, group in groups.items() if len(group) > 1}, alone


def _begun(texts: _Texts) -> Matrix:
    """The main directions, by a few rounds of the power method on all at once (Halko, Martinsson and Tropp, 2011)."""
    chance = np.random.default_rng(0)
    rows = chance.standard_normal((len(texts.rarity), SIZE))
    for _ in range(6):
        rows, _ = np.linalg.qr(_spread(texts, _summed(texts, range(len(texts.pieces)), rows)))
    begun: Matrix = rows / (np.abs(rows).std() * 10)
    return begun


def _summed(texts: _Texts, chosen: Iterable[int], rows: Matrix) -> Matrix:
    weighed = rows * texts.rarity[:, None]
    sums: Matrix = np.stack([weighed[texts.pieces[at]].sum(0) for at in chosen])
    return sums


def _spread(texts: _Texts, by_text: Matrix, chosen: Sequence[int] | None = None) -> Matrix:
    """What each text says of its pieces, summed by piece."""
    out = np.zeros((len(texts.rarity), by_text.shape[1]))
    for at, row in zip(chosen or range(len(texts.pieces)), by_text, strict=True):
        out[texts.pieces[at]] += row
    return out * texts.rarity[:, None]


def _turned(rows: Matrix, texts: _Texts, groups: tuple[dict[str, list[int]], list[int]]) -> Matrix:
    """The rows after so many rounds of steps down the slope (Adam), smaller towards the end."""
    chance = np.random.default_rng(0)
    mean, square, step = np.zeros_like(rows), np.zeros_like(rows), 0
    matters, alone = list(groups[0].values()), groups[1]
    writers = [name.partition(".")[0] for name in groups[0]]
    for turn in range(ROUNDS):
        for batch in _batches(writers, chance, apart=turn % 2 == 1):
            pairs = [chance.choice(matters[at], 2, replace=False) for at in batch]
            others = chance.permutation(alone)[:OTHERS]
            chosen = [int(a) for a, _ in pairs] + [int(b) for _, b in pairs] + [int(one) for one in others]
            slope = _slope(rows, _thinned(texts, chosen, chance), range(len(chosen)), len(pairs))
            step += 1
            mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
            by = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
            rows = rows - RATE * (1 - turn / ROUNDS) * by
    return rows


def _batches(writers: Sequence[str], chance: np.random.Generator, *, apart: bool) -> Iterable[list[int]]:
    """The numbers of all matters in batches, in any order; `apart` with each writer's by themselves."""
    order = [int(at) for at in chance.permutation(len(writers))]
    for part in (
        [[at for at in order if writers[at] == one] for one in sorted({*writers})] if apart else [order]
    ):
        for begin in range(0, len(part), BATCH):
            yield part[begin : begin + BATCH]


def _thinned(texts: _Texts, chosen: Iterable[int], chance: np.random.Generator) -> _Texts:
    """Some of the texts, each without some of its pieces."""
    found = (texts.pieces[at] for at in chosen)
    return _Texts(tuple(one[chance.random(len(one)) >= _LEFT_OUT] for one in found), texts.rarity)


def _slope(rows: Matrix, texts: _Texts, chosen: Sequence[int], pairs: int) -> Matrix:
    sums = _summed(texts, chosen, rows)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9
    unit = sums / lengths
    likely = unit[:pairs] @ unit[pairs:].T * SHARPNESS
    likely = np.exp(likely - likely.max(1, keepdims=True))
    likely /= likely.sum(1, keepdims=True)
    likely[np.arange(pairs), np.arange(pairs)] -= 1
    likely *= SHARPNESS / pairs
    pull = np.concatenate([likely @ unit[pairs:], likely.T @ unit[:pairs]])
    pull = (pull - unit * (pull * unit).sum(1, keepdims=True)) / lengths
    return _spread(texts, pull, chosen)


def _units(rows: Mapping[str, Matrix]) -> dict[str, list[int]]:
    """Whole units, so that the greatest fill a byte; rows next to nothing are left out."""
    greatest = sorted(float(np.abs(row).max()) for row in rows.values())
    unit = greatest[int(len(greatest) * 0.999)] / _MOST
    return {
        piece: [int(one) for one in np.clip(np.round(row / unit), -_MOST, _MOST)]
        for piece, row in rows.items()
        if np.abs(row).max() >= _LEAST * unit
    }
