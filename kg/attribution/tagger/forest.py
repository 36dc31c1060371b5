"""Boosted regression trees as arrays: the probability that a row of numbers is a hit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAF = -1


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Nodes of all trees in one row of arrays.

    At node `n` a row goes on to `left[n]` if its number `feature[n]` is at most
    `threshold[n]`, else to `right[n]`; at a leaf `feature[n]` is LEAF and the
    tree votes `value[n]`. `roots` are the nodes where the trees start, `base`
    is what all rows start from, in log odds.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    base: float

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """For each row, the probability of a hit, from 0 to 1."""
        if not len(rows):
            return np.zeros(0)
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        numbers = np.arange(len(rows))[:, None]
        while True:
            feature = self.feature[nodes]
            inner = feature != LEAF
            if not inner.any():
                break
            goes_left = rows[numbers, np.maximum(feature, 0)] <= self.threshold[nodes]
            nodes = np.where(inner, np.where(goes_left, self.left[nodes], self.right[nodes]), nodes)
        votes = self.value[nodes].sum(axis=1, dtype=np.float64) + self.base
        return np.asarray(1 / (1 + np.exp(-votes)))
