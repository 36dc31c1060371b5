"""Document -> quotations: the stretches that stand in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..text.article import Span
from ..text.document import Document
from .lexicon import words


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks.

    `outer` is the text with its marks, `inner` without them. A quotation that
    is never closed runs to the end of its block, as it does in print where a
    paragraph ends and the next one opens the same quotation again: then
    `closed` is False, and the next one `continues`. `double` tells “ ", « and
    `` from ‘ and '.
    """

    outer: Span
    inner: Span
    closed: bool
    double: bool
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations of a document, in order, none inside another; `at[i]` is that of token `i`, or None outside.

    The marks themselves count as inside.
    """

    quotations: tuple[Quotation, ...]
    at: tuple[int | None, ...]


MARKS = frozenset("\"“”„‟«»‹›‘’‚'`") | {"''", "``"}
"""Tokens that are nothing but a quotation mark."""

_DOUBLE = re.compile(r"''|``|[“”„‟«»]|(?<![^\W\d_])\"|\"(?![^\W\d_])")
"""Marks of a quotation; a straight one between two letters is an apostrophe that was lost: don"t."""
_SINGLE = re.compile(r"[‘’'‹›]")
_STRAIGHT = frozenset(('"', "''"))
_BEFORE_OPENING = frozenset("([{—–-/:\"“‘'«„`")
_AFTER_CLOSING = frozenset(".,;:!?…)]}—–-/\"”’'»")
# 'em, 'til, '90s: the apostrophe stands for what is left out
_ELISION = re.compile(r"['‘’](?:(?:em|til|till|tis|twas|cause|n|bout|round|cuz)\b|\d0s\b|\d\d\b(?!%))", re.I)


def find_quotations(document: Document) -> Quotes:
    """The quotations of a document: double, single and angle marks, '' and `` of wire texts, straight or curly.

    Time is linear in the length of the text. A mark that cannot open or close
    anything (an inch sign, an apostrophe) is left alone; nesting is not kept:
    the outermost quotation is the one that counts.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("“It failed,” she said."))
    >>> [document.article.quote(q.inner) for q in find_quotations(document).quotations]
    ['It failed,']
    """
    found = quotations_in(document.text, [block.span for block in document.blocks])
    goes_on = {n - 1 for n, quotation in enumerate(found) if quotation.continues}
    mended = (q if n in goes_on else _without_lost_end(document, q) for n, q in enumerate(found))
    found = tuple(quotation for quotation in mended if not _is_nickname(document, quotation))
    at: list[int | None] = [None] * len(document)
    for n, quotation in enumerate(found):
        first, last = document.range(quotation.outer)
        at[first:last] = [n] * (last - first)
    return Quotes(found, tuple(at))


def _is_nickname(document: Document, quotation: Quotation) -> bool:
    """Whether marks hold only what somebody is called: "Jo “The Rock” Hill", "a man who goes by “Rusty”"."""
    first, last = document.range(quotation.inner)
    outer = document.range(quotation.outer)
    named = [document[i] for i in range(first, last) if document[i].pos != "PUNCT"]
    if not 0 < len(named) <= _LONGEST_NICKNAME or not all(t.text[0].isupper() for t in named) or outer[0] == 0:
        return False
    before, after = document[outer[0] - 1], document[min(outer[1], len(document) - 1)]
    amid = before.pos == after.pos == "PROPN"
    return quotation.closed and (amid or before.lower in words("speech", "before what one is called"))


_LONGEST_NICKNAME = 3


def _without_lost_end(document: Document, quotation: Quotation) -> Quotation:
    """The quotation; one whose closing mark is lost ends where its sentence, or the cue after it, shows that it must.

    "She “would not go. The council met": what opens within a sentence ends with it.
    "“It failed, Hill said. Work stopped": a cue between a comma and the end of the first sentence is outside.
    """
    if quotation.closed or not quotation.double:
        return quotation
    first, last = document.range(quotation.inner)
    sentence = document.sentences[document[first].sentence]
    before = [document[i] for i in range(sentence.start, first - 1)]
    end = min(sentence.end, last)
    if before and before[-1].text not in (":", ","):
        return _ending(document, quotation, end)
    commas = [i for i in range(first, end) if document[i].text == ","]
    said = commas and any(document[i].lemma in words("speech", "closes what it quotes") for i in range(commas[-1], end))
    near = commas and end - commas[-1] <= _LONGEST_CLOSING and not quotation.continues
    return _ending(document, quotation, commas[-1] + 1) if said and near else quotation


_LONGEST_CLOSING = 9
"""Tokens of a comma, "said the old ferryman" and a full stop."""


def _ending(document: Document, quotation: Quotation, end: int) -> Quotation:
    """The quotation up to a token."""
    at = document[end - 1].end
    return replace(quotation, outer=Span(quotation.outer.start, at), inner=Span(quotation.inner.start, at))


def quotations_in(text: str, blocks: list[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order, by its marks and blocks alone.

    >>> text = "He said ‘no’ twice."
    >>> [text[q.inner.start : q.inner.end] for q in quotations_in(text, [Span(0, len(text))])]
    ['no']
    """
    double = _double(text, blocks)
    found: list[Quotation] = []
    for quotation in sorted(double + _single(text, blocks, double), key=lambda q: q.outer):
        if not found or quotation.outer.start >= found[-1].outer.end:
            found.append(quotation)
    return tuple(found)


def inner_quotations(text: str, quotation: Quotation) -> list[Quotation]:
    """The quotations inside a quotation, in marks of the other kind, in order.

    >>> text = "“He said ‘no’ twice.”"
    >>> [text[q.inner.start : q.inner.end] for q in inner_quotations(text, *quotations_in(text, [Span(0, len(text))]))]
    ['no']
    """
    inner = quotation.inner
    if quotation.double:
        return _single_of(text, inner, _SINGLE.finditer(text, inner.start, inner.end))[0]
    return _paired(text, inner, list(_DOUBLE.finditer(text, inner.start, inner.end)))[0]


LONGEST_GAP = 6
"""Blocks without a mark that a quotation may run through before its closing mark is taken for a stray."""


def _double(text: str, blocks: list[Span]) -> list[Quotation]:
    found: list[Quotation] = []
    unclosed: list[Span] = []
    for block in blocks:
        marks = list(_DOUBLE.finditer(text, block.start, block.end))
        if unclosed and not marks:
            # a quotation that runs through a paragraph, if a closing mark comes
            unclosed = [*unclosed, block] if len(unclosed) < LONGEST_GAP else []
            continue
        if unclosed and _only_closes(text, block, marks[0]):
            found += [Quotation(b, b, False, True, continues=True) for b in unclosed[1:]]
            if marks[0].start() > block.start:
                inner = Span(block.start, marks[0].start())
                found.append(Quotation(Span(block.start, marks[0].end()), inner, True, True, continues=True))
            marks = marks[1:]
        own, opening = _paired(text, block, marks)
        if unclosed and own and marks[0].start() == block.start:
            own[0] = replace(own[0], continues=True)
        found += own
        unclosed = [block] if opening is not None else []
    return found


def _paired(text: str, block: Span, marks: list[re.Match[str]]) -> tuple[list[Quotation], re.Match[str] | None]:
    """The quotations of a block between its double marks, and the mark that nothing in it closes."""
    found: list[Quotation] = []
    opening: re.Match[str] | None = None
    going_on = False
    for match in marks:
        if opening is None:
            opening = match if _opens(text, block, match) else None
        elif _closes(text, block, match):
            found += [replace(q, continues=going_on) for q in _quotation(opening, match, block, double=True)]
            opening, going_on = None, False
        elif match.group() in _STRAIGHT and opening.group() in _STRAIGHT:
            # two marks that open, none that closes between: paragraphs of one quotation that were run
            # together ("It failed. "It was late."), or else the first was a stray
            left = _left_open(text, block, opening, match)
            found += [replace(q, continues=going_on) for q in left]
            opening, going_on = match, bool(left)
    return found + _quotation(opening, None, block, double=True), opening


def _opens(text: str, block: Span, match: re.Match[str]) -> bool:
    """Whether a mark where none is open opens a quotation, and is no stray: no inch sign, no lost end."""
    may_open, may_close = _sides(text, block, match)
    mark = match.group()
    stray = mark in "”»" or (mark in _STRAIGHT and (may_close or text[max(0, match.start() - 1)].isdigit()))
    return not stray or (may_open and not may_close)


def _closes(text: str, block: Span, match: re.Match[str]) -> bool:
    """Whether a mark closes the quotation that is open."""
    may_open, may_close = _sides(text, block, match)
    straight = match.group() in _STRAIGHT and (may_close or not may_open)
    return straight or match.group() in "”»" or (may_close and not may_open)


def _left_open(text: str, block: Span, opening: re.Match[str], after: re.Match[str]) -> list[Quotation]:
    """The sentences between two marks that both open, as a quotation that the next one goes on with; else none."""
    said = text[opening.end() : after.start()].rstrip()
    if not _sides(text, block, opening)[0] or not said.endswith((".", "!", "?", "…")) or said.count(" ") < _FEWEST:
        return []
    inner = Span(opening.end(), opening.end() + len(said))
    return [Quotation(Span(opening.start(), inner.end), inner, False, True)]


_FEWEST = 3
"""Blanks in words that a mark opens and nothing closes, from which on they are a quotation."""


def _only_closes(text: str, block: Span, match: re.Match[str]) -> bool:
    """Whether a mark can close a quotation and cannot open one."""
    may_open, may_close = _sides(text, block, match)
    return match.group() in "”»" or (match.group() in _STRAIGHT and may_close and not may_open)


def _single(text: str, blocks: list[Span], double: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks that stand outside double ones; apostrophes and elisions are no marks."""
    starts = [q.outer.start for q in double]

    def is_outside(match: re.Match[str]) -> bool:
        k = bisect_right(starts, match.start()) - 1
        return k < 0 or match.start() >= double[k].outer.end

    found: list[Quotation] = []
    pending: list[Quotation] = []
    for block in blocks:
        own, left = _single_of(text, block, filter(is_outside, _SINGLE.finditer(text, block.start, block.end)))
        here = [*own, *left]
        carried = bool(here) and here[0].outer.start == block.start
        if carried and (pending or (found and not found[-1].closed)):
            found += pending
            pending = []
            here[0] = replace(here[0], continues=True)
        found += here[: len(own)]
        pending = here[len(own) :]
    return found


def _single_of(text: str, block: Span, marks: Iterable[re.Match[str]]) -> tuple[list[Quotation], list[Quotation]]:
    """The quotations of a block in single marks; and one that its end leaves open, if the next block should go on.

    "the workers' rights'": a mark after an s may be a possessive, so one that follows it is preferred.
    """
    found: list[Quotation] = []
    opening: re.Match[str] | None = None
    weak: re.Match[str] | None = None
    for match in marks:
        may_open, may_close = _sides(text, block, match)
        if may_open and not may_close and match.group() not in "’›" and not _ELISION.match(text, match.start()):
            found += _quotation(opening, weak, block, double=False) if weak is not None else []
            opening, weak = match, None
        elif opening is not None and may_close and match.group() not in "‘‹":
            weak = weak or match
            if text[match.start() - 1] not in "sz":
                found += _quotation(opening, match, block, double=False)
                opening = weak = None
    if weak is not None:
        return found + _quotation(opening, weak, block, double=False), []
    left = _quotation(opening, None, block, double=False) if opening and _introduces(text, block, opening) else []
    return (found, left) if opening is None or opening.group() == "'" else (found + left, [])


def _introduces(text: str, block: Span, opening: re.Match[str]) -> bool:
    """Whether a mark opens a block, or what a colon announces: such a quotation may go on in the next block."""
    return not text[block.start : opening.start()].strip() or text[: opening.start()].rstrip().endswith(":")


def _sides(text: str, block: Span, match: re.Match[str]) -> tuple[bool, bool]:
    """Whether the characters around a mark let it open, and let it close."""
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end()] if match.end() < block.end else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    return opens, closes


def _quotation(
    opening: re.Match[str] | None, closing: re.Match[str] | None, block: Span, *, double: bool
) -> list[Quotation]:
    """The quotation between two marks, or up to the block's end; none if it is empty."""
    if opening is None:
        return []
    start, end = (closing.start(), closing.end()) if closing is not None else (block.end, block.end)
    if opening.end() >= start:
        return []
    return [Quotation(Span(opening.start(), end), Span(opening.end(), start), closing is not None, double)]
