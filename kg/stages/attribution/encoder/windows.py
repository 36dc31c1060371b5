"""Words -> windows: what the encoder sees at once, and where in it cues are looked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .words import CLS, SEP, EncoderWords

LIMIT = 220
"""Pieces of a window in which cues are looked for."""

BEFORE, AFTER = 32, 16
"""Pieces of context at most before and after them."""

BESIDE = 16
"""Words beside a cue's block that may belong to it: of PolNeAR's attributions 99 % lie within the block."""

LONGEST = 240
"""Words around a cue that are labelled at most."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `low` to `high` of a text; cues are looked for from `first` to `last` only. All half-open."""

    low: int
    high: int
    first: int
    last: int

    def reach(self, words: EncoderWords, anchor: int) -> tuple[int, int]:
        """The range of words that may belong to a cue whose anchor is word `anchor`."""
        block = words.blocks[anchor]
        low = bisect_left(words.blocks, block, self.low, self.high)
        high = bisect_right(words.blocks, block, self.low, self.high)
        return (
            max(self.low, low - BESIDE, anchor - LONGEST // 2),
            min(self.high, high + BESIDE, anchor + LONGEST // 2),
        )


def inputs(words: EncoderWords, window: Window) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pieces, their features, and the number of the first piece of each word of a window."""
    ids, features, first = [CLS], [0], []
    for i in range(window.low, window.high):
        if i > window.low and words.blocks[i] != words.blocks[i - 1]:
            ids.append(SEP)
            features.append(0)
        first.append(len(ids))
        ids += words.pieces[i]
        features += [words.features[i]] * len(words.pieces[i])
    ids.append(SEP)
    features.append(0)
    return np.array(ids), np.array(features), np.array(first)


def windows(words: EncoderWords, limit: int = LIMIT) -> Iterator[Window]:
    """The windows of a text in order; every word is looked at as a cue in exactly one of them."""
    for first, last in packs(words, limit, limit):
        low, high, size = first, last, 0
        while low > 0 and size + len(words.pieces[low - 1]) <= BEFORE:
            low -= 1
            size += len(words.pieces[low])
        size = 0
        while high < len(words) and size + len(words.pieces[high]) <= AFTER:
            size += len(words.pieces[high])
            high += 1
        yield Window(low, high, first, last)


def packs(words: EncoderWords, limit: int, room: int) -> list[tuple[int, int]]:
    """Ranges of whole units packed up to `limit` pieces, the first of them up to `room`."""
    found: list[tuple[int, int]] = []
    size = 0
    for start, end, pieces in _units(words, limit):
        if found and size + pieces + 1 <= (room if len(found) == 1 else limit):
            found[-1] = (found[-1][0], end)
            size += pieces + 1
        else:
            found.append((start, end))
            size = pieces + 1
    return found


def _units(words: EncoderWords, limit: int) -> Iterator[tuple[int, int, int]]:
    """Blocks as (first word, word after the last, pieces), cut at sentence ends where longer than `limit` pieces."""
    start = size = 0
    stop: int | None = None
    for i in range(len(words)):
        if i > start and words.blocks[i] != words.blocks[i - 1]:
            yield start, i, size
            start, size, stop = i, 0, None
        if i > start and size + len(words.pieces[i]) > limit:
            cut = stop if stop is not None else i
            yield start, cut, sum(len(p) for p in words.pieces[start:cut])
            start, stop = cut, None
            size = sum(len(p) for p in words.pieces[cut:i])
        size += len(words.pieces[i])
        form = words.form(i)
        if form in _ENDS or (form in _CLOSING and i > 0 and words.form(i - 1) in _ENDS):
            stop = i + 1
    if start < len(words):
        yield start, len(words), size


_ENDS = frozenset(".!?")
_CLOSING = frozenset(('"', "”", "''", "’", "»"))
