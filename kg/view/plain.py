"""Small things that the view's data is made of: texts on one line, ids, offsets, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from ..text.article import Article, Span
from ..text.blocks import Block, find_blocks

Json = dict[str, Any]

_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]{0,3}(?=\s|[A-Z“\"‘])")


def flat(text: str) -> str:
    """A text on one line, runs of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """A text as it is compared: on one line, whatever its capitals."""
    return _SPACE.sub(" ", text).strip().casefold()


def headline(article: Article) -> str:
    """What an article without a title is called: its first block, shortened."""
    blocks = blocks_of(article)
    return flat(article.quote(blocks[0].span))[:160] if blocks else "Empty article"


# an article's hash and blocks are asked for once a record of it
@lru_cache(maxsize=64)
def article_id(article: Article) -> str:
    """`article.id`, hashed once."""
    return article.id


@lru_cache(maxsize=64)
def blocks_of(article: Article) -> tuple[Block, ...]:
    """The blocks of an article, found once."""
    return find_blocks(article)


def hashed(kind: str, key: str) -> str:
    """A short id of something, led by the letter of its kind."""
    return f"{kind}.{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def pair(span: Span) -> list[int]:
    """A span as JSON."""
    return [span.start, span.end]


def pairs(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as JSON."""
    return [pair(span) for span in spans]


# a sentence is no longer than this; keeps a text without full stops from being searched once a record
_LONGEST = 1500


def sentence_around(article: Article, spans: Sequence[Span]) -> Span:
    """The sentence or sentences of one block that hold these spans: what a reader needs to judge them."""
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    blocks = blocks_of(article)
    first = max(0, bisect_right(blocks, start, key=lambda b: b.span.start) - 1)
    last = bisect_right(blocks, end - 1, key=lambda b: b.span.start) - 1
    low, high = start, end
    if blocks and blocks[first].span.end > start:
        low = max(blocks[first].span.start, start - _LONGEST) if blocks[first].span.start < start else start
    if last >= 0 and blocks[last].span.end > end:
        high = min(blocks[last].span.end, end + _LONGEST)
    for match in _SENTENCE_END.finditer(article.text, low, start):
        low = match.end()
    after = _SENTENCE_END.search(article.text, max(end - 2, low), high)
    high = max(after.end(), end) if after else high
    text = article.text[low:high]
    low += len(text) - len(text.lstrip())
    return Span(low, max(high - (len(text) - len(text.rstrip())), end))
