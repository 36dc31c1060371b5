"""Which drafts are attributions at all, and which of those are statements."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import VERBAL, has, has_word, is_passive
from ...text.document import Document, Token
from .constructions import Construction
from .cues import ATTITUDES, CueClass
from .drafts import SAYING_ON, WITHHELD, WITHHOLDING, Draft, asks_to_know

_SOURCELESS = frozenset((CueClass.ASKS, CueClass.SEEMS, CueClass.EXPECTS, CueClass.BELIEVES))
_HYPOTHETICAL = words("speech", "hypothetical")


def is_whole(document: Document, draft: Draft) -> bool:
    """Whether a draft has a content, and a source unless its construction leaves the source out: "it is believed"."""
    if not draft.content:
        return False
    if draft.source or draft.head is None:
        return True
    if draft.cls in _SOURCELESS:
        return draft.construction is not Construction.NOUN
    if draft.construction is Construction.PARENTHETIC:
        return document[draft.head].pos != "VERB"
    if draft.construction in (Construction.CLAUSE, Construction.OBLIQUE) or draft.cls is CueClass.ACCUSES:
        return is_passive(document, document[draft.head])
    return False


def is_statement(document: Document, draft: Draft) -> bool:
    """Whether a draft tells what somebody said, claimed, believed, doubted, demanded, denied or judged.

    What somebody intends, wants or knows is none, nor is what he did not say or
    might say, nor what he only spoke about.
    """
    if draft.cls in ATTITUDES or draft.head is None:
        return draft.cls not in ATTITUDES
    head = document[draft.head]
    if head.pos not in VERBAL:
        return True
    if withholds(document, head):
        return head.lemma != "say" or draft.construction is not Construction.OBJECT
    return _has_words(document, draft) and _is_told(document, draft, head)


def _has_words(document: Document, draft: Draft) -> bool:
    """Whether a content holds words that somebody said, not whom he spoke to or what he spoke about."""
    quotes = draft.construction is Construction.QUOTATION
    if draft.cls is CueClass.DISCUSSES and not quotes:
        return False
    if draft.construction is Construction.OBJECT and draft.cls is CueClass.REPORTS:
        return False
    telling = not quotes and draft.cls in _OF_WORDS
    if telling and all(document[i].pos in _EMPTY and document[i].text.isalpha() for i in draft.content):
        return False  # "nobody warned them", "I said it before": whoever is spoken to, or words told before
    named = any(document[i].lower in ("named", "identified") for i in draft.content[:5])
    return not (named and _asks_to(document, draft))  # "who asked not to be named"


def _is_told(document: Document, draft: Draft, head: Token) -> bool:
    """Whether somebody said it: no condition, no possibility, no denial of having said it, no plan to."""
    helpers = {k.lower for k in document.kids(head.i) if k.dep in ("aux", "neg") and k.i < head.i}
    unsaid = draft.cls in (CueClass.ASSERTS, CueClass.REPORTS) and helpers & {"not", "n't", "never"}
    if unsaid or helpers & _HYPOTHETICAL or has_word(document, head.i, ("mark",), ("if", "unless", "whether")):
        return False
    quotes = draft.construction is Construction.QUOTATION
    return "to" not in helpers or quotes or document[head.head].lemma in SAYING_ON or asks_to_know(document, head)


_UNABLE = words("speech", "unable")


def withholds(document: Document, head: Token) -> bool:
    """Whether a verb tells that somebody does not commit himself: "declined to say", "could not confirm".

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("She declined to say why."))
    >>> withholds(document, document[3])
    True
    """
    if head.lemma in WITHHOLDING:
        return any(k.dep == "xcomp" and k.lemma in WITHHELD for k in document.kids(head.i))
    if head.lemma not in WITHHELD:
        return False
    above = document[head.head]
    if head.dep == "xcomp" and above.lemma in WITHHOLDING:
        return not has(document, above.i, "neg")
    helpers = {k.lower for k in document.kids(head.i) if k.dep in ("aux", "neg", "advmod") and k.i < head.i}
    return bool(helpers & _UNABLE) and bool(helpers & {"not", "n't", "n’t", "never"})


_OF_WORDS = frozenset((CueClass.ASSERTS, CueClass.ASKS))
_EMPTY = words("parse", "says nothing alone")


def _asks_to(document: Document, draft: Draft) -> bool:
    words = [document[i].lower for i in draft.content[:4]]
    return draft.cls is CueClass.ASKS and "to" in words and "be" in words
