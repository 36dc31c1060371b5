"""Articles with gold statements, read by both readers -> the arbiter, and its judgements of held-out articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...stages.attribution.arbiter import Arbiter, join
from ...stages.attribution.drafts import Draft
from ...stages.attribution.weighing import Weighed, rows
from ...stages.forest import Forest
from ...text.article import Span
from ...text.document import Document
from ..fit import fit_forest

STANDS = {
    "max_iter": 300, "learning_rate": 0.03, "max_leaf_nodes": 5, "min_samples_leaf": 10, "l2_regularization": 10.0,
    "max_features": 0.2,
}  # fmt: skip
CHOICE = {
    "max_iter": 150, "learning_rate": 0.05, "max_leaf_nodes": 4, "min_samples_leaf": 8, "l2_regularization": 10.0,
    "max_features": 0.3,
}  # fmt: skip
"""Of seven settings and two other models tried on newsmix folds, all within half a point, those with the least loss."""

FOUND = 0.5
"""Share of words, of all that either has, from which a content counts as found."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the gold: tokens of its content and of every mention of its sources; whether it has a source."""

    content: frozenset[int]
    mentions: frozenset[int]
    sourced: bool


def statements(document: Document, gold: Mapping[str, Any]) -> list[Statement]:
    """The statements of an article in newsmix's layout, as tokens of its parse."""

    def tokens(spans: Sequence[Sequence[int]]) -> frozenset[int]:
        return frozenset(
            i for s, e in spans for i in range(*document.range(Span(s, e))) if document[i].text[0].isalnum()
        )

    mentions = {e["id"]: [m["span"] for m in e["mentions"]] for e in gold["entities"]}
    found = []
    for s in gold["statements"]:
        said_by = [s["said_by"]["span"]] if s["said_by"] else []
        who = [span for e in s["source"] for span in mentions[e]] + said_by
        found.append(Statement(tokens([c["span"] for c in s["content"]]), tokens(who), bool(s["source"])))
    return found


def _shares(document: Document, draft: Draft | None, gold: Sequence[Statement]) -> list[float]:
    """How much of its content a draft shares with each statement, of all that either has."""
    if draft is None:
        return [0.0] * len(gold)
    held = {i for i in draft.content if document[i].text[0].isalnum()}
    return [len(held & s.content) / max(1, len(held | s.content)) for s in gold]


def _credits(draft: Draft | None, statement: Statement) -> bool:
    """Whether a draft names the statement's source, or nobody where the statement names nobody."""
    if draft is None:
        return False
    if not draft.source:
        return draft.head is None or not statement.sourced
    return bool(set(draft.source) & statement.mentions)


@dataclass(frozen=True, slots=True)
class JudgedDraft:
    """The cases of an article with what the gold says of each.

    `drawn` and `read` tell whether a case is right with the grammar's and with
    the encoder's content; `better` whether the encoder's is the better one, None
    where they are as good or the case is of no statement.
    """

    name: str
    some: tuple[Weighed, ...]
    drawn: tuple[bool, ...]
    read: tuple[bool, ...]
    better: tuple[bool | None, ...]

    def right(self, arbiter: Arbiter) -> list[bool]:
        """Whether each case is right as an arbiter words it."""
        chosen = arbiter.content.probabilities(rows(self.some)) if self.some else ()
        return [r if p >= 0.5 else d for p, d, r in zip(chosen, self.drawn, self.read, strict=True)]


def judged(name: str, document: Document, some: Sequence[Weighed], gold: Sequence[Statement]) -> JudgedDraft:
    """What the gold says of each case; of two cases with one statement, the one that shares more is right."""
    drafts = [(join(w, read_content=False), join(w, read_content=True)) for w in some]
    shared = [tuple(_shares(document, draft, gold) for draft in pair) for pair in drafts]
    pairs = sorted(
        (-max(found[m] for found in shared[n]) - 0.001 * any(_credits(draft, s) for draft in drafts[n]), n, m)
        for n in range(len(some))
        for m, s in enumerate(gold)
        if max(found[m] for found in shared[n]) >= FOUND
    )
    match: dict[int, int] = {}
    for _, n, m in pairs:
        if n not in match and m not in match.values():
            match[n] = m
    right: list[list[bool]] = [[], []]
    better: list[bool | None] = []
    for n in range(len(some)):
        m_or_none = match.get(n)
        if m_or_none is None:
            better.append(None)
            for side in right:
                side.append(False)
            continue
        of_drawn, of_read = (found[m_or_none] for found in shared[n])
        better.append(None if of_drawn == of_read else of_read > of_drawn)
        for side, draft, share in zip(right, drafts[n], (of_drawn, of_read), strict=True):
            side.append(share >= FOUND and _credits(draft, gold[m_or_none]))
    return JudgedDraft(name, tuple(some), tuple(right[0]), tuple(right[1]), tuple(better))


def fit_arbiter(told: Sequence[JudgedDraft], least: float, inner: int = 4) -> Arbiter:
    """The arbiter learnt from judged articles, calibrated on folds of them; what is under `least` will not stand.

    It learns whether a case stands as worded by a choice that has not seen the article.
    """
    told = [judged for judged in told if judged.some]
    every = rows([w for j in told for w in j.some])
    better = [b for j in told for b in j.better]
    drawn, read = (np.array([r for j in told for r in getattr(j, side)]) for side in ("drawn", "read"))
    articles = np.array([n for n, j in enumerate(told) for _ in j.some])
    folds = [articles % inner == fold for fold in range(inner)]
    worded = np.zeros(len(every))
    for out in folds:
        kept = [b if not out[n] else None for n, b in enumerate(better)]
        worded[out] = _choice(every, kept).probabilities(every[out])
    right = np.where(worded >= 0.5, read, drawn)
    held = np.zeros(len(every))
    for out in folds:
        held[out] = fit_forest(every[~out], right[~out], STANDS).probabilities(every[out])
    slope, offset = _platt(held, right)
    return Arbiter(fit_forest(every, right, STANDS), _choice(every, better), slope, offset, least)


def _choice(every: NDArray[np.float32], better: Sequence[bool | None]) -> Forest:
    kept = [n for n, b in enumerate(better) if b is not None]
    return fit_forest(every[kept], np.array([bool(better[n]) for n in kept]), CHOICE)


def _platt(p: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that make log odds the likeliest for what was right, by Newton's method."""
    x = np.log(np.clip(p, 1e-6, 1 - 1e-6) / (1 - np.clip(p, 1e-6, 1 - 1e-6)))
    a, b = 1.0, 0.0
    for _ in range(50):
        q = 1 / (1 + np.exp(-(a * x + b)))
        g = np.array([((q - right) * x).sum() + 0.1 * (a - 1), (q - right).sum()])
        w = q * (1 - q)
        h = np.array([[(w * x * x).sum() + 0.1, (w * x).sum()], [(w * x).sum(), w.sum() + 1e-6]])
        step = np.linalg.solve(h, g)
        a, b = a - step[0], b - step[1]
        if np.abs(step).max() < 1e-8:
            break
    return round(float(a), 4), round(float(b), 4)


def calibration_error(p: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """The expected calibration error: how far mean confidence is from the share right, over equal steps, weighted."""
    total = 0.0
    for b in range(bins):
        inside = [n for n, x in enumerate(p) if b / bins <= x < (b + 1) / bins or (b == bins - 1 and x >= 1)]
        if inside:
            total += abs(sum(p[n] for n in inside) - sum(right[n] for n in inside))
    return total / max(1, len(p))
