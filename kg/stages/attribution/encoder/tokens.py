"""Readings in the encoder's words -> the same in tokens of the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....text.article import Span
from ....text.document import Document
from ..constructions import cue_head, trimmed
from .decoding import EncoderReading, runs
from .words import EncoderWords


def in_tokens(document: Document, words: EncoderWords, readings: Sequence[EncoderReading]) -> list[EncoderReading]:
    """The readings with token indices, in order; the anchor is the token that governs the cue.

    Of two with one anchor the likelier stands; one without a content goes.
    """
    found: dict[int, EncoderReading] = {}
    for reading in readings:
        cue, content, source = (
            _tokens(document, words, role) for role in (reading.cue, reading.content, reading.source)
        )
        anchor = _tokens(document, words, (reading.anchor,))
        cue = cue or anchor
        content = trimmed(document, set(content) - set(cue))
        source = trimmed(document, set(source) - set(cue) - set(content))
        if not cue or not any(document[i].text[0].isalnum() for i in content):
            continue
        head = (
            anchor[0]
            if len(anchor) == 1 and anchor[0] in cue and document[anchor[0]].pos == "VERB"
            else cue_head(document, cue)
        )
        other = found.get(head)
        if other is None or (other.statement, other.attribution) < (reading.statement, reading.attribution):
            found[head] = replace(reading, anchor=head, source=tuple(source), cue=tuple(cue), content=tuple(content))
    return [found[head] for head in sorted(found)]


def _tokens(document: Document, words: EncoderWords, indices: Sequence[int]) -> list[int]:
    tokens: set[int] = set()
    for first, last in runs(words, indices):
        tokens.update(range(*document.range(Span(words.spans[first].start, words.spans[last].end))))
    return sorted(tokens)
