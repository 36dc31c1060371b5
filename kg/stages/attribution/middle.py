"""Who says it in the middle of it: "Hill, an aide said, will resign", "Hill, prosecutors allege, told him to lie"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import FINITE, NOMINAL
from ...text.document import Document, Sentence
from .confidence import confidence_of
from .constructions import Construction
from .cues import CueClass, is_cue
from .drafts import Draft

_IN_PHRASE = words("parse", "inside a noun phrase")
_BETWEEN = frozenset(("ADV", "PUNCT"))
_TELLING = frozenset((CueClass.ASSERTS, CueClass.REPORTS, CueClass.ACCUSES))
_LONGEST = 7
"""Tokens of who says it, of his hearer, and of the subject of what is said."""


class _Middle(NamedTuple):
    subject: range
    source: range
    verb: int
    goes_on: int


def said_in_the_middle(
    document: Document, quotes: Quotes, found: Sequence[tuple[Draft, float]]
) -> list[tuple[Draft, float]]:
    """The drafts, each said in the middle of a clause with the whole clause for its content, and no source but that.

    What the subject of the clause says itself stays his: it is told by who says it in the middle.
    """
    middles = {m.verb: m for s in document.sentences if (m := _middle(document, quotes, s)) is not None}
    kept: list[tuple[Draft, float]] = []
    for draft, sure in found:
        inside = next((m for m in middles.values() if draft.head == m.goes_on), None)
        if draft.head not in middles:
            kept.append((draft if inside is None else replace(draft, source=tuple(inside.subject)), sure))
    for middle in middles.values():
        end = document.sentences[document[middle.verb].sentence].end
        last = end - 1 if document[end - 1].pos == "PUNCT" else end
        content = (*middle.subject, *range(middle.goes_on, last))
        draft = Draft(middle.verb, (middle.verb,), tuple(middle.source), content, CueClass.ASSERTS, Construction.CLAUSE)
        kept.append((draft, confidence_of(draft, 0)))
    return sorted(kept, key=lambda pair: (min(pair[0].cue + pair[0].content), pair[0].content))


def _middle(document: Document, quotes: Quotes, sentence: Sentence) -> _Middle | None:
    """Where a sentence has a subject, a comma, who says it, a comma and the verb of the subject."""
    commas = [i for i in range(sentence.start, sentence.end) if document[i].text == "," and quotes.at[i] is None]
    for first, second in pairwise(commas):
        said = _said(document, first + 1, second)
        start = _start(document, sentence.start, first)
        behind = next((i for i in range(second + 1, sentence.end) if document[i].pos not in _BETWEEN), second)
        if said is None or start is None or behind >= sentence.end or document[behind].tag not in (*FINITE, "MD"):
            continue
        return _Middle(range(start, first), said[0], said[1], behind)
    return None


def _said(document: Document, start: int, end: int) -> tuple[range, int] | None:
    """Who says it and the verb, between two commas: "an aide told the Sun", "says its author"."""
    verb = next((i for i in range(start, end) if document[i].tag in FINITE), None)
    if verb is None or not _tells(document, verb):
        return None
    before, after = range(start, verb), range(verb + 1, end)
    source = before or after
    plain = all(document[i].pos in _IN_PHRASE for i in source) and max(len(source), len(after)) <= _LONGEST
    plain = plain and all(document[i].pos in (*_IN_PHRASE, "ADP", "ADV") for i in after)
    return (source, verb) if plain and _is_somebody(document, source) else None


def _is_somebody(document: Document, phrase: range) -> bool:
    """Whether a noun phrase is no relative pronoun: "an aide", not "who"."""
    relative = any(document[i].tag in ("WP", "WDT") for i in phrase)
    return not relative and any(document[i].pos in NOMINAL for i in phrase)


def _tells(document: Document, verb: int) -> bool:
    return is_cue(document[verb].lower, _TELLING)


def _start(document: Document, low: int, comma: int) -> int | None:
    """Where the noun phrase before a comma starts; None if something else stands there."""
    start = comma
    while start > low and document[start - 1].pos in _IN_PHRASE:
        start -= 1
    opens = start == low or document[start - 1].text == "," or document[start - 1].pos == "CCONJ"
    return start if opens and start < comma and document[comma - 1].pos in NOMINAL else None
