"""Features and labels -> weights: the labeller's three models, each fitted by a library and handed back as numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..stages.attribution.tagger.crf import Floats
from ..stages.attribution.tagger.role_features import LABELS
from ..stages.attribution.tagger.role_weights import RoleWeights
from ..stages.forest import LEAF, Forest

SEED = 0
CUE_LEAST_COUNT = 3
CUE_C = 0.1
CUE_LEAST_WEIGHT = 0.04
"""Weights under this are dropped: four fifths of them, at a cost of 0.05 points of cue F1."""

ROLE_LEAST_COUNT = 3
ROLE_L1, ROLE_L2 = 2.0, 1.0
ROLE_ROUNDS = 80


def library(name: str) -> Any:
    """A module of the extra `train`, imported when it is needed."""
    return import_module(name)


class Features:
    """Rows of named features as a sparse matrix of ones; names get their column as they come."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        self._indices: list[NDArray[np.int32]] = []

    def add(self, names: Iterable[str]) -> None:
        row = {self.columns.setdefault(name, len(self.columns)) for name in names if "\n" not in name}
        self._indices.append(np.array(sorted(row), np.int32))

    def matrix(self) -> Any:
        """The rows as a SciPy CSR matrix."""
        pointers = np.cumsum([0, *map(len, self._indices)])
        indices = np.fromiter(chain.from_iterable(self._indices), np.int32, int(pointers[-1]))
        shape = (len(self._indices), len(self.columns))
        return library("scipy.sparse").csr_matrix((np.ones(len(indices), np.float32), indices, pointers), shape=shape)


def fit_cues(matrix: Any, right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The weight of each column in a logistic regression on whether a row is a cue; rare columns weigh 0."""
    counts = np.asarray(matrix.sum(axis=0)).ravel()
    kept = np.flatnonzero(counts >= CUE_LEAST_COUNT)
    regression = library("sklearn.linear_model").LogisticRegression(
        solver="liblinear", C=CUE_C, tol=0.01, fit_intercept=False, random_state=SEED
    )
    regression.fit(matrix[:, kept], right)
    weights = np.zeros(matrix.shape[1])
    weights[kept] = regression.coef_[0]
    weights[np.abs(weights) < CUE_LEAST_WEIGHT] = 0
    return weights


def fit_roles(
    sequences: Iterable[tuple[Sequence[Sequence[str]], Sequence[int]]],
) -> tuple[RoleWeights, Floats]:
    """The weights of features and transitions in a conditional random field over labelled units."""
    crfsuite = library("pycrfsuite")
    trainer = crfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": ROLE_L1, "c2": ROLE_L2, "max_iterations": ROLE_ROUNDS, "feature.minfreq": ROLE_LEAST_COUNT,
            "feature.possible_transitions": True,
        }
    )  # fmt: skip
    # CRFsuite gets numbers for names: its dump cannot be read back where a name holds an arrow
    names: dict[str, int] = {}
    for features, labels in sequences:
        rows = [[str(names.setdefault(f, len(names))) for f in unit if "\n" not in f] for unit in features]
        trainer.append(rows, [LABELS[k] for k in labels])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "roles.crf")
        trainer.train(path)
        tagger = crfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        state, moves = dict(info.state_features), dict(info.transitions)
        tagger.close()
    by_number = list(names)
    numbers = sorted({int(f) for f, _ in state})
    weights = np.array([[state.get((str(n), label), 0.0) for label in LABELS] for n in numbers])
    transitions = [[moves.get((a, b), 0.0) for b in LABELS] for a in LABELS]
    return RoleWeights([by_number[n] for n in numbers], weights), np.array(transitions, np.float32)


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
