"""Annotated texts -> batches of windows with the labels that the encoder learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from ...stages.attribution.encoder.windows import Window, inputs, packs
from ...stages.attribution.encoder.words import EncoderWords, Vocabulary, words_of
from ...text.article import Article
from .hidden import hide
from .reference_questions import Query, query
from .variants import Marked, ToldWay

if TYPE_CHECKING:
    from torch import Tensor

LIMIT = 222
"""Pieces of a window in training."""

HIDING = 0.7
"""Share of windows in which surnames are hidden."""

UNSURE = 0.15
"""Weight of a word as no cue where it stands in another's content, which PolNeAR does not annotate."""


@dataclass(frozen=True, slots=True)
class AskedCue:
    """An anchor and the labels of the words in its reach; None where the window cuts the attribution."""

    anchor: int
    low: int
    labels: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A window as pieces, with the anchors in it, and for each of its words how much it counts where it is no anchor.

    `below` are its vectors below the layers that learn, where those are not all.
    """

    ids: Sequence[int]
    features: Sequence[int]
    first: Sequence[int]
    blocks: Sequence[int]
    asked: tuple[AskedCue, ...]
    weights: Sequence[float]
    scheme: int
    queries: tuple[Query, ...] = ()
    below: Tensor | None = None


class CueRatios:
    """How often a word is part of a cue: of a cue's words, the one with the highest ratio is its anchor."""

    def __init__(self, told: Iterable[tuple[EncoderWords, ToldWay]]) -> None:
        seen: Counter[str] = Counter()
        cues: Counter[str] = Counter()
        for words, text in told:
            seen.update(words.form(i).lower() for i in range(len(words)))
            for marked in text.marked:
                cues.update(words.form(i).lower() for i in words.touched(marked.cue))
        self._ratios = {form: n / (seen[form] + 5) for form, n in cues.items()}

    def anchor(self, words: EncoderWords, cue: Sequence[int]) -> int:
        """The anchor among the words of a cue."""
        return max(cue, key=lambda i: (self._ratios.get(words.form(i).lower(), 0.0), -i))


def read(told: ToldWay, vocabulary: Vocabulary) -> EncoderWords:
    """The words of an annotated text."""
    return words_of(Article(told.text), vocabulary)


def lessons(
    told: ToldWay,
    words: EncoderWords,
    vocabulary: Vocabulary,
    ratios: CueRatios,
    random: Random,
    *,
    scheme: int,
    nested: bool,
    unknown: Sequence[Marked] = (),
) -> list[Lesson]:
    """The windows of a text; the first is of random length, so that their borders differ from epoch to epoch.

    `scheme` is the number of the kind of cue that the annotation marks;
    `nested` tells whether it marks what stands inside another's content too;
    words in cues of `unknown` teach nothing of cues.
    """
    readings: dict[int, tuple[list[int], list[int], list[int]]] = {}
    weights = [1.0] * len(words)
    for marked in unknown:
        for i in words.touched(marked.cue):
            weights[i] = 0.0
    for marked in told.marked:
        cue, content, source = (words.touched(spans) for spans in (marked.cue, marked.content, marked.source))
        if cue and content:
            readings.setdefault(ratios.anchor(words, cue), (source, cue, content))
            if not nested:
                for i in content:
                    weights[i] = UNSURE
    found: list[Lesson] = []
    for low, high in packs(words, LIMIT, random.randint(LIMIT // 4, LIMIT)):
        window = Window(low, high, low, high)
        asked = [_asked(words, window, anchor, roles) for anchor, roles in readings.items() if low <= anchor < high]
        shown, questions = hide(words, window, vocabulary, random) if random.random() < HIDING else (words, ())
        ids, features, first = inputs(shown, window)
        found.append(
            Lesson(
                ids.tolist(), features.tolist(), first.tolist(), words.blocks[low:high], tuple(asked),
                weights[low:high], scheme, tuple(query(words, window, 0, question) for question in questions),
            )
        )  # fmt: skip
    return found


def _asked(words: EncoderWords, window: Window, anchor: int, roles: tuple[list[int], list[int], list[int]]) -> AskedCue:
    source, cue, content = roles
    every = [*source, *cue, *content]
    low, high = window.reach(words, anchor)
    if min(every) < window.low or max(every) >= window.high:
        return AskedCue(anchor - window.low, low - window.low, None)
    labels = [0] * (high - low)
    for number, role in ((3, content), (1, source), (2, cue)):
        for i in role:
            if low <= i < high:
                labels[i - low] = number
    return AskedCue(anchor - window.low, low - window.low, tuple(labels))


def batches(every: list[Lesson], size: int, random: Random) -> list[list[Lesson]]:
    """The lessons in batches of like length, in random order."""
    random.shuffle(every)
    pools = [sorted(every[k : k + size * 8], key=lambda x: len(x.ids)) for k in range(0, len(every), size * 8)]
    found = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    random.shuffle(found)
    return found
