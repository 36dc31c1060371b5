"""Times -> stretches: what two times span together, or one from or up to which something lasts.

"between 2011 and 2015", "from March 2011 to 31 March 2021", "since 2011",
"until late 2014", "as of May" are said with words around the time expressions
that TIMEX3 leaves out; a figure's period and a role's years need them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ...language.lexicon import words
from ...text.article import Span
from ...text.document import Document

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
