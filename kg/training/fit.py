"""Rows of numbers -> boosted trees, grown by scikit-learn and handed back as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..stages.forest import LEAF, Forest

SEED = 0


def library(name: str) -> Any:
    """A module of the extra `train`, imported when it is needed."""
    return import_module(name)


def fit_forest(rows: NDArray[np.float32], right: NDArray[np.bool_], settings: Mapping[str, Any]) -> Forest:
    """Boosted trees on whether a reading is right."""
    boosting = library("sklearn.ensemble").HistGradientBoostingClassifier(
        early_stopping=False, random_state=SEED, **settings
    )
    return as_forest(boosting.fit(rows, right))


def as_forest(boosting: Any) -> Forest:
    """The trees that scikit-learn's boosting has grown."""
    feature, threshold, left, right_, value, roots = [], [], [], [], [], []
    start = 0
    # scikit-learn has no public way to read the trees; the fields have been the same since 0.21
    for (tree,) in boosting._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        feature.append(np.where(leaf, LEAF, nodes["feature_idx"]))
        threshold.append(np.where(leaf, 0.0, nodes["num_threshold"]))
        left.append(np.where(leaf, 0, nodes["left"] + start))
        right_.append(np.where(leaf, 0, nodes["right"] + start))
        value.append(nodes["value"])
        roots.append(start)
        start += len(nodes)
    return Forest(
        np.concatenate(feature).astype(np.int16),
        np.concatenate(threshold).astype(np.float64),
        np.concatenate(left).astype(np.int32),
        np.concatenate(right_).astype(np.int32),
        np.concatenate(value).astype(np.float32),
        np.array(roots, np.int32),
        float(np.ravel(boosting._baseline_prediction)[0]),
    )
