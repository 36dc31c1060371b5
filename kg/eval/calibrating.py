"""What was found in articles marked by hand -> the weights that make confidence a share of right ones, and their proof.

A proof leaves out all articles of one origin and measures on them what the others have taught: a paper that nobody
has learnt from is what a user brings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..records.extraction import Extraction
from ..records.standoff import standoff
from ..stages.reliability import Cast, Features, likely, of_figure, of_statement
from .score import Standoff, right_ones

RIDGE = 2.0
"""How strongly weights are held where few cases speak; .5 and 8 are as good, within what chance does to the error."""

BASE = frozenset({"form indirect", "stance asserts"})
"""What is commonest, and has no weight of its own."""


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """A record that was found: what it is ("statement, encoder"), where it is from, its features, whether right."""

    what: str
    origin: str
    features: Features
    right: bool


def weighed_records(found: Extraction, gold: Standoff, reader: str, origin: str) -> list[CountedRecord]:
    """The statements and figures of an article with confidence as its reader has it, judged by its gold.

    Gold that marks no figures judges none.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> gold = {"entities": [], "statements": [], "figures": [], "roles": []}
    >>> [(record.what, record.right) for record in weighed_records(found, gold, "fast", "invented")]
    [('statement, fast', False)]
    """
    right = right_ones(found.article.text, standoff(found), gold)
    cast = Cast(found.entities)
    sure = {a.id: a.confidence for a in found.attributions}
    features: dict[str, tuple[str, list[Features]]] = {
        "statement": (f"statement, {reader}", [of_statement(a, cast) for a in found.attributions]),
    }
    if gold["figures"]:
        features["figure"] = "figure", [of_figure(f, sure) for f in found.figures]
    return [
        CountedRecord(what, origin, each, is_right)
        for kind, (what, some) in features.items()
        for each, is_right in zip(some, right[kind], strict=True)
    ]


def fit_weights(some: Sequence[CountedRecord]) -> dict[str, float]:
    """The weights that are likeliest for what was right, by Newton's method; log odds pull towards 1, others to 0.

    >>> odds = {True: 2.0, False: -2.0}
    >>> fit_weights([CountedRecord("statement", "invented", {"log odds": odds[right]}, right) for right in odds])
    {'log odds': 1.174}
    """
    names = sorted({name for w in some for name in w.features} - BASE, key=lambda n: (n != "always", n))
    x = np.array([[w.features.get(name, 0.0) for name in names] for w in some])
    y = np.array([w.right for w in some], dtype=float)
    prior = np.array([float(name == "log odds") for name in names])
    hold = np.array([0.1 if name == "always" else RIDGE for name in names])
    weights: NDArray[np.float64] = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + hold * (weights - prior)
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(hold), slope)
        weights = weights - step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-9:
            break
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


@dataclass(frozen=True, slots=True)
class Proof:
    """Records of an origin, and their expected calibration error as weights that have not seen it make it."""

    origin: str
    n: int
    confidence: float
    right: float
    error: float


def left_out(some: Sequence[CountedRecord]) -> list[Proof]:
    """How weights keep their word on each origin that they have not learnt from; at last on all of these together."""
    every: list[tuple[float, bool]] = []
    found = []
    for origin in sorted({w.origin for w in some}):
        weights = fit_weights([w for w in some if w.origin != origin])
        pairs = [(likely(w.features, weights), w.right) for w in some if w.origin == origin]
        every += pairs
        found.append(_proof(origin, pairs))
    return [*found, _proof("all", every)]


def _proof(origin: str, pairs: Sequence[tuple[float, bool]]) -> Proof:
    n = len(pairs)
    sure, right = sum(p for p, _ in pairs) / n, sum(r for _, r in pairs) / n
    return Proof(origin, n, sure, right, expected_error(pairs))


def expected_error(pairs: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error: how far mean confidence is from the share right, over steps of equal width.

    >>> expected_error([(0.75, True), (0.75, True), (0.75, False), (0.75, False)])
    0.25
    """
    totals: dict[int, float] = {}
    n = 0
    for p, right in pairs:
        step = min(int(p * bins), bins - 1)
        totals[step] = totals.get(step, 0.0) + p - right
        n += 1
    return sum(map(abs, totals.values())) / n if n else 0.0
