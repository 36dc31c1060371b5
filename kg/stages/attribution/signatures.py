"""Quotations signed with a name: “We won.” — Jo Hill, in brackets, after a comma, or on a line of its own.

Posts as pages embed them, too, which stand without marks: We won. — Jo Hill (@johill) May 4, 2021.
"""

from __future__ import annotations

from ...language.quotes import Quotes
from ...language.syntax import VERBAL
from ...text.document import Document
from .constructions import Construction, block_ranges
from .cues import CueClass
from .drafts import Draft, made

_DASHES = frozenset(("—", "–", "--", "-", "―"))
LONGEST_SIGNATURE = 30
"""Tokens of a name with its titles."""


def find_signed(document: Document, quotes: Quotes) -> list[Draft]:
    """A draft for each quotation that ends its paragraph but for a name and its titles."""
    drafts = (_signed(document, quotes, q) for q in range(len(quotes.quotations)))
    return [draft for draft in drafts if draft is not None]


def find_posted(document: Document, quotes: Quotes) -> list[Draft]:
    """A draft for each paragraph that ends, or is followed, with a dash, a name, a handle in brackets and a day."""
    ranges = block_ranges(document)
    found = []
    for b, (first, end) in enumerate(ranges):
        handle = next((i for i in range(first, end - 2) if is_handle(document, i)), None)
        dash = _last_dash(document, first, handle) if handle is not None else None
        if handle is not None and dash is not None and _is_day(document, handle + 3, end):
            start = ranges[b - 1][0] if dash == first and b else first
            found.append(_posted(document, quotes, start, dash, handle))
    return [draft for draft in found if draft is not None]


def _posted(document: Document, quotes: Quotes, first: int, dash: int, handle: int) -> Draft | None:
    content = [i for i in range(first, dash) if "twitter.com/" not in document[i].text]
    source = list(range(dash + 1, handle))
    return made(document, quotes, document[dash], [dash], source, content, CueClass.ASSERTS, Construction.LABEL)


def is_handle(document: Document, i: int) -> bool:
    """Whether "(@johill)" begins at a token."""
    there = i + 2 < len(document)
    return there and document[i].text == "(" and document[i + 1].text.startswith("@") and document[i + 2].text == ")"


def _last_dash(document: Document, first: int, handle: int) -> int | None:
    """The dash of a signature before a handle, with a name between them."""
    dashes = (i for i in range(handle - 2, max(first, handle - LONGEST_SIGNATURE) - 1, -1))
    return next((i for i in dashes if document[i].text in _DASHES), None)


def _is_day(document: Document, first: int, end: int) -> bool:
    """Whether nothing but a day stands from a token to the end of its paragraph."""
    rest = [document[i] for i in range(first, end) if document[i].pos not in ("PUNCT", "SPACE")]
    return not rest or (len(rest) <= _LONGEST_DAY and any(t.text.isdigit() and len(t.text) == 4 for t in rest))


_LONGEST_DAY = 4


def _signed(document: Document, quotes: Quotes, q: int) -> Draft | None:
    start, end = document.range(quotes.quotations[q].outer)
    if end >= len(document):
        return None
    mark = document[end]
    dash, bracket = mark.text in _DASHES, mark.text == "("
    rest = _signature(document, end + (dash or bracket), mark.block, bracket=bracket)
    if not rest or not _is_name(document, rest, person=not dash):
        return None
    alone = start == 0 or document[start - 1].block != document[start].block
    if mark.block != document[start].block:
        fits = dash and alone and mark.block == document[start].block + 1
    else:
        fits = dash or bracket or (alone and document[end - 2].text == ",")
    cue = [end] if dash or bracket else [end - 1]
    content = list(range(start, end))
    return (
        made(document, quotes, document[cue[0]], cue, rest, content, CueClass.ASSERTS, Construction.LABEL)
        if fits
        else None
    )


def _signature(document: Document, first: int, block: int, *, bracket: bool) -> list[int]:
    """The tokens from `first` to the end of the block, or to the bracket that closes; none if they are too many."""
    rest: list[int] = []
    for i in range(first, min(first + LONGEST_SIGNATURE + 1, len(document))):
        if document[i].block != block or (bracket and document[i].text == ")"):
            return rest
        rest.append(i)
    return rest if first + len(rest) == len(document) and not bracket else []


def _is_name(document: Document, rest: list[int], *, person: bool) -> bool:
    """Whether words begin with a name, or a title before one, and tell of nothing that happens."""
    if any(document[i].pos in VERBAL for i in rest) or not document[rest[0]].text[0].isupper():
        return False
    if person:
        return any(document[i].ent == "PERSON" for i in rest[:6])
    return document[rest[0]].pos == "PROPN"
