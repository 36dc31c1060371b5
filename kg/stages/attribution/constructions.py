"""How a cue takes its content, and the words of a piece: the one that governs, marks at the ends, whole quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from ...language.lexicon import listed
from ...language.quotes import MARKS, Quotes
from ...text.document import Document

EDGES = frozenset(",.;:-–—…") | {"--", "..."} | MARKS
"""Marks that neither begin nor end a source or a content."""


class Construction(StrEnum):
    """How a cue takes its content."""

    CLAUSE = "clause"
    OBJECT = "object"
    OBLIQUE = "oblique"
    PARENTHETIC = "parenthetic"
    QUOTATION = "quotation"
    ACCORDING = "according"
    NOUN = "noun"
    LABEL = "label"
    CONTINUED = "continued"
    NOTHING = "nothing"
    RELAYED = "relayed"


def cue_head(document: Document, cue: Sequence[int]) -> int:
    """The word of a cue that governs the rest: a verb before a noun before an adjective, the highest first."""
    inside = set(cue)

    def rank(i: int) -> tuple[int, bool, int]:
        token = document[i]
        order = listed("parse", "governs a cue")
        return order.index(token.pos) if token.pos in order else len(order), token.head in inside and token.head != i, i

    return min(cue, key=rank)


def trimmed(document: Document, indices: Iterable[int]) -> list[int]:
    """Sorted indices without the marks at either end; quotation marks inside stay."""
    kept = sorted(set(indices))
    first, last = 0, len(kept)
    while first < last and document[kept[first]].text in EDGES:
        first += 1
    while last > first and document[kept[last - 1]].text in EDGES:
        last -= 1
    return kept[first:last]


def grown(document: Document, quotes: Quotes, content: Iterable[int], without: set[int]) -> list[int]:
    """Content with each quotation that it touches taken whole."""
    grown = set(content)
    for q in {quotes.at[i] for i in grown} - {None}:
        assert q is not None
        first, last = document.range(quotes.quotations[q].outer)
        grown.update(i for i in range(first, last) if i not in without)
    return sorted(grown)


def block_ranges(document: Document) -> list[tuple[int, int]]:
    """For each block its half-open range of tokens; empty where a block has none."""
    ranges = [(0, 0)] * len(document.blocks)
    start = 0
    for i in range(1, len(document) + 1):
        if i == len(document) or document[i].block != document[start].block:
            ranges[document[start].block] = (start, i)
            start = i
    return ranges
