"""Document -> attributions: source (who), cue (said, according to), content (what)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ...language.quotes import Quotes, find_quotations
from ...language.syntax import opens_with_that
from ...records.attribution import Attribution, Form, Stance
from ...text.article import Span
from ...text.document import Document
from .constructions import Construction
from .content_edges import at_inner_marks, in_relative, without_denial, without_so
from .cueless import going_on, quoted_apart
from .cues import CueLexicon, load_cues
from .drafts import Draft, innermost
from .encoder.glance import Glance
from .middle import said_in_the_middle
from .mouths import in_right_mouths
from .passes import drawn_drafts, quoted_share
from .quoting import handed_on
from .reading_bench import Bench
from .signatures import is_handle
from .stance import stance_of

__all__ = ["Attribution", "Form", "Stance", "find_attributions"]


def find_attributions(
    document: Document,
    *,
    attitudes: bool = False,
    lexicon: CueLexicon | None = None,
    bench: Bench | None = None,
    glance: Glance | None = None,
) -> tuple[Attribution, ...]:
    """Who said what in a document, sources as words only: `kg.stages.attribution.sources` finds whom they name.

    Statements are words, claims, beliefs, doubts, demands, denials and
    judgements. With `attitudes`, what somebody wants, plans, knows, supports or
    seems to do counts too, as PolNeAR counts it. With a `bench`, its encoder
    reads too, and its arbiter has the last word; `glance` is the document as
    that encoder has seen it, where it has.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill said the mill had closed."))
    >>> [document.article.quote(a.content[0]) for a in find_attributions(document)]
    ['the mill had closed']
    """
    quotes = find_quotations(document)
    lexicon = lexicon or load_cues()
    drawn = drawn_drafts(document, quotes, lexicon, attitudes=attitudes)
    if bench is not None:
        drawn = bench.settle(glance or bench.look(document), quotes, lexicon, drawn, attitudes=attitudes)
    elif not attitudes:
        drawn = handed_on(document, quotes, drawn, drawn)
    return as_attributions(document, quotes, drawn if attitudes else quoted_apart(document, quotes, drawn))


def as_attributions(
    document: Document, quotes: Quotes, found: Sequence[tuple[Draft, float]]
) -> tuple[Attribution, ...]:
    """Drafts with their confidence as attributions, numbered in order; one without words in its content goes."""
    found = [(in_relative(document, without_so(document, at_inner_marks(document, quotes, d))), s) for d, s in found]
    found = [(without_denial(document, quotes, d), s) for d, s in found]
    found = said_in_the_middle(document, quotes, in_right_mouths(document, quotes, found))
    found = going_on(document, quotes, found)
    contents = [_content_spans(document, quotes, draft.content) for draft, _ in found]
    kept = [(draft, sure, content) for (draft, sure), content in zip(found, contents, strict=True) if content]
    parents = _parents(document, [draft for draft, _, _ in kept])
    return tuple(
        Attribution(
            id=f"a{n + 1}",
            source=document.spans(draft.source),
            cue=document.spans(draft.cue),
            content=content,
            form=_form(document, quotes, draft),
            stance=stance_of(document, quotes, draft),
            parent=f"a{parents[n] + 1}" if n in parents else None,
            confidence=sure,
        )
        for n, (draft, sure, content) in enumerate(kept)
    )


def _parents(document: Document, drafts: list[Draft]) -> dict[int, int]:
    """For each draft whose cue stands in another's content, the innermost such other."""
    inner = innermost(drafts, len(document))
    found: dict[int, int] = {}
    for n, draft in enumerate(drafts):
        around = {inner[i] for i in draft.cue}
        m = inner[draft.cue[0]] if draft.cue else -1
        if len(around) == 1 and m not in (-1, n) and not set(drafts[m].cue) & set(draft.content):
            found[n] = m
    return found


def _content_spans(document: Document, quotes: Quotes, content: tuple[int, ...]) -> tuple[Span, ...]:
    """The characters of a content without quotation marks, a leading "that", and marks at either end of a piece."""
    kept = list(content)
    first = document[kept[0]]
    if len(kept) > 1 and first.lower == "that" and opens_with_that(document, first.head):
        kept = kept[1:]
    pieces: list[Span] = []
    for span in document.spans(kept):
        pieces += _without_marks(document, quotes, span)
    return tuple(pieces)


def _without_marks(document: Document, quotes: Quotes, span: Span) -> list[Span]:
    """A span cut at the quotation marks in it, the marks left out, and blanks and commas at the cuts too."""
    cuts: list[tuple[int, int]] = []
    first = bisect_right(quotes.quotations, span.start, key=lambda q: q.outer.end)
    for quotation in quotes.quotations[first:]:
        if quotation.outer.start >= span.end:
            break
        cuts += [(quotation.outer.start, quotation.inner.start), (quotation.inner.end, quotation.outer.end)]
    pieces: list[tuple[int, int]] = []
    at = span.start
    for start, end in sorted(cuts):
        if end > at and start < span.end:
            pieces.append((at, max(start, at)))
            at = end
    pieces.append((at, span.end))
    bare = (_bare(document.text, start, min(end, span.end)) for start, end in pieces)
    return [_ended(document.text, quotes, piece) for piece in bare if piece is not None]


_EDGE = frozenset(" \t\u00a0,;:-–—\n\r")
_STOPS = ".?!…"


def _bare(text: str, start: int, end: int) -> Span | None:
    """The span without blanks, commas and dashes at its ends; None if no letter or digit is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None


def _ended(text: str, quotes: Quotes, span: Span) -> Span:
    """The span with the full stop that ends its quotation, which belongs to the quoted words."""
    n = bisect_right(quotes.quotations, span.start, key=lambda q: q.inner.start) - 1
    if n < 0 or span.end > quotes.quotations[n].inner.end:
        return span
    end = quotes.quotations[n].inner.end
    rest = text[span.end : end].rstrip()
    return Span(span.start, span.end + len(rest)) if rest and all(c in _STOPS for c in rest) else span


def _form(document: Document, quotes: Quotes, draft: Draft) -> Form:
    """Direct if all words stand in quotation marks, or in a block quotation; what a quotation reports is indirect."""
    if draft.head is None or _printed_apart(document, draft):
        return Form.DIRECT
    if draft.source and is_handle(document, draft.source[-1] + 1) and draft.construction is Construction.LABEL:
        return Form.DIRECT
    if quotes.at[draft.head] is not None and draft.construction is not Construction.LABEL:
        return Form.INDIRECT
    quoted = quoted_share(document, quotes, draft)
    return Form.DIRECT if quoted == 1 else Form.MIXED if quoted else Form.INDIRECT


def _printed_apart(document: Document, draft: Draft) -> bool:
    """Whether the words stand under a speaker's name in capitals, or a letter, as in a transcript, or behind a ">"."""
    if draft.construction is Construction.LABEL:
        if draft.cue[0] > 0 and document[draft.cue[0] - 1].text == "A":
            return True
        return (
            bool(draft.source)
            and document.text[document[draft.source[0]].start : document[draft.source[-1]].end].isupper()
        )
    return draft.content[0] > 0 and document[draft.content[0] - 1].text == ">"
