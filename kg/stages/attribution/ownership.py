"""Quotations -> the drafts they belong to: the cue beside them, the sentence before, or none."""

from __future__ import annotations

from dataclasses import replace

from ...language.quotes import MARKS, Quotes
from ...text.document import Document, Sentence
from .constructions import Construction, trimmed
from .cues import ATTITUDES, CueClass
from .drafts import Draft

_FAR = 1_000


def deal(document: Document, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with every quotation given to the cue that it belongs to."""
    ranges = [document.range(q.outer) for q in quotes.quotations]
    owner: dict[int, int] = {}
    for n, draft in enumerate(drafts):
        for q in {quotes.at[i] for i in draft.content}:
            if q is not None and q not in owner:
                owner[q] = n
    added: dict[int, set[int]] = {}
    claims = sorted(
        (distance, n, q)
        for n, draft in enumerate(drafts)
        if draft.open and draft.head is not None
        for q, distance in _near(document, quotes, ranges, draft)
    )
    for distance, n, q in claims:
        if q in owner or (distance >= _FAR and (n in added or drafts[n].content)):
            continue
        owner[q] = n
        added.setdefault(n, set()).update(range(*ranges[q]))
    result = [_with(document, draft, added.get(n, set())) for n, draft in enumerate(drafts)]
    return _continued(document, quotes, ranges, owner, result)


def _near(document: Document, quotes: Quotes, ranges: list[tuple[int, int]], draft: Draft) -> list[tuple[int, int]]:
    """The quotations a cue may introduce or close, with how far away they stand: words between them and its clause."""
    assert draft.head is not None
    sentence = document.sentences[document[draft.head].sentence]
    first, last = min((*draft.cue, *draft.source)), max((*draft.cue, *draft.source))
    filled = bool(draft.content)
    penalty = 0 if draft.cls in (CueClass.ASSERTS, CueClass.ASKS) else 3 if filled or draft.cls in ATTITUDES else 1
    left, right = _quotation_before(document, quotes, first), _quotation_after(document, quotes, last)
    before = _before(document, ranges[left], first, sentence, filled) if left is not None else None
    after = _after(document, ranges[right], last, sentence) if right is not None else None
    return [(q, n + penalty) for q, n in ((left, before), (right, after)) if q is not None and n is not None]


def _before(document: Document, at: tuple[int, int], first: int, sentence: Sentence, filled: bool) -> int | None:
    """How far before a cue a quotation stands that it closes; None for one that it does not."""
    start, end = at
    between = first - end
    inner = document[end - 2].text if end - 2 > start else ""
    closes = inner in _ENDS or inner.endswith(("?", "!")) or document[end - 1].text == ","
    if (closes and between <= 3) or (between <= 1 and inner == "." and not filled):
        return between
    return _FAR + between if start >= sentence.start and end - start >= 5 else None


_ENDS = frozenset((",", "…", "...", "--", "—", "-"))


def _after(document: Document, at: tuple[int, int], last: int, sentence: Sentence) -> int | None:
    """How far after a cue a quotation stands that it opens; None for one that it does not."""
    start, end = at
    between = start - last - 1
    mark = document[start - 1].text
    if mark == ":" and between <= 25:
        return min(between - 1, 2)
    if any(document[i].text == ";" for i in range(last + 1, start)):
        return None
    if start < sentence.end and (mark == "," or between <= 1):
        return min(between, 3)
    if start < sentence.end and end - start >= 5:
        return _FAR + between
    return between + 2 if between <= 1 else None


def _quotation_before(document: Document, quotes: Quotes, first: int) -> int | None:
    block = document[first].block
    for i in range(first - 1, max(-1, first - 40), -1):
        if document[i].block != block:
            return None
        if quotes.at[i] is not None:
            return quotes.at[i]
    return None


def _quotation_after(document: Document, quotes: Quotes, last: int) -> int | None:
    """The next quotation in the block; after a colon at its end, the one that opens the next block."""
    block = document[last].block
    for i in range(last + 1, min(len(document), last + 40)):
        if document[i].block != block and document[i - 1].text != ":":
            return None
        if quotes.at[i] is not None:
            return quotes.at[i]
        if document[i].block != block:
            return None
    return None


def _with(document: Document, draft: Draft, more: set[int]) -> Draft:
    if not more:
        return draft
    content = trimmed(document, (set(draft.content) | more) - set(draft.cue) - set(draft.source))
    construction = draft.construction if draft.content else Construction.QUOTATION
    return replace(draft, content=tuple(content), construction=construction)


def _continued(
    document: Document, quotes: Quotes, ranges: list[tuple[int, int]], owner: dict[int, int], drafts: list[Draft]
) -> list[Draft]:
    """Whole quoted sentences that no cue claimed, joined to the statement before or after them in their block."""
    more: dict[int, set[int]] = {}
    ends = _ends(document, drafts)
    for q, (start, end) in enumerate(ranges):
        if q in owner or not whole(document, quotes, start, end):
            continue
        n = owner.get(q - 1) if q > 0 and not quotes.quotations[q - 1].closed else None
        if n is None:
            n = _statement_before(document, drafts, ends, start)
        if n is None and q + 1 < len(ranges) and ranges[q + 1][0] - end <= 1:
            # a quotation that the next one goes on with: "We won." “It was late,” she said.
            n = owner.get(q + 1) if document[ranges[q + 1][0]].block == document[start].block else None
        if n is not None:
            owner[q] = n
            more.setdefault(n, set()).update(range(start, end))
            ends.setdefault(document[end - 1].sentence, []).append((end - 1, n))
    return [_with(document, draft, more.get(n, set())) for n, draft in enumerate(drafts)]


def _ends(document: Document, drafts: list[Draft]) -> dict[int, list[tuple[int, int]]]:
    """By sentence, the statements that end there: last token and number."""
    found: dict[int, list[tuple[int, int]]] = {}
    for n, draft in enumerate(drafts):
        if draft.head is not None and draft.content and draft.cls not in ATTITUDES:
            place = max(draft.content[-1], draft.head)
            found.setdefault(document[place].sentence, []).append((place, n))
    return found


def whole(document: Document, quotes: Quotes, start: int, end: int) -> bool:
    """Whether a quotation is one or more whole sentences, or nearly so."""
    if document[start].text in MARKS:
        start += 1
    sentence = document.sentences[document[start].sentence]
    last = document.sentences[document[end - 1].sentence]
    outside = [
        i
        for i in (*range(sentence.start, start), *range(end, last.end))
        if document[i].pos not in ("PUNCT", "SPACE") and document[i].text not in MARKS
    ]
    return len(outside) <= 1 and end - start > 3


def _statement_before(
    document: Document, drafts: list[Draft], ends: dict[int, list[tuple[int, int]]], start: int
) -> int | None:
    """The statement of this sentence or the one before, in the same block: one that quotes before one that does not."""
    sentence, block = document[start].sentence, document[start].block
    best: tuple[int, bool, bool, int] | None = None
    for place, n in (*ends.get(sentence, ()), *ends.get(sentence - 1, ())):
        head = drafts[n].head
        if place >= start or document[place].block != block or head is None:
            continue
        rank = (
            document[place].sentence, drafts[n].cls in (CueClass.ASSERTS, CueClass.ASKS),
            document[head].tag != "VBG", -n,
        )  # fmt: skip
        if best is None or rank > best:
            best = rank
    return -best[-1] if best is not None else None
