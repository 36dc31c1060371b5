"""The files that `kg` ships -> a Reader that can learn on: what `export` wrote, read back from its eight bits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ...stages.attribution.encoder.encoder_weights import HEADS, load
from ...stages.attribution.encoder.pointing import POINTER
from ..fit import library
from .pointer import PointerHead
from .torch_model import Reader

_EMBEDDINGS = ("encoder.word", "encoder.position", "encoder.feature")


def resumed(graph: Path, arrays: Path) -> tuple[Reader, PointerHead]:
    """Reader and pointer head as the graph and the arrays beside it hold them.

    Raises ReadError as `load` does where the files are broken or do not fit each other.
    """
    reader, pointer = Reader(), PointerHead()
    small = load(graph, arrays).arrays
    reader.load_state_dict(reader.state_dict() | _of_graph(graph))
    held = zip(
        (*HEADS, *(f"pointer_{key}" for key in POINTER)), (*reader.heads.labelling(), *pointer.parts()), strict=True
    )
    for key, part in held:
        part.data.copy_(_tensor(small[key]))
    return reader, pointer


def _of_graph(path: Path) -> dict[str, Tensor]:
    """Every weight of a graph under its name in torch; a matrix is known by the bias that is added to its product."""
    onnx = library("onnx")
    graph = onnx.load(str(path)).graph
    given: dict[str, Any] = {array.name: onnx.numpy_helper.to_array(array) for array in graph.initializer}
    maker = {name: node for node in graph.node for name in node.output}

    def whole(name: str) -> Tensor:
        held, zero = given[f"{name}_quantized"].astype(np.float32), given[f"{name}_zero_point"].astype(np.float32)
        return _tensor((held - zero) * given[f"{name}_scale"])

    found = {name: _tensor(array) for name, array in given.items() if name.endswith((".bias", "norm.weight"))}
    found |= {f"{name}.weight": whole(f"{name}.weight") for name in _EMBEDDINGS}
    # The kind of text is always 0: the graph holds its vector as a constant.
    (kind,) = (array for name, array in given.items() if name.startswith("onnx::Add_"))
    found["encoder.kind.weight"] = torch.stack((_tensor(kind).reshape(-1), torch.zeros(kind.size)))
    for node in graph.node:
        bias = next((name for name in node.input if name in found and name.endswith(".bias")), None)
        if node.op_type == "Add" and bias:
            (product,) = (name for name in node.input if name != bias)
            while maker[product].op_type != "MatMulInteger":
                product = maker[product].input[0]
            found[bias.removesuffix("bias") + "weight"] = whole(maker[product].input[1].removesuffix("_quantized")).T
    return found


def _tensor(array: Any) -> Tensor:
    return torch.from_numpy(np.array(array, dtype=np.float32))
