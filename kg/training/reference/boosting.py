"""Questions with several candidates -> boosted trees that score them, nobody's score being 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...stages.forest import Forest
from ..fit import SEED, as_forest, library


@dataclass(frozen=True, slots=True, eq=False)
class RankingQuestion:
    """The numbers of each candidate, which of them may be right, and whether nobody may be.

    Where several may be right, the text does not say which: any of them will do.
    """

    numbers: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    nobody: bool
    weight: float = 1.0


_START = -1.0

RISING = frozenset(
    (
        "gender",
        "given",
        "votes",
        "said",
        "role",
        "role itself",
        "details told",
        "is a",
        "in name",
        "known",
        "known further",
    )
)
FALLING = frozenset(("said other", "details missing", "fitting others", "known otherwise"))
"""What can only speak for a candidate, and only against it, whatever a corpus seems to say."""


def boost(questions: Sequence[RankingQuestion], features: Sequence[str], settings: Mapping[str, Any]) -> Forest:
    """Trees that raise the likelihood of what is right under a softmax over the candidates and nobody."""
    asked = [q for q in questions if q.numbers]
    rows = np.array([[numbers[f] for f in features] for q in asked for numbers in q.numbers], np.float32)
    owner = np.repeat(np.arange(len(asked)), [len(q.numbers) for q in asked])
    right = np.concatenate([q.right for q in asked])
    nobody = np.array([q.nobody for q in asked], np.float64)
    weight = np.repeat([q.weight for q in asked], [len(q.numbers) for q in asked])
    bound = [1 if f in RISING else -1 if f in FALLING else 0 for f in features]
    boosting = library("sklearn.ensemble").HistGradientBoostingRegressor(
        loss=_loss(owner, right, nobody, weight),
        monotonic_cst=bound,
        early_stopping=False,
        random_state=SEED,
        **settings,
    )
    return as_forest(boosting.fit(rows, right.astype(np.float64)))


def _loss(
    owner: NDArray[np.int64], right: NDArray[np.bool_], nobody: NDArray[np.float64], weight: NDArray[np.float64]
) -> Any:
    """The loss of a softmax over each question's candidates, as scikit-learn's boosting wants it."""
    base: Any = library("sklearn._loss.loss").HalfSquaredError

    class Softmax(base):  # type: ignore[misc]
        """Slope and bend of minus the log of the share of what is right."""

        def __init__(self) -> None:
            super().__init__()
            self.constant_hessian = False

        def fit_intercept_only(self, y_true: Any, sample_weight: Any = None) -> Any:
            return np.array(_START)

        def gradient_hessian(
            self, y_true: Any, raw_prediction: Any, sample_weight: Any = None, gradient_out: Any = None,
            hessian_out: Any = None, n_threads: int = 1,
        ) -> tuple[Any, Any]:  # fmt: skip
            odds = np.exp(np.minimum(np.ravel(raw_prediction), 50.0))
            likely = odds / (1.0 + np.bincount(owner, odds, len(nobody)))[owner]
            allowed = np.bincount(owner, odds * right, len(nobody)) + nobody
            wanted = np.where(right, odds / allowed[owner], 0.0)
            gradient_out[...] = (weight * (likely - wanted)).reshape(gradient_out.shape)
            hessian_out[...] = (weight * likely * (1.0 - likely)).reshape(hessian_out.shape)
            return gradient_out, hessian_out

    return Softmax()
