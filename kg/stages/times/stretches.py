"""Times -> stretches: what two times span together, or one from or up to which something lasts.

"between 2011 and 2015", "from March 2011 to 31 March 2021", "since 2011",
"until late 2014", "as of May" are said with words around the time expressions
that TIMEX3 leaves out; a figure's period and a role's years need them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from ...language.lexicon import words
from ...text.article import Span
from ...text.document import Document
from .calendar import valid_day
from .counts import integer
from .time_words import NUMBERS

if TYPE_CHECKING:
    from ...records.time import Time


class StretchKind(StrEnum):
    """How a stretch is bounded."""

    AT = "at"
    BETWEEN = "between"
    SINCE = "since"
    UNTIL = "until"
    AS_OF = "as of"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period that the text gives, as EDTF: `start` None if it only says until when, `end` None if only since when.

    `span` covers the expression with its prepositions; `times` are the places
    in the given sequence of the expressions it is made of. A stretch of kind
    AS_OF has the day in both.
    """

    kind: StretchKind
    span: Span
    start: str | None
    end: str | None
    times: tuple[int, ...]


_DASHES = frozenset("-–—")
_JOINS = {
    "between": frozenset({"and"}),
    "from": words("times", "joins"),
    "in": words("times", "range") | _DASHES,
    "": (words("times", "range") | _DASHES) - {"and"},
}
"""The words before a first time, and those that may stand between it and a second."""


def find_stretches(document: Document, times: Sequence[Time]) -> tuple[Stretch, ...]:
    """The stretches that the times of a document make, in order; a time that stands alone makes one of its own.

    "Since" gives an open end, "until" an open start. "After", "by" and "before"
    say nothing of how long, and leave a time as it stands.
    """
    out: list[Stretch] = []
    ranges = [document.range(time.span) for time in times]
    k = 0
    while k < len(times):
        time = times[k]
        first, last = ranges[k]
        if time.start is None:
            k += 1
            continue
        before = _word_before(document, first)
        booked = _booked(document, time, k, first, last)
        if booked is not None:
            out = [s for s in out if s.span.end <= booked.span.start] + [booked]
            k += 1
            continue
        joined = _joined(document, times, ranges, k, before)
        if joined is not None:
            out.append(joined)
            k = joined.times[-1] + 1
            continue
        out.append(_single(document, time, k, first, last, before))
        k += 1
    return tuple(out)


def _word_before(document: Document, i: int) -> str:
    if i == 0 or document.tokens[i - 1].sentence != document.tokens[i].sentence:
        return ""
    return document.tokens[i - 1].lower


def _joined(
    document: Document, times: Sequence[Time], ranges: Sequence[tuple[int, int]], k: int, before: str
) -> Stretch | None:
    if k + 1 >= len(times) or times[k + 1].start is None:
        return None
    first, last = ranges[k]
    next_first, next_last = ranges[k + 1]
    gap = [t.lower for t in document.tokens[last:next_first] if t.lower not in ("the", ",", "about", "around")]
    joins = _JOINS.get(before, _JOINS[""])
    if not gap or gap[0] not in joins or len(gap) > 2 or (len(gap) == 2 and gap[1] not in ("late", "early", "until")):
        return None
    if document.tokens[first].sentence != document.tokens[next_first].sentence:
        return None
    opening = first - 1 if before in ("between", "from") else first
    span = document.span(opening, next_last)
    return Stretch(StretchKind.BETWEEN, span, times[k].start, times[k + 1].end, (k, k + 1))


def _booked(document: Document, time: Time, k: int, first: int, last: int) -> Stretch | None:
    """The months or year that end with a day or month: the three months to 31 December, the year to March."""
    unit = first - 1
    while unit > 0 and document.tokens[unit].lower in ("the", "end", "of"):
        unit -= 1
    if unit < 1 or document.tokens[unit].lower not in words("times", "closes books"):
        return None
    noun, number = document.tokens[unit - 1], document.tokens[unit - 2].lower if unit > 1 else ""
    count = NUMBERS.get(number) or integer(number, 1, 60)
    months = _BOOKED.get(noun.lemma.lower(), 0) * (1 if count is None else count)
    if noun.lemma.lower() == "week" and count is None and time.end is not None and len(time.end) == 10:
        start = (date.fromisoformat(time.end) - timedelta(days=6)).isoformat()
        return Stretch(StretchKind.BETWEEN, document.span(unit - 1, last), start, time.end, (k,))
    if not 0 < months <= 60 or time.end is None or not _BOOKED_TO.fullmatch(time.end):
        return None
    opening = unit - 2 if count is not None else unit - 1
    span = document.span(opening, last)
    return Stretch(StretchKind.BETWEEN, span, _months_back(time.end, months), time.end, (k,))


_BOOKED = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_BOOKED_TO = re.compile(r"\d{4}-\d\d(-\d\d)?")


def _months_back(end: str, months: int) -> str:
    """The first month, or day, of so many months that end with a month or day: 2019-09-30, 3 -> 2019-07-01."""
    year, month = int(end[:4]), int(end[5:7])
    first = year * 12 + month - months
    if len(end) == 7:
        return f"{first // 12:04d}-{first % 12 + 1:02d}"
    day = int(end[8:]) + 1
    whole = not valid_day(year, month, day) or not valid_day((first - 1) // 12, (first - 1) % 12 + 1, day)
    at, day = (first, 1) if whole else (first - 1, day)
    return f"{at // 12:04d}-{at % 12 + 1:02d}-{day:02d}"


def _single(document: Document, time: Time, k: int, first: int, last: int, before: str) -> Stretch:
    if before == "of" and first > 1 and document.tokens[first - 2].lower == "as":
        return Stretch(StretchKind.AS_OF, document.span(first - 2, last), time.start, time.end, (k,))
    if before == "since" or (before == "from" and _onwards(document, last)):
        return Stretch(StretchKind.SINCE, document.span(first - 1, last), time.start, None, (k,))
    if before in ("until", "till") and not _negated(document, first - 1):
        return Stretch(StretchKind.UNTIL, document.span(first - 1, last), None, time.end, (k,))
    return Stretch(StretchKind.AT, time.span, time.start, time.end, (k,))


def _onwards(document: Document, i: int) -> bool:
    return i < len(document.tokens) and document.tokens[i].lower in words("times", "onwards")


def _negated(document: Document, i: int) -> bool:
    """Whether "until" says when something began: not until 2014."""
    return i > 0 and document.tokens[i - 1].lower == "not"
