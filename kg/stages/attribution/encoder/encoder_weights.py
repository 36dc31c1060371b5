"""The encoder's files -> what reads: an ONNX graph in eight bits, and a file of plain arrays beside it.

The arrays name the graph that they belong to by its SHA-256, so that neither
can be exchanged unnoticed; nothing here is a pickle.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....errors import ResourceMissing, WeightsError
from ....resources import resource
from .decoding import EncoderReading, Floats, read_window
from .windows import inputs, windows
from .words import EncoderWords, Vocabulary

GRAPH, ARRAYS = "data/models/reader.onnx", "data/models/reader.npz"

FORMAT = 1

HEADS = ("distance", "paragraph", "out", "bias", "transitions", "edge")
"""The arrays that label words."""

OUTPUTS = ("cue", "word", "anchor", "words")
"""What the graph gives."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """A session of onnxruntime with the graph, the vocabulary, the arrays that label words, and all arrays of the file.

    `card` is what a reader should know: data, licences, scores; `name` tells
    these weights from others.
    """

    session: Any
    vocabulary: Vocabulary
    heads: Mapping[str, Floats]
    arrays: Mapping[str, NDArray[Any]]
    card: Mapping[str, Any]
    name: str

    def look(self, words: EncoderWords) -> tuple[list[EncoderReading], NDArray[np.float32]]:
        """The readings of a text in the order of their anchors, and the vector of each word [words, 384].

        Windows go through the graph one by one: eight-bit scales depend on
        what is computed together, and the answer shall not. A word's vector is
        that of the window that looks at it.
        """
        found: list[EncoderReading] = []
        rows = [np.zeros((0, 384), np.float32)]
        for window in windows(words):
            ids, features, first = inputs(words, window)
            fed = {"ids": ids[None], "features": features[None], "first": first[None]}
            *given, vectors = self.session.run(OUTPUTS, fed)
            found += read_window(words, window, given, self.heads)
            rows.append(vectors[0, window.first - window.low : window.last - window.low])
        return found, np.concatenate(rows)


def save(
    path: Path, graph: Path, vocabulary: list[str], arrays: Mapping[str, NDArray[Any]], card: Mapping[str, Any]
) -> None:
    """Writes the arrays that go with a graph; the same arrays give the same bytes."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        format=np.array([FORMAT]),
        graph=np.frombuffer(sha256(graph.read_bytes()).digest(), np.uint8),
        vocabulary=np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
        card=np.frombuffer(json.dumps(card, ensure_ascii=False, sort_keys=True).encode(), np.uint8),
        **arrays,
    )


def default_encoder() -> Encoder:
    """The shipped weights.

    Raises WeightsError if they, or onnxruntime, are not there or not what they should be.
    """
    try:
        return load(resource(GRAPH), resource(ARRAYS))
    except ResourceMissing as error:
        raise WeightsError(f"{error}; the grammar reads alone") from error


def is_installed() -> bool:
    """Whether onnxruntime can be imported: not every machine has a wheel of it."""
    try:
        import_module("onnxruntime")
    except ImportError:
        return False
    return True


@lru_cache(maxsize=2)
def load(graph: Path, arrays: Path) -> Encoder:
    """The encoder in two files, loaded once a process.

    Raises WeightsError if onnxruntime is not installed, a file cannot be read,
    or the graph is not the one that the arrays belong to.
    """
    try:
        runtime = import_module("onnxruntime")
    except ImportError as error:
        raise WeightsError(
            "onnxruntime is not installed: pip install onnxruntime, or --fast; the grammar reads alone"
        ) from error
    try:
        content = graph.read_bytes()
        with np.load(arrays, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
        if int(found["format"][0]) != FORMAT:
            raise ValueError(f"format {found['format'][0]}")
        if sha256(content).digest() != found["graph"].tobytes():
            raise ValueError(f"{graph.name} is not the graph that {arrays.name} was made for")
        card = json.loads(found["card"].tobytes())
        vocabulary = Vocabulary(found["vocabulary"].tobytes().decode().split("\n"))
        heads = {name: found[name] for name in HEADS}
        session = _session(runtime, content)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise WeightsError(
            f"{arrays}: no weights that this version can use ({error}); the grammar reads alone"
        ) from error
    return Encoder(session, vocabulary, heads, found, card, found["graph"].tobytes().hex()[:12])


def _session(runtime: Any, content: bytes) -> Any:
    """A session on one thread, which keeps no memory that a long text once took."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        return runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no base of their own
        raise ValueError(" ".join(str(error).split())[:200]) from error
