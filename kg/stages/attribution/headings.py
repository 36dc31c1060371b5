"""Who speaks in a headline and before a colon."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.syntax import FINITE, NOMINAL
from ...text.blocks import BlockKind
from ...text.document import Document, Token
from .constructions import Construction
from .cues import is_cue
from .drafts import Draft
from .nouns import can_tell

_PARTS = words("speech", "parts who speaks from the rest")
_IN_PHRASE = words("parse", "inside a noun phrase")


def in_headings(document: Document, draft: Draft) -> Draft:
    """The draft with who speaks by where he stands: first before a colon, first in a headline."""
    if not draft.source:
        return draft
    if draft.construction is Construction.LABEL and document[draft.cue[0]].text == ":":
        return _before_colon(document, draft)
    return _one_half(document, _of_headline(document, draft))


def is_headline(document: Document, i: int) -> bool:
    """Whether a token stands in a headline that is no sentence of an article of one line."""
    if document.kind(i) is not BlockKind.HEADLINE:
        return False
    return document[document.range(document.blocks[document[i].block].span)[1] - 1].text != "."


def _before_colon(document: Document, draft: Draft) -> Draft:
    """A draft of "Hill on Reed: 'He is tired'" or "Ann Moss, 41, nurse, Leeds: ..." with the first for its source.

    A thing that has no voice before a colon of a headline is its topic: "Train crash: 'I saw a light'".
    """
    colon = draft.cue[0]
    start = document.range(document.blocks[document[colon].block].span)[0]
    if draft.content[0] < colon:
        return draft
    cut = next((i for i in range(start + 1, colon) if document[i].lower in _PARTS), colon)
    named = document[cut - 1].pos in NOMINAL or document[cut - 1].text.istitle()
    if draft.source[-1] >= cut and named and colon - start <= _LONGEST:
        draft = replace(draft, source=tuple(range(start, cut)))
    topic = document.kind(colon) is BlockKind.HEADLINE and start == draft.source[0]
    return replace(draft, source=()) if topic and _is_mute(document[draft.source[-1]]) else draft


def _is_mute(noun: Token) -> bool:
    """Whether a common noun is of a thing that tells nothing."""
    return noun.tag == "NN" and noun.text.islower() and not can_tell(noun)


_LONGEST = 14
"""Tokens before a colon that who speaks and what he is may have."""


def _of_headline(document: Document, draft: Draft) -> Draft:
    """A headline's draft with its first subject: "Minister opens dam, says Leeds must wait" is not said by Leeds."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or not is_headline(document, head.i) or document[head.i - 1].text != ",":
        return draft
    behind = tuple(range(draft.source[-1] + 1, document.sentences[head.sentence].end))
    opens = next((document[i] for i in behind if document[i].pos != "PUNCT"), None)
    if draft.source[0] != head.i + 1 or opens is None or opens.tag not in FINITE:
        return draft
    first = _first_subject(document, head)
    return replace(draft, source=first, content=(*draft.source, *behind)) if first else draft


def _first_subject(document: Document, verb: Token) -> tuple[int, ...]:
    """The words before the first verb of a sentence; none if they are no noun phrase or too many."""
    start = document.sentences[verb.sentence].start
    first = next((i for i in range(start, verb.i) if document[i].tag in FINITE), start)
    fits = 0 < first - start <= _LONGEST and document[first - 1].pos in NOMINAL
    return tuple(range(start, first)) if fits else ()


def _one_half(document: Document, draft: Draft) -> Draft:
    """A headline's draft without what another says behind a comma: "Union says talks failed, firm claims deal near"."""
    if draft.head is None or not is_headline(document, draft.head):
        return draft
    for comma in (i for i in draft.content if i > draft.head and document[i].text == ","):
        verb = next((i for i in range(comma + 2, min(comma + 5, len(document))) if _tells(document, i)), None)
        if verb is not None and all(document[i].pos in _IN_PHRASE for i in range(comma + 1, verb)):
            return replace(draft, content=tuple(i for i in draft.content if i < comma))
    return draft


def _tells(document: Document, i: int) -> bool:
    """Whether a word of a headline may be a verb of saying, also one that the parse has for a plural: "claims"."""
    return document[i].tag in (*FINITE, "NNS") and is_cue(document[i].lower)
