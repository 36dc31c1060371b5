"""A trained Reader -> the files that `kg` ships: an ONNX graph in eight bits and a few arrays."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ...stages.attribution.encoder.encoder_weights import HEADS, OUTPUTS
from ..fit import library
from .torch_model import Reader


def export(reader: Reader, graph: Path) -> None:
    """Writes the graph at `graph`, its matrices and word vectors rounded to eight bits."""
    quantization = library("onnxruntime.quantization")
    ids = torch.randint(1000, 2000, (1, 40))
    axes = {"ids": {1: "pieces"}, "features": {1: "pieces"}, "first": {1: "words"}}
    with tempfile.TemporaryDirectory() as folder:
        full = str(Path(folder) / "reader.onnx")
        torch.onnx.export(
            reader.eval(), (ids, torch.ones_like(ids), torch.arange(30)[None]), full, input_names=list(axes),
            output_names=list(OUTPUTS), opset_version=17, dynamic_axes=axes, dynamo=False,
        )  # fmt: skip
        quantization.quantize_dynamic(
            full, str(graph), weight_type=quantization.QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
    without_signs(graph)


def without_signs(graph: Path) -> None:
    """Moves the eight-bit matrices of a graph, and their zero points, from -128..127 to 0..255: the same products.

    Without VNNI, x86 processors add up products of unsigned and signed bytes
    in sixteen bits, which overflow (onnxruntime's page on quantization): the
    same text was read otherwise there. Those of unsigned bytes they add up whole.
    """
    onnx = library("onnx")
    model = onnx.load(str(graph))
    arrays = {array.name: array for array in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMulInteger"]
    for name in sorted({name for node in products for name in (node.input[1], node.input[3])}):
        signed = onnx.numpy_helper.to_array(arrays[name])
        moved = (signed.astype(np.int16) + 128).astype(np.uint8) if signed.dtype == np.int8 else signed
        arrays[name].CopyFrom(onnx.numpy_helper.from_array(moved, name))
    onnx.save(model, str(graph))


def small(reader: Reader) -> dict[str, NDArray[np.float32]]:
    """The arrays that label words once the graph has run."""
    parts = zip(HEADS, reader.heads.labelling(), strict=True)
    return {name: part.detach().numpy().astype(np.float32) for name, part in parts}
