"""What the encoder's graph gives -> readings: for each likely cue, the words of source, cue and content."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .windows import Window
from .words import EncoderWords

Floats = NDArray[np.float32]

LABELS = ("nothing", "source", "cue", "content")

SCHEMES = ("attribution", "statement")
"""What counts as a cue: PolNeAR's attributions, wishes, plans and attitudes among them; or statements only."""

CROSS = 48
"""Numbers in the bilinear score of a cue and a word, for each label."""

FARTHEST, PARAGRAPHS = 15, 2
"""Steps of distance in words and in paragraphs that are told apart."""

LEAST = 0.1
"""Probability under which no word is read as a cue."""


@dataclass(frozen=True, slots=True)
class EncoderReading:
    """What the encoder makes of one word as a cue: word indices, sorted; `source` may be empty, `content` is not.

    `attribution` and `statement` are its probabilities of being a cue by
    either scheme; `margin` is the mean logarithm of how much more likely each
    label is than the next best.
    """

    anchor: int
    attribution: float
    statement: float
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    margin: float


def read_window(
    words: EncoderWords, window: Window, outputs: Sequence[Floats], heads: Mapping[str, Floats]
) -> list[EncoderReading]:
    """The readings of a window, in the order of their anchors."""
    cue, word, anchor = (output[0] for output in outputs[:3])
    likely = 1 / (1 + np.exp(-cue))
    middle = heads["distance"].shape[1]
    blocks = np.array(words.blocks[window.low : window.high])
    found: list[EncoderReading] = []
    for i in range(window.first, window.last):
        at = i - window.low
        if likely[at].max() <= LEAST:
            continue
        low, high = (n - window.low for n in window.reach(words, i))
        far = np.clip(blocks[low:high] - blocks[at], -PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
        added = heads["distance"][steps(np.arange(low, high) - at)] + heads["paragraph"][far]
        added = added + anchor[at, :middle] + word[low:high, :middle]
        crossed = (
            anchor[at, middle:].reshape(1, len(LABELS), -1)
            * word[low:high, middle:].reshape(high - low, len(LABELS), -1)
        ).sum(-1)
        scores = gelu(added) @ heads["out"].T + heads["bias"] + crossed / math.sqrt(CROSS)
        labels = viterbi(scores, heads["transitions"], heads["edge"])
        source, own, content = (tuple((window.low + low + np.flatnonzero(labels == n)).tolist()) for n in (1, 2, 3))
        if content:
            ordered = np.sort(scores, axis=1)
            labelled = labels > 0
            margin = float((ordered[labelled, -1] - ordered[labelled, -2]).mean())
            attribution, statement = (round(float(p), 4) for p in likely[at])
            found.append(EncoderReading(i, attribution, statement, source, own or (i,), content, round(margin, 3)))
    return found


def gelu(x: NDArray[np.floating]) -> NDArray[np.floating]:
    """The Gaussian error linear unit, by its usual approximation."""
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3))))


def steps(distance: NDArray[np.integer]) -> NDArray[np.int64]:
    """Signed distances in words as numbers from 0 to 2 * FARTHEST, logarithmic beyond 4."""
    away = np.abs(distance)
    far = np.clip(4 + np.floor(np.log2(np.maximum(away, 1) / 4) * 2), 4, FARTHEST)
    return np.asarray(np.where(away <= 4, away, far) * np.sign(distance), np.int64) + FARTHEST


def viterbi(scores: NDArray[np.floating], transitions: Floats, edge: Floats) -> NDArray[np.int64]:
    """The likeliest labels of a chain of words, by scores [words, labels] and those of moving from label to label."""
    best = scores[0] + edge
    back: list[NDArray[np.int64]] = []
    for row in scores[1:]:
        every = best[:, None] + transitions
        back.append(every.argmax(0))
        best = every.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1])


def runs(words: EncoderWords, indices: Sequence[int]) -> list[tuple[int, int]]:
    """Ranges (first, last) of the words: a gap that holds marks only is closed, quotation marks at the ends go."""
    found: list[tuple[int, int]] = []
    for i in indices:
        if found and not any(words.form(k)[0].isalnum() for k in range(found[-1][1] + 1, i)):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return [_bare(words, first, last) for first, last in found]


def _bare(words: EncoderWords, first: int, last: int) -> tuple[int, int]:
    while first < last and words.form(first) in _MARKS:
        first += 1
    while last > first and words.form(last) in _MARKS:
        last -= 1
    return first, last


_MARKS = frozenset("\"“”‘’'«»„`,") | {"''", "``"}
