"""Two encoders that went on from the same weights -> their mean, which reads unseen news better than either.

The method is that of Wortsman et al. 2022, "Model soups". The graphs are averaged as they are shipped, in eight bits:
what is rounded is first made whole again and then rounded anew, channel by channel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...stages.attribution.encoder.encoder_weights import load, save
from ..fit import library

ROUNDED, SCALE, ZERO = "_quantized", "_scale", "_zero_point"


def average(one: Path, other: Path, out: Path) -> None:
    """Writes the mean of the encoders in two folders, each `reader.onnx` and `reader.npz`, to a third.

    Both must have been exported from one shape of model.
    """
    onnx = library("onnx")
    graph = onnx.load(one / "reader.onnx")
    own = {part.name: part for part in graph.graph.initializer}
    first = {name: onnx.numpy_helper.to_array(part) for name, part in own.items()}
    second = {
        part.name: onnx.numpy_helper.to_array(part) for part in onnx.load(other / "reader.onnx").graph.initializer
    }
    for name, mean in means(first, second).items():
        own[name].CopyFrom(onnx.numpy_helper.from_array(np.ascontiguousarray(mean), name))
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(graph, str(out / "reader.onnx"))
    _average_arrays(one, other, out)


def means(first: dict[str, NDArray[Any]], second: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The means of the numbers of two graphs, by name; those that are the same in both are left out.

    Raises ValueError if the two are not of one shape.
    """
    if {n: a.shape for n, a in first.items()} != {n: a.shape for n, a in second.items()}:
        raise ValueError("the encoders are not of one shape")
    found: dict[str, NDArray[Any]] = {}
    for name, array in first.items():
        base = name.removesuffix(ROUNDED)
        if name.endswith((SCALE, ZERO)) and name.removesuffix(SCALE).removesuffix(ZERO) + ROUNDED in first:
            continue
        if base != name:
            if all(np.array_equal(first[base + end], second[base + end]) for end in (ROUNDED, SCALE)):
                continue
            whole = (_whole(first, base) + _whole(second, base)) / 2
            found[name], found[base + SCALE] = _rounded(whole, first[base + SCALE])
        elif not np.array_equal(array, second[name]):
            found[name] = ((array.astype(np.float64) + second[name]) / 2).astype(array.dtype)
    return found


def _whole(given: dict[str, NDArray[Any]], base: str) -> NDArray[np.float64]:
    """A rounded matrix made whole; its zero is none, as signed weights have it."""
    if given[base + ZERO].any():
        raise ValueError(f"{base} has a zero point")
    scale = given[base + SCALE].astype(np.float64)
    rounded = given[base + ROUNDED]
    return rounded * _along(scale, rounded.shape)


def _along(scale: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """One scale for all, or one a column."""
    return scale if scale.size == 1 else scale.reshape([1] * (len(shape) - 1) + [-1])


def _rounded(whole: NDArray[np.float64], like: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[Any]]:
    """A matrix in eight bits, and the scale or scales of it, shaped as those it had."""
    largest = np.abs(whole).max() if like.size == 1 else np.abs(whole).max(axis=tuple(range(whole.ndim - 1)))
    scale = np.maximum(np.asarray(largest) / 127, 1e-12)
    rounded = np.clip(np.rint(whole / _along(scale, whole.shape)), -127, 127).astype(np.int8)
    return rounded, scale.astype(like.dtype).reshape(like.shape)


def _average_arrays(one: Path, other: Path, out: Path) -> None:
    first, second = (load(folder / "reader.onnx", folder / "reader.npz") for folder in (one, other))
    arrays = {
        name: ((array.astype(np.float64) + second.arrays[name]) / 2).astype(array.dtype)
        for name, array in first.arrays.items()
        if array.dtype.kind == "f"
    }
    card = {"mean of": [first.card, second.card]}
    save(
        out / "reader.npz", out / "reader.onnx", first.arrays["vocabulary"].tobytes().decode().split("\n"), arrays, card
    )
