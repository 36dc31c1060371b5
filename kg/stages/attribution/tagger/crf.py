"""Linear-chain conditional random field over units: marginal probabilities and the likeliest labellings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Labelling(NamedTuple):
    """A label (its index) for each unit, and the natural logarithm of its probability."""

    labels: tuple[int, ...]
    log_probability: float


def marginals(states: Sequence[Floats], transitions: Floats) -> tuple[list[Floats], list[float]]:
    """For each sequence, the probability of each label at each unit, and the logarithm of the partition function.

    `states[n][t, k]` scores label `k` at unit `t` of sequence `n`,
    `transitions[j, k]` label `k` after label `j`. All sequences are worked
    through together, forwards and backwards, in the log domain.
    """
    if not states:
        return [], []
    lengths = np.array([len(s) for s in states])
    steps, size, labels = int(lengths.max()), len(states), transitions.shape[0]
    padded = np.zeros((steps, size, labels), np.float64)
    for n, s in enumerate(states):
        padded[: len(s), n] = s
    ahead = np.zeros_like(padded)
    ahead[0] = padded[0]
    for t in range(1, steps):
        ahead[t] = padded[t] + _logsum(ahead[t - 1][:, :, None] + transitions, 1)
    behind = np.zeros_like(padded)
    for t in range(steps - 2, -1, -1):
        step = _logsum(transitions + (padded[t + 1] + behind[t + 1])[:, None, :], 2)
        behind[t] = np.where((t + 1 < lengths)[:, None], step, 0.0)
    totals = _logsum(ahead[lengths - 1, np.arange(size)], 1)
    found = [np.exp(ahead[:k, n] + behind[:k, n] - totals[n]).astype(np.float32) for n, k in enumerate(lengths)]
    return found, [float(z) for z in totals]


def _logsum(x: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    top = x.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(x - top).sum(axis=axis)) + top.squeeze(axis))


def best(
    states: Floats, transitions: Floats, probability: Floats, total: float, width: int, least: float
) -> list[Labelling]:
    """Up to `width` of the likeliest labellings, best first.

    Labels whose marginal probability is under `least` are passed over.
    """
    rows, into, shares = states.tolist(), transitions.T.tolist(), probability.tolist()
    beam: list[tuple[float, tuple[int, ...]]] = []
    for row, share in zip(rows, shares, strict=True):
        viable = [k for k, p in enumerate(share) if p >= least] or [share.index(max(share))]
        if beam:
            grown = []
            for k in viable:
                own, moves, label = row[k], into[k], (k,)
                grown += [(cost - own - moves[labels[-1]], labels + label) for cost, labels in beam]
            beam = grown
        else:
            beam = [(-row[k], (k,)) for k in viable]
        if len(beam) > 2 * width:
            beam.sort()
            del beam[width:]
    beam.sort()
    return [Labelling(labels, -cost - total) for cost, labels in beam[:width]]
