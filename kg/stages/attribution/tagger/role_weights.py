"""Weights of the role features, laid out so that all features of many units are looked up at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .crf import Floats
from .role_features import LABELS, TEMPLATES, TRAITS, CueTraits, UnitTraits

MOST_TRAITS = max(map(len, TEMPLATES.values()))


class RoleWeights:
    """The weights of named features (`role_features.features_of`), a row of one weight a label for each.

    Every value of a trait has a number, and every template a stretch of `_rows`
    with a place for each combination of its traits' numbers; there stands which
    row of weights that feature has. 0 is the number of a value that no feature
    has, and row 0, all zeros, that of a feature without weights.

    Weights count in half precision, as they are stored: then their sums are
    exact in double precision, whatever the order.
    """

    def __init__(self, names: Sequence[str], weights: NDArray[np.floating[Any]]) -> None:
        self.names, self.weights = tuple(names), weights.astype(np.float16)
        features = [name.split("\t") for name in names]
        self._numbers: list[dict[str | None, int]] = [{} for _ in TRAITS]
        for template, *values in features:
            for trait, value in zip(TEMPLATES[template], values, strict=True):
                numbers = self._numbers[TRAITS.index(trait)]
                numbers.setdefault(value, len(numbers) + 1)
        # for each template: where its stretch starts, its traits, and how far apart two numbers of each lie
        self._starts = np.zeros((len(TEMPLATES), 1), np.int32)
        self._traits = np.zeros((MOST_TRAITS, len(TEMPLATES)), np.int32)
        self._strides = np.zeros((MOST_TRAITS, len(TEMPLATES), 1), np.int32)
        size = 0
        for n, traits in enumerate(TEMPLATES.values()):
            self._starts[n], stride = size, 1
            for k, trait in enumerate(traits):
                self._traits[k, n], self._strides[k, n] = TRAITS.index(trait), stride
                stride *= len(self._numbers[TRAITS.index(trait)]) + 1
            size += stride
        self._rows = np.zeros(size, np.int32)
        templates = {template: n for n, template in enumerate(TEMPLATES)}
        starts, strides = self._starts[:, 0].tolist(), self._strides[:, :, 0].T.tolist()
        for row, (template, *values) in enumerate(features, 1):
            n = templates[template]
            place = starts[n]
            for trait, value, stride in zip(TEMPLATES[template], values, strides[n], strict=False):
                place += stride * self._numbers[TRAITS.index(trait)][value]
            self._rows[place] = row
        self._weights = np.concatenate([np.zeros((1, len(LABELS))), self.weights.astype(np.float64)])

    def scores(self, cues: Iterable[tuple[CueTraits, UnitTraits]]) -> Floats:
        """The score of each label (a column) at each unit of all cues (a row): the sum of its features' weights."""
        columns: list[list[int]] = [[] for _ in TRAITS]
        for cue, units in cues:
            size = len(units.place)
            for numbers, column, value in zip(self._numbers, columns, cue, strict=False):
                column.extend([numbers.get(value, 0)] * size)
            for numbers, column, values in zip(self._numbers[len(cue) :], columns[len(cue) :], units, strict=True):
                column.extend(map(numbers.get, values, repeat(0)))
        found = np.array(columns, np.int32)
        places = self._starts + sum(
            found[traits] * strides for traits, strides in zip(self._traits, self._strides, strict=True)
        )
        return np.asarray(self._weights.take(self._rows.take(places), axis=0).sum(axis=0), np.float32)
