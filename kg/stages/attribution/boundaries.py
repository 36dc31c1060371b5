"""Where an indirect content ends: what follows it may be the speaker's next act, or another speaker's words."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.quotes import MARKS
from ...text.document import Document
from .constructions import Construction, trimmed
from .cues import ATTITUDES, CueClass
from .drafts import Draft, innermost

_DASHES = frozenset((",", "--", "—", "–"))
_TOLD = frozenset(
    (CueClass.ASSERTS, CueClass.CALLS, CueClass.JUDGES, CueClass.ACCUSES, CueClass.DEMANDS, CueClass.ASKS)
)
_INNER = ATTITUDES | {CueClass.BELIEVES, CueClass.FEELS, CueClass.REPORTS}
"""Classes that a pronoun in somebody's words may well be the subject of: "he said he was ill and he hoped"."""


def bounded(document: Document, drafts: list[Draft]) -> list[Draft]:
    """The drafts with each indirect content cut where the parse lets it run on.

    A participle at the end belongs to the speaker: "she said it failed,
    calling it a shame". A clause with a cue and a subject of its own is another
    statement: "the mayor said it failed and the minister said it had not".
    """
    inner = innermost(drafts, len(document))
    result = list(drafts)
    for m, draft in enumerate(drafts):
        n = inner[draft.head] if draft.head is not None else -1
        for _ in range(DEEPEST):
            if n in (-1, m):
                break
            outer = result[n]
            if outer.head is None or draft.head is None:
                break
            if outer.construction is Construction.CLAUSE and outer.head < outer.content[0] <= draft.head:
                cut, resumed = _cut(document, outer, draft)
                rest = trimmed(document, (i for i in outer.content if i < cut)) if cut else []
                if rest:
                    result[n] = replace(outer, content=tuple(rest))
                    if resumed:
                        result[m] = replace(result[m], source=outer.source)
            n = inner[outer.head]
    return result


DEEPEST = 4
"""Statements within statements up to which a cut is looked for."""


def _cut(document: Document, outer: Draft, inner: Draft) -> tuple[int, bool]:
    """The token at which an inner cue ends an outer content, or 0; and whether the outer source speaks on there."""
    assert inner.head is not None
    head = document[inner.head]
    if head.tag == "VBG" and head.dep in words("parse", "clause of a gerund"):
        below = document.subtree(head.i)
        before = document[below[0] - 1]
        ends = before.text in _DASHES | MARKS and before.i > outer.content[0] and outer.content[-1] <= below[-1]
        return (below[0], True) if ends else (0, False)
    if head.dep not in ("conj", "advcl") or inner.cls in ATTITUDES or not inner.source:
        return 0, False
    join = document[inner.cue[0] - 1]
    if join.lower in ("and", "but") and inner.cls in _TOLD | _REFUSED:
        # "he says he respects her and calls her a friend": a second verb of saying in the form of the first
        return (join.i, True) if head.tag == document[outer.head or 0].tag else (0, False)
    return _of_another(document, inner), False


def _of_another(document: Document, inner: Draft) -> int:
    """The "and" or "while" before a statement of somebody else's, or 0: it has a name, or a comma before it."""
    assert inner.head is not None
    join = document[min(inner.source[0], inner.cue[0]) - 1]
    apart = join.lower in words("speech", "sets another statement beside")
    named = any(document[i].pos in ("PROPN", "NOUN", "NUM") for i in inner.source)
    comma = document[join.i - 1].text in _DASHES and inner.cls not in _INNER
    return join.i if apart and (named or comma) else 0


_REFUSED = frozenset((CueClass.DENIES, CueClass.DOUBTS))
