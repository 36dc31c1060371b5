"""Article -> words as the encoder reads them: word pieces, case, quotation marks, blocks.

A word is a run of letters and digits or a single mark. spaCy's tokens are not
used, so that weights can be trained on unparsed text and do not depend on a
parser's version.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ....language.quotes import quotations_in
from ....text.article import Article, Span
from ....text.blocks import Block, BlockKind, find_blocks

WORD = re.compile(r"\w+|''|``|[^\w\s]")

CLS, SEP, UNKNOWN = 101, 102, 100
"""Numbers of BERT's special pieces: a text's start, the border of a block, a word that the vocabulary cannot spell."""

FEATURES = 17
"""Kinds of words by case (4), in quotation marks or not, in a paragraph or not; 0 is a special piece."""

LONGEST_WORD = 48
"""Characters of a word that are spelt out; the rest of an endless one says nothing."""


class Vocabulary:
    """BERT's uncased WordPiece: words -> numbers of their pieces, the longest first."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: n for n, piece in enumerate(pieces)}
        self.spell = lru_cache(1 << 15)(self._spell)

    def _spell(self, word: str) -> tuple[int, ...]:
        folded = unicodedata.normalize("NFD", word[:LONGEST_WORD].lower())
        bare = "".join(c for c in folded if unicodedata.category(c) != "Mn")
        if bare in ("''", "``"):
            bare = '"'
        found: list[int] = []
        at = 0
        while at < len(bare):
            ends = range(len(bare), at, -1)
            end = next((e for e in ends if ("##" if at else "") + bare[at:e] in self._numbers), None)
            if end is None:
                return (UNKNOWN,)
            found.append(self._numbers[("##" if at else "") + bare[at:end]])
            at = end
        return tuple(found) or (UNKNOWN,)


@dataclass(frozen=True, slots=True)
class EncoderWords:
    """A text as words: where each stands, its pieces, its kind (see FEATURES) and the number of its block."""

    text: str
    spans: tuple[Span, ...]
    pieces: tuple[tuple[int, ...], ...]
    features: tuple[int, ...]
    blocks: tuple[int, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False)
    _ends: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(span.start for span in self.spans))
        object.__setattr__(self, "_ends", tuple(span.end for span in self.spans))

    def __len__(self) -> int:
        return len(self.spans)

    def form(self, i: int) -> str:
        """Word `i` as the text prints it."""
        return self.text[self.spans[i].start : self.spans[i].end]

    def touched(self, spans: Iterable[tuple[int, int]]) -> list[int]:
        """The words that any of the spans overlaps, in order."""
        return sorted(
            {i for start, end in spans for i in range(bisect_right(self._ends, start), bisect_left(self._starts, end))}
        )


def words_of(article: Article, vocabulary: Vocabulary, blocks: Sequence[Block] | None = None) -> EncoderWords:
    """The words of an article; `blocks` are its blocks where they are known."""
    text = article.text
    blocks = find_blocks(article) if blocks is None else blocks
    places = [block.span for block in blocks]
    quotations = quotations_in(text, places)
    spans: list[Span] = []
    features: list[int] = []
    numbers: list[int] = []
    block = quotation = 0
    for match in WORD.finditer(text):
        start, end = match.span()
        while block + 1 < len(places) and start >= places[block].end:
            block += 1
        while quotation < len(quotations) and start >= quotations[quotation].outer.end:
            quotation += 1
        quoted = quotation < len(quotations) and start >= quotations[quotation].outer.start
        heading = bool(blocks) and blocks[block].kind is not BlockKind.PARAGRAPH
        spans.append(Span(start, end))
        features.append(1 + _case(match.group()) + 4 * quoted + 8 * heading)
        numbers.append(block)
    pieces = tuple(vocabulary.spell(text[span.start : span.end]) for span in spans)
    return EncoderWords(text, tuple(spans), pieces, tuple(features), tuple(numbers))


def _case(form: str) -> int:
    if not form[0].isalpha():
        return 3
    return 0 if form.islower() else 2 if form.isupper() and len(form) > 1 else 1
