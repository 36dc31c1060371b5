"""When, where, how and to whom it was said: words of the cue's clause, which are part of neither content nor source."""

from __future__ import annotations

from dataclasses import replace

from ...language.quotes import Quotes
from ...text.document import Document, Token
from .cues import ATTITUDES, CueClass
from .drafts import Draft
from .frames import OCCASIONS
from .nouns import can_tell
from .proposals import NOMINAL, VERBAL, Construction, trimmed

_OPENING = frozenset(
    "in on at to during from after before through via by outside inside near this last late early".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight morning afternoon evening "
    "night".split()
)
_HOW = frozenset("statement interview tweet post email e-mail letter release phone telephone text message".split())
"""Occasions so close to saying that they are not what was said of, even where they end a sentence."""

_REACH = 14
"""Tokens from the first of a content within which its "that" is looked for."""

_NOT_SAID = ATTITUDES | {CueClass.DISCUSSES, CueClass.JUDGES, CueClass.CALLS, CueClass.ACCUSES}


def without_occasion(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """The draft with content and source cut where they take in when, where, how or to whom it was said.

    "told the council at the United Nations that the ban had failed", "said on
    Monday the ban had failed", "said the report on Wednesday".
    """
    if draft.head is None or document[draft.head].pos not in VERBAL:
        return draft
    source = _uncited(document, _dated(document, draft.source, draft.head))
    content = draft.content
    if draft.cls not in _NOT_SAID and draft.construction is not Construction.NOUN:
        content = _closed(document, quotes, _opened(document, quotes, content, draft.cue[-1]), draft.head)
    if draft.construction is Construction.OBJECT:
        content = _undated(document, quotes, content, draft.head)
    if source == draft.source and content == draft.content:
        return draft
    return replace(draft, source=source, content=content)


def _opened(document: Document, quotes: Quotes, content: tuple[int, ...], cue: int) -> tuple[int, ...]:
    """The content without what stands between a cue and its "that", or between a cue and its clause."""
    if not content or content[0] < cue or content[0] - cue > 3 or quotes.at[content[0]] is not None:
        return content
    opens = document[content[0]]
    if opens.dep == "mark" or document[content[0]].tag in ("WRB", "WP", "WDT"):
        return content
    heard = _heard(document, quotes, content, cue)
    if heard is not None:
        return content[content.index(heard) + 1 :] or content
    before = document[content[0] - 1]
    led = opens if opens.lower in _OPENING else before if before.i >= cue and before.lower in _OPENING else None
    that = _that(document, quotes, content, cue) if led is not None else None
    if that is not None:
        return content[content.index(that) + 1 :] or content
    last = _occasion_end(document, content, led)
    rest = trimmed(document, (i for i in content if i > last)) if last >= 0 else []
    if not rest or document[last + 1].text == "," or not _is_clause(document, rest):
        return content
    return tuple(rest)


def _heard(document: Document, quotes: Quotes, content: tuple[int, ...], cue: int) -> int | None:
    """The "that" after whoever is told, which the parse takes for a relative pronoun: "told the jury that he lied"."""
    if document[cue].lemma not in _TOLD or content[0] != cue + 1:
        return None
    that = next((i for i in content[1:5] if document[i].lower == "that"), None)
    if that is None or any(document[i].pos not in ("DET", *NOMINAL, "ADJ") for i in range(cue + 1, that)):
        return None
    noun = document[that - 1]
    hears = can_tell(noun) or noun.lemma in _HEARERS or noun.ent in ("PERSON", "ORG")
    return that if hears and quotes.at[that] is None and that + 1 in content else None


_TOLD = frozenset("tell inform assure remind warn".split())
_HEARERS = frozenset("jury juror audience crowd panel inquest inquiry hearing conference public".split())


def _that(document: Document, quotes: Quotes, content: tuple[int, ...], cue: int) -> int | None:
    """The "that" after the adjuncts of a cue, with no other clause before it."""
    for i in content[:_REACH]:
        token = document[i]
        if token.lower == "that" and (token.dep == "mark" or token.tag == "IN"):
            return i
        if token.pos in VERBAL or quotes.at[i] is not None or token.text in (",", ";", ":"):
            return None
    return None


def _occasion_end(document: Document, content: tuple[int, ...], led: Token | None) -> int:
    """The last token of a day or an occasion that a content begins with, or -1: "Monday", "in a statement Monday"."""
    last = -1
    n = 1 if led is not None and led.i == content[0] else 0
    while n < min(len(content), 8):
        token = document[content[n]]
        if token.lower in _DAYS or (led is not None and token.lower in OCCASIONS and token.tag == "NN"):
            last = token.i
        elif token.lower not in _OPENING and (last >= 0 or token.pos not in ("DET", "ADJ", "NOUN", "ADP", "PRON")):
            break
        n += 1
    return last


def _is_clause(document: Document, rest: list[int]) -> bool:
    """Whether words have a verb and its subject, in this order, and begin as a clause does."""
    if document[rest[0]].pos in ("ADP", "VERB", "AUX", "CCONJ") and document[rest[0]].dep != "mark":
        return False
    subject = next((n for n, i in enumerate(rest) if document[i].dep in ("nsubj", "nsubjpass", "expl")), None)
    return subject is not None and any(document[i].pos in VERBAL for i in rest[subject + 1 :])


def _closed(document: Document, quotes: Quotes, content: tuple[int, ...], head: int) -> tuple[int, ...]:
    """The content without "in a statement", "in an interview on Monday" at its end."""
    if not content or content[0] < head:
        return content
    last = n = len(content) - 1
    while n > 0 and last - n < 7 and quotes.at[content[n]] is None and content[n - 1] == content[n] - 1:
        token = document[content[n]]
        opens = document[content[n - 1]]
        if token.lower in ("a", "an") and opens.lower in ("in", "during", "on"):
            noun = next(
                (i for i in content[n + 1 : last + 1] if document[i].tag == "NN" and document[i].lower in _HOW), 0
            )
            rest = [i for i in content[: n - 1] if document[i].pos in VERBAL]
            return tuple(trimmed(document, content[: n - 1])) if noun and rest else content
        if token.pos in VERBAL or token.text in (",", ";", "."):
            return content
        n -= 1
    return content


def _undated(document: Document, quotes: Quotes, content: tuple[int, ...], head: int) -> tuple[int, ...]:
    """An object after its cue without the day that ends it: "rejected the report on Wednesday"."""
    n = len(content)
    while n > 1 and document[content[n - 1]].lower in _DAYS and quotes.at[content[n - 1]] is None:
        n -= 1
    while 1 < n < len(content) and document[content[n - 1]].lower in ("on", "late", "early"):
        n -= 1
    told = n < len(content) and content[0] > head and any(document[i].pos in NOMINAL for i in content[:n])
    return content[:n] if told else content


def _dated(document: Document, source: tuple[int, ...], head: int) -> tuple[int, ...]:
    """A source after its cue without the day that ends it: "said the ministry on Wednesday"."""
    if not source or source[0] < head or any(document[i].pos in VERBAL or document[i].text == "," for i in source):
        return source
    n = len(source)
    while n > 1 and document[source[n - 1]].lower in _DAYS:
        n -= 1
    while n > 1 and n < len(source) and document[source[n - 1]].lower in ("on", "late", "early", "this", "last"):
        n -= 1
    return source[:n] if any(document[i].pos in NOMINAL for i in source[:n]) else source


def _uncited(document: Document, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source without whom it has its words from: "the agency, citing police"."""
    n = next((n for n, i in enumerate(source) if n and document[i].lower in ("citing", "quoting")), len(source))
    return tuple(trimmed(document, source[:n]))
