"""The trained weights: a file of plain arrays, and what is in it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....errors import ReadError
from ...forest import Forest
from .crf import Floats
from .role_weights import RoleWeights

FORMAT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What the labeller has learnt.

    `ratios` says how often a word (lemma and part of speech) is a cue; `cues`
    weighs the features of a cue, `roles` those of a unit, `transitions` scores
    label after label; `forest` tells right readings from wrong ones. `card` is
    what a reader should know: data, date, scores, thresholds; `known` has the
    ratios by part of speech and lemma.
    """

    ratios: Mapping[str, float]
    cues: Mapping[str, float]
    roles: RoleWeights
    transitions: Floats
    forest: Forest
    card: Mapping[str, Any]
    known: Mapping[str, Mapping[str, float]] = field(init=False)

    def __post_init__(self) -> None:
        known: dict[str, dict[str, float]] = {"VERB": {}}
        for key, ratio in self.ratios.items():
            lemma, _, part = key.rpartition("/")
            known.setdefault(part, {})[lemma] = ratio
        object.__setattr__(self, "known", known)


def save(model: Model, path: Path) -> None:
    """Write a model as a compressed npz file without pickles; the same model gives the same bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "format": np.array([FORMAT]),
        "ratio_names": _packed(list(model.ratios)),
        "ratio_values": np.array(list(model.ratios.values()), np.float16),
        "cue_names": _packed(list(model.cues)),
        "cue_weights": np.array(list(model.cues.values()), np.float16),
        "role_names": _packed(model.roles.names),
        "role_weights": model.roles.weights.astype(np.float16),
        "transitions": model.transitions.astype(np.float32),
        "card": _packed([json.dumps(model.card, ensure_ascii=False, sort_keys=True)]),
    }
    for part in _stored():
        arrays[f"forest_{part.name}"] = np.asarray(getattr(model.forest, part.name))
    np.savez_compressed(path, allow_pickle=False, **arrays)


@lru_cache(maxsize=2)
def load(path: Path) -> Model:
    """The model in a file, read once a process.

    Raises ReadError if the file is none that this version can use.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if int(arrays["format"][0]) != FORMAT:
            raise ValueError(f"format {arrays['format'][0]}")
        return _model(arrays)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ReadError(
            str(path),
            f"these are no weights this version can use ({error})",
            "train them again: python -m kg.training labeller",
        ) from error


def _model(arrays: Mapping[str, NDArray[Any]]) -> Model:
    forest: dict[str, Any] = {part.name: arrays[f"forest_{part.name}"] for part in _stored()}
    forest["base"] = float(forest["base"])
    return Model(
        ratios=_table(arrays["ratio_names"], arrays["ratio_values"]),
        cues=_table(arrays["cue_names"], arrays["cue_weights"]),
        roles=RoleWeights(_unpacked(arrays["role_names"]), arrays["role_weights"]),
        transitions=arrays["transitions"],
        forest=Forest(**forest),
        card=json.loads(_unpacked(arrays["card"])[0]),
    )


def _stored() -> list[Field[Any]]:
    """The arrays of a forest that the file holds; the others follow from them."""
    return [part for part in fields(Forest) if part.init]


def _table(names: NDArray[Any], values: NDArray[Any]) -> dict[str, float]:
    return dict(zip(_unpacked(names), values.astype(np.float64).tolist(), strict=True))


def _packed(names: Sequence[str]) -> NDArray[np.uint8]:
    """Names as one row of bytes, a name a line."""
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _unpacked(row: NDArray[np.uint8]) -> list[str]:
    return row.tobytes().decode().split("\n")
