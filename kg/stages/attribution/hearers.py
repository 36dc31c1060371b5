"""Who was told, asked or urged is not who tells: the passive of verbs that need somebody to speak to."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, child, has, in_passive
from ...text.blocks import BlockKind
from ...text.document import Document, Token
from .drafts import Draft

_TOLD = words("speech", "done to who hears it")
_OPENS = words("speech", "opens what somebody was told")
_QUOTES = frozenset("\"“”‘’'«»„")
_BY_WHAT = words("speech", "carries a message")


def by_teller(document: Document, draft: Draft) -> Draft:
    """The draft of something told in the passive with who told it, where the text says so, and never who heard it.

    "Hill was told by Reed that", "Hill, asked whether he lied, said", the headline "Hill urged to resign".
    """
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.lemma not in _TOLD or not _is_heard(document, head):
        return draft
    by = next((k for k in document.kids(head.i) if k.lower == "by" and k.i > head.i), None)
    teller = child(document, by.i, "pobj") if by is not None else None
    if by is None or teller is None or teller.lemma in _BY_WHAT:
        return replace(draft, source=())
    clauses = {k.i for k in document.kids(teller.i) if k.dep in ("relcl", "acl", "ccomp", "advcl")}
    source = tuple(i for i in document.subtree(teller.i, clauses) if i not in draft.cue)
    content = tuple(i for i in draft.content if i != by.i and i not in source)
    return replace(draft, source=source, content=content) if content else draft


def _is_heard(document: Document, verb: Token) -> bool:
    """Whether the subject of a verb, if any, is who hears it."""
    if in_passive(document, verb.i):
        return True
    if verb.tag not in ("VBN", "VBD") or verb.i + 1 >= len(document):
        return False
    behind = document[verb.i + 1]
    opens = behind.lower in _OPENS or behind.text in _QUOTES
    ends = document[document.range(document.blocks[verb.block].span)[1] - 1]
    if document.kind(verb.i) is BlockKind.HEADLINE and ends.text != ".":
        return _is_done_to(document, verb, behind)
    before = verb.i - 1
    while document[before].pos == "ADV" and before > 0:
        before -= 1
    aside = document[before].text == "," and not any(k.dep in NOUN_SUBJECTS for k in document.kids(verb.i))
    return (opens and aside) or (
        document[before].lower in words("speech", "opens when") and not has(document, verb.i, *NOUN_SUBJECTS)
    )


def _is_done_to(document: Document, verb: Token, behind: Token) -> bool:
    """Whether a headline has a participle for its verb: "Hill urged to go", "Reed accused of lying"."""
    if has(document, verb.i, "aux", "dobj", "dative"):
        return False
    if behind.text in _QUOTES:
        return verb.lemma in words("speech", "tells in a headline")
    if behind.lower in _SUBJECTS:
        return verb.lemma in ("warn", "tell")
    return behind.lower in ("to", "by") or (behind.lower in ("of", "over") and verb.lemma in ("accuse", "suspect"))


def past_hearer(document: Document, draft: Draft) -> Draft:
    """The draft without who hears it, and what stands between commas, at the head of what is told.

    "Told the inquiry that nurses were warned", "told Ann Bell she was ill", "said, to loud cheers, that".
    """
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.pos not in ("VERB", "AUX") or draft.content[0] <= head.i or not draft.cue:
        return draft
    first = draft.cue[-1] + 1
    if document[draft.content[0] - 1].text == ",":
        first = draft.content[0] - 1
    aside = first < len(document) and document[first].text == ","
    if not aside and (head.lemma not in _TOLD or in_passive(document, head.i)):
        return draft
    opens = _opening(document, first, aside=aside)
    rest = tuple(i for i in draft.content if i >= opens) if opens is not None else ()
    return replace(draft, content=rest) if rest and draft.content[0] < rest[0] == opens else draft


def _opening(document: Document, first: int, *, aside: bool) -> int | None:
    """Where what is told begins, behind who hears it or behind an aside; None if that is not plain."""
    end = document.sentences[document[first].sentence].end
    for token in document.tokens[first : min(first + _FAR, end - 1)]:
        before = document[token.i - 1].text
        if token.lower in ("that", "whether", "if", "where", "why", "how") and (
            token.tag != "DT" or token.dep == "mark"
        ):
            return (token.i + (token.lower == "that")) if not aside or before == "," else None
        if aside:
            continue
        if token.i > first and token.lower in _SUBJECTS and document[token.i + 1].pos in ("AUX", "VERB"):
            return token.i
        if token.pos not in _IN_HEARER:
            return None
    return None


_FAR = 16
"""Tokens within which what is told begins."""

_SUBJECTS = frozenset(("he", "she", "they", "it", "we", "i", "you"))
_IN_HEARER = words("parse", "inside a noun phrase") | {"PRON", "CCONJ", "ADV"}
