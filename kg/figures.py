"""Document -> figures: reported quantities, what they count, who reports them, when and where."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .article import Span
from .attribution import Attribution
from .document import Document
from .entities import Entity
from .times import Time


class Bound(StrEnum):
    """How a figure bounds the quantity."""

    EXACT = "exact"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    BETWEEN = "between"
    ABOUT = "about"
    VAGUE = "vague"


class Change(StrEnum):
    """Whether a figure is the size or the result of a change."""

    UP_BY = "up by"
    DOWN_BY = "down by"
    UP_TO = "up to"
    DOWN_TO = "down to"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that an article states.

    An exact number has low = high; "at least" only `low`; "up to" only `high`;
    a vague word ("dozens") its interval's low end. No point is made up for a
    range. `unit` is a UCUM code ("km", "%", "a"), an ISO 4217 code ("USD") or
    None for a plain count; `per` is the denominator of a rate ("day", "100000
    person"). `counted` is the thing counted, in the article's words, and
    `concept` its normalised head ("person", "detainee"); `event` the lemma of
    what happens to it ("hang", "kill"). `reporters` are Entity ids, the outer
    one first; empty when the article itself reports it. `via` is whom they had
    it from. `start`, `end` and `as_of` are EDTF strings; `place` is an Entity
    id. `evidence` is the stretch that states the figure with what it counts.
    """

    id: str
    span: Span
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    approximate: bool = False
    unit: str | None = None
    per: str | None = None
    counted: str | None = None
    counted_span: Span | None = None
    concept: str | None = None
    event: str | None = None
    reporters: tuple[str, ...] = ()
    via: str | None = None
    attribution: str | None = None
    start: str | None = None
    end: str | None = None
    as_of: str | None = None
    place: str | None = None
    change: Change | None = None
    method: str | None = None
    evidence: Span | None = None
    confidence: float = 1.0


def find_figures(
    document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], times: tuple[Time, ...]
) -> tuple[Figure, ...]:
    """The reported quantities of a document, in order."""
    return ()
