"""Who was told, asked, urged or written to is not who tells."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.syntax import FINITE, NOUN_SUBJECTS, VERBAL, child, has, in_passive
from ...text.document import Document, Token
from .drafts import Draft
from .headings import is_headline

_TOLD = words("speech", "done to who hears it")
_HEARING = words("speech", "needs a hearer") | {"ask", "warn", "advise"}
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
    teller = _teller(document, head)
    if teller is None:
        return replace(draft, source=())
    clauses = {k.i for k in document.kids(teller.i) if k.dep in words("parse", "clause that a noun takes")}
    source = tuple(document.subtree(teller.i, clauses))
    content = tuple(i for i in draft.content if i != teller.head and i not in source)
    return replace(draft, source=source, content=content) if content else draft


def _teller(document: Document, verb: Token) -> Token | None:
    """Who tells in the passive, behind "by"; None for a phone or a letter."""
    by = next((k for k in document.kids(verb.i) if k.lower == "by" and k.i > verb.i), None)
    teller = child(document, by.i, "pobj") if by is not None else None
    return None if teller is None or teller.lemma in _BY_WHAT else teller


def _is_heard(document: Document, verb: Token) -> bool:
    """Whether the subject of a verb, if any, is who hears it."""
    if in_passive(document, verb.i):
        return True
    if verb.tag not in ("VBN", "VBD") or verb.i + 1 >= len(document):
        return False
    behind = document[verb.i + 1]
    opens = behind.lower in _OPENS or behind.text in _QUOTES
    if is_headline(document, verb.i):
        return _is_done_to(document, verb, behind)
    before = verb.i - 1
    while document[before].pos == "ADV" and before > 0:
        before -= 1
    subject = child(document, verb.i, *NOUN_SUBJECTS)
    if opens and document[before].text == ",":  # "Hill, asked if", not "Hill, 40, asked if"
        return subject is None or not any(document[i].text == "," for i in range(subject.i, before))
    if opens and subject is not None and before in document.subtree(subject.i):  # "with the mayor accused of lying"
        return document[document.subtree(subject.i)[0] - 1].lower == "with"
    return subject is None and document[before].lower in words("speech", "opens when")


def _is_done_to(document: Document, verb: Token, behind: Token) -> bool:
    """Whether a headline has a participle for its verb: "Hill urged to go", "Reed accused of lying"."""
    if has(document, verb.i, "aux", "dobj", "dative"):
        return False
    if behind.text in _QUOTES:
        return verb.lemma in words("speech", "tells in a headline")
    if behind.lower in _SUBJECTS:
        return verb.lemma in ("warn", "tell")
    return behind.lower in ("to", "by") or (behind.lower in ("of", "over") and verb.lemma in ("accuse", "suspect"))


def of_sender(document: Document, draft: Draft) -> Draft:
    """The draft of "parents got a text from the school saying it was shut" with who sent it."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.tag != "VBG" or not draft.source or head.lemma not in words("speech", "what a letter does"):
        return draft
    near = range(max(1, head.i - _FAR), head.i)
    source = next((i for i in reversed(near) if document[i].lower == "from"), None)
    sender = child(document, source, "pobj") if source is not None else None
    if source is None or sender is None or document[source - 1].lemma not in _BY_WHAT:
        return draft
    if any(document[i].pos in VERBAL or document[i].text in ",.;:" for i in range(source, head.i)):
        return draft
    return replace(draft, source=tuple(i for i in document.subtree(sender.i) if i < head.i))


def past_hearer(document: Document, draft: Draft) -> Draft:
    """The draft without who hears it, and what stands between commas, at the head of what is told.

    "Told the inquiry that nurses were warned", "told Ann Bell she was ill", "said, to loud cheers, that".
    """
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.pos not in VERBAL or draft.content[0] <= head.i:
        return draft
    aside = document[draft.content[0] - 1].text == ","
    first = draft.content[0] - 1 if aside else draft.cue[-1] + 1
    aside = document[first].text == ","
    opens = _opening(document, first, aside=aside) if aside or _has_hearer(document, head) else None
    return replace(draft, content=tuple(i for i in draft.content if i >= opens)) if opens in draft.content else draft


def _has_hearer(document: Document, verb: Token) -> bool:
    """Whether a verb in the active takes who hears it for its object."""
    return verb.lemma in _HEARING and not in_passive(document, verb.i)


def _opening(document: Document, first: int, *, aside: bool) -> int | None:
    """Where what is told begins, behind who hears it or behind an aside; None if that is not plain."""
    end = document.sentences[document[first].sentence].end
    for token in document.tokens[first : min(first + _FAR, end - 1)]:
        if _opens_clause(token) and (not aside or token.lower == "that"):
            before = document[token.i - 1]
            plain = before.text == "," if aside else before.lower not in words("speech", "claim denied beside it")
            return (token.i + (token.lower == "that")) if plain else None
        if aside:
            if token.tag in FINITE:
                return None  # a sentence of its own
        elif token.i > first and token.lower in _SUBJECTS and document[token.i + 1].pos in VERBAL:
            return token.i
        elif token.pos not in _IN_HEARER:
            return None
    return None


def _opens_clause(token: Token) -> bool:
    """Whether a word opens a clause, and is no relative pronoun: "rates that rise"."""
    return token.lower in _CLAUSES and (token.lower != "that" or token.tag == "IN" or token.dep == "mark")


_FAR = 16
"""Tokens within which what is told begins."""

_CLAUSES = words("speech", "opens what is told")
_SUBJECTS = words("speech", "subject of what is told")
_IN_HEARER = words("parse", "inside a noun phrase") | words("parse", "inside a hearer")
