"""What an accused says to a charge: "pleaded not guilty to fraud" denies it, "pleaded guilty to fraud" admits it."""

from __future__ import annotations

from ...language.syntax import child
from ...text.document import Document, Token
from .cues import CueClass

_NEAR = 5
"""Tokens between "guilty" and the "to" of its charge: "pleaded not guilty on Monday to ..."."""


def plea(document: Document, verb: Token) -> tuple[tuple[int, ...], list[int], CueClass] | None:
    """The words that answer a charge, the charge, and what they do with it; None where a verb pleads otherwise."""
    if verb.lemma != "plead":
        return None
    behind = document.tokens[verb.i + 1 : document.sentences[verb.sentence].end]
    guilty = 1 if behind and behind[0].lower == "not" else 0
    if len(behind) <= guilty or behind[guilty].lower != "guilty":
        return None
    to = next((t for t in behind[guilty + 1 : guilty + 2 + _NEAR] if t.lower == "to"), None)
    charge = None if to is None else child(document, to.i, "pobj") or _infinitive(document, to)
    if to is None or charge is None:
        return None
    content = [i for i in document.subtree(charge.i) if i > to.i]
    return tuple(range(verb.i + 1, to.i + 1)), content, CueClass.DENIES if guilty else CueClass.ASSERTS


def _infinitive(document: Document, to: Token) -> Token | None:
    """The charge that the parse takes for a verb: "to murder"."""
    above = document[to.head]
    return above if above.i == to.i + 1 else None
