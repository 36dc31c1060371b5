"""What the verb around a time phrase says of when: of what is to come, or of what is."""

from __future__ import annotations

from typing import NamedTuple

from ...language.lexicon import words
from ...language.syntax import VERBAL
from ...text.document import Document, Token
from .meanings import Meaning


class PlacedPhrase(NamedTuple):
    """A phrase in a document: tokens [first, last), its sentence, what it says."""

    first: int
    last: int
    sentence: int
    meaning: Meaning


_AHEAD = words("times", "ahead")
_PLANNED = words("times", "planned")


def looks_ahead(document: Document, place: PlacedPhrase) -> bool:
    """Whether the clause around a phrase speaks of what is still to come, by its verbs."""
    verb = _verb_above(document, place)
    if verb is None:
        return False
    children = list(document.kids(verb.i))
    if any(c.dep in ("aux", "auxpass") and c.lower in _AHEAD for c in children):
        return not any(c.lower in ("have", "'ve") for c in children)
    if verb.tag == "VB" and any(c.tag == "TO" for c in children):
        governor = document.tokens[verb.head]
        return governor.lemma in _PLANNED or governor.lower in ("going", "due", "set") or governor.tag in ("VBZ", "VBP")
    if verb.tag in ("VBZ", "VBP") and verb.lemma not in ("say", "have"):
        return True
    if verb.tag == "VBG":
        return any(c.tag in ("VBZ", "VBP") and c.lemma == "be" for c in children)
    return verb.tag == "VBN" and verb.lemma in words("times", "plans")


def in_present(document: Document, place: PlacedPhrase) -> bool:
    """Whether the verb above a phrase is in the simple present."""
    verb = _verb_above(document, place)
    return verb is not None and verb.tag in ("VBZ", "VBP")


def _verb_above(document: Document, place: PlacedPhrase) -> Token | None:
    """The nearest verb above a phrase."""
    inside = range(place.first, place.last)
    head = next((t for t in document.tokens[place.first : place.last] if t.head not in inside), None)
    if head is None:
        return None
    verb = document.tokens[head.head]
    steps = 0
    while steps < 6 and verb.pos not in VERBAL and verb.head != verb.i:
        verb = document.tokens[verb.head]
        steps += 1
    return verb if verb.pos in VERBAL else None
