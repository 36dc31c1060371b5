"""How many of what was judged are right, and between which shares the truth lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True, slots=True)
class Precision:
    """`right` of `judged`, and the limits of the exact 95 % interval (Clopper and Pearson) in percent."""

    right: int
    judged: int
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.right} of {self.judged}, {self.low:.0f} to {self.high:.0f} %"


def precision(answers: Iterable[bool]) -> Precision:
    """The share of right answers.

    >>> str(precision([True] * 44 + [False] * 6))
    '44 of 50, 76 to 95 %'
    """
    all_ = list(answers)
    right, n = sum(all_), len(all_)
    low = 0.0 if right == 0 else _share(lambda p: _at_least(right, n, p) >= 0.025)
    high = 100.0 if right == n else _share(lambda p: 1 - _at_least(right + 1, n, p) < 0.025)
    return Precision(right, n, low, high)


def _at_least(k: int, n: int, p: float) -> float:
    """The probability of k or more right ones among n, each right with probability p."""
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def _share(reached: object) -> float:
    """The least share, in percent, of which a test holds that holds of all greater ones."""
    assert callable(reached)
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return 100 * high
