"""What an accused says to a charge: "pleaded not guilty to fraud" denies it, "pleaded guilty to fraud" admits it."""

from __future__ import annotations

from typing import NamedTuple

from ...language.quotes import MARKS
from ...language.syntax import child
from ...text.document import Document, Token
from .cues import CueClass

_NEAR = 5
"""Tokens between "guilty" and the "to" of its charge: "pleaded not guilty on Monday to ..."."""

_ANSWERS = {
    ("not", "guilty"): CueClass.DENIES,
    ("guilty",): CueClass.ASSERTS,
    ("no", "contest"): CueClass.JUDGES,
}


class Plea(NamedTuple):
    """The words of a plea that belong to its cue, what it answers or else the answer, and what it does with that."""

    cue: tuple[int, ...]
    content: list[int]
    cls: CueClass


def plea(document: Document, verb: Token) -> Plea | None:
    """How a charge is answered, if at all: "pleaded “not guilty” to theft", "pleaded guilty", not "pleaded with"."""
    if verb.lemma != "plead":
        return None
    behind = [t for t in document.tokens[verb.i + 1 : document.sentences[verb.sentence].end] if t.text not in MARKS]
    answer = next((a for a in _ANSWERS if tuple(t.lower for t in behind[: len(a)]) == a), None)
    if answer is None:
        return None
    rest = behind[len(answer) : len(answer) + 1 + _NEAR]
    to = next((t for t in rest if t.lower == "to"), None)
    charge = None if to is None else child(document, to.i, "pobj") or _infinitive(document, to)
    if to is None or charge is None:
        return Plea((), [t.i for t in behind[: len(answer)]], _ANSWERS[answer])
    content = [i for i in document.subtree(charge.i) if i > to.i]
    return Plea(tuple(range(verb.i + 1, to.i + 1)), content, _ANSWERS[answer])


def _infinitive(document: Document, to: Token) -> Token | None:
    """The charge that the parse takes for a verb: "to murder"."""
    above = document[to.head]
    return above if above.i == to.i + 1 else None
