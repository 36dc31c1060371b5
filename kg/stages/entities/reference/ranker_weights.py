"""What the rankers of references have learnt: forests over the numbers of candidates, in a file of arrays."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....errors import ReadError, ResourceMissing
from ....resources import resource
from ...forest import Forest

WEIGHTS = "data/models/reference.npz"
FORMAT = 2
POINTED = " pointed"
"""Ends the name of a ranker that heeds an encoder, too."""
_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """A forest that scores candidates, the names of the numbers that it reads, and from what probability it decides.

    The score of "nobody" is 0; a softmax over all scores of a question gives
    probabilities. It decides who speaks, outside of quotations, from `speaking`
    on, all else from `least`: there a wrong answer puts words in a wrong mouth.
    """

    forest: Forest
    features: tuple[str, ...]
    least: float
    speaking: float

    def rows(self, found: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
        """The numbers of candidates in the order that the forest reads them in."""
        return np.array([[numbers[name] for name in self.features] for numbers in found], np.float32)

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """For each candidate of a question how likely it is meant; what is left to 1 is nobody's."""
        if not len(rows):
            return np.zeros(0)
        odds = np.exp(np.minimum(self.forest.votes(rows), 50.0))
        return np.asarray(odds / (1.0 + odds.sum()))

    def choose(self, found: Sequence[Mapping[str, float]]) -> tuple[int, float] | None:
        """The likeliest candidate and its probability, if likely enough."""
        if not found:
            return None
        likely = self.probabilities(self.rows(found))
        best = int(likely.argmax())
        return (best, float(likely[best])) if likely[best] >= self.needed(found[best]) else None

    def needed(self, numbers: Mapping[str, float]) -> float:
        """The probability that a candidate with these numbers needs."""
        return self.speaking if numbers.get("speaks") and not numbers.get("quoted") else self.least


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """The rankers by what they are asked ("personal", "noun pointed"), and the card: data, date, scores."""

    rankers: Mapping[str, Ranker]
    card: Mapping[str, Any]


def save(found: References, path: Path) -> None:
    """Write the weights as a compressed npz file without pickles; the same weights give the same bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "format": np.array([FORMAT]),
        "card": _packed(json.dumps(found.card, ensure_ascii=False, sort_keys=True)),
        "rankers": _packed("\n".join(sorted(found.rankers))),
    }
    for name, ranker in found.rankers.items():
        arrays[f"{name}_features"] = _packed("\n".join(ranker.features))
        arrays[f"{name}_numbers"] = np.array([ranker.least, ranker.speaking, ranker.forest.base])
        for part in _ARRAYS:
            arrays[f"{name}_{part}"] = getattr(ranker.forest, part)
    np.savez_compressed(path, allow_pickle=False, **arrays)


@lru_cache(maxsize=2)
def load(path: Path) -> References:
    """The weights in a file, read once a process.

    Raises ReadError if the file is none that this version can use.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if int(arrays["format"][0]) != FORMAT:
            raise ValueError(f"format {arrays['format'][0]}")
        rankers = {name: _ranker(arrays, name) for name in _text(arrays["rankers"]).split("\n")}
        return References(rankers, json.loads(_text(arrays["card"])))
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise ReadError(
            str(path), f"no weights that this version can use ({error})", "train them anew with `python -m kg.training`"
        ) from error


def default_references() -> References | None:
    """The shipped weights, or None where their file was taken out: then pronouns and descriptions mean nobody."""
    try:
        return load(resource(WEIGHTS))
    except ResourceMissing:
        return None


def _ranker(arrays: Mapping[str, NDArray[Any]], name: str) -> Ranker:
    least, speaking, base = arrays[f"{name}_numbers"]
    parts: dict[str, Any] = {part: arrays[f"{name}_{part}"] for part in _ARRAYS}
    forest = Forest(**parts, base=float(base))
    features = tuple(_text(arrays[f"{name}_features"]).split("\n"))
    return Ranker(forest, features, float(least), float(speaking))


def _packed(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: NDArray[Any]) -> str:
    return array.tobytes().decode()
