"""Document -> times: spans that name a date, time, duration or repetition, normalised."""

from __future__ import annotations

import re

from ...records.time import Time, TimeType
from ...text.document import Document
from .anchoring import resolve
from .meanings import Words
from .phrases import find_phrases
from .stretches import Stretch, StretchKind, find_stretches
from .tense import PlacedPhrase

_DAY_FIRST = re.compile(r"(?<![\d/])(?:1[3-9]|2\d|3[01])/\d{1,2}/\d{2,4}(?![\d/])")

__all__ = ["Stretch", "StretchKind", "Time", "TimeType", "find_stretches", "find_times"]


def find_times(document: Document) -> tuple[Time, ...]:
    """The time expressions of a document, in order, resolved against its date of publication and its narrative."""
    tokens = document.tokens
    places: list[PlacedPhrase] = []
    day_first = _DAY_FIRST.search(document.text) is not None
    for sentence in document.sentences:
        words = Words(tokens[sentence.start : sentence.end], day_first=day_first)
        places += [
            PlacedPhrase(sentence.start + phrase.start, sentence.start + phrase.end, sentence.i, phrase.meaning)
            for phrase in find_phrases(words)
        ]
    return tuple(
        Time(document.span(place.first, place.last), TimeType(found.type), found.value, found.start, found.end)
        for place, found in zip(places, resolve(document, places), strict=True)
    )
