"""Fitting the network that tells one matter from two: a hidden layer, by steps down the slope of the loss (Adam).

The pairs it is fitted to were read with weights that had not seen them; otherwise it would trust places, categories and
senses more than they deserve. Their groups were worded differently on purpose, and what is worded alike in them is often
next door: so that it does not learn that the same words speak against one matter, agreement may only speak for it.
"""

import json
from collections.abc import Iterator, Sequence

import numpy as np

from handlers.intake.likeness import hopeless
from handlers.intake.nearness import where
from handlers.intake.reading import Reading
from handlers.intake.signs import AGREEING, STEP, signs

HIDDEN, ROUNDS, BATCH, RATE, COST = 16, 15, 500, 2e-3, 0.3
_UNIT = 1024
Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def pairs(read: Sequence[tuple[Reading, str]]) -> Iterator[tuple[list[int], bool]]:
    """The signs of every two readings that cannot be told apart at a glance, and whether they are of one group."""
    for at, (one, group) in enumerate(read):
        for other, other_group in read[:at]:
            near = where(one.place, other.place)
            if not hopeless(one, other, near):
                yield signs(one, other, near), bool(group) and group == other_group


def fit(found: Sequence[tuple[list[int], bool]]) -> str:
    """The network as `handlers.intake.likeness.read_network` reads it; the same pairs give the same one."""
    given = np.array([one for one, _ in found], np.float64) / STEP
    same = np.array([one for _, one in found], np.float64)
    mean, spread = given.mean(0), given.std(0)
    spread[spread == 0] = 1
    hidden, bias, out, last = _learned((given - mean) / spread, same)
    # What was learned of even signs is written for the signs as they are.
    rows = hidden / spread[:, None]
    bias = bias - (mean / spread) @ hidden
    return json.dumps(
        {
            "rows": np.round(rows * _UNIT).astype(int).tolist(),
            "bias": np.round(bias * _UNIT * STEP).astype(int).tolist(),
            "out": [round(float(one), 4) for one in out],
            "last": round(float(last), 4),
        }
    )


def _learned(given: Matrix, same: Matrix) -> tuple[Matrix, Matrix, Matrix, float]:
    chance = np.random.default_rng(0)
    edge = (6 / (given.shape[1] + HIDDEN)) ** 0.5
    weights = [
        chance.uniform(-edge, edge, (given.shape[1], HIDDEN)),
        np.zeros(HIDDEN),
        chance.uniform(-1, 1, HIDDEN) * (6 / (HIDDEN + 1)) ** 0.5,
        np.zeros(1),
    ]
    _lift(weights)
    means, squares, step = [0 * one for one in weights], [0 * one for one in weights], 0
    steps = ROUNDS * -(-len(given) // BATCH)
    for _ in range(ROUNDS):
        order = chance.permutation(len(given))
        for begin in range(0, len(order), BATCH):
            chosen, step = order[begin : begin + BATCH], step + 1
            for at, slope in enumerate(_slopes(weights, given[chosen], same[chosen])):
                means[at] = 0.9 * means[at] + 0.1 * slope
                squares[at] = 0.999 * squares[at] + 0.001 * slope * slope
                by = means[at] / (1 - 0.9**step) / (np.sqrt(squares[at] / (1 - 0.999**step)) + 1e-8)
                # Smaller steps towards the end, so that the last batches do not decide.
                weights[at] = weights[at] - RATE * (1 - step / steps) * by
            _lift(weights)
    return weights[0], weights[1], weights[2], float(weights[3][0])


def _lift(weights: Sequence[Matrix]) -> None:
    """Take away what makes agreement speak against one matter."""
    hidden, out = weights[0][AGREEING, :], weights[2]
    weights[0][AGREEING, :] = np.where(hidden * out > 0, hidden, 0)


def _slopes(weights: Sequence[Matrix], given: Matrix, same: Matrix) -> list[Matrix]:
    hidden, bias, out, last = weights
    sums = given @ hidden + bias
    lit = np.maximum(sums, 0)
    miss = (1 / (1 + np.exp(-np.clip(lit @ out + last, -50, 50))) - same) / len(same)
    back = np.outer(miss, out) * (sums > 0)
    cost = COST / len(same)
    return [
        given.T @ back + cost * hidden,
        back.sum(0),
        lit.T @ miss + cost * out,
        np.array([miss.sum()]),
    ]
