"""An article as the encoder has seen it, once: its readings, its words' vectors, and whom a token points to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....text.document import Document
from .decoding import EncoderReading
from .pointing import Range, point
from .words import EncoderWords

_FAR = -9.0
"""The score of a mention that the encoder has no word for."""


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """The words of an article, what was read of them, their vectors, and the arrays of the heads."""

    document: Document
    words: EncoderWords
    readings: Sequence[EncoderReading]
    vectors: NDArray[np.float32]
    arrays: Mapping[str, NDArray[Any]]

    def __call__(self, token: int, mentions: Sequence[tuple[int, int]], /) -> NDArray[np.float64]:
        """Log odds that a token means each mention, given by its first token and its head; the last: none of them."""
        found = np.full(len(mentions) + 1, _FAR)
        own = self._word(token)
        pairs = [(self._word(first), self._word(head)) for first, head in mentions]
        known = [n for n, (first, head) in enumerate(pairs) if first is not None and head is not None]
        if own is None:
            found[-1] = 0.0
            return found
        ranges = [(first[0], head[1]) for first, head in pairs if first is not None and head is not None]
        scores = point(self.words, self.vectors, own[1], ranges, self.arrays)
        found[[*known, len(mentions)]] = scores
        return found

    def _word(self, token: int) -> Range | None:
        t = self.document[token]
        touched = self.words.touched([(t.start, t.end)])
        return (touched[0], touched[-1]) if touched else None
