"""Contents and sources cut where they take in other parts of the sentence."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.quotes import Quotes, inner_quotations
from ...language.syntax import FINITE, branches
from ...text.document import Document
from .constructions import Construction, trimmed
from .drafts import Draft

_ADJUNCTS = words("parse", "adjunct of a cue")


def tidied(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """The draft without words in its content that belong to its cue's clause or to the main clause."""
    if draft.head is None or not draft.content:
        return draft
    content = _without_adjunct(document, quotes, draft.head, _after_colon(document, quotes, draft))
    kept = tuple(trimmed(document, content))
    if kept == draft.content or not any(document[i].pos != "PUNCT" for i in kept):
        return draft
    return replace(draft, content=kept)


def at_inner_marks(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """The draft of a cue inside a quotation with only the words in the inner marks beside it.

    "“When she says ‘no one knew,’ she is lying”": what the inner marks do not hold is the outer speaker's.
    """
    q = quotes.at[draft.head] if draft.head is not None else None
    if q is None or not draft.content:
        return draft
    own = {*draft.cue, *draft.source}
    taken: set[int] = set()
    for inner in inner_quotations(document.text, quotes.quotations[q]):
        start, end = document.range(inner.inner)
        before = next((i for i in range(start - 1, 0, -1) if document[i].pos != "PUNCT"), -1)
        after = next((i for i in range(end, len(document)) if document[i].pos != "PUNCT"), -1)
        if inner.closed and own & {before, after}:
            taken.update(range(start, end))
    kept = tuple(trimmed(document, taken))
    return replace(draft, content=kept) if kept and set(kept) & set(draft.content) else draft


def in_relative(document: Document, draft: Draft) -> Draft:
    """The draft of a cue in a relative clause without what follows: "the raid, which they said failed, was a crime"."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.dep != "relcl" or draft.content[0] < head.i:
        return draft
    end = document.subtree(head.i)[-1] + 1
    if end + 1 >= len(document) or document[end].text != "," or document[end + 1].tag not in FINITE:
        return draft
    return replace(draft, content=tuple(i for i in draft.content if i < end)) if draft.content[0] < end else draft


def without_so(document: Document, draft: Draft) -> Draft:
    """The draft without the "or so" before who says it: "The road is closed — or so Hill says"."""
    at = min((*draft.source, *draft.cue), default=0)
    so = [i for i in range(max(0, at - 2), at) if document[i].lower in ("or", "so")]
    if len(so) != 2:
        return draft
    kept = tuple(trimmed(document, (i for i in draft.content if i not in so)))
    return replace(draft, content=kept) if kept else draft


def _after_colon(document: Document, quotes: Quotes, draft: Draft) -> tuple[int, ...]:
    """The content from the quotation on that a colon opens and the cue closes: "Hill was sure: “We won,” he said"."""
    assert draft.head is not None
    for n, i in enumerate(draft.content[:-1]):
        if document[i].text == ":" and quotes.at[i] is None and i < draft.head:
            opens = quotes.at[i + 1] is not None
            before = [k for k in draft.content[:n] if quotes.at[k] is not None]
            closes = quotes.at[draft.content[-1]] is not None and draft.content[-1] < min((*draft.cue, *draft.source))
            return draft.content[n + 1 :] if opens and closes and not before else draft.content
    return draft.content


def _without_adjunct(document: Document, quotes: Quotes, head: int, content: tuple[int, ...]) -> tuple[int, ...]:
    """A quotation before its cue without the cue's own adjuncts: "“No,” she told them in the interview on air"."""
    before = [i for i in content if i < head]
    after = [i for i in content if i > head]
    if not before or not after or quotes.at[before[-1]] is None:
        return content
    if any(quotes.at[i] is not None for i in after):
        return content
    own = branches(document, *(k.i for k in document.kids(head) if k.dep in _ADJUNCTS and k.i > head))
    rest = [i for i in after if i not in own]
    return content if any(document[i].pos != "PUNCT" for i in rest) else tuple(before)


def is_somebody(document: Document, draft: Draft) -> bool:
    """Whether the words of a source can name who speaks: not a day, an infinitive, or part of an idiom ("all told")."""
    if not draft.source or draft.construction is Construction.LABEL:
        return True
    first = document[draft.source[0]]
    said_by = [document[i] for i in draft.source if document[i].pos not in words("parse", "frames a source")]
    if document[draft.source[-1]].lower != "old" and all(
        t.ent in ("DATE", "TIME") and (t.lower in _TIMES or t.pos == "PROPN") for t in said_by
    ):
        return not any(t.ent in ("DATE", "TIME") for t in said_by)
    idiom = draft.head == first.i + 1 and document[draft.head].lower == "told"
    return not (idiom and first.lower in ("all", "truth"))


_TIMES = words("speech", "time")


def without_denial(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """The draft without a sentence behind it in which another denies it: "he was drunk, police said. He denies it"."""
    if draft.head is None or document[draft.content[-1]].sentence == document[draft.head].sentence:
        return draft
    own = document[draft.head].sentence
    for i in draft.content:
        token = document[i]
        denies = token.dep == "ROOT" and token.lemma in words("speech", "denying") and quotes.at[i] is None
        if token.sentence > own and denies:
            first = document.sentences[token.sentence].start
            return replace(draft, content=tuple(k for k in draft.content if k < first))
    return draft
