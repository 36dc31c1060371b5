"""Where an indirect content ends: what follows it may be the speaker's next act, or another speaker's words."""

from __future__ import annotations

from dataclasses import replace

from .cues import ATTITUDES, CueClass
from .document import Document
from .drafts import Draft
from .proposals import Construction, trimmed
from .quotes import MARKS

_DASHES = frozenset((",", "--", "—", "–"))
_INNER = ATTITUDES | {CueClass.BELIEVES, CueClass.FEELS, CueClass.REPORTS}
"""Classes that a pronoun in somebody's words may well be the subject of: "he said he was ill and he hoped"."""


def bounded(document: Document, drafts: list[Draft]) -> list[Draft]:
    """The drafts with each indirect content cut where the parse lets it run on.

    A participle at the end belongs to the speaker: "she said it failed,
    calling it a shame". A clause with a cue and a subject of its own is another
    statement: "the mayor said it failed and the minister said it had not".
    """
    by_sentence: dict[int, list[int]] = {}
    for n, draft in enumerate(drafts):
        if draft.head is not None:
            by_sentence.setdefault(document[draft.head].sentence, []).append(n)
    result = list(drafts)
    for n, outer in enumerate(drafts):
        if outer.construction is not Construction.CLAUSE or outer.head is None or not outer.content:
            continue
        if outer.content[0] < outer.head:
            continue
        for m in by_sentence[document[outer.head].sentence]:
            inner = result[m]
            if inner.head is None or inner.head not in result[n].content:
                continue
            cut, resumed = _cut(document, outer, inner)
            rest = trimmed(document, (i for i in result[n].content if i < cut)) if cut else []
            if rest:
                result[n] = replace(result[n], content=tuple(rest))
                if resumed:
                    result[m] = replace(inner, source=outer.source)
    return result


def _cut(document: Document, outer: Draft, inner: Draft) -> tuple[int, bool]:
    """The token at which an inner cue ends an outer content, or 0; and whether the outer source speaks on there."""
    assert inner.head is not None
    head = document[inner.head]
    below = document.subtree(head.i)
    before = document[below[0] - 1]
    if head.tag == "VBG" and head.dep in ("advcl", "acl", "conj", "dep"):
        ends = before.text in _DASHES | MARKS and before.i > outer.content[0] and outer.content[-1] <= below[-1]
        return (below[0], True) if ends else (0, False)
    if head.dep not in ("conj", "advcl") or inner.cls in ATTITUDES or not inner.source:
        return 0, False
    first = document[min(inner.source[0], inner.cue[0])]
    join = document[first.i - 1]
    if inner.source[0] > inner.head or join.lower not in ("and", "but", "while", "whereas", "though"):
        return 0, False
    named = any(document[i].pos in ("PROPN", "NOUN", "NUM") for i in inner.source)
    if named or (document[join.i - 1].text in _DASHES and inner.cls not in _INNER):
        return join.i, False
    return 0, False
