"""Document -> times: spans that name a date, time, duration or repetition, normalised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..article import Span
from ..document import Document
from .anchoring import resolve
from .grammar import find_phrases
from .meanings import Words
from .stretches import Stretch, StretchKind, find_stretches
from .tense import Place

__all__ = ["Stretch", "StretchKind", "Time", "TimeType", "find_stretches", "find_times"]


class TimeType(StrEnum):
    """The TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. `value` is its TIMEX3 value ("2017-02", "P3D", "PAST_REF").

    `start` and `end` are the first and last day, month or year that it covers,
    as EDTF (ISO 8601-2) strings of the precision the text gives ("2011",
    "2017-02", "2017-05-15"); None where it does not place anything in time.
    """

    span: Span
    type: TimeType
    value: str
    start: str | None = None
    end: str | None = None


def find_times(document: Document) -> tuple[Time, ...]:
    """The time expressions of a document, in order, resolved against its date of publication and its narrative."""
    tokens = document.tokens
    places: list[Place] = []
    for sentence in document.sentences:
        words = Words(tokens[sentence.start : sentence.end])
        places += [
            Place(sentence.start + phrase.start, sentence.start + phrase.end, sentence.i, phrase.meaning)
            for phrase in find_phrases(words)
        ]
    return tuple(
        Time(document.span(place.first, place.last), TimeType(found.type), found.value, found.start, found.end)
        for place, found in zip(places, resolve(document, places), strict=True)
    )
