"""Parsed articles with gold -> the labeller's Model, its forest and its scores from held-out folds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..stages.attribution.tagger import LEAST, settle
from ..stages.attribution.tagger.cue_features import cue_features
from ..stages.attribution.tagger.labeller import LEAST_CUE, label, step
from ..stages.attribution.tagger.model import Model
from ..stages.attribution.tagger.readings import CandidateReading, reading_features
from ..stages.attribution.tagger.role_features import features_of, traits
from ..stages.attribution.tagger.scene_units import units
from ..text.document import Document
from .corpus import FOLDS, Ratios, Story, known_ratio, labels, right_readings, stories
from .fit import Features, fit_cues, fit_forest, fit_roles
from .polnear import Gold

FOREST = {
    "max_iter": 150,
    "learning_rate": 0.08,
    "max_leaf_nodes": 24,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
}
PRECISIONS = (80, 85, 90, 95)
BINS = 10


def train(documents: Mapping[str, Document], gold: Mapping[str, Sequence[Gold]], card: Mapping[str, Any]) -> Model:
    """The weights learnt from all articles; `card` is completed with what held-out articles show.

    The conditional random field learns with cue probabilities, and the forest
    from readings, that models made which had not seen the article.
    """
    told = stories(documents, gold)
    ratios = Ratios(told)
    cue_weights, likely = _cues(told, ratios)
    sequences = {story.name: _sequences(story, likely[story.name]) for story in told}
    candidates: dict[str, list[CandidateReading]] = {}
    for fold in range(FOLDS):
        roles, transitions = fit_roles(s for story in told if story.fold != fold for s in sequences[story.name])
        for story in told:
            if story.fold == fold:
                cues = likely[story.name]
                numbers = {i: known_ratio(ratios.ratio(story, i)) for i in cues}
                candidates[story.name] = label(story.scene, cues, numbers, roles, transitions)
    rows, right, folds = _readings(told, candidates)
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = folds == fold
        sure[held] = fit_forest(rows[~held], right[~held], FOREST).probabilities(rows[held])
    roles, transitions = fit_roles(s for story in told for s in sequences[story.name])
    forest = fit_forest(rows, right, FOREST)
    return Model(
        ratios.table(), cue_weights, roles, transitions, forest,
        {**card, "data": "PolNeAR train", "articles": len(told), **_report(told, candidates, sure, right)},
    )  # fmt: skip


def _cues(told: Sequence[Story], ratios: Ratios) -> tuple[dict[str, float], dict[str, dict[int, float]]]:
    """The weights of the cue features, and the likely cues of each article by models that have not learnt from it."""
    features = Features()
    right: list[bool] = []
    where: list[tuple[Story, int]] = []
    for story in told:
        heads = {g.head for g in story.gold}
        for token in story.scene.document.tokens:
            if ratios.is_candidate(story, token.i):
                features.add(cue_features(story.scene, token.i, step(ratios.ratio(story, token.i))))
                right.append(token.i in heads)
                where.append((story, token.i))
    matrix, answers = features.matrix(), np.array(right)
    folds = np.array([story.fold for story, _ in where])
    likely: dict[str, dict[int, float]] = {story.name: {} for story in told}
    for fold in range(FOLDS):
        held = np.flatnonzero(folds == fold)
        scores = matrix[held] @ fit_cues(matrix[folds != fold], answers[folds != fold])
        for n, score in zip(held, scores, strict=True):
            probability = 1 / (1 + math.exp(-score))
            if probability >= LEAST_CUE:
                story, i = where[n]
                likely[story.name][i] = probability
    weights = fit_cues(matrix, answers)
    return {name: round(float(weights[n]), 4) for name, n in features.columns.items() if weights[n]}, likely


def _sequences(story: Story, likely: Mapping[int, float]) -> list[tuple[list[list[str]], list[int]]]:
    """What the random field learns from an article: features and labels of the units around each gold cue."""
    heads = sorted(likely)
    found: list[tuple[list[list[str]], list[int]]] = []
    for gold in story.gold:
        pieces = units(story.scene, gold.head)
        if pieces:
            cue, around = traits(story.scene, gold.head, pieces, heads, likely)
            found.append((features_of(cue, around), labels(pieces, gold)))
    return found


def _readings(
    told: Sequence[Story], candidates: Mapping[str, list[CandidateReading]]
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.int64]]:
    rows: list[list[float]] = []
    right: list[bool] = []
    folds: list[int] = []
    for story in told:
        right += right_readings(story, candidates[story.name])
        for of_candidate in reading_features(story.scene, candidates[story.name]):
            rows += of_candidate
            folds += [story.fold] * len(of_candidate)
    return np.array(rows, np.float32), np.array(right), np.array(folds)


def _report(
    told: Sequence[Story],
    candidates: Mapping[str, list[CandidateReading]],
    sure: NDArray[np.float64],
    right: NDArray[np.bool_],
) -> dict[str, Any]:
    """Scores on held-out articles, thresholds for a wanted precision, and how confidence keeps its word."""
    found: list[tuple[float, bool]] = []
    n = 0
    for story in told:
        mine = candidates[story.name]
        size = sum(len(c.readings) for c in mine)
        answers = dict(
            zip(((c.head, r.source, r.content) for c in mine for r in c.readings), right[n : n + size], strict=True)
        )
        for r in settle(mine, sure[n : n + size].tolist(), 0.05):
            found.append((r.confidence, bool(answers[r.head, r.source, r.content])))
        n += size
    gold = sum(len(story.gold) for story in told)
    found.sort(reverse=True)
    confidences = np.array([c for c, _ in found])
    hits = np.array([h for _, h in found])
    precision = 100 * np.cumsum(hits) / np.arange(1, len(hits) + 1)
    thresholds = {}
    for wanted in PRECISIONS:
        enough = np.flatnonzero(precision >= wanted)
        if len(enough):
            last = int(enough[-1])
            recall = 100 * hits[: last + 1].sum() / gold
            thresholds[str(wanted)] = {
                "confidence": round(float(confidences[last]), 3),
                "recall": round(float(recall), 1),
            }
    kept = confidences >= LEAST
    p, r = 100 * hits[kept].sum() / max(1, kept.sum()), 100 * hits[kept].sum() / gold
    table = []
    for b in range(BINS):
        inside = (confidences >= b / BINS) & (confidences < (b + 1) / BINS)
        if inside.any():
            table.append(
                [
                    b / BINS,
                    int(inside.sum()),
                    round(float(confidences[inside].mean()), 3),
                    round(float(hits[inside].mean()), 3),
                ]
            )
    return {
        "attributions": gold,
        "held_out": {
            "precision": round(float(p), 1),
            "recall": round(float(r), 1),
            "f1": round(float(2 * p * r / max(p + r, 1e-9)), 1),
        },
        "thresholds": thresholds,
        "reliability": table,
    }
