"""When, where, how and to whom it was said: words of the cue's clause, which are part of neither content nor source."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import CLAUSE_SUBJECTS, QUESTION, VERBAL
from ...text.document import Document, Token
from .constructions import trimmed
from .cues import ATTITUDES, CueClass
from .drafts import Draft

_OPENING = words("speech", "opens an occasion")
_OCCASIONS = words("speech", "occasion")
"""What somebody speaks in or at."""
_DAYS = words("speech", "day")


_NOT_SAID = ATTITUDES | {CueClass.DISCUSSES, CueClass.JUDGES, CueClass.CALLS, CueClass.ACCUSES}


def without_occasion(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """The draft without when and how it was said in its content: "said on Monday the ban had failed"."""
    if draft.head is None or document[draft.head].pos not in VERBAL:
        return draft
    if draft.cls in _NOT_SAID:
        return draft
    return replace(draft, content=_opened(document, quotes, draft.content, draft.cue[-1]))


def _opened(document: Document, quotes: Quotes, content: tuple[int, ...], cue: int) -> tuple[int, ...]:
    """The content without what stands between a cue and its clause."""
    if not content or content[0] < cue or content[0] - cue > 3 or quotes.at[content[0]] is not None:
        return content
    opens = document[content[0]]
    if opens.dep == "mark" or opens.tag in QUESTION:
        return content
    before = document[content[0] - 1]
    led = opens if opens.lower in _OPENING else before if before.i >= cue and before.lower in _OPENING else None
    last = _occasion_end(document, content, led)
    rest = trimmed(document, (i for i in content if i > last)) if last >= 0 else []
    owns = document[last].dep == "poss"  # "said Monday's raid had failed"
    if not rest or owns or not _is_clause(document, rest):
        return content
    return tuple(rest)


def _occasion_end(document: Document, content: tuple[int, ...], led: Token | None) -> int:
    """The last token of a day or an occasion that a content begins with, or -1: "Monday", "in a statement Monday"."""
    last = -1
    n = 1 if led is not None and led.i == content[0] else 0
    while n < min(len(content), 8):
        token = document[content[n]]
        if token.lower in _DAYS or (led is not None and token.lower in _OCCASIONS and token.tag == "NN"):
            last = token.i
        elif token.lower not in _OPENING and (last >= 0 or token.pos not in words("parse", "inside an occasion")):
            break
        n += 1
    return last


def _is_clause(document: Document, rest: list[int]) -> bool:
    """Whether words have a verb and its subject, in this order, and begin as a clause does."""
    if document[rest[0]].pos in words("parse", "opens no clause"):
        return False
    subject = next((n for n, i in enumerate(rest) if document[i].dep in CLAUSE_SUBJECTS), None)
    return subject is not None and any(document[i].pos in VERBAL for i in rest[subject + 1 :])
