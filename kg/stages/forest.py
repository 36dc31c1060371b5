"""Boosted regression trees as arrays: the probability that a row of numbers is a hit."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    # for walks that take the same steps for all: a leaf goes on to itself, left and right of node n stand at 2n
    _column: NDArray[np.int32] = field(init=False, repr=False)
    _next: NDArray[np.int32] = field(init=False, repr=False)
    _depth: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        leaf = self.feature == LEAF
        itself = np.arange(len(leaf), dtype=np.int32)
        following = np.stack([np.where(leaf, itself, self.left), np.where(leaf, itself, self.right)], axis=1)
        depth, nodes = 0, self.roots[~leaf[self.roots]]
        while len(nodes):
            depth, nodes = depth + 1, following[nodes].ravel()
            nodes = nodes[~leaf[nodes]]
        object.__setattr__(self, "_column", np.where(leaf, 0, self.feature).astype(np.int32))
        object.__setattr__(self, "_next", following.ravel())
        object.__setattr__(self, "_depth", depth)

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """For each row, the probability of a hit, from 0 to 1."""
        return np.asarray(1 / (1 + np.exp(-self.votes(rows))))

    def votes(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """For each row, the sum of what the trees vote: the log odds of a hit."""
        if not len(rows):
            return np.zeros(0)
        numbers = rows.ravel()
        starts = (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None]
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self._depth):
            goes_left = numbers.take(starts + self._column.take(nodes)) <= self.threshold.take(nodes)
            nodes = self._next.take(2 * nodes + ~goes_left)
        return np.asarray(self.value.take(nodes).sum(axis=1, dtype=np.float64) + self.base)
