"""A reading of the encoder -> a draft, its words cut as the grammar cuts them."""

from __future__ import annotations

from collections import Counter

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...text.document import Document, Token
from .constructions import Construction, trimmed
from .cues import CueClass, CueLexicon
from .drafts import Draft
from .encoder.decoding import EncoderReading

WHOLE = 0.8
"""Share of a quotation's words from which a content holds it whole."""

PIECE = 0.6
"""Share of a sentence's words from which a content holds it, and no piece of it."""

_PREPOSITIONS = words("speech", "joins a source")
_ADJUNCTS = words("parse", "adjunct of a cue")


def as_draft(document: Document, quotes: Quotes, lexicon: CueLexicon, reading: EncoderReading) -> Draft:
    """A reading as a draft: its words cut as the grammar cuts them, its class from the lexicon, else that of saying."""
    content = _without_shards(document, quotes, _content(document, reading), reading.anchor)
    content = _whole_quotations(document, quotes, _over_gaps(document, quotes, content, reading))
    cls = _class(document, lexicon, reading)
    return Draft(reading.anchor, reading.cue, _source(document, reading), content, cls, Construction.CLAUSE)


def _class(document: Document, lexicon: CueLexicon, reading: EncoderReading) -> CueClass:
    word = document[reading.anchor].lower
    tables = (lexicon.verbs, lexicon.nouns, lexicon.adjectives)
    return next((table[word][0].cls for table in tables if word in table), CueClass.ASSERTS)


def _source(document: Document, reading: EncoderReading) -> tuple[int, ...]:
    """The source without the preposition that joins it to the cue."""
    source = list(reading.source)
    while len(source) > 1 and document[source[0]].pos == "ADP" and document[source[0]].lower in _PREPOSITIONS:
        source = source[1:]
    return _out_of_brackets(document, tuple(source))


def _content(document: Document, reading: EncoderReading) -> tuple[int, ...]:
    """The content without what belongs to the cue: a preposition before it, an "it" that stands for it.

    An "and" at its end goes, too, and what lies past a semicolon on the cue's other side.
    """
    content = [i for i in reading.content if not (document[i].lower == "it" and document[i].head == reading.anchor)]
    if not content:
        return reading.content
    first = document[content[0]]
    if len(content) > 1 and first.dep in ("prep", "agent") and first.head in (reading.anchor, *reading.cue):
        content = content[1:]
    while len(content) > 1 and document[content[-1]].dep == "cc":
        content = content[:-1]
    return tuple(trimmed(document, _parted(document, content, reading.anchor))) or reading.content


def _without_shards(document: Document, quotes: Quotes, content: tuple[int, ...], anchor: int) -> tuple[int, ...]:
    """The content without unquoted pieces of sentences that stand before the cue's own."""
    held = Counter(document[i].sentence for i in content if quotes.at[i] is None)
    own = document[anchor].sentence
    shards = {
        n for n, held_of_it in held.items()
        if n < own and held_of_it < PIECE * (document.sentences[n].end - document.sentences[n].start)
    }  # fmt: skip
    kept = tuple(i for i in content if document[i].sentence not in shards or quotes.at[i] is not None)
    return kept if any(document[i].text[0].isalnum() for i in kept) else content


def _parted(document: Document, content: list[int], head: int) -> list[int]:
    """The content on one side of its cue, without what lies past a semicolon on the other: "12; doctors said 15"."""
    left, right = [i for i in content if i < head], [i for i in content if i > head]
    if left and any(document[i].text == ";" for i in range(left[-1], head)):
        return right
    if left and right and any(document[i].text == ";" for i in range(head + 1, right[0])):
        return left
    return content


def _out_of_brackets(document: Document, source: tuple[int, ...]) -> tuple[int, ...]:
    """The source; nobody where it is the short form of a name in brackets after it: "the fund (IMF), added Hill"."""
    if len(source) != 1 or not 0 < source[0] < len(document) - 1:
        return source
    return () if (document[source[0] - 1].text, document[source[0] + 1].text) == ("(", ")") else source


def _whole_quotations(document: Document, quotes: Quotes, content: tuple[int, ...]) -> tuple[int, ...]:
    """The content without the quotations of which it has a part alone, if it has another whole: they are of another."""
    words = [i for i, q in enumerate(quotes.at) if q is not None and document[i].text[0].isalnum()]
    size, held = Counter(quotes.at[i] for i in words), Counter(quotes.at[i] for i in {*words} & {*content})
    whole = {q for q in held if held[q] >= WHOLE * size[q]}
    return tuple(i for i in content if quotes.at[i] is None or quotes.at[i] in whole) if whole else content


def _over_gaps(
    document: Document, quotes: Quotes, content: tuple[int, ...], reading: EncoderReading
) -> tuple[int, ...]:
    """The content with the marks between its words, and with what the encoder has passed over amid a sentence."""
    own = {*reading.cue, *reading.source}
    found = list(content[:1])
    for i in content[1:]:
        gap = range(found[-1] + 1, i)
        marks = all(document[k].pos == "PUNCT" and k not in own for k in gap)
        if marks or _is_passed_over(document, quotes, gap, own):
            found += gap
        found.append(i)
    return tuple(found)


def _is_passed_over(document: Document, quotes: Quotes, gap: range, own: set[int]) -> bool:
    """Whether words between two of a content are of it: no quotation begins or ends there, none is the cue's own."""
    around = range(gap.start - 1, gap.stop + 1)
    alike = len({(quotes.at[k], document[k].sentence) for k in around}) == 1
    return alike and len(gap) <= _GAP and not any(k in own or _is_of_cue(document[k], own) for k in gap)


def _is_of_cue(token: Token, own: set[int]) -> bool:
    return token.head in own and token.dep in _ADJUNCTS


_GAP = 12
"""Words that the encoder may have passed over amid a content."""
