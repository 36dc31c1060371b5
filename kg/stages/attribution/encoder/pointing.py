"""Whom a word refers to, by the encoder: scores of candidate mentions, and of none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .decoding import Floats, gelu, steps
from .words import EncoderWords

BREAKS = 4
"""Sentence ends between two mentions that are told apart."""

Range = tuple[int, int]
"""The first and the last word of a mention."""

POINTER = ("distance", "breaks", "in", "in_bias", "out", "out_bias", "none", "none_bias", "none_out", "none_out_bias")


def point(
    words: EncoderWords,
    vectors: NDArray[np.float32],
    mention: int,
    candidates: Sequence[Range],
    arrays: Mapping[str, Floats],
) -> NDArray[np.float64]:
    """Log odds up to a constant [candidates + 1] that word `mention` means each candidate; the last: none of them.

    `vectors` are those of the words, as `Encoder.look` gives them; a
    softmax over the scores gives probabilities.
    """
    heads = {name: arrays[f"pointer_{name}"].astype(np.float32) for name in POINTER}
    own = vectors[mention]
    none = gelu(heads["none"] @ own + heads["none_bias"]) @ heads["none_out"].T + heads["none_out_bias"]
    if not candidates:
        return np.asarray(none, np.float64)
    named = np.array([(vectors[a] + vectors[b]) / 2 for a, b in candidates])
    last = vectors[[b for _, b in candidates]]
    repeated = np.repeat(own[None], len(candidates), 0)
    away = steps(np.array([a - mention for a, _ in candidates]))
    between = np.array([breaks(words, mention, pair) for pair in candidates])
    joined = np.concatenate(
        (repeated, named, repeated * named, last, heads["distance"][away], heads["breaks"][between]), axis=1
    )
    scores = gelu(joined @ heads["in"].T + heads["in_bias"]) @ heads["out"].T + heads["out_bias"]
    return np.asarray(np.concatenate((scores[:, 0], none)), np.float64)


def breaks(words: EncoderWords, mention: int, candidate: Range) -> int:
    """Sentence ends between a mention and a candidate, numbered: 4 is none, less is after the mention, more before."""
    first, last = candidate
    ends = sum(words.form(i) in _ENDS for i in range(min(last, mention), max(first, mention)))
    return max(-BREAKS, min(BREAKS, ends if first < mention else -ends)) + BREAKS


_ENDS = frozenset(".!?")
