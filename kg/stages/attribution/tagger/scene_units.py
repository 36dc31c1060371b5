"""The pieces of text around a cue that are source, content or neither as wholes: branches of its tree, sentences near.

Labelling some fifteen pieces a cue rather than 180 words costs a tenth and sees
farther; half of PolNeAR's contents and sources are single branches, and the
pieces can express 98 % of its attributions well enough to count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ....text.blocks import BlockKind
from .scene import Scene

SPLIT = frozenset(
    (
        "conj", "advcl", "relcl", "acl", "parataxis", "appos", "prep", "ccomp", "xcomp", "npadvmod", "dobj", "nsubj",
        "punct", "cc", "mark", "pobj", "pcomp",
    )
)  # fmt: skip
"""A branch gives its own branches of these kinds off as pieces, so that a label may end between them."""

DEPTH = 1
BEFORE, AFTER = 6, 12
"""How many sentences of the cue's paragraph are looked at."""
NEXT_BLOCKS, NEXT_SENTENCES = 2, 8
"""How many paragraphs after the cue's, and sentences in each, when a quotation goes on in them."""


class SceneUnit(NamedTuple):
    """A run of tokens from `first` up to but not including `last`.

    `top` is the token that governs it; `place` says how one gets to it from the
    cue: steps up the tree, then labels down, or the kind of neighbour it is;
    `away` counts sentences from the cue's, negative before it.
    """

    first: int
    last: int
    top: int
    place: str
    away: int


MOST_UNITS = 40
"""How many pieces before the cue, and how many after it, are looked at."""


def units(scene: Scene, cue: int) -> list[SceneUnit]:
    """The pieces around the cue at token `cue`, in the order of the text; the cue itself is none of them."""
    found = list(_branches(scene, cue)) + list(_sentences(scene, cue))
    found.sort()
    turn = sum(u.first < cue for u in found)
    return found[max(0, turn - MOST_UNITS) : turn + MOST_UNITS]


def _branches(scene: Scene, cue: int) -> Iterator[SceneUnit]:
    document = scene.document
    tokens, children = document.tokens, document.children
    sentence = document.sentences[tokens[cue].sentence]
    seen = bytearray(sentence.end - sentence.start)
    seen[cue - sentence.start] = 1
    branches: list[tuple[int, str, list[int]]] = []

    def take(top: int, place: str, depth: int) -> None:
        own: list[int] = []
        stack = [top]
        while stack:
            k = stack.pop()
            own.append(k)
            for c in children[k]:
                if k == top and depth and tokens[c].dep in SPLIT:
                    take(c, f"{place}>{tokens[c].dep}", depth - 1)
                else:
                    stack.append(c)
        branches.append((top, place, own))

    level, here, before = 0, cue, -1
    while True:
        if level:
            branches.append((here, f"{min(level, 4)}^", [here]))
        for c in children[here]:
            if c != before:
                take(c, f"{min(level, 4)}{tokens[c].dep}", DEPTH)
        if tokens[here].head == here:
            break
        before, here, level = here, tokens[here].head, level + 1
    for top, place, own in branches:
        own.sort()
        for first, last in _runs(scene, own):
            yield SceneUnit(first, last, top, place, 0)
            for i in range(first, last):
                if sentence.start <= i < sentence.end:
                    seen[i - sentence.start] = 1
    rest = [i for i in range(sentence.start, sentence.end) if not seen[i - sentence.start]]
    for first, last in _runs(scene, rest):
        yield SceneUnit(first, last, first, "rest", 0)


def _runs(scene: Scene, indices: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring tokens that lie in the same quotation, or in none."""
    at = scene.quotes.at
    first = 0
    for n in range(1, len(indices) + 1):
        if n == len(indices) or indices[n] != indices[n - 1] + 1 or at[indices[n]] != at[indices[n - 1]]:
            yield indices[first], indices[n - 1] + 1
            first = n


def _sentences(scene: Scene, cue: int) -> Iterator[SceneUnit]:
    document = scene.document
    token = document[cue]
    own = token.sentence
    first, last = scene.sentences_of[token.block]
    for s in range(max(first, own - BEFORE), min(last, own + AFTER + 1)):
        if s != own:
            yield from _sentence(scene, s, own, "same")
    if last - own > AFTER:
        return
    for block in range(token.block + 1, min(token.block + 1 + NEXT_BLOCKS, len(document.blocks))):
        start, end = scene.sentences_of[block]
        subhead = document.blocks[block].kind is not BlockKind.PARAGRAPH
        if subhead or start == end or not _goes_on(scene, start):
            return
        for s in range(start, min(end, start + NEXT_SENTENCES)):
            yield from _sentence(scene, s, own, f"next{block - token.block}")


def _sentence(scene: Scene, s: int, own: int, place: str) -> Iterator[SceneUnit]:
    sentence = scene.document.sentences[s]
    for first, last in _runs(scene, list(range(sentence.start, sentence.end))):
        yield SceneUnit(first, last, first, place, s - own)


def _goes_on(scene: Scene, sentence: int) -> bool:
    """Whether a paragraph may go on with what the one before it quotes: it opens with a quotation, or after a colon."""
    start = scene.document.sentences[sentence].start
    return scene.quoted[start] or (start > 0 and scene.document[start - 1].text == ":")
